import * as z from 'zod';
import { PROGRAMS } from '../../../cluster/contract/control-plane-rows.ts';
import { lasting, node, onNodes, party, WATCHERS } from './fault-parts.ts';
import { HINDRANCES } from './hindrance-schema.ts';
import { PATHS } from './path-schema.ts';
import { duration, label, quantity } from './scalars.ts';

const kubelet = z.literal('kubelet', { error: 'wanted kubelet' });
const either = z.enum(['kubelet', 'machine'], { error: 'wanted kubelet or machine' });
const containerd = z.literal('containerd', { error: 'wanted containerd' });
const network = z.literal('network', { error: 'wanted network' });
const disk = z.literal('disk', { error: 'wanted disk' });
const clock = z.literal('clock', { error: 'wanted clock' });

const etcd = z.literal('etcd', { error: 'wanted etcd' });
const saved = label;

const takes = duration.optional().describe('How long it is gone.');

const from = z
  .union([party, z.array(party).min(1)], {
    error: 'wanted control-plane, the name of a node, zone/NAME, or a list of these',
  })
  .optional()
  .describe('Whom it does not reach: control-plane, or other nodes. Default: nobody reaches anybody.');

const program = z.enum(PROGRAMS, { error: `wanted one of ${PROGRAMS.join(', ')}` });

const registry = z
  .string()
  .min(1)
  .optional()
  .describe('Its host: docker.io, registry.example.com. Default: all of them.');

const ANSWERS = ['unreachable', 'unauthorized', 'rateLimited', 'serverError', 'notFound'] as const;

/** What breaks, or is mended. */
export const faultSchema = z
  .union(
    [
      z.strictObject({
        stop: either.describe(
          'What stops. Containers of a node without its kubelet run on; on a machine without power nothing does.',
        ),
        node,
        for: lasting,
      }),
      z.strictObject({ start: either.describe('What starts again.'), node }),
      z.strictObject({ restart: either.describe('What stops and comes back by itself.'), node, takes }),
      z.strictObject({
        stop: containerd.describe(
          'The container runtime. What runs runs on; nothing else can start or be asked.',
        ),
        node,
        for: lasting,
      }),
      z.strictObject({ start: containerd.describe('The container runtime answers again.'), node }),
      z.strictObject({ restart: containerd.describe('It stops and comes back by itself.'), node, takes }),
      z.strictObject({
        freeze: kubelet.describe('Stands still (SIGSTOP), and forgets nothing.'),
        node,
        for: lasting,
      }),
      z.strictObject({ resume: kubelet.describe('Goes on where it stood still (SIGCONT).'), node }),
      z.strictObject({
        cut: network.describe('Nothing passes between the node and others.'),
        node,
        from,
        for: lasting,
      }),
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
        for: lasting,
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
      z.strictObject({
        kill: program.describe(
          'Its process ends at once, and its kubelet, or whoever runs it, starts it again.',
        ),
        node: onNodes,
      }),
      z.strictObject({
        kill: z
          .enum(['kubelet', 'containerd'], { error: 'wanted kubelet, containerd or container' })
          .describe('Its process ends at once (SIGKILL), and systemd starts it again.'),
        node,
      }),
      z.strictObject({
        kill: z.literal('container').describe('The process of a container ends at once.'),
        pod: z.string().min(1),
        namespace: label.optional(),
        container: label.optional().describe('Default: each of the pod.'),
        signal: z
          .string()
          .regex(/^(?:[A-Z]+\d?)$/, 'wanted a signal such as KILL or TERM')
          .optional()
          .describe('Default KILL.'),
      }),
      z.strictObject({
        fill: disk.describe('A file takes room on the disk of a machine that nobody thought of.'),
        node,
        size: quantity.describe('How much it takes: 40Gi.'),
        for: lasting,
      }),
      z.strictObject({ free: disk.describe('That file is deleted.'), node }),
      z.strictObject({
        fail: z.literal('pulls').describe('Images can not be pulled.'),
        because: z
          .enum(ANSWERS, { error: `wanted one of ${ANSWERS.join(', ')}` })
          .describe('How the registry answers, or that it does not.'),
        registry,
        for: lasting,
      }),
      z.strictObject({
        slow: z.literal('pulls').describe('Pulls of images take longer.'),
        by: duration.describe('By so much, each.'),
        registry,
        for: lasting,
      }),
      z.strictObject({ mend: z.literal('pulls').describe('The registry does as it should.'), registry }),
      ...PATHS,
      z.strictObject({
        freeze: z
          .literal('container')
          .describe('All that runs in it stands still (SIGSTOP): it takes connections and says nothing.'),
        pod: z.string().min(1),
        namespace: label.optional(),
        container: label.optional().describe('Default: each of the pod.'),
        for: lasting,
      }),
      z.strictObject({
        resume: z.literal('container').describe('It goes on where it stood still (SIGCONT).'),
        pod: z.string().min(1),
        namespace: label.optional(),
        container: label.optional().describe('Default: each of the pod.'),
      }),
      ...HINDRANCES,
      z.strictObject({
        corrupt: etcd.describe(
          'What the disk of a member holds is not what it wrote, and its process ends: it finds out when it starts.',
        ),
        node,
      }),
      z.strictObject({
        drop: z.literal('watches').describe('Watches break, and are begun anew with a list.'),
        of: z.enum(WATCHERS, { error: `wanted one of ${WATCHERS.join(', ')}` }).describe('Whose.'),
        resources: z
          .array(z.string().min(1))
          .min(1)
          .optional()
          .describe('Of which resources: [pods, deployments.apps]. Default: all.'),
      }),
      z.strictObject({
        skew: clock.describe('The clock of a machine is not as those of others: its kubelet dates by it.'),
        node,
        by: z
          .string({ error: 'wanted a duration such as 5m or -5m' })
          .regex(/^-?(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/, 'wanted a duration such as 5m or -5m')
          .describe('How far ahead it is; behind, with a minus.'),
        for: lasting,
      }),
      z.strictObject({ mend: clock.describe('It is set right.'), node }),
      z.strictObject({
        expire: z
          .literal('certificates')
          .describe(
            "kubeadm's certificates on a machine of the control plane are over: nobody renewed them.",
          ),
        node,
        names: z
          .array(z.string().min(1))
          .min(1)
          .optional()
          .describe('Which, as `kubeadm certs check-expiration` names them: [apiserver]. Default: all.'),
      }),
      z.strictObject({
        lose: etcd.describe('A member of etcd loses its disk, and its process ends.'),
        node,
      }),
    ],
    {
      error:
        'wanted { stop: kubelet, node: … } or { stop: kube-scheduler }; besides stop there are start, restart, freeze, resume, cut, mend, kill, fill, free, fail, slow, drop, skew, expire, lose, corrupt, save and restore',
    },
  )
  .meta({ id: 'fault', description: 'Something breaks, or is mended.' });

export type FaultDocument = z.output<typeof faultSchema>;
