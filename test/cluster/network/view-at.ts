import type { View } from '../../../src/cluster/contract/component.ts';
import type { Event } from '../../../src/cluster/contract/event.ts';
import type { ProxyRuleChange } from '../../../src/cluster/contract/proxy-rows.ts';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import type { EndpointSlice, Pod, Service, ServiceSpec } from '../../../src/cluster/objects/kubernetes.ts';
import { storageKey } from '../../../src/cluster/objects/storage-key.ts';
import { evolve } from '../../../src/cluster/world/evolve.ts';
import { objectReader, rowReader } from '../../../src/cluster/world/readers.ts';
import { emptyWorld } from '../../../src/cluster/world/world.ts';
import { settingsOf } from '../node/play.ts';

interface Known {
  readonly objects?: readonly (readonly [resource: string, object: KubeObject])[];
  /** What has happened, one after another, a second apart. */
  readonly facts?: readonly Event[];
  readonly minor?: number;
}

/** What somebody sees who knows all objects. */
export function viewAt({ objects = [], facts = [], minor = 36 }: Known): View {
  const settings = settingsOf({ nodes: 2, minor });
  let world = emptyWorld();
  const happen = (event: Event, at: number): void => {
    world = evolve(world, { seq: world.seq + 1, at, actor: 'given', key: '', cause: null, event });
  };
  for (const [resource, object] of objects) {
    const { namespace, name = '' } = object.metadata;
    const key = storageKey({ resource, name, ...(namespace !== undefined && { namespace }) });
    const metadata = { ...object.metadata, resourceVersion: '1' };
    happen({ type: 'ObjectCreated', resource, key, object: { ...object, metadata } }, 0);
  }
  for (const [index, fact] of facts.entries()) happen(fact, index * 1000);
  const position = { tables: world.store.tables, seq: world.seq };
  return { settings, chance: settings, objects: objectReader(position), rows: rowReader(position) };
}

/** Two machines with rules of their own. */
export function machines(...rules: readonly (readonly ProxyRuleChange[])[]): readonly Event[] {
  return [1, 2].map((number) => ({
    type: 'MachineInstalled',
    node: `node-${number}`,
    ip: `10.99.0.${number}`,
    podCidr: `10.88.${number}.0/24`,
    kubeletStartedAt: -1,
    images: [],
    rules: rules[number - 1] ?? [],
  }));
}

/** A pod that is up, by the name of its node and its address there: `10.88.2.5`. */
export function sandbox(ip: string, pod = `default/at-${ip}/uid`): Event {
  const node = `node-${ip.split('.')[2]}`;
  return { type: 'SandboxStarted', id: `sandbox-${ip}`, node, pod, attempt: 0, ip, startedAt: 0 };
}

export function service(spec: Partial<ServiceSpec> = {}, metadata: object = {}): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'default', ...metadata },
    spec: {
      clusterIP: '10.96.0.7',
      clusterIPs: ['10.96.0.7'],
      type: 'ClusterIP',
      sessionAffinity: 'None',
      internalTrafficPolicy: 'Cluster',
      ports: [{ port: 80, protocol: 'TCP', targetPort: 8080 }],
      ...spec,
    },
  };
}

/** `10.88.1.2 ready`, `10.88.2.2 terminating` (and still serving), `10.88.2.3 unready`, `… gone` (silent). */
export function slice(
  endpoints: readonly string[],
  ports: EndpointSlice['ports'] = [{ name: '', port: 8080, protocol: 'TCP' }],
): EndpointSlice {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: `web-${endpoints.join('-').replaceAll(/[ .]/g, '')}`,
      namespace: 'default',
      labels: { 'kubernetes.io/service-name': 'web' },
    },
    addressType: 'IPv4',
    endpoints: endpoints.map((text) => {
      const [ip = '', state = 'ready', hostname] = text.split(' ');
      const serving = state === 'ready' || state === 'terminating';
      const terminating = state === 'terminating' || state === 'gone';
      return {
        addresses: [ip],
        conditions: { ready: state === 'ready', serving, terminating },
        nodeName: `node-${ip.split('.')[2]}`,
        ...(hostname !== undefined && { hostname }),
      };
    }),
    ...(ports && { ports }),
  };
}

/** A pod that has been admitted to node-1, where programs can ask for names. */
export function admitted(spec: Partial<Pod['spec']> = {}): {
  readonly object: readonly [string, Pod];
  readonly facts: readonly Event[];
  readonly key: string;
} {
  const metadata = { name: 'client', namespace: 'default', uid: 'uid' };
  const pod: Pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata,
    spec: { nodeName: 'node-1', containers: [], ...spec },
  };
  const key = 'default/client/uid';
  const fact: Event = { type: 'PodAdmitted', node: 'node-1', pod: key, ...metadata };
  return { object: ['pods', pod], facts: [fact, sandbox('10.88.1.9', key)], key };
}
