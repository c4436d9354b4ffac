import type { PatchRequest } from '../../contract/request.ts';
import type { Granted, Refused } from '../../contract/response.ts';
import { encodeGoJson } from '../../objects/go-json.ts';
import { isObject, type Json, type JsonObject, sortedKeys } from '../../objects/json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { applyJsonPatch } from '../../objects/patch/json-patch.ts';
import { applyMergePatch } from '../../objects/patch/merge-patch.ts';
import type { PatchOutcome } from '../../objects/patch/patch-outcome.ts';
import { applyStrategicPatch } from '../../objects/patch/strategic-merge.ts';
import type { ShapeProblem } from '../../objects/shape/check-shape.ts';
import { describeDecodingError } from '../../objects/shape/describe-decoding-error.ts';
import { invalid as invalidField } from '../../objects/validation/field-error.ts';
import { type Call, granted, keyOf, type Outcome } from '../call.ts';
import { autoscalerAsFirst } from '../decode/autoscaler-version.ts';
import { asStored } from '../decode/decode-object.ts';
import { shapeProblems } from '../decode/shape-problems.ts';
import { applyOnServer } from '../field-management/server-side-apply.ts';
import {
  badRequest,
  invalidPatch,
  notFound,
  unexpected,
  unknownPatchType,
  unprocessable,
} from '../refusal.ts';
import { warnOfChange } from '../strategy/pod-warnings.ts';
import { update } from './update.ts';

type Patch = Pick<PatchRequest, 'patchType' | 'patch' | 'strict' | 'force' | 'version'>;

/** A change told as a difference: applied to the object as it stands, and then an update like any other. */
export function patch(call: Call, name: string, request: Patch): Granted | Refused {
  const stored = call.store.read(keyOf(call, name));
  if (request.patchType === 'apply') return applyOnServer(call, name, request);
  if (call.resource.custom && request.patchType === 'strategic') return unknownPatchType();
  if (stored === undefined) return notFound(call.resource, name);
  const patched = applyPatch(call, stored, request);
  if (!patched.ok) return patched;
  // Patches of statuses say as whole ones do whether a person sent them.
  const strict = call.subresource === 'status' ? request.strict : undefined;
  const answer = update(call, name, { object: patched.value, strict });
  if (answer.ok && answer.object && request.strict !== undefined) warnOfChange(call, stored, answer.object);
  return answer;
}

/** The patched object, well-formed, before anything else was looked at. */
export function applyPatch(call: Call, stored: KubeObject, request: Patch): Outcome<KubeObject> {
  const outcome = merge(shownTo(request, stored), request);
  if (!outcome.ok) {
    if (outcome.code === 400) return badRequest(outcome.problem);
    return outcome.code === 422 ? unprocessable() : unexpected(outcome.problem);
  }
  if (!isObject(outcome.object['metadata']) || typeof outcome.object['kind'] !== 'string')
    return unprocessable();
  const object = asStored(outcome.object as unknown as KubeObject);
  const refusal = request.strict === undefined ? undefined : checkPatched(call, object, request);
  return refusal ?? granted(object);
}

/** A patch speaks of the object as the version that it is sent to shows it. */
function shownTo({ version }: Patch, stored: KubeObject): KubeObject {
  const isFirst = stored.kind === 'HorizontalPodAutoscaler' && version === 'v1';
  return isFirst ? autoscalerAsFirst(stored) : stored;
}

function merge(stored: KubeObject, { patchType, patch: change }: Patch): PatchOutcome {
  const original = stored as unknown as JsonObject;
  if (patchType === 'json') return applyJsonPatch(original, change);
  if (!isObject(change)) {
    const problem = 'json: cannot unmarshal array into Go value of type map[string]interface {}';
    return { ok: false, code: 400, problem: `error decoding patch: ${problem}` };
  }
  if (patchType === 'strategic') {
    // It is put into a thing that knows what it is (apiserver: handlers/patch.go applyPatchToObject).
    const { apiVersion: _, kind: __, ...said } = change as JsonObject;
    return applyStrategicPatch(original, said, stored);
  }
  return { ok: true, object: applyMergePatch(original, change as JsonObject) as JsonObject };
}

/** The one place where a misspelt field is no 400, but a 422 of an object without a name. */
function checkPatched(call: Call, object: KubeObject, request: Patch): Refused | undefined {
  const problems = shapeProblems(call, object);
  const isHarmless = problems.every(({ code }) => code === 'unknownField') && request.strict !== true;
  if (problems.length === 0) return undefined;
  if (isHarmless) {
    call.warnings.push(...problems.map(({ message }) => message));
    return undefined;
  }
  const isStrategic = request.patchType === 'strategic';
  const printed = isStrategic ? printGoMap(request.patch as Json) : encodeGoJson(object);
  return invalidPatch([invalidField('patch', printed, decodingWords(problems, object))]);
}

/** Without the beginning that tells what could not be decoded. */
function decodingWords(problems: readonly ShapeProblem[], object: KubeObject): string {
  const whole = describeDecodingError(problems, object);
  const opening = `cannot be handled as a ${object.kind}: `;
  return whole.slice(whole.indexOf(opening) + opening.length);
}

/** As Go's `%+v` prints decoded JSON: `map[spec:map[replicas:3]]`. */
function printGoMap(value: Json): string {
  if (value === null) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(printGoMap).join(' ')}]`;
  if (typeof value !== 'object') return String(value);
  return `map[${sortedKeys(value)
    .map((key) => `${key}:${printGoMap(value[key] ?? null)}`)
    .join(' ')}]`;
}
