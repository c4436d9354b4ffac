import type { Json, JsonObject } from '../../objects/json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { applyJsonPatch } from '../../objects/patch/json-patch.ts';
import { applyMergePatch } from '../../objects/patch/merge-patch.ts';
import type { PatchOutcome } from '../../objects/patch/patch-outcome.ts';
import { applyStrategicPatch } from '../../objects/patch/strategic-merge.ts';
import { type Flag, since, text } from '../flags/flag.ts';
import { fail } from './failure.ts';
import type { Invocation } from './invocation.ts';

export const OVERRIDE_FLAGS: readonly Flag[] = [
  text('overrides'),
  ...since(24, text('override-type', 'merge')),
];

/** The object that flags described, changed by --overrides (kubectl: override_options.go). */
export function overridden<Kind extends KubeObject>(invocation: Invocation, object: Kind): Kind {
  const { flags } = invocation;
  const overrides = flags.text('overrides');
  if (overrides === '') return object;
  const type = flags.has('override-type') ? flags.text('override-type') : 'merge';
  const outcome = patched(object, overrides, type);
  return outcome.ok ? (outcome.object as unknown as Kind) : fail(outcome.problem);
}

function patched(object: KubeObject, overrides: string, type: string): PatchOutcome {
  const original = object as unknown as JsonObject;
  switch (type) {
    case 'merge': {
      const patch = parsed(overrides, 'Invalid JSON Patch');
      return { ok: true, object: applyMergePatch(original, patch) as JsonObject };
    }
    case 'strategic': {
      const patch = parsed(overrides, 'invalid JSON document');
      return applyStrategicPatch(original, patch as JsonObject, object);
    }
    case 'json':
      return applyJsonPatch(original, parsed(overrides, 'Invalid JSON Patch'));
    default:
      return fail(`invalid override type: ${type}`);
  }
}

function parsed(overrides: string, problem: string): Json {
  try {
    return JSON.parse(overrides) as Json;
  } catch {
    return fail(problem);
  }
}
