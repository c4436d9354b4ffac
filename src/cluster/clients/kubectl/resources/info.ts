import type { KubeObject } from '../../../objects/kube-object.ts';
import type { Resource } from '../../../objects/schema/resources.ts';
import type { Failure } from '../failure.ts';
import { kindWithGroup } from '../print/kind-text.ts';

/** Something that a call is about. */
export interface Info {
  readonly resource: Resource;
  /** Absent for cluster-scoped resources. */
  readonly namespace?: string;
  readonly name: string;
  /** Absent where it was only named. */
  readonly object?: KubeObject;
  /** The file it comes from, as kubectl calls it. */
  readonly source?: string;
  /** The file names no namespace: it is that of the call. */
  readonly isPlacedByCall?: true;
}

/** What was looked for, in order: found, or why not. */
export type Visited =
  | { readonly info: Info }
  /** `isOfFile`: a file could not be read, or not this of it. */
  | { readonly failure: Failure; readonly isOfFile?: true };

export function infoOf(resource: Resource, object: KubeObject): Info {
  const { name = '', namespace } = object.metadata;
  return { resource, name, object, ...(namespace === undefined ? {} : { namespace }) };
}

/** Where a request about it goes. */
export function targetOf({ resource, namespace, name }: Info): {
  readonly resource: string;
  readonly version?: string;
  readonly namespace?: string;
  readonly name: string;
} {
  return {
    resource: resource.name,
    name,
    ...versionOf(resource),
    ...(namespace === undefined ? {} : { namespace }),
  };
}

/** `deployment.apps/web`: how a message about it begins. */
export function subjectOf({ resource, name }: Pick<Info, 'resource' | 'name'>): string {
  return `${kindWithGroup(resource)}/${name}`;
}

/** `apps/v1, Resource=deployments`, in Go's words for a resource with its version. */
export function versionedName({ group, version, plural }: Resource): string {
  return `${group}/${version}, Resource=${plural}`;
}

/** `Deployment.apps`: how Go prints a kind with its group. */
export function groupKind({ kind, group }: Resource): string {
  return group === '' ? kind : `${kind}.${group}`;
}

/** The version that a request names, where that matters. */
export function versionOf({ custom, version }: Resource): { readonly version?: string } {
  return custom === undefined ? {} : { version };
}
