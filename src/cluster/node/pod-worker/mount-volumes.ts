import { drawWhole } from '../../../kernel/chance/draw.ts';
import { type Millis, SECOND } from '../../../kernel/time/millis.ts';
import type { Doing } from '../../contract/doing.ts';
import type { Mounting, PodWorkerRow, VolumesStep } from '../../contract/pod-worker-row.ts';
import { extended } from '../../objects/json.ts';
import type { Volume } from '../../objects/kubernetes.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import { startProbes } from '../probes/start-probes.ts';
import { findClaimed, isAttached } from '../volumes/find-claimed.ts';
import { checkHostPaths } from '../volumes/host-paths.ts';
import { writeVolumes } from '../volumes/write-volumes.ts';
import { DONE, move, type PodContext, type StepResult, tell } from './pod-context.ts';

/**
 * Kubelet: volumemanager/volume_manager.go: how often it looks whether all is mounted, and how long it waits.
 */
const POLL_MS = 300;
const WAIT_MS = 123 * SECOND;

/** Kubelet: util/goroutinemap/exponentialbackoff. */
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 122 * SECOND;

/** The reconciler's loop: a try comes up to this much late. */
const LOOP_MS = 100;

/** What is said when the wait is over (1.20 recorded; 1.36 says nothing any more, recorded). */
const GIVE_UP: Since<((missing: string, all: string) => string) | undefined> = [
  [
    20,
    (missing, all) =>
      `Unable to attach or mount volumes: unmounted volumes=[${missing}], unattached volumes=[${all}]: timed out waiting for the condition`,
  ],
  [
    27,
    (missing) =>
      `Unable to attach or mount volumes: unmounted volumes=[${missing}], unattached volumes=[], failed to process volumes=[]: context deadline exceeded`,
  ],
  [33, undefined],
];

/** Waits until all that the pod mounts is there, and then begins to probe. Kubelet: WaitForAttachAndMount. */
export function* mountVolumes(context: PodContext, step: VolumesStep): Doing<StepResult> {
  const { now, worker, pod } = context;
  if (worker.mounting === undefined && pod.spec.volumes?.length) {
    move(context, { mounting: { tryAt: now + firstTry(context), failures: 0, lateMs: 0 } });
  }
  const waiting: VolumesStep = extended(step, { beganAt: step.beganAt ?? now });
  const at = mountWakesAt(context.worker, waiting) ?? now;
  if (now < at) return { step: 'goes on', as: waiting };
  if (context.worker.mounting && !isDone(context.worker.mounting, now)) return yield* giveUp(context);
  move(context, { mounted: true });
  yield* startProbes(context);
  return DONE;
}

/** How long mounting takes when nothing is in its way: a part of what a sandbox takes. */
function firstTry({ view, key }: PodContext): Millis {
  const [low] = view.settings.latencies.sandbox;
  return Math.min(drawWhole(view.chance, 60, 180, 'mount', key), Math.floor(low / 3));
}

function isDone({ doneAt }: Mounting, now: Millis): boolean {
  return doneAt !== undefined && doneAt <= now;
}

/** When the wait for volumes is over: at a look after they are there, or at its end. */
export function mountWakesAt({ mounting }: PodWorkerRow, { beganAt }: VolumesStep): Millis | undefined {
  if (beganAt === undefined || mounting === undefined) return beganAt;
  const { doneAt } = mounting;
  if (doneAt === undefined) return beganAt + WAIT_MS;
  return doneAt <= beganAt
    ? beganAt
    : beganAt + Math.ceil((doneAt - beganAt) / POLL_MS) * POLL_MS + mounting.lateMs;
}

function* giveUp(context: PodContext): Doing<StepResult> {
  const { pod, version } = context;
  const message = inVersion(GIVE_UP, version);
  if (message) {
    const names = (volumes: readonly Volume[]): string => volumes.map(({ name }) => name).join(' ');
    const all = pod.spec.volumes ?? [];
    const missing = names(all.filter(({ name }) => context.worker.mounting?.missing?.includes(name)));
    yield* tell(context, { type: 'Warning', reason: 'FailedMount', message: message(missing, names(all)) });
  }
  return { step: 'failed', stops: true };
}

/** Tries to mount what is not mounted, when a try is due. */
export function* tryMounting(context: PodContext): Doing<void> {
  const { now, worker, view, key } = context;
  const { mounting } = worker;
  if (!mounting || mounting.doneAt !== undefined) return;
  if (mounting.waits ? !hasDevices(context) : now < mounting.tryAt) return;
  const claimed = yield* findClaimed(context);
  const problems = [...claimed, ...(yield* checkHostPaths(context)), ...(yield* writeVolumes(context))];
  const lateMs = drawWhole(view.chance, 2, 30, 'mount poll', key);
  if (problems.length === 0) {
    const { missing: _, waits: __, ...rest } = mounting;
    move(context, { mounting: extended(rest, { doneAt: now, lateMs }) });
    return;
  }
  for (const { volume, problem, message: own } of problems) {
    if (problem === '') continue;
    const message = own ?? `MountVolume.SetUp failed for volume "${volume}" : ${problem}`;
    yield* tell(context, { type: 'Warning', reason: 'FailedMount', message });
  }
  const missing = problems.map(({ volume }) => volume);
  const { failures } = mounting;
  if (problems.every(({ volume }) => context.worker.devices?.[volume] !== undefined)) {
    move(context, { mounting: { tryAt: now, failures, lateMs, missing, waits: true } });
    return;
  }
  const wait = Math.min(FIRST_RETRY_MS * 2 ** failures, LAST_RETRY_MS);
  const late = drawWhole(view.chance, 0, LOOP_MS, 'mount loop', key, failures);
  move(context, { mounting: { tryAt: now + wait + late, failures: failures + 1, lateMs, missing } });
}

/** The machine has been given all disks that are still missing. */
function hasDevices({ view, node, worker: { devices = {}, claimed = {} } }: PodContext): boolean {
  return Object.entries(devices).every(
    ([volume, device]) => claimed[volume] !== undefined || isAttached(view, node, device),
  );
}
