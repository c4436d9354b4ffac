import type { Doing } from '../../contract/doing.ts';
import { sortedKeys } from '../../objects/json.ts';
import type { DownwardAPIVolumeFile, KeyToPath, Volume, VolumeProjection } from '../../objects/kubernetes.ts';
import { configMap, secret } from '../environment/container-environment.ts';
import { fieldOf, resourceFieldOf } from '../environment/downward-api.ts';
import type { Environment } from '../environment/environment.ts';
import { containerSpec, type PodContext } from '../pod-worker/pod-context.ts';
import { isApiAccess, podToken } from './api-access.ts';

/** Texts by path below the volume's root: `/a/b`. */
export type VolumeFiles = Readonly<Record<string, { readonly content: string; readonly mode: number }>>;

export type VolumeContent = { readonly files: VolumeFiles } | { readonly problem: string };

const DEFAULT_MODE = 0o644;

/** What a volume has in it from the start: a problem is why it cannot be mounted. */
export function* volumeFiles(context: PodContext, volume: Volume): Doing<VolumeContent> {
  const { downwardAPI, projected } = volume;
  if (volume.configMap) {
    const { name = '', optional, items, defaultMode } = volume.configMap;
    return yield* fromKeys(context, { kind: 'configmap', name, optional, items, mode: defaultMode });
  }
  if (volume.secret) {
    const { secretName = '', optional, items, defaultMode } = volume.secret;
    return yield* fromKeys(context, { kind: 'secret', name: secretName, optional, items, mode: defaultMode });
  }
  if (downwardAPI) return { files: downward(context, downwardAPI.items ?? [], downwardAPI.defaultMode) };
  if (!projected) return { files: {} };
  const files: Record<string, { content: string; mode: number }> = {};
  const problems: string[] = [];
  for (const source of projected.sources ?? []) {
    // Its token is made up when somebody looks at it: to sign one takes longer than all the rest of a mount.
    if (source.serviceAccountToken && isApiAccess(volume)) continue;
    const part = yield* fromSource(context, source, projected.defaultMode);
    if ('problem' in part) problems.push(part.problem);
    else Object.assign(files, part.files);
  }
  const [first] = problems;
  // Several are told of together (apimachinery: util/errors NewAggregate).
  const distinct = [...new Set(problems)];
  if (first !== undefined) return { problem: distinct.length > 1 ? `[${distinct.join(', ')}]` : first };
  return { files };
}

function* fromSource(
  context: PodContext,
  source: VolumeProjection,
  mode: number | undefined,
): Doing<VolumeContent> {
  const { configMap: map, secret: hidden, downwardAPI, serviceAccountToken } = source;
  if (map) {
    const { name = '', optional, items } = map;
    return yield* fromKeys(context, { kind: 'configmap', name, optional, items, mode });
  }
  if (hidden) {
    const { name = '', optional, items } = hidden;
    return yield* fromKeys(context, { kind: 'secret', name, optional, items, mode });
  }
  if (downwardAPI) return { files: downward(context, downwardAPI.items ?? [], mode) };
  if (!serviceAccountToken) return { files: {} };
  const { settings } = context.view;
  const time = { since: context.worker.seenAt, now: context.now, settings };
  const content = podToken(context.pod, serviceAccountToken, time);
  return { files: { [`/${serviceAccountToken.path}`]: { content, mode: mode ?? DEFAULT_MODE } } };
}

interface Keyed {
  readonly kind: 'configmap' | 'secret';
  readonly name: string;
  readonly optional: boolean | undefined;
  readonly items: readonly KeyToPath[] | undefined;
  readonly mode: number | undefined;
}

function* fromKeys(
  context: PodContext,
  { kind, name, optional, items, mode = DEFAULT_MODE }: Keyed,
): Doing<VolumeContent> {
  const data = kind === 'configmap' ? yield* configMap(context, name) : yield* secret(context, name);
  if (!data) return optional ? { files: {} } : { problem: `${kind} "${name}" not found` };
  if (!items) {
    return {
      files: Object.fromEntries(
        sortedKeys(data).map((key) => [`/${key}`, { content: data[key] ?? '', mode }]),
      ),
    };
  }
  return fromItems(data, { items, mode, optional: optional ?? false, kind });
}

function fromItems(
  data: Environment,
  {
    items,
    mode,
    optional,
    kind,
  }: {
    readonly items: readonly KeyToPath[];
    readonly mode: number;
    readonly optional: boolean;
    readonly kind: Keyed['kind'];
  },
): VolumeContent {
  const files: Record<string, { content: string; mode: number }> = {};
  for (const item of items) {
    const content = data[item.key];
    if (content !== undefined) files[`/${item.path}`] = { content, mode: item.mode ?? mode };
    else if (!optional) {
      const what = kind === 'secret' ? 'secret' : 'config';
      return { problem: `references non-existent ${what} key: ${item.key}` };
    }
  }
  return { files };
}

function downward(
  context: PodContext,
  items: readonly DownwardAPIVolumeFile[],
  mode = DEFAULT_MODE,
): VolumeFiles {
  const files: Record<string, { content: string; mode: number }> = {};
  for (const { path, fieldRef, resourceFieldRef, mode: own } of items) {
    const container = resourceFieldRef && containerSpec(context.pod, resourceFieldRef.containerName ?? '');
    const content = fieldRef
      ? fieldOf(context, fieldRef.fieldPath)
      : container && resourceFieldRef
        ? resourceFieldOf(context, container, resourceFieldRef)
        : '';
    files[`/${path}`] = { content, mode: own ?? mode };
  }
  return files;
}
