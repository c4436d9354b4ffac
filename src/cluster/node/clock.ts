import { type Chance, draw, drawWhole } from '../../kernel/chance/draw.ts';
import { settledPhase } from '../../kernel/chance/outcomes.ts';
import { MINUTE, type Millis, SECOND } from '../../kernel/time/millis.ts';
import type { MachineRow } from '../contract/machine-rows.ts';
import { inVersion, type KubeVersion, type Since } from '../objects/versions.ts';

/** Instants at equal distances. Nothing is stored of one: it follows from when its kubelet was started. */
export interface Grid {
  readonly anchor: Millis;
  readonly period: Millis;
}

/** The first instant of the grid that is not before `from`. */
export function firstTick({ anchor, period }: Grid, from: Millis): Millis {
  return anchor + Math.ceil((from - anchor) / period) * period;
}

/** The last instant of the grid that is not after `at`. */
export function lastTick({ anchor, period }: Grid, at: Millis): Millis {
  return anchor + Math.floor((at - anchor) / period) * period;
}

/**
 * A relist begins a second after the one before ended, and takes some milliseconds (recorded: 1004 ms apart).
 */
const RELIST_PERIOD_MS = 1004;
const SYNC_TICK_MS = SECOND;
const HOUSEKEEPING_MS = 2 * SECOND;
const STATUS_TICK_MS = 10 * SECOND;

/** When the kubelet looks at all containers of its machine. Kubelet: pleg/generic.go. */
export function relists(chance: Chance, machine: MachineRow): Grid {
  return gridOf(chance, machine, { purpose: 'relist phase', period: RELIST_PERIOD_MS });
}

/** When the kubelet takes pods from its work queue. Kubelet: kubelet.go syncLoop. */
export function syncTicks(chance: Chance, machine: MachineRow): Grid {
  return gridOf(chance, machine, { purpose: 'sync tick phase', period: SYNC_TICK_MS });
}

/** When the kubelet cleans up after pods. Kubelet: kubelet.go housekeepingPeriod. */
export function housekeepings(chance: Chance, machine: MachineRow): Grid {
  return gridOf(chance, machine, { purpose: 'housekeeping phase', period: HOUSEKEEPING_MS });
}

/** When the status manager looks at all statuses. Kubelet: status_manager.go syncPeriod. */
export function statusTicks(chance: Chance, machine: MachineRow): Grid {
  return gridOf(chance, machine, { purpose: 'status tick phase', period: STATUS_TICK_MS });
}

/** A grid of a kubelet's own, with a phase that is drawn by the purpose. */
export function gridOf(
  chance: Chance,
  { node, kubelet }: MachineRow,
  { purpose, period }: { readonly purpose: string; readonly period: Millis },
): Grid {
  let known = grids.get(kubelet);
  if (known?.node !== node || known.seed !== chance.seed) {
    known = { node, seed: chance.seed, byPurpose: new Map() };
    grids.set(kubelet, known);
  }
  let grid = known.byPurpose.get(purpose);
  if (!grid) {
    const { since } = kubelet;
    const phase = settledPhase(chance, period, purpose, node, since);
    grid = { anchor: since + (phase ?? drawWhole(chance, 0, period - 1, purpose, node, since)), period };
    known.byPurpose.set(purpose, grid);
  }
  return grid;
}

interface Grids {
  readonly node: string;
  readonly seed: string;
  readonly byPurpose: Map<string, Grid>;
}

// They follow from the row alone, and are asked for with every wake.
const grids = new WeakMap<MachineRow['kubelet'], Grids>();

/** Kubelet: kubelet.go syncFrequency and backOffPeriod; pod_workers.go completeWork. */
const RESYNC_MS = MINUTE;
const RETRY_MS = 10 * SECOND;

/** Whether a failed sync is retried when the back-off that failed it is over, or always after ten seconds. */
const WAITS_FOR_BACK_OFF: Since<boolean> = [
  [20, false],
  [33, true],
];

interface Sync {
  readonly pod: string;
  /** Which of the pod's pieces of work it was. */
  readonly works: number;
  readonly now: Millis;
  readonly failed: boolean;
  /** When the first back-off that kept a container from starting is over. */
  readonly retryAt?: Millis;
}

/**
 * When a pod that has just been synced is looked at again if nothing happens: never less than named, up to
 * half more.
 */
export function nextSync(
  chance: Chance,
  version: KubeVersion,
  { pod, works, now, failed, retryAt }: Sync,
): Millis {
  let wait = RESYNC_MS;
  if (failed) wait = RETRY_MS;
  if (failed && retryAt !== undefined && inVersion(WAITS_FOR_BACK_OFF, version)) {
    wait = Math.min(Math.max(retryAt - now, 0), RESYNC_MS);
  }
  return now + Math.round(wait * (1 + draw(chance, 'resync jitter', pod, works) / 2));
}
