import type { GetRequest, ListRequest } from '../../contract/request.ts';
import type { Granted, Refused } from '../../contract/response.ts';
import { derivedOfPair } from '../../objects/derived.ts';
import { matchesFields, parseFieldSelector, unsupportedField } from '../../objects/field-selector.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { matchesLabels, parseLabelSelector } from '../../objects/label-selector.ts';
import { type Call, granted, keyOf, type Outcome } from '../call.ts';
import { managersOf } from '../field-management/managers-of.ts';
import { withManagers } from '../field-management/note-change.ts';
import { badRequest, notFound } from '../refusal.ts';

export interface Selection {
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

export function get(call: Call, { name, showsManagers }: GetRequest): Granted | Refused {
  const stored = call.store.read(keyOf(call, name));
  if (stored === undefined) return notFound(call.resource, name);
  const object = showsManagers ? withOwners(call, stored) : stored;
  return { ok: true, object, revision: call.store.revision() };
}

export function list(call: Call, request: ListRequest): Granted | Refused {
  const selected = select(call, request);
  if (!selected.ok) return selected;
  const found = selected.value;
  const items = request.showsManagers
    ? found.map((object) => withOwners({ ...call, ...placeOf(object) }, object))
    : found;
  return { ok: true, items, revision: call.store.revision() };
}

/** Who would own which field of what a dry run answers. */
export function withOwnersOfDry(call: Call, response: Granted | Refused): Granted | Refused {
  if (!response.ok || response.object?.kind !== call.resource.kind) return response;
  return { ...response, object: withOwners(call, response.object) };
}

/** The very same object for as long as the stored one is the same. */
function withOwners(call: Call, stored: KubeObject): KubeObject {
  return stored.metadata.managedFields ? stored : owned(stored, managersOf(call, stored));
}

const owned = derivedOfPair(withManagers<KubeObject>);

function placeOf({ metadata: { namespace } }: KubeObject): { readonly namespace?: string } {
  return namespace === undefined ? {} : { namespace };
}

/** The objects of the call's resource and namespace that both selectors choose. */
export function select(
  call: Call,
  { labelSelector, fieldSelector }: Selection,
): Outcome<readonly KubeObject[]> {
  const labels = parseLabelSelector(labelSelector ?? '');
  if (!labels.ok) return badRequest(labels.problem);
  const fields = parseFieldSelector(fieldSelector ?? '');
  if (!fields.ok) return badRequest(fields.problem);
  const unsupported = unsupportedField(
    fields.requirements,
    call.resource.kind,
    call.resource.custom?.version.selectableFields?.map(({ jsonPath }) => jsonPath.replace(/^\./, '')),
  );
  if (unsupported !== undefined) return badRequest(unsupported);
  const objects = call.store.list(call.resource.name, call.namespace);
  if (labels.requirements.length === 0 && fields.requirements.length === 0) return granted(objects);
  return granted(
    objects.filter(
      (object) =>
        matchesLabels(labels.requirements, object.metadata.labels) &&
        matchesFields(fields.requirements, object),
    ),
  );
}
