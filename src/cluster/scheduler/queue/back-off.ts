import { type Chance, drawWhole } from '../../../kernel/chance/draw.ts';
import { settledOutcome } from '../../../kernel/chance/outcomes.ts';
import { type Millis, SECOND } from '../../../kernel/time/millis.ts';
import type { SchedulingRow } from '../../contract/scheduling-row.ts';
import type { ClusterSettings } from '../../contract/settings.ts';
import { inVersion, type Since } from '../../objects/versions.ts';

/** podInitialBackoffSeconds and podMaxBackoffSeconds, unless the scheduler is configured otherwise. */
const FIRST_SECONDS = 1;
const MAX_SECONDS = 10;

/**
 * Since SchedulerPopFromBackoffQ a pod that is called up is tried at once, unless there is something else to
 * do.
 */
const WAITS: Since<boolean> = [
  [0, true],
  [33, false],
];

/** Until when a pod that has been called up is not tried (scheduler: queue calculateBackoffDuration). */
export function backedOffUntil(
  { attempts, failedAt }: SchedulingRow,
  { version, scheduler }: Pick<ClusterSettings, 'version' | 'scheduler'>,
): Millis {
  // The first verdict's own write calls the pod up again, before it is put aside.
  const isPutAside = !inVersion(RETRIES_ON_VERDICT, version) || attempts > 1;
  if (!inVersion(WAITS, version) || !isPutAside) return failedAt;
  const first = scheduler?.podInitialBackoffSeconds ?? FIRST_SECONDS;
  const most = scheduler?.podMaxBackoffSeconds ?? MAX_SECONDS;
  return failedAt + 1000 * Math.min(first * 2 ** (attempts - 1), most);
}

/**
 * When a pod that has backed off is taken up: those who have are looked for once a second (scheduler: queue
 * flushBackoffQCompleted; `groundtruth` v1.20/i-scheduler, t+7.520, t+9.521 and t+10.522).
 */
export function takenUpAt(backedOff: Millis, chance: Chance): Millis {
  const settled = settledOutcome(chance, 'flush of back-offs');
  const phase =
    settled === undefined ? drawWhole(chance, 0, SECOND - 1, 'flush of back-offs') : Number(settled) % SECOND;
  return phase + Math.ceil((backedOff - phase) / SECOND) * SECOND;
}

/**
 * Whether the scheduler's own verdict in a pod's status called the pod up again, so that each pod was tried
 * twice at first (`groundtruth` 1.20, 3.7).
 */
export const RETRIES_ON_VERDICT: Since<boolean> = [
  [0, true],
  [22, false],
];

/** podMaxInUnschedulablePodsDuration, and how often it is looked after. */
const LEFT_OVER_MS = 5 * 60_000;
const FLUSH_MS = 30_000;

/** When a pod is tried again though nothing has happened (scheduler: flushUnschedulablePodsLeftover). */
export function leftOverAt({ failedAt }: SchedulingRow): Millis {
  return (Math.floor((failedAt + LEFT_OVER_MS) / FLUSH_MS) + 1) * FLUSH_MS;
}
