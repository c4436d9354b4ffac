import type { Millis } from '../../../kernel/time/millis.ts';
import type { Reaction, View } from '../../contract/component.ts';
import type { MachineRow } from '../../contract/machine-rows.ts';
import type { PodWorkerRow, WorkStep } from '../../contract/pod-worker-row.ts';
import type { Response } from '../../contract/response.ts';
import { extended, without } from '../../objects/json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { Container, Pod } from '../../objects/kubernetes.ts';
import type { KubeVersion } from '../../objects/versions.ts';
import { record } from '../../recorder/record.ts';
import { deltaOf } from '../../world/object-delta.ts';
import { isPaced, takeTurn } from '../paced-client.ts';

/**
 * One look of a kubelet at one of its pods. `worker` is what it will have kept of the pod when the look is
 * over.
 */
export interface PodContext {
  readonly view: View;
  readonly now: Millis;
  readonly node: string;
  readonly machine: MachineRow;
  readonly version: KubeVersion;
  /** `namespace/name/uid` */
  readonly key: string;
  /** As the API server has it, as far as the kubelet knows; as it was admitted once it is gone from there. */
  readonly pod: Pod;
  /** The API server has it no longer. */
  readonly isGone: boolean;
  worker: PodWorkerRow;
}

/** Changes what the kubelet keeps of the pod. A field given as undefined is dropped. */
export function move(
  context: PodContext,
  fields: { [Field in keyof PodWorkerRow]?: PodWorkerRow[Field] | undefined },
): void {
  let next = extended(context.worker, fields) as PodWorkerRow;
  for (const field in fields) {
    if (fields[field as keyof PodWorkerRow] === undefined) next = without(next, field);
  }
  context.worker = next;
}

/** Writes down what became of the pod's row in this look. */
export function* keep(context: PodContext, before: PodWorkerRow): Reaction {
  const delta = deltaOf(before as unknown as KubeObject, context.worker as unknown as KubeObject);
  if (delta) yield { type: 'PodWorkerMoved', node: context.node, pod: context.key, ...delta };
}

interface Told {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
}

/** A Kubernetes Event about the pod. */
export function* tell(context: PodContext, told: Told): Reaction {
  yield* paced(context, record(context.view, { ...sourceOf(context), ...told }, context.now));
}

/** A Kubernetes Event about one of the pod's containers. */
export function* tellOf(context: PodContext, container: string, told: Told): Reaction {
  const occurrence = { fieldPath: fieldPathOf(context.pod, container), ...sourceOf(context), ...told };
  yield* paced(context, record(context.view, occurrence, context.now));
}

/** Old kubelets may tell only so many Events a second: what comes too fast is told later. */
function* paced({ view, node, now, version }: PodContext, telling: Reaction): Reaction {
  if (!isPaced(version)) {
    yield* telling;
    return;
  }
  let answer: Response = { ok: true, revision: 0 };
  for (let next = telling.next(answer); !next.done; next = telling.next(answer)) {
    const deed = next.value;
    if ('type' in deed) yield deed;
    else if (yield* takeTurn({ view, node, client: 'events', count: 1 }, { request: deed }, now))
      answer = yield deed;
  }
}

function sourceOf({ node, pod }: PodContext): { component: string; host: string; object: KubeObject } {
  return { component: 'kubelet', host: node, object: pod as KubeObject };
}

/** `spec.containers{web}` */
function fieldPathOf({ spec }: Pod, container: string): string {
  const isIn = (list: readonly { readonly name: string }[] = []): boolean =>
    list.some(({ name }) => name === container);
  const isEphemeral = isIn(spec.ephemeralContainers);
  const list = isEphemeral
    ? 'ephemeralContainers'
    : isIn(spec.initContainers)
      ? 'initContainers'
      : 'containers';
  return `spec.${list}{${container}}`;
}

export function containerSpec({ spec }: Pod, name: string): Container | undefined {
  const { initContainers = [], ephemeralContainers = [] } = spec;
  const all = [...initContainers, ...spec.containers, ...(ephemeralContainers as Container[])];
  return all.find((container) => container.name === name);
}

/** `web_default(3f2b6802-…)`, as kubelets name pods in messages. */
export function podTitle({ worker }: PodContext): string {
  return `${worker.name}_${worker.namespace}(${worker.uid})`;
}

/** How far a step got: done, or to be gone on with, or failed so that nothing after it is done. */
export type StepResult =
  | { readonly step: 'done' }
  | { readonly step: 'goes on'; readonly as: WorkStep }
  | { readonly step: 'becomes'; readonly steps: readonly WorkStep[] }
  | { readonly step: 'failed'; readonly stops?: boolean; readonly retryAt?: Millis };

export const DONE: StepResult = { step: 'done' };
