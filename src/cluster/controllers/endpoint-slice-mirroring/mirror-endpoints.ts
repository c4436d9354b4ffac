import type { Reaction, View } from '../../contract/component.ts';
import { SERVICE_NAME, SLICES } from '../../objects/endpoint-slices.ts';
import { isEqualJson } from '../../objects/json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type {
  Endpoint,
  EndpointAddress,
  EndpointPort,
  EndpointSlice,
  Endpoints,
  ObjectMeta,
  Service,
} from '../../objects/kubernetes.ts';
import { LAST_APPLIED } from '../../objects/last-applied.ts';
import { controllerReference } from '../../objects/owner-references.ts';
import { MANAGED_BY, portsText } from '../shared/slices.ts';
import { TRIGGER_TIME } from '../shared/trigger-time.ts';

export const MIRROR = 'endpointslicemirroring-controller.k8s.io';

const SKIP = 'endpointslice.kubernetes.io/skip-mirror';
const LEADER = 'control-plane.alpha.kubernetes.io/leader';

/**
 * As many addresses of a subset are mirrored (kube-controller-manager: --mirroring-max-endpoints-per-subset).
 */
const MOST = 1000;

/** Endpoints that say so themselves, or that a leader election lives in, are left alone. */
export function isMirrored({ metadata: { labels, annotations } }: KubeObject): boolean {
  return labels?.[SKIP] !== 'true' && annotations?.[LEADER] === undefined;
}

/**
 * Makes the mirrored slices of Endpoints tell what they tell, one for each set of ports (reconciler.go
 * reconcile).
 */
export function* mirrorEndpoints(view: View, key: string): Reaction {
  const [namespace = '', name = ''] = key.split('/');
  const slices = view.objects
    .list<EndpointSlice>(SLICES, namespace)
    .filter(({ metadata: { labels } }) => labels?.[SERVICE_NAME] === name && labels[MANAGED_BY] === MIRROR);
  const endpoints = view.objects.get<Endpoints>('endpoints', namespace, name);
  const service = view.objects.get<Service>('services', namespace, name);
  const isWanted = endpoints && isMirrored(endpoints) && service && service.spec?.selector === undefined;
  const groups = isWanted ? groupsOf(endpoints) : new Map<string, Group>();
  const free = slices.filter(
    (slice, index) => !groups.has(portsText(slice.ports)) || isSecond(slices, index),
  );
  for (const [text, group] of groups) {
    if (!endpoints) break;
    const own = slices.find(({ ports }) => portsText(ports) === text);
    const before = own ?? (endpoints.metadata.deletionTimestamp === undefined ? free.shift() : undefined);
    const object = sliceOf(endpoints, group, before);
    if (own && isSame(own, object)) continue;
    if (before) {
      const { name: sliceName = '' } = before.metadata;
      yield { verb: 'update', resource: SLICES, namespace, name: sliceName, object };
    } else if (endpoints.metadata.deletionTimestamp === undefined) {
      yield { verb: 'create', resource: SLICES, namespace, object };
    }
  }
  for (const { metadata } of free)
    yield { verb: 'delete', resource: SLICES, namespace, name: metadata.name ?? '' };
}

/** Of several slices with the same ports the first is kept. */
function isSecond(slices: readonly EndpointSlice[], index: number): boolean {
  const text = portsText(slices[index]?.ports);
  return slices.findIndex(({ ports }) => portsText(ports) === text) < index;
}

interface Group {
  readonly ports: readonly EndpointPort[];
  readonly endpoints: readonly Endpoint[];
}

function groupsOf({ subsets = [] }: Endpoints): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>();
  for (const { addresses = [], notReadyAddresses = [], ports = [] } of subsets) {
    const named = ports.map((port) => ({ ...port, name: port.name ?? '', protocol: port.protocol ?? 'TCP' }));
    const mirrored = [
      ...addresses.map((address) => endpointOf(address, true)),
      ...notReadyAddresses.map((address) => endpointOf(address, false)),
    ];
    if (mirrored.length === 0) continue;
    const text = portsText(named);
    const endpoints = [...(groups.get(text)?.endpoints ?? []), ...mirrored.slice(0, MOST)];
    groups.set(text, { ports: named, endpoints });
  }
  return groups;
}

function endpointOf({ ip, hostname, nodeName, targetRef }: EndpointAddress, ready: boolean): Endpoint {
  return {
    addresses: [ip],
    conditions: { ready },
    ...(hostname && { hostname }),
    ...(targetRef && { targetRef }),
    ...(nodeName !== undefined && { nodeName }),
  };
}

function sliceOf(
  owner: Endpoints,
  { ports, endpoints }: Group,
  before: EndpointSlice | undefined,
): EndpointSlice {
  const { name = '', labels, annotations = {} } = owner.metadata;
  const { [LAST_APPLIED]: _, [TRIGGER_TIME]: __, ...copied } = annotations;
  const identity: ObjectMeta = before?.metadata ?? {
    generateName: `${name}-`,
    ownerReferences: [controllerReference(owner)],
  };
  const { annotations: ___, ...others } = identity;
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      ...others,
      labels: { ...labels, [SERVICE_NAME]: name, [MANAGED_BY]: MIRROR },
      ...(Object.keys(copied).length > 0 && { annotations: copied }),
    },
    addressType: 'IPv4',
    endpoints: [...endpoints],
    ports: [...ports],
  };
}

function isSame(before: EndpointSlice, after: EndpointSlice): boolean {
  const told = ({
    metadata: { labels = {}, annotations = {} },
    endpoints,
    ports,
  }: EndpointSlice): unknown => [labels, annotations, endpoints, ports];
  return isEqualJson(told(before), told(after));
}
