import type { JsonObject } from '../../objects/json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { createMergePatch } from '../../objects/patch/merge-patch.ts';
import { createStrategicPatch } from '../../objects/patch/strategic-diff.ts';
import type { Failure } from './failure.ts';
import { ask, type Invocation, type Steps } from './invocation.ts';
import type { DryRun } from './output/dry-run.ts';
import { type Info, targetOf } from './resources/info.ts';

export type PatchKind = 'merge' | 'strategic';

/** The patch that makes one object of another; empty when they say the same. */
export function patchBetween(before: KubeObject, after: KubeObject, kind: PatchKind): JsonObject {
  const [from, to] = [before as unknown as JsonObject, after as unknown as JsonObject];
  const strategic = kind === 'strategic' ? createStrategicPatch(from, to, after) : undefined;
  return strategic ?? createMergePatch(from, to);
}

export interface ObjectChange {
  readonly info: Info;
  readonly patch: JsonObject;
  readonly kind: PatchKind;
  readonly dryRun: DryRun;
  readonly subresource?: string;
}

/** Sends a patch; answers with the object as it is afterwards. */
export function* sendPatch(
  invocation: Invocation,
  { info, patch, kind, dryRun, subresource }: ObjectChange,
): Steps<{ readonly object: KubeObject } | Failure> {
  const response = yield* ask(invocation, {
    verb: 'patch',
    ...targetOf(info),
    patchType: kind,
    patch,
    ...(subresource === undefined ? {} : { subresource }),
    ...(dryRun === 'server' ? { dryRun: true } : {}),
  });
  if (!response.ok) return { status: response.status };
  if (response.object === undefined) throw new Error('a patch is answered with the object');
  return { object: response.object };
}
