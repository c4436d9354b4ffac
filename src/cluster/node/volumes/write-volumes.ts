import type { Doing } from '../../contract/doing.ts';
import type { Volume } from '../../objects/kubernetes.ts';
import type { PodContext } from '../pod-worker/pod-context.ts';
import { isApiAccess } from './api-access.ts';
import { volumePlace } from './file-systems.ts';
import { volumeFiles } from './volume-files.ts';

export interface Unmounted {
  readonly volume: string;
  /** Why; empty where it is only not there yet. */
  readonly problem: string;
  /** What is said of it, if it is not that it could not be set up. */
  readonly message?: string;
}

/**
 * Writes what the pod's volumes have in them, and rewrites what is no longer as the API has it. The access to
 * the API that every pod has is left out, and made up when somebody looks at it.
 */
export function* writeVolumes(context: PodContext): Doing<Unmounted[]> {
  const problems: Unmounted[] = [];
  for (const volume of context.pod.spec.volumes ?? []) {
    const content = yield* volumeFiles(context, volume);
    if ('problem' in content) problems.push({ volume: volume.name, problem: content.problem });
    else if (!isApiAccess(volume)) yield* write(context, volume, content.files);
  }
  return problems;
}

/**
 * What ConfigMaps and Secrets say now shows in the pod's volumes after its next sync; a lost one leaves all
 * as it is.
 */
export function* refreshVolumes(context: PodContext): Doing<void> {
  const isLive = (volume: Volume): boolean =>
    Boolean(volume.configMap ?? volume.secret ?? volume.downwardAPI ?? volume.projected) &&
    !isApiAccess(volume);
  if (context.pod.spec.volumes?.some(isLive)) yield* writeVolumes(context);
}

type Files = Readonly<Record<string, { readonly content: string; readonly mode: number }>>;

function* write({ view, node, key, now }: PodContext, volume: Volume, files: Files): Doing<void> {
  const { fileSystem } = volumePlace(volume, { pod: key, node });
  if (Object.keys(files).length === 0 && !volume.configMap && !volume.secret) return;
  const before = view.rows.rowsBy('files', 'fileSystem', fileSystem);
  for (const [path, { content, mode }] of Object.entries(files)) {
    if (before.some((file) => file.path === path && file.content === content && file.kind === 'file'))
      continue;
    yield {
      type: 'FileWritten',
      node,
      pod: key,
      fileSystem,
      path,
      kind: 'file',
      content,
      mode,
      modifiedAt: now,
    };
  }
  for (const { path, kind } of before) {
    if (files[path] || kind !== 'file') continue;
    yield {
      type: 'FileWritten',
      node,
      pod: key,
      fileSystem,
      path,
      kind: 'removed',
      mode: 0,
      modifiedAt: now,
    };
  }
}
