import type { Entry } from '../../kernel/log/entry.ts';
import type { Tables } from '../../kernel/table/store.ts';
import type { Event } from '../contract/event.ts';
import { type StaticPodEvent, staticPodKey } from '../contract/static-pod-row.ts';
import { workerOf } from './evolve-machine-pods.ts';
import type { WorldRows } from './world.ts';

export function isStaticPodEvent(event: Event): event is StaticPodEvent {
  return (
    event.type === 'StaticPodTaken' || event.type === 'StaticPodDropped' || event.type === 'ManifestRefused'
  );
}

/** What a kubelet makes of the manifests on its machine, after one fact. */
export function evolveStaticPod(
  { staticPods, podWorkers }: Tables<WorldRows>,
  event: StaticPodEvent,
  { at, seq }: Entry<Event>,
): void {
  const { node, path } = event;
  const key = staticPodKey(node, path);
  const row = staticPods.read(key, seq);
  switch (event.type) {
    case 'StaticPodTaken': {
      const { hash, pod, manifest } = event;
      staticPods.write(key, { node, path, hash, pod }, seq);
      const { namespace = '', name = '', uid = '' } = manifest.metadata;
      const worker = { ...workerOf({ node, namespace, name, uid, pod }, manifest, at), static: { path } };
      if (!podWorkers.read(pod, seq)) podWorkers.write(pod, worker, seq);
      return;
    }
    case 'ManifestRefused': {
      const { hash, problem } = event;
      staticPods.write(
        key,
        { node, path, hash, problem, refusedAt: at, ...(row?.pod !== undefined && { pod: row.pod }) },
        seq,
      );
      return;
    }
    case 'StaticPodDropped': {
      const isLeft = row?.problem !== undefined && row.pod !== undefined;
      const { pod: _, ...left } = row ?? { node, path, hash: '' };
      staticPods.write(key, isLeft ? left : undefined, seq);
      const worker = event.pod === undefined ? undefined : podWorkers.read(event.pod, seq);
      if (worker?.static) podWorkers.write(worker.key, { ...worker, static: { path, gone: true } }, seq);
    }
  }
}
