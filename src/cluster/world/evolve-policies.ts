import type { Entry } from '../../kernel/log/entry.ts';
import type { Tables } from '../../kernel/table/store.ts';
import type { Event } from '../contract/event.ts';
import type { MachineEvent } from '../contract/machine-event.ts';
import { type PolicyEvent, policyKey } from '../contract/policy-rows.ts';
import type { WorldRows } from './world.ts';

export function isPolicyEvent(event: MachineEvent): event is PolicyEvent {
  return event.type === 'PoliciesSynced' || event.type === 'PodRelabelled';
}

/** The network policies that a node enforces, after one fact. */
export function evolvePolicies(
  { nodePolicies, podLabels }: Tables<WorldRows>,
  event: PolicyEvent,
  { seq }: Entry<Event>,
): void {
  if (event.type === 'PodRelabelled') {
    const { type: _, ...row } = event;
    podLabels.write(row.pod, row, seq);
    return;
  }
  for (const change of event.policies) {
    const row = 'isGone' in change ? undefined : { node: event.node, ...change };
    nodePolicies.write(policyKey(event.node, change.policy), row, seq);
  }
}
