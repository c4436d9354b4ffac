import type { ObjectReader } from '../contract/reader.ts';
import { withDefaults } from '../objects/defaults/apply-defaults.ts';
import type { JsonObject } from '../objects/json.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import { readLastApplied } from '../objects/last-applied.ts';
import { threeWayMergePatch } from '../objects/patch/three-way-merge.ts';
import { type Resource, resourceForKind, splitApiVersion } from '../objects/schema/resources.ts';
import type { KubeVersion } from '../objects/versions.ts';
import { servedResources } from '../world/served-resources.ts';
import { type Application, type ResourceStatus, TRACKING, trackingId } from './application.ts';
import { healthOf } from './health-of.ts';

/** An object that an application is about: as it is wanted, and as it is. */
export interface Managed {
  /** Without what a task alone knows. */
  readonly key: Pick<ResourceStatus, 'group' | 'version' | 'kind' | 'namespace' | 'name'>;
  /** Undefined where the cluster knows of no such kind. */
  readonly resource: Resource | undefined;
  /** Bears the annotation by which it is found again; absent: it is not wanted any more. */
  readonly target?: KubeObject;
  readonly live?: KubeObject;
  readonly isSynced: boolean;
}

interface Compared {
  readonly app: Application;
  readonly objects: readonly KubeObject[];
  readonly version: KubeVersion;
}

/** What an application wants and what it has put there, side by side. Hooks are among neither. */
export function compare(reader: ObjectReader, { app, objects, version }: Compared): readonly Managed[] {
  const wanted = objects.map((object) => managedOf(reader, { app, target: object, version }));
  const known = new Set(wanted.map(({ key }) => trackingId('', key)));
  const extra = (app.status?.resources ?? []).flatMap((status): readonly Managed[] => {
    if (known.has(trackingId('', status))) return [];
    const { group, version: of, kind, namespace, name } = status;
    const resource = resourceForKind(group ? `${group}/${of}` : of, kind, servedResources(reader));
    const live = resource && reader.get<KubeObject>(resource.name, namespace, name);
    const key = { ...(group && { group }), version: of, kind, ...(namespace && { namespace }), name };
    if (!live || live.metadata.annotations?.[TRACKING] !== trackingId(app.metadata.name ?? '', key))
      return [];
    return [{ key, resource, live, isSynced: false }];
  });
  return [...wanted, ...extra];
}

interface Wanted {
  readonly app: Application;
  readonly target: KubeObject;
  readonly version: KubeVersion;
}

export function managedOf(reader: ObjectReader, { app, target, version }: Wanted): Managed {
  const resource = resourceForKind(target.apiVersion, target.kind, servedResources(reader));
  const { group, version: of } = splitApiVersion(target.apiVersion);
  const namespace =
    resource?.isNamespaced === false
      ? undefined
      : (target.metadata.namespace ?? app.spec.destination?.namespace ?? 'default');
  const { name = '' } = target.metadata;
  const key = {
    ...(group && { group }),
    version: of,
    kind: target.kind,
    ...(namespace && { namespace }),
    name,
  };
  const annotations = {
    ...target.metadata.annotations,
    [TRACKING]: trackingId(app.metadata.name ?? '', key),
  };
  const metadata = { ...target.metadata, ...(namespace && { namespace }), annotations };
  const tracked: KubeObject = { ...target, metadata };
  const live = resource && reader.get<KubeObject>(resource.name, namespace, name);
  const isSynced = live !== undefined && !differs(tracked, live, version);
  return { key, resource, target: tracked, ...(live && { live }), isSynced };
}

/** Whether applying it would change something: what only the live object has does not matter. */
function differs(target: KubeObject, live: KubeObject, version: KubeVersion): boolean {
  const { apiVersion, kind } = target;
  const { status: _, ...wanted } = asJson(withDefaults(target, version));
  const { status: __, ...current } = asJson({ ...live, apiVersion, kind });
  const original = (readLastApplied(live) ?? {}) as JsonObject;
  const { patch } = threeWayMergePatch(original, wanted as JsonObject, current as JsonObject, {
    apiVersion,
    kind,
  });
  return Object.keys(patch).length > 0;
}

export function asJson(object: KubeObject): JsonObject {
  return object as unknown as JsonObject;
}

/** As the application's status tells of it. */
export function statusOf({ key, target, live, isSynced }: Managed): ResourceStatus {
  const health = live ? healthOf(live) : { status: 'Missing' as const };
  const wave = waveOf(target ?? live);
  return {
    ...key,
    status: isSynced ? 'Synced' : 'OutOfSync',
    ...(health && { health }),
    ...(!target && { requiresPruning: true }),
    ...(wave !== 0 && { syncWave: wave }),
  };
}

/** Lower ones come first. */
export function waveOf(object: KubeObject | undefined): number {
  const wave = Number(object?.metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0);
  return Number.isInteger(wave) ? wave : 0;
}
