import { draw } from '../../../kernel/chance/draw.ts';
import { settledPhase } from '../../../kernel/chance/outcomes.ts';
import { type Millis, SECOND } from '../../../kernel/time/millis.ts';
import type { Doing } from '../../contract/doing.ts';
import type { ProbeKind, ProbeWorkerRow } from '../../contract/probe-worker-row.ts';
import type { Container, Pod, Probe } from '../../objects/kubernetes.ts';
import { isSidecar } from '../../objects/pod-resources.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import type { PodContext } from '../pod-worker/pod-context.ts';

/**
 * Whether the first probe of a worker comes at a random time of its period always, or only while the kubelet
 * has just been started (prober/worker.go; 1.20 and 1.36 recorded).
 */
const ALWAYS_AT_RANDOM: Since<boolean> = [
  [20, true],
  [21, false],
];

const KINDS = ['startup', 'readiness', 'liveness'] as const;

/** Starts what probes the pod's containers, before any of them runs. Kubelet: prober_manager.go AddPod. */
export function* startProbes(context: PodContext): Doing<void> {
  const { pod, key, node, now } = context;
  for (const container of probedContainers(pod)) {
    for (const kind of KINDS) {
      const probe = probeOf(container, kind);
      if (!probe) continue;
      const periodMs = (probe.periodSeconds ?? 10) * SECOND;
      const worker: ProbeWorkerRow = {
        key: `${key}/${container.name}/${kind}`,
        node,
        pod: key,
        container: container.name,
        kind,
        periodMs,
        anchor: now + firstWait(context, `${container.name}/${kind}`, periodMs),
        last: 'unknown',
        run: 0,
        onHold: false,
      };
      yield { type: 'ProbeWorkerStarted', node, pod: key, worker };
    }
  }
}

function firstWait(
  { view, key, machine, now, version }: PodContext,
  probe: string,
  periodMs: Millis,
): Millis {
  const isYoung = now - machine.kubelet.since < periodMs;
  if (!isYoung && !inVersion(ALWAYS_AT_RANDOM, version)) return 0;
  const phase = settledPhase(view.chance, periodMs, 'first probe', key, probe);
  if (phase !== undefined) return (((phase - now) % periodMs) + periodMs) % periodMs;
  return Math.floor(draw(view.chance, 'first probe', key, probe) * periodMs);
}

/** Regular init containers are not probed. */
function probedContainers({ spec }: Pod): readonly Container[] {
  return [...spec.containers, ...(spec.initContainers ?? []).filter(isSidecar)];
}

export function probeOf(container: Container, kind: ProbeKind): Probe | undefined {
  return container[`${kind}Probe`];
}

/** Stops the pod's probes of some kinds. */
export function* stopProbes({ view, key, node }: PodContext, kinds: readonly ProbeKind[]): Doing<void> {
  for (const worker of view.rows.rowsBy('probeWorkers', 'pod', key)) {
    if (kinds.includes(worker.kind)) yield { type: 'ProbeWorkerStopped', node, pod: key, probe: worker.key };
  }
}
