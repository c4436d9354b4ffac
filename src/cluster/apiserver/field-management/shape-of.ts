import { type FieldShape, shapeOfKind, shapeOfObjects } from '../../objects/field-sets/field-shape.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { Call } from '../call.ts';

/** How the fields of the call's objects are owned: by their kind's type, or by what defines them. */
export function shapeOf({ resource }: Call, object: KubeObject): FieldShape {
  const schema = resource.custom?.version.schema?.openAPIV3Schema;
  return schema === undefined ? shapeOfKind(object) : shapeOfObjects(schema);
}
