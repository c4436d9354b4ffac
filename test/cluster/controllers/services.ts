import { endpointSliceController } from '../../../src/cluster/controllers/endpoint-slice/endpoint-slice.ts';
import { endpointsController } from '../../../src/cluster/controllers/endpoints/endpoints.ts';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import type { Pod, PodSpec, Service, ServiceSpec } from '../../../src/cluster/objects/kubernetes.ts';
import { changeOf } from '../../../src/cluster/world/changes.ts';
import { create, type Play, type PlayOptions, type Typed } from '../node/play.ts';
import { labels, playWorkloads } from './workloads.ts';

export function serviceOf(spec: Partial<ServiceSpec> = {}): Typed {
  const object: Service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'default' },
    spec: { selector: labels, ports: [{ port: 80 }], ...spec },
  };
  return create(0, object, 'services');
}

/** A pod of the service, that runs until it is killed and ends two seconds later. */
export function backend(name: string, at: number, spec: Partial<PodSpec> = {}, container = {}): Typed {
  const command = ['sh', '-c', 'trap "sleep 2; exit 0" TERM; while true; do sleep 0.1; done'];
  const containers = [{ name: 'main', image: 'busybox:1.36', command, ...container }];
  const object: Pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', labels },
    spec: { restartPolicy: 'Never', ...spec, containers },
  };
  return create(at, object);
}

export function playServices(typed: readonly Typed[], options: Partial<PlayOptions> = {}): Play {
  const more = [endpointsController, endpointSliceController];
  return playWorkloads(typed, { until: 20_000, nodes: 1, calm: true, ...options, more });
}

/** All that the objects of a resource were, in the order of their writes; of the service `web` alone. */
export function historyOf<Kind extends KubeObject>({ log, world }: Play, resource: string): readonly Kind[] {
  return log.flatMap((entry) => {
    const change = changeOf(world.store.tables, entry);
    const isOwn = change?.resource === resource && change.object.metadata.name?.startsWith('web');
    return change && isOwn && change.type !== 'DELETED' ? [change.object as Kind] : [];
  });
}
