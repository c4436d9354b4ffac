import type { Millis } from '../../kernel/time/millis.ts';
import { manifestPath } from '../contract/control-plane-paths.ts';
import { PROGRAMS } from '../contract/control-plane-rows.ts';
import type { Event } from '../contract/event.ts';
import { hostFileSystem } from '../contract/file-key.ts';
import type { ClusterSettings } from '../contract/settings.ts';
import { staticPodManifest } from '../kubeadm/static-manifests.ts';
import { addressOf } from '../node/addresses.ts';

/** What kubeadm writes onto the machines of a cluster. */
export function* filesWritten(settings: ClusterSettings, at: Millis): Generator<Event> {
  const { version } = settings;
  const members: Record<string, string> = {};
  for (const [index, { name: node, controlPlane }] of settings.nodes.entries()) {
    if (!controlPlane) continue;
    const ip = addressOf(index);
    for (const program of PROGRAMS) {
      const content = staticPodManifest(program, { node, ip, version, members });
      const path = manifestPath(program);
      const fileSystem = hostFileSystem(node);
      yield {
        type: 'FileWritten',
        node,
        fileSystem,
        path,
        kind: 'file',
        content,
        mode: 0o600,
        modifiedAt: at,
      };
    }
    members[node] = ip;
  }
}
