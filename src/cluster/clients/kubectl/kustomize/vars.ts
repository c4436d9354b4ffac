import { isObject, type Json, type JsonObject } from '../../../objects/json.ts';
import { fail } from '../failure.ts';
import { changeAlong, stepsOf } from './change-along.ts';
import { changedWhere } from './configurations.ts';
import type { FieldSpec, Var } from './kustomization.ts';
import { podSpecPathOf } from './references.ts';
import { kindOf, namespaceOf, type Resource, wasNamed } from './resource.ts';

const OF_CONTAINERS = ['args', 'command', 'env/value', 'volumeMounts/mountPath'];

/** Where `$(NAME)` stands for a var (kustomize: builtinpluginconsts/varreference.go). */
const OF_KINDS: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['spec/template/metadata/annotations'],
  Ingress: ['spec/rules/host', 'spec/tls/hosts', 'spec/tls/secretName'],
  Service: ['spec/ports/port', 'spec/ports/targetPort'],
  StatefulSet: ['spec/volumeClaimTemplates/spec/nfs/server'],
  PersistentVolume: ['spec/nfs/server'],
};

function placesIn(kind: string): readonly string[] {
  const podSpec = podSpecPathOf(kind);
  const ofPods =
    podSpec === undefined
      ? []
      : [
          ...['containers', 'initContainers'].flatMap((list) =>
            OF_CONTAINERS.map((field) => `${podSpec}/${list}/${field}`),
          ),
          `${podSpec}/volumes/nfs/server`,
        ];
  return [...ofPods, ...(OF_KINDS[kind] ?? []), 'metadata/labels', 'metadata/annotations'];
}

/** The resources with each `$(NAME)` replaced by the field that the var of this name speaks of. */
export function withVars(
  resources: readonly Resource[],
  vars: readonly Var[],
  more: readonly FieldSpec[] = [],
): readonly Resource[] {
  if (vars.length === 0) return resources;
  const values = new Map(vars.map((each) => [each.name, fieldOf(each, resources)]));
  const expand = (text: string): Json => {
    const whole = /^\$\(([^()]+)\)$/.exec(text)?.[1];
    const only = whole === undefined ? undefined : values.get(whole);
    if (only !== undefined) return only;
    return text.replace(/\$\$|\$\(([^()]+)\)/g, (part, name?: string) => {
      if (name === undefined) return '$';
      const value = values.get(name);
      return value === undefined ? part : String(value);
    });
  };
  const change = (at: Json | undefined): Json | undefined => {
    if (typeof at === 'string') return expand(at);
    if (Array.isArray(at)) return at.map((item) => (typeof item === 'string' ? expand(item) : item));
    if (!isObject(at)) return undefined;
    const entries = Object.entries(at as JsonObject);
    return Object.fromEntries(
      entries.map(([key, item]) => [key, typeof item === 'string' ? expand(item) : item]),
    );
  };
  return resources.map((resource) => {
    let object: Json = resource.object;
    for (const place of placesIn(kindOf(resource)))
      object = changeAlong(object, place.split('/'), { change });
    return changedWhere({ ...resource, object: object as JsonObject }, more, change);
  });
}

function fieldOf({ name, objref, fieldref }: Var, resources: readonly Resource[]): Json {
  const found = resources.find(
    (resource) =>
      kindOf(resource) === objref.kind &&
      (objref.apiVersion === undefined || resource.object['apiVersion'] === objref.apiVersion) &&
      wasNamed(resource, objref.name) &&
      (objref.namespace === undefined || namespaceOf(resource) === objref.namespace),
  );
  if (found === undefined) {
    return fail(
      `var '${JSON.stringify({ name, objref, fieldref })}' cannot be mapped to a field in the set of known resources`,
    );
  }
  const path = fieldref?.fieldpath ?? fieldref?.fieldPath ?? 'metadata.name';
  let value: Json | undefined = found.object;
  for (const step of stepsOf(path.replace(/\[(\d+)\]/g, '.$1'))) {
    value = isObject(value) || Array.isArray(value) ? (value as unknown as JsonObject)[step] : undefined;
  }
  if (value === undefined || value === null || typeof value === 'object') {
    return fail(`field specified in var '${name}' not found in corresponding resource`);
  }
  return value;
}
