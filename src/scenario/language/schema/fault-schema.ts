import * as z from 'zod';
import { PROGRAMS } from '../../../cluster/contract/control-plane-rows.ts';
import { duration, label } from './scalars.ts';

const node = z
  .union([z.string().min(1), z.array(z.string().min(1)).min(1)], {
    error: 'wanted the name of a node, or a list of them',
  })
  .describe('On which node, or nodes.');

const kubelet = z.literal('kubelet', { error: 'wanted kubelet' });
const either = z.enum(['kubelet', 'machine'], { error: 'wanted kubelet or machine' });
const network = z.literal('network', { error: 'wanted network' });

const etcd = z.literal('etcd', { error: 'wanted etcd' });
const saved = label;

const takes = duration.optional().describe('How long it is gone.');

const from = z
  .union([z.string().min(1), z.array(z.string().min(1)).min(1)], {
    error: 'wanted control-plane, the name of a node, or a list of these',
  })
  .optional()
  .describe('Whom it does not reach: control-plane, or other nodes. Default: nobody reaches anybody.');

const program = z.enum(PROGRAMS, { error: `wanted one of ${PROGRAMS.join(', ')}` });
const onNodes = node.optional().describe('On which control-plane node, or nodes. Default: on all of them.');

/** What breaks, or is mended. */
export const faultSchema = z
  .union(
    [
      z.strictObject({
        stop: either.describe(
          'What stops. Containers of a node without its kubelet run on; on a machine without power nothing does.',
        ),
        node,
      }),
      z.strictObject({ start: either.describe('What starts again.'), node }),
      z.strictObject({ restart: either.describe('What stops and comes back by itself.'), node, takes }),
      z.strictObject({ freeze: kubelet.describe('Stands still (SIGSTOP), and forgets nothing.'), node }),
      z.strictObject({ resume: kubelet.describe('Goes on where it stood still (SIGCONT).'), node }),
      z.strictObject({ cut: network.describe('Nothing passes between the node and others.'), node, from }),
      z.strictObject({
        save: etcd.describe('What etcd holds can be restored later, as from a snapshot.'),
        as: saved,
      }),
      z.strictObject({
        restore: etcd.describe('It starts on what was saved: all that was written since is forgotten.'),
        to: saved.describe('What it was saved as.'),
      }),
      z.strictObject({ mend: network.describe('What was cut is whole again.'), node, from }),
      z.strictObject({
        stop: program.describe('A program of the control plane stops, for as long as nobody starts it.'),
        node: onNodes,
      }),
      z.strictObject({
        start: program.describe('It starts again, and knows only what etcd holds.'),
        node: onNodes,
      }),
      z.strictObject({
        restart: program.describe('It stops and comes back by itself.'),
        node: onNodes,
        takes,
      }),
    ],
    {
      error:
        'wanted { stop: kubelet, node: … } or { stop: kube-scheduler }; besides stop there are start, restart, freeze, resume, cut and mend',
    },
  )
  .describe('Something breaks, or is mended.');

export type FaultDocument = z.output<typeof faultSchema>;
/** Of what befalls a machine. */
export type MachineFaultDocument = Exclude<
  FaultDocument,
  { readonly save: unknown } | { readonly restore: unknown }
>;
