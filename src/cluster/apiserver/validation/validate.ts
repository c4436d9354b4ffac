import type { Refused } from '../../contract/response.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { required } from '../../objects/validation/field-error.ts';
import type { Call } from '../call.ts';
import { invalid } from '../refusal.ts';

export function validateNew(draft: KubeObject, { resource }: Call): Refused | undefined {
  if (draft.metadata.name) return undefined;
  return invalid(resource, '', [required('metadata.name', 'name or generateName is required')]);
}

export function validateChange(_draft: KubeObject, _stored: KubeObject, _call: Call): Refused | undefined {
  return undefined;
}
