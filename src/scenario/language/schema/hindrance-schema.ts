import * as z from 'zod';
import { lasting, node, onNodes, share, WATCHERS } from './fault-parts.ts';
import { duration } from './scalars.ts';

const ASKERS = [...WATCHERS, 'kubectl'] as const;

const REFUSALS = ['overloaded', 'serverError', 'unavailable'] as const;

/** Programs that are slow, or whose requests fail. */
export const HINDRANCES = [
  z.strictObject({
    slow: z
      .enum(WATCHERS, { error: `wanted one of ${WATCHERS.join(', ')}` })
      .describe('Each piece of its work takes longer, one after another.'),
    by: duration.optional().describe('By so much, each.'),
    times: z.number().gt(1).max(100_000).optional().describe('So many times as long, each.'),
    node: node.optional().describe('Of a kubelet or a kube-proxy: on which node, or nodes. Default: on all.'),
    for: lasting,
  }),
  z.strictObject({
    slow: z.literal('kube-apiserver').describe('Each request takes longer, to programs and to kubectl.'),
    by: duration.describe('By so much, each.'),
    for: lasting,
  }),
  z.strictObject({
    slow: z
      .literal('etcd')
      .describe('Its disk is slow: each write takes longer, until most members have written it.'),
    by: duration.describe('By so much, each.'),
    node: onNodes,
    for: lasting,
  }),
  z.strictObject({
    slow: z.literal('watches').describe('What changes reaches them later.'),
    of: z.enum(WATCHERS, { error: `wanted one of ${WATCHERS.join(', ')}` }).describe('Whose.'),
    by: duration.describe('By so much.'),
    node: node.optional().describe('Of a kubelet or a kube-proxy: on which node, or nodes. Default: on all.'),
    for: lasting,
  }),
  z.strictObject({
    fail: z.literal('requests').describe('The API server refuses some of the requests.'),
    because: z
      .enum(REFUSALS, { error: `wanted one of ${REFUSALS.join(', ')}` })
      .describe('overloaded: 429, serverError: 500, unavailable: 503.'),
    share: share.optional().describe('How many: 30%. Default: all.'),
    of: z
      .enum(ASKERS, { error: `wanted one of ${ASKERS.join(', ')}` })
      .optional()
      .describe('Whose. Default: of everybody.'),
    for: lasting,
  }),
  z.strictObject({
    mend: z
      .enum([...WATCHERS, 'kube-apiserver', 'etcd'], { error: 'wanted path, a program, watches or requests' })
      .describe('It is as quick as it should be.'),
    node: onNodes,
  }),
  z.strictObject({
    mend: z
      .enum(['watches', 'requests'], { error: 'wanted watches or requests' })
      .describe('They are as they should be.'),
    of: z
      .enum(ASKERS, { error: `wanted one of ${ASKERS.join(', ')}` })
      .optional()
      .describe('Whose.'),
    node: node.optional().describe('Of a kubelet or a kube-proxy: on which node, or nodes. Default: on all.'),
  }),
] as const;

export type HindranceDocument = z.output<(typeof HINDRANCES)[number]>;
