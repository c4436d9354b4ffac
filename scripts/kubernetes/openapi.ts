/** The parts of Kubernetes' OpenAPI v2 document that the generated files are made from. */
export interface OpenApi {
  readonly info: { readonly version: string };
  readonly definitions: Readonly<Record<string, Definition>>;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

export interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

export interface Property {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly items?: Property;
  readonly additionalProperties?: Property;
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-list-type'?: string;
  readonly 'x-kubernetes-map-type'?: string;
  readonly 'x-kubernetes-patch-merge-key'?: string;
  readonly 'x-kubernetes-patch-strategy'?: string;
}

export interface Definition {
  readonly type?: string;
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Property>>;
  readonly required?: readonly string[];
  readonly 'x-kubernetes-group-version-kind'?: readonly GroupVersionKind[];
  readonly 'x-kubernetes-map-type'?: string;
}

interface Operation {
  readonly action: string;
  readonly gvk: GroupVersionKind;
}

/** `io.k8s.api.core.v1.PodSpec` → package `core.v1`, name `PodSpec`. */
export function splitDefinitionName(definition: string): { readonly pkg: string; readonly name: string } {
  const parts = definition.split('.');
  const name = parts.pop() ?? '';
  const isVersioned = /^v\d/.test(parts.at(-1) ?? '');
  return { pkg: parts.slice(isVersioned ? -2 : -1).join('.'), name };
}

/** What a `$ref` points at, by its full definition name. */
export function refTarget(property: Property): string | undefined {
  return property.$ref?.replace('#/definitions/', '');
}

/** The definition's own group, version and kind; a type shared by all groups (DeleteOptions) counts as v1. */
export function gvkOf(definition: Definition): GroupVersionKind | undefined {
  return definition['x-kubernetes-group-version-kind']?.[0];
}

export function apiVersionOf({ group, version }: GroupVersionKind): string {
  return group === '' ? version : `${group}/${version}`;
}

/** Alpha and beta versions are off on a cluster by default, so the generated files leave them out. */
export function isStable(version: string): boolean {
  return !/alpha|beta/.test(version);
}

/** Newer stable versions first: autoscaling/v2 before v1 (apimachinery: version/helpers.go). */
export function compareVersions(a: string, b: string): number {
  return Number(b.slice(1)) - Number(a.slice(1));
}

/** Code-unit order, the same on every machine. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
