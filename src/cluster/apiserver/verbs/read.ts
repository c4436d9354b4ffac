import type { Granted, Refused } from '../../contract/response.ts';
import { matchesFields, parseFieldSelector, unsupportedField } from '../../objects/field-selector.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { matchesLabels, parseLabelSelector } from '../../objects/label-selector.ts';
import { type Call, granted, keyOf, type Outcome } from '../call.ts';
import { badRequest, notFound } from '../refusal.ts';

export interface Selection {
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

export function get(call: Call, name: string): Granted | Refused {
  const object = call.store.read(keyOf(call, name));
  return object ? { ok: true, object, revision: call.store.revision() } : notFound(call.resource, name);
}

export function list(call: Call, selection: Selection): Granted | Refused {
  const selected = select(call, selection);
  return selected.ok ? { ok: true, items: selected.value, revision: call.store.revision() } : selected;
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
  const unsupported = unsupportedField(fields.requirements, call.resource.kind);
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
