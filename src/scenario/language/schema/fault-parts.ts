import * as z from 'zod';
import { duration } from './scalars.ts';

/** What several faults say of where and for how long. */
export const party = z.string().min(1);

export const node = z
  .union([party, z.array(party).min(1)], {
    error: 'wanted the name of a node, zone/NAME, or a list of them',
  })
  .describe('On which node, or nodes; `zone/a` are those with the label topology.kubernetes.io/zone=a.');

export const onNodes = node
  .optional()
  .describe('On which control-plane node, or nodes. Default: on all of them.');

export const lasting = duration.optional().describe('It is mended by itself after this time.');

/** Programs that watch. */
export const WATCHERS = ['kube-controller-manager', 'kube-scheduler', 'kubelet', 'kube-proxy'] as const;

export const share = z.union(
  [
    z.string().regex(/^(?:100|\d{1,2}(?:\.\d+)?)\s?%$/, 'wanted a share such as 30%'),
    z.number().gt(0).max(1),
  ],
  { error: 'wanted a share such as 30%' },
);
