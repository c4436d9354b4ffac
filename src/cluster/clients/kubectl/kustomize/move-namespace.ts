import { isObject, type Json, type JsonObject } from '../../../objects/json.ts';
import { resourceForKind } from '../../../objects/schema/resources.ts';
import { changedWhere } from './configurations.ts';
import type { FieldSpec } from './kustomization.ts';
import { changedAt, kindOf, nameOf, type Resource, withChanges } from './resource.ts';

/** Where else a namespace stands (kustomize: builtinpluginconsts/namespace.go). */
const OF_SERVICES: Readonly<Record<string, { readonly path: string; readonly isMade: boolean }>> = {
  APIService: { path: 'spec/service/namespace', isMade: true },
  CustomResourceDefinition: { path: 'spec/conversion/webhook/clientConfig/service/namespace', isMade: false },
};

/** All that can be in a namespace, in this one; and whoever names service accounts of it, told so. */
export function inNamespace(
  resources: readonly Resource[],
  namespace: string,
  places: readonly FieldSpec[] = [],
): readonly Resource[] {
  const accounts = resources.filter((each) => kindOf(each) === 'ServiceAccount').map(nameOf);
  const put = (resource: Resource): Resource => changedWhere(resource, places, () => namespace);
  return resources.map(put).map((resource) => {
    const kind = kindOf(resource);
    const told = OF_SERVICES[kind];
    if (told) return withChanges(resource, [told.path], () => namespace, told.isMade);
    const path = kind === 'Namespace' ? 'metadata/name' : 'metadata/namespace';
    const isMoved = kind === 'Namespace' || isNamespaced(resource);
    const moved = isMoved ? withChanges(resource, [path], () => namespace, true) : resource;
    return /^(Cluster)?RoleBinding$/.test(kind) ? withSubjects(moved, accounts, namespace) : moved;
  });
}

function withSubjects(resource: Resource, accounts: readonly string[], namespace: string): Resource {
  const move = (subject: Json): Json => {
    if (!isObject(subject) || subject['kind'] !== 'ServiceAccount') return subject;
    const name = String(subject['name']);
    const isOurs = name === 'default' || accounts.includes(name);
    return isOurs ? { ...(subject as JsonObject), namespace } : subject;
  };
  const change = (subjects: Json | undefined): Json | undefined =>
    Array.isArray(subjects) ? subjects.map(move) : subjects;
  return { ...resource, object: changedAt(resource.object, 'subjects', change) as JsonObject };
}

function isNamespaced({ object }: Resource): boolean {
  const known = resourceForKind(String(object['apiVersion'] ?? ''), String(object['kind'] ?? ''));
  return known?.isNamespaced ?? true;
}
