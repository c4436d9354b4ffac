import type { CoreEvent, Pod } from '../../cluster/objects/kubernetes.ts';
import { outcomeKey } from '../../kernel/chance/outcomes.ts';
import { type Millis, SECOND } from '../../kernel/time/millis.ts';
import { gridOf } from './grid-of.ts';
import type { Recording } from './recording.ts';

/**
 * At which times of their period containers were probed, where that shows: the draw of
 * `node/probes/start-probes.ts`, by a time at which one of the probes was.
 */
export function recordedProbes(changes: Recording['changes']): Readonly<Record<string, string>> {
  const outcomes: Record<string, string> = {};
  const pods = new Map<string, Pod>();
  const failures = new Map<string, Failures>();
  for (const { object, atMs } of changes) {
    if (object.kind === 'Pod') {
      pods.set(object.metadata.uid ?? '', object as Pod);
      noteReady(object as Pod, atMs, outcomes);
    } else if (object.kind === 'Event') noteFailure(object as CoreEvent, { atMs, pods, failures });
  }
  for (const [key, { times, periodMs }] of failures) {
    const at = gridOf(times, periodMs);
    if (at !== undefined) outcomes[key] = String(at);
  }
  return outcomes;
}

interface Failures {
  readonly times: Millis[];
  readonly periodMs: Millis;
}

/** From a probe that succeeds until its pod's status is written. */
const TELLING_MS = 20;

/** What first made a container ready was a probe; how long before, only a kubelet that is not busy shows. */
function noteReady({ metadata, spec, status }: Pod, atMs: Millis, outcomes: Record<string, string>): void {
  for (const { name, ready, restartCount } of status?.containerStatuses ?? []) {
    const probe = spec.containers.find((container) => container.name === name)?.readinessProbe;
    if (!ready || !probe || restartCount > 0) continue;
    outcomes[keyOf(metadata, name, 'readiness')] ??= String(Math.round(atMs - TELLING_MS));
  }
}

interface Noting {
  readonly atMs: Millis;
  readonly pods: ReadonlyMap<string, Pod>;
  readonly failures: Map<string, Failures>;
}

function noteFailure(
  { reason, message = '', involvedObject }: CoreEvent,
  { atMs, pods, failures }: Noting,
): void {
  const pod = pods.get(involvedObject?.uid ?? '');
  const [, container] = /^spec\.containers\{(.+)\}$/.exec(involvedObject?.fieldPath ?? '') ?? [];
  if (reason !== 'Unhealthy' || !message.startsWith('Liveness probe failed') || !pod || !container) return;
  const probe = pod.spec.containers.find(({ name }) => name === container)?.livenessProbe;
  const key = keyOf(pod.metadata, container, 'liveness');
  const known = failures.get(key) ?? { times: [], periodMs: (probe?.periodSeconds ?? 10) * SECOND };
  failures.set(key, { ...known, times: [...known.times, Math.round(atMs)] });
}

function keyOf({ namespace, name, uid }: Pod['metadata'], container: string, kind: string): string {
  return outcomeKey('first probe', `${namespace}/${name}/${uid}`, `${container}/${kind}`);
}
