import type { Millis } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import { milliValue } from '../../objects/quantity.ts';
import { type Load, loadCause, loadOf, servedIn } from '../../world/traffic-load.ts';
import { type Running, runningIn } from '../containers/running.ts';
import { containerSpec } from '../pod-worker/pod-context.ts';
import { usageOf } from '../processes/usage-of.ts';
import { settingsOfNode } from '../settings-of-node.ts';
import { type Claim, shareCpus } from './cpu-shares.ts';
import { requestCost } from './request-cost.ts';

/** What a container uses on average between two times. */
export interface Used {
  readonly running: Running;
  readonly cpus: number;
  readonly memoryBytes: number;
  /** seq of the entry that the load follows from. */
  readonly cause: number | null;
}

/** So long back load is averaged. */
export interface Window {
  readonly now: Millis;
  readonly lengthMs: Millis;
}

/** A program that waits for something to do: a look at the clock now and then. */
const IDLE_CPUS = 0.0002;

/** What the containers of a node use, in the order of their IDs: they share its processors. */
export function usedOnNode(view: View, node: string, { now, lengthMs }: Window): readonly Used[] {
  const all = view.rows
    .rowsBy('processes', 'node', node)
    .flatMap(({ container }) => runningIn(view, container, now) ?? []);
  const wants = all.map((running) => wantedBy(view, running, { now, lengthMs }));
  const capacity = milliValue(settingsOfNode(view, node)?.capacity['cpu'] ?? '1') / 1000;
  const granted = shareCpus(
    all.map((running, index) => claimOf(view, running, wants[index]?.cpus ?? 0)),
    capacity,
  );
  return all.map((running, index) => ({
    running,
    cpus: granted[index] ?? 0,
    memoryBytes: usageOf(running.state, running.host, now).memoryBytes,
    cause: wants[index]?.cause ?? null,
  }));
}

interface Wanted {
  readonly cpus: number;
  readonly cause: number | null;
}

/** How many processors it would keep busy if nothing held it back, on average. */
function wantedBy(view: View, running: Running, { now, lengthMs }: Window): Wanted {
  const { row, state, host } = running;
  const from = Math.max(row.startedAt ?? now, now - lengthMs);
  const passed = Math.max(1, now - from);
  const span = { from, to: now };
  const loads = [...loadOf(view.rows, row.id, span), ...servedIn(view.rows, row.pod, span)];
  const workMs = loads.reduce((sum, load) => sum + load.requests * costOf(running, load, now), 0);
  const busy = usageOf(state, host, now).cpus;
  return {
    cpus: (workMs / passed) * ((now - from) / passed) + (busy > 0 ? busy : IDLE_CPUS),
    cause: loadCause(view.rows, row.id, now) ?? view.rows.changedAt('processes', row.id),
  };
}

function costOf({ state, host }: Running, { port, method, path }: Load, now: Millis): number {
  return requestCost(state, host, { asked: { port, method, path }, now });
}

function claimOf(view: View, { row, host }: Running, wanted: number): Claim {
  const pod = view.rows.row('podWorkers', row.pod)?.pod;
  const { requests = {}, limits = {} } = (pod && containerSpec(pod, row.name)?.resources) ?? {};
  const milli = milliValue(requests['cpu'] ?? limits['cpu'] ?? '0');
  // The kernel's shares of a group: 1024 for a processor, and at least two (kubelet: MilliCPUToShares).
  return { wanted, most: host.limits?.cpus ?? Number.POSITIVE_INFINITY, weight: Math.max(2, milli * 1.024) };
}
