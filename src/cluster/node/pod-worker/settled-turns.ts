import type { Chance } from '../../../kernel/chance/draw.ts';
import { settledOutcome } from '../../../kernel/chance/outcomes.ts';
import { type Millis, SECOND } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import type { PodWorkerRow } from '../../contract/pod-worker-row.ts';
import type { Pod, PodStatus } from '../../objects/kubernetes.ts';
import { statusKind } from '../../objects/status-kind.ts';
import { firstTick, type Grid } from '../clock.ts';
import { isPaced } from '../paced-client.ts';

/**
 * How long a status waits at most in the queue of a kubelet that makes five requests a second: with sixty
 * pods beside it, 16 s were recorded (README 1.20, load caveat).
 */
const LONGEST_QUEUE_MS = 16 * SECOND;

type OfPod = Pick<PodWorkerRow, 'namespace' | 'name' | 'uid'>;

/**
 * When a status is told that waits for its turn behind what else its kubelet has to tell, where somebody has
 * settled that; undefined where nothing keeps it.
 */
export function statusTurn(
  { chance, settings }: Pick<View, 'chance' | 'settings'>,
  { namespace, name, uid }: OfPod,
  { status, now }: { readonly status: PodStatus; readonly now: Millis },
): Millis | undefined {
  if (chance.outcomes === undefined || !isPaced(settings.version)) return undefined;
  const settled = settledOutcome(chance, 'status turn', namespace, name, uid, statusKind(status));
  const turns = settled?.split(' ').map(Number) ?? [];
  const [nearest] = turns.sort((a, b) => Math.abs(a - now) - Math.abs(b - now));
  return nearest !== undefined && nearest > now && nearest - now <= LONGEST_QUEUE_MS ? nearest : undefined;
}

/** When a status that waits is told; undefined where none waits. */
export function untoldAt(view: View, worker: PodWorkerRow, from: Millis): Millis | undefined {
  if (view.chance.outcomes === undefined) return undefined;
  const { namespace, name, key } = worker;
  const status = view.rows.row('podStatuses', key)?.status;
  const told = view.objects.get<Pod>('pods', namespace, name)?.status;
  if (!status || !told || statusKind(status) === statusKind(told)) return undefined;
  // One instant earlier it was still to come.
  return statusTurn(view, worker, { status, now: from - 1 });
}

/** So much later than a tick its deletions may come, each in its turn. */
const LATE_MS = 3 * SECOND;

/**
 * When a pod is let go of: with its status manager's tick, or with the next one if something of it is still
 * being cleaned up then, or once a status that waited is told. Which of them may be settled.
 */
export function releaseAt(
  chance: Chance,
  worker: PodWorkerRow,
  { ticks, from }: { readonly ticks: Grid; readonly from: Millis },
): Millis | undefined {
  const { namespace, name, uid, reclaimedAt, lastSyncAt } = worker;
  if (reclaimedAt === undefined) return undefined;
  const settled = Number(settledOutcome(chance, 'release turn', namespace, name, uid) ?? Number.NaN);
  const latest = firstTick(ticks, reclaimedAt) + ticks.period + LATE_MS;
  if (settled >= Math.max(reclaimedAt, from) && settled <= latest) return settled;
  return firstTick(ticks, Math.max(reclaimedAt, lastSyncAt ?? 0, from));
}
