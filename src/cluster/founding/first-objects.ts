import { drawUuid } from '../../kernel/chance/draw.ts';
import { HOUR, MINUTE, type Millis } from '../../kernel/time/millis.ts';
import { formatRfc3339 } from '../../kernel/time/rfc3339.ts';
import type { Event } from '../contract/event.ts';
import type { ProxyRuleChange } from '../contract/proxy-rows.ts';
import { type ClusterSettings, hasOwnControlPlane, type NodeSettings } from '../contract/settings.ts';
import { rulesOf } from '../network/proxy/rules-of.ts';
import { addressOf } from '../node/addresses.ts';
import { nodeObjectOf } from '../node/node-object.ts';
import { DEFINITIONS } from '../objects/custom/custom-resources.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import type {
  EndpointSlice,
  Endpoints,
  Lease,
  Namespace,
  Node,
  PriorityClass,
  Service,
  ServiceAccount,
  StorageClass,
} from '../objects/kubernetes.ts';
import { bootstrapPolicy } from '../objects/rbac/bootstrap-policy.ts';
import { rootCaConfigMap } from '../objects/root-ca.ts';
import { storageKey } from '../objects/storage-key.ts';
import { establishedAs } from './addons/definition.ts';
import { definitionsOfAddons, namespacesOfAddons } from './addons/definitions-of-addons.ts';

/** How old the cluster is when a scenario begins: its nodes have not just booted. */
export const AGE_MS: Millis = 24 * HOUR;

/** When a cluster whose founding is played was begun: by the time it has that age, it has come to rest. */
export const FOUNDED_AT: Millis = -(AGE_MS + 2 * MINUTE);

/** Objects that a cluster has before anybody has made any, in the order of their revisions. */
export function* objectsCreated(settings: ClusterSettings, nodes: readonly NodeSettings[]): Generator<Event> {
  let revision = 0;
  for (const [resource, object] of firstObjects(settings, nodes))
    yield created(resource, object, { settings, revision: ++revision });
}

export type Stored = readonly [resource: string, object: KubeObject];

function* firstObjects(settings: ClusterSettings, nodes: readonly NodeSettings[]): Generator<Stored> {
  const own = ['default', 'kube-node-lease', 'kube-public', 'kube-system', settings.namespace];
  const names = new Set([...own, ...namespacesOfAddons(settings)]);
  for (const name of names) {
    yield ['namespaces', namespaceOf(name)];
    const account: ServiceAccount = {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'default', namespace: name },
    };
    yield ['serviceaccounts', account];
    yield ['configmaps', rootCaConfigMap(name, settings.version)];
  }
  for (const stored of kubernetesService(serverAddresses(settings))) yield stored;
  yield ['priorityclasses.scheduling.k8s.io', priorityClass('system-cluster-critical', 2_000_000_000)];
  yield ['priorityclasses.scheduling.k8s.io', priorityClass('system-node-critical', 2_000_001_000)];
  for (const node of nodes) yield* nodeObjects(node, settings);
  if (settings.defaultStorageClass) yield ['storageclasses.storage.k8s.io', STANDARD];
  for (const definition of definitionsOfAddons(settings))
    yield [DEFINITIONS, establishedAs(definition, formatRfc3339(settings.epochMs - AGE_MS))];
  // Where nobody looks into etcd they are read without being there.
  if (!hasOwnControlPlane(settings)) return;
  for (const { resource, object } of bootstrapPolicy(settings).values()) yield [resource, object];
}

/**
 * What an API server makes by itself in an empty store; the rest is the controllers' and kubeadm's. Roles and
 * bindings are read without being there.
 */
export function serverObjects(settings: ClusterSettings): readonly Stored[] {
  const namespaces = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];
  if (!namespaces.includes(settings.namespace)) namespaces.push(settings.namespace);
  return [
    ...namespaces.map((name): Stored => ['namespaces', namespaceOf(name)]),
    ['priorityclasses.scheduling.k8s.io', priorityClass('system-cluster-critical', 2_000_000_000)],
    ['priorityclasses.scheduling.k8s.io', priorityClass('system-node-critical', 2_000_001_000)],
    ...(settings.defaultStorageClass ? [['storageclasses.storage.k8s.io', STANDARD] as const] : []),
  ];
}

