import type { PatchRequest } from '../../contract/request.ts';
import type { Granted, Refused } from '../../contract/response.ts';
import { applyAsManager, type Conflict } from '../../objects/field-sets/apply-as-manager.ts';
import { difference, isEmptySet, membersOf, setOf } from '../../objects/field-sets/field-set.ts';
import {
  elementOf,
  type FieldShape,
  shapeOfElements,
  shapeWithin,
} from '../../objects/field-sets/field-shape.ts';
import { fieldsOf } from '../../objects/field-sets/fields-of.ts';
import type { ManagerIdentity } from '../../objects/field-sets/managers.ts';
import { newObject } from '../../objects/field-sets/new-object.ts';
import { pathText } from '../../objects/field-sets/path-text.ts';
import { quoteGo } from '../../objects/go-json.ts';
import { isObject, without } from '../../objects/json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { LAST_APPLIED, readLastApplied, withLastApplied } from '../../objects/last-applied.ts';
import type { ShapePath } from '../../objects/shape/check-shape.ts';
import { type Call, keyOf, timestamp } from '../call.ts';
import { shapeProblems } from '../decode/shape-problems.ts';
import { applyConflict, badRequest, unexpected } from '../refusal.ts';
import { create } from '../verbs/create.ts';
import { replaceStored } from '../verbs/update.ts';
import { managersOf } from './managers-of.ts';
import { shapeOf } from './shape-of.ts';

/**
 * kubectl's name as an applier; where it meets what `kubectl apply` without the server left, it may take it.
 */
const KUBECTL = 'kubectl';

type Apply = Pick<PatchRequest, 'patch' | 'force'>;

/**
 * Server-side apply: a manifest that is merged into the object, or is the object if there is none, by
 * somebody who then owns what it says (apiserver: handlers/patch.go applyPatcher).
 */
export function applyOnServer(call: Call, name: string, request: Apply): Granted | Refused {
  const { patch } = request;
  if (!isObject(patch)) return badRequest('error decoding YAML: patch must be a map');
  const applied = ownPart(call, patch as unknown as KubeObject);
  if (applied.metadata?.managedFields?.length) {
    return badRequest('metadata.managedFields must be nil');
  }
  const refusal = checkFields(call, applied, name);
  if (refusal) return refusal;
  const stored = call.store.read(keyOf(call, name));
  const live = stored ?? (newObject(applied, call.settings.version) as KubeObject);
  const shape = shapeOf(call, applied);
  const { apiVersion } = applied;
  const applier: ManagerIdentity = {
    name: call.manager,
    operation: 'Apply',
    apiVersion,
    ...(call.subresource !== undefined && { subresource: call.subresource }),
  };
  const managers = stored ? managersOf(call, stored) : [];
  const result = applyAsManager({ live, applied, shape, managers, applier, time: timestamp(call) });
  const conflicts = request.force ? [] : barring(result.conflicts, { live, call });
  if (conflicts.length > 0) return applyConflict(conflicts.flatMap(told));
  if (stored === undefined) return create(call, applied, { strict: true, managers: result.managers });
  const object = withAnnotationKept(call, { object: result.object, applied });
  return replaceStored(call, stored, { object, strict: true, managers: result.managers });
}

/** Who applied by kubectl alone before can go back to it (managedfields: internal/lastappliedupdater.go). */
function withAnnotationKept(
  { manager }: Call,
  { object, applied }: { readonly object: KubeObject; readonly applied: KubeObject },
): KubeObject {
  const isKept = manager === KUBECTL && object.metadata.annotations?.[LAST_APPLIED] !== undefined;
  if (!isKept) return object;
  const text = withLastApplied(applied).metadata.annotations?.[LAST_APPLIED];
  return withLastApplied(object, text);
}

/** The status is nothing that an apply of the object says, nor the object what one of its status says. */
function ownPart({ resource, subresource }: Call, patch: KubeObject): KubeObject {
  if (subresource === 'status') {
    const { apiVersion, kind, metadata, status } = patch as KubeObject & { status?: unknown };
    return { apiVersion, kind, metadata, ...(status !== undefined && { status }) } as KubeObject;
  }
  return resource.strategy.hasStatus ? without(patch, 'status') : patch;
}

/** What the schema does not know can't be owned (structured-merge-diff: typed/validate.go). */
function checkFields(call: Call, applied: KubeObject, name: string): Refused | undefined {
  const unknown = shapeProblems(call, applied).filter(({ code }) => code === 'unknownField');
  if (unknown.length === 0) return undefined;
  const [group, version] = applied.apiVersion.includes('/')
    ? applied.apiVersion.split('/')
    : ['', applied.apiVersion];
  const what = `${call.namespace ?? ''}/${name}; ${group}/${version}, Kind=${applied.kind}`;
  const why = unknown.map(
    ({ path }) => `${pathText(placeAt(call, applied, path))}: field not declared in schema`,
  );
  const all = why.length === 1 ? why.join('') : `errors:\n${why.map((text) => `  ${text}`).join('\n')}`;
  return unexpected(`failed to create typed patch object (${what}): ${all}`);
}

/** The elements of lists by their keys, where they have any. */
function placeAt(call: Call, object: KubeObject, path: ShapePath): readonly string[] {
  let [at, shape]: [unknown, FieldShape] = [object, shapeOf(call, object)];
  return path.map((step) => {
    const inner: unknown = Reflect.get(Object(at), step);
    const element = typeof step === 'string' ? `f:${step}` : elementOf(inner, shape);
    shape = typeof step === 'string' ? (shapeWithin(shape, step) ?? shape) : shapeOfElements(shape);
    at = inner;
    return element;
  });
}

/** apiserver: managedfields/internal/lastappliedmanager.go. */
function barring(
  conflicts: readonly Conflict[],
  { live, call }: { readonly live: KubeObject; readonly call: Call },
): readonly Conflict[] {
  const remembered = readLastApplied(live);
  if (call.manager !== KUBECTL || remembered === undefined || conflicts.length === 0) return conflicts;
  const annotation = setOf([['f:metadata', 'f:annotations', `f:${LAST_APPLIED}`]]);
  const said = fieldsOf(remembered, shapeOf(call, live));
  const left = conflicts.filter(
    ({ fields }) => !isEmptySet(difference(difference(fields, said), annotation)),
  );
  return left.length === 0 ? [] : conflicts;
}

function told(conflict: Conflict): readonly { readonly manager: string; readonly field: string }[] {
  const { name, operation, apiVersion, subresource } = conflict.manager;
  const part = subresource === undefined ? '' : ` with subresource ${quoteGo(subresource)}`;
  const using = operation === 'Update' ? ` using ${apiVersion}` : '';
  const manager = `${quoteGo(name)}${part}${using}`;
  return [...membersOf(conflict.fields)].map((path) => ({ manager, field: pathText(path) }));
}
