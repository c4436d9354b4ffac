import * as z from 'zod';
import { lasting, party, share } from './fault-parts.ts';
import { duration, label } from './scalars.ts';

const path = z.literal('path', { error: 'wanted path' });

const end = z
  .union(
    [
      party,
      z.array(party).min(1),
      z.strictObject({
        pods: z.string().min(1).describe('A selector of their labels: app=web,tier!=db.'),
        namespace: label.optional().describe("Theirs. Default: that of kubectl's context."),
      }),
    ],
    {
      error:
        'wanted pods/app=web, the name of a node, zone/NAME, outside, { pods: …, namespace: … }, or a list of nodes',
    },
  )
  .optional();
const ends = {
  from: end.describe(
    'Who sends: pods/SELECTOR, a node with its pods, zone/NAME, outside, or { pods, namespace }. Default: anybody.',
  ),
  to: end.describe('Who receives, in the same words. Default: anybody.'),
  between: z
    .tuple([end.unwrap(), end.unwrap()], { error: 'wanted two: [pods/app=web, pods/app=db]' })
    .optional()
    .describe('Both directions between two, instead of `from` and `to`.'),
};

/** Packets that are lost or late between some and others. */
export const PATHS = [
  z.strictObject({
    cut: path.describe('No packet gets from some to others; what is open hangs.'),
    ...ends,
    for: lasting,
  }),
  z.strictObject({
    lose: z.literal('packets').describe('Some of the packets from some to others are lost, and sent again.'),
    share: share.describe('How many: 30%.'),
    ...ends,
    for: lasting,
  }),
  z.strictObject({
    slow: path.describe('Packets from some to others take longer.'),
    by: duration.describe('By so much, each.'),
    ...ends,
    for: lasting,
  }),
  z.strictObject({
    mend: path.describe('Packets get there as they should. Without `from`, `to` and `between`: everywhere.'),
    ...ends,
  }),
] as const;

export type PathDocument = z.output<(typeof PATHS)[number]>;
