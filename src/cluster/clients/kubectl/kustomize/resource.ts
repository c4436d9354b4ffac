import { isObject, type Json, type JsonObject } from '../../../objects/json.ts';

/** An object on its way through a kustomization. */
export interface Resource {
  readonly object: JsonObject;
  /** The names that it has had, the first one first; by any of them patches may find it. */
  readonly formerNames: readonly string[];
  /** It was generated, and its name is to end in the hash of what it holds. */
  readonly needsHash: boolean;
}

export function kindOf({ object }: Pick<Resource, 'object'>): string {
  return String(object['kind'] ?? '');
}

export function nameOf({ object }: Pick<Resource, 'object'>): string {
  const metadata = object['metadata'];
  return isObject(metadata) ? String(metadata['name'] ?? '') : '';
}

export function namespaceOf({ object }: Pick<Resource, 'object'>): string {
  const metadata = object['metadata'];
  return isObject(metadata) ? String(metadata['namespace'] ?? '') : '';
}

/** Whether it has, or has had, a name. */
export function wasNamed(resource: Resource, name: string): boolean {
  return nameOf(resource) === name || resource.formerNames.includes(name);
}

/** As kustomize names it in complaints: `Deployment.v1.apps/web.[noNs]`. */
export function idOf(resource: Pick<Resource, 'object'>): string {
  const [first = '', second] = String(resource.object['apiVersion'] ?? '').split('/');
  const gvk = [kindOf(resource), second ?? first, second === undefined ? '[noGrp]' : first].join('.');
  const namespace = namespaceOf(resource);
  return `${gvk}/${nameOf(resource)}.${namespace === '' ? '[noNs]' : namespace}`;
}

/**
 * The value with what stands at a path changed; `[]` behind a step means each element. What is not there is
 * left so, or made when `isMade`. Nothing is changed in place.
 */
export function changedAt(
  value: Json,
  path: string,
  change: (at: Json | undefined) => Json | undefined,
  isMade = false,
): Json {
  const [step = '', ...rest] = path.split('/');
  const isEach = step.endsWith('[]');
  const key = isEach ? step.slice(0, -2) : step;
  if (!isObject(value)) return value;
  const object = value as JsonObject;
  const inner = object[key];
  if (isEach) {
    if (!Array.isArray(inner)) return value;
    return { ...object, [key]: inner.map((item) => changedAt(item, rest.join('/'), change, isMade)) };
  }
  if (rest.length === 0) {
    const changed = inner === undefined && !isMade ? undefined : change(inner);
    return changed === undefined ? value : { ...object, [key]: changed };
  }
  if (inner === undefined || inner === null) {
    if (!isMade) return value;
    return { ...object, [key]: changedAt({}, rest.join('/'), change, isMade) };
  }
  return { ...object, [key]: changedAt(inner, rest.join('/'), change, isMade) };
}

/** The resource with several of its paths changed. */
export function withChanges(
  resource: Resource,
  paths: readonly string[],
  change: (at: Json | undefined) => Json | undefined,
  isMade = false,
): Resource {
  let object: Json = resource.object;
  for (const path of paths) object = changedAt(object, path, change, isMade);
  return { ...resource, object: object as JsonObject };
}