/** A machine that is a node of the cluster, and that has just said that it is there. */
export function* nodeObjects(node: NodeSettings, settings: ClusterSettings): Generator<Stored> {
  const object: Node = nodeObjectOf(node, settings);
  yield ['nodes', object];
  yield ['leases.coordination.k8s.io', leaseOf(node.name, settings)];
}

/** As kind has it: a folder on the disk of whichever node the pod comes to. */
const STANDARD: StorageClass & KubeObject = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: {
    name: 'standard',
    annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
  },
  provisioner: 'rancher.io/local-path',
  reclaimPolicy: 'Delete',
  volumeBindingMode: 'WaitForFirstConsumer',
};

const SERVICE_IP = '10.96.0.1';
const SERVER_IP = '10.99.0.254';
const KUBERNETES = { name: 'kubernetes', namespace: 'default' };

/** The API server as pods find it: the first address of the range, the port that kubeadm gives it. */
const SERVICE: Service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { ...KUBERNETES, labels: { component: 'apiserver', provider: 'kubernetes' } },
  spec: {
    clusterIP: SERVICE_IP,
    clusterIPs: [SERVICE_IP],
    internalTrafficPolicy: 'Cluster',
    ipFamilies: ['IPv4'],
    ipFamilyPolicy: 'SingleStack',
    ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: 6443 }],
    sessionAffinity: 'None',
    type: 'ClusterIP',
  },
  status: { loadBalancer: {} },
};

const PORT = { name: 'https', port: 6443, protocol: 'TCP' };

/** Where the API servers are: on the machines of the control plane, or somewhere else. */
function serverAddresses(settings: ClusterSettings): readonly string[] {
  if (!hasOwnControlPlane(settings)) return [SERVER_IP];
  return settings.nodes.flatMap(({ controlPlane, spare }, index) =>
    controlPlane && !spare ? [addressOf(index)] : [],
  );
}

/** Written by the API server itself, and not by a controller (reconcilers/endpointsadapter.go). */
function sliceOf(addresses: readonly string[]): EndpointSlice {
  const endpoints = addresses.map((ip) => ({ addresses: [ip], conditions: { ready: true } }));
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { ...KUBERNETES, labels: { 'kubernetes.io/service-name': 'kubernetes' } },
    addressType: 'IPv4',
    endpoints,
    ports: [PORT],
  };
}

/** The API server as pods find it, and where it is. */
export function* kubernetesService(addresses: readonly string[]): Generator<Stored> {
  const endpoints: Endpoints = {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { ...KUBERNETES, labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' } },
    subsets: [{ addresses: addresses.map((ip) => ({ ip })), ports: [PORT] }],
  };
  yield ['services', SERVICE];
  yield ['endpoints', endpoints];
  yield ['endpointslices.discovery.k8s.io', sliceOf(addresses)];
}

/** The kube-proxies have run for as long as the machines. */
export function rulesOn(settings: ClusterSettings, node: string): readonly ProxyRuleChange[] {
  const { version } = settings;
  return [...rulesOf(SERVICE, [sliceOf(serverAddresses(settings))], { node, version })].map(
    ([servicePort, rule]) => ({
      servicePort,
      rule,
    }),
  );
}

function namespaceOf(name: string): Namespace {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  };
}

function priorityClass(name: string, value: number): PriorityClass {
  const use = name === 'system-node-critical' ? 'node' : 'cluster';
  return {
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name, generation: 1 },
    value,
    description:
      use === 'node'
        ? 'Used for system critical pods that must not be moved from their current node.'
        : 'Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.',
    preemptionPolicy: 'PreemptLowerPriority',
  };
}

function leaseOf(name: string, { epochMs }: ClusterSettings): Lease {
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name, namespace: 'kube-node-lease' },
    spec: {
      holderIdentity: name,
      leaseDurationSeconds: 40,
      renewTime: formatRfc3339(epochMs).replace('Z', '.000000Z'),
    },
  };
}

function created(
  resource: string,
  object: KubeObject,
  { settings, revision }: { readonly settings: ClusterSettings; readonly revision: number },
): Event {
  const { namespace, name = '' } = object.metadata;
  const key = storageKey({ resource, name, ...(namespace !== undefined && { namespace }) });
  const metadata = {
    ...object.metadata,
    uid: drawUuid(settings, 'uid', key),
    resourceVersion: String(revision),
    creationTimestamp: formatRfc3339(settings.epochMs - AGE_MS),
  };
  return { type: 'ObjectCreated', resource, key, object: { ...object, metadata } };
}
