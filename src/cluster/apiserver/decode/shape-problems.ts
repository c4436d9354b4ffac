import { pruneUnknown } from '../../objects/custom/walk-schema.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { resourceForKind } from '../../objects/schema/resources.ts';
import { checkShape, type ShapeProblem } from '../../objects/shape/check-shape.ts';
import { servedResources } from '../../world/served-resources.ts';
import type { Call } from '../call.ts';

/** Where an object is not of the shape of its kind: by the types of Kubernetes, or by its definition. */
export function shapeProblems({ resource, store }: Call, object: KubeObject): readonly ShapeProblem[] {
  if (resource.custom === undefined) return checkShape(object, object);
  const given = resourceForKind(object.apiVersion, object.kind, servedResources(store)) ?? resource;
  const schema = given.custom?.version.schema?.openAPIV3Schema;
  return schema ? pruneUnknown(JSON.parse(JSON.stringify(object)), schema) : [];
}
