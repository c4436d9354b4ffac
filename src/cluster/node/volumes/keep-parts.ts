import type { Doing } from '../../contract/doing.ts';
import type { Container } from '../../objects/kubernetes.ts';
import type { PodContext } from '../pod-worker/pod-context.ts';
import { isReadOnly, partPlace, volumePlace } from './file-systems.ts';

/** Puts aside what a container that is created mounts of ConfigMaps and the like by a path within them. */
export function* keepParts(context: PodContext, container: Container, id: string): Doing<void> {
  const { pod, view, node, key, now } = context;
  const parts = (container.volumeMounts ?? []).filter(({ subPath, subPathExpr }) => subPath || subPathExpr);
  const names = new Set(parts.map(({ name }) => name));
  for (const volume of pod.spec.volumes ?? []) {
    if (!names.has(volume.name) || !isReadOnly(volume)) continue;
    const from = volumePlace(volume, { pod: key, node }).fileSystem;
    const fileSystem = partPlace(key, id, volume.name);
    for (const file of view.rows.rowsBy('files', 'fileSystem', from)) {
      if (file.kind === 'removed') continue;
      yield { type: 'FileWritten', ...file, node, pod: key, fileSystem, modifiedAt: now };
    }
  }
}
