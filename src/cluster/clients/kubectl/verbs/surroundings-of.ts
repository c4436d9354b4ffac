import type { ObjectReader } from '../../../contract/reader.ts';
import type { KubeObject } from '../../../objects/kube-object.ts';
import type {
  CoreEvent,
  EndpointSlice,
  Endpoints,
  LabelSelector,
  Lease,
  LimitRange,
  Pod,
  ReplicaSet,
  ResourceQuota,
  Secret,
  Service,
} from '../../../objects/kubernetes.ts';
import { matchesLabels, requirementsOf, requirementsOfLabels } from '../../../objects/label-selector.ts';
import { isTerminal } from '../../../objects/pod-phase.ts';
import type { Surroundings } from '../print/describe/surroundings.ts';

/** What descriptions of the object's kind speak of besides the object. */
export function surroundingsOf(
  objects: ObjectReader,
  object: KubeObject,
  speaksOfEvents: boolean,
): Surroundings {
  const events = speaksOfEvents ? { events: eventsNear(objects, object) } : {};
  return { ...events, ...neighbours(objects, object) };
}

/** Events about objects without a namespace are kept in `default`. */
function eventsNear(objects: ObjectReader, { metadata }: KubeObject): readonly CoreEvent[] {
  return objects.list<CoreEvent>('events', metadata.namespace ?? 'default');
}

function neighbours(objects: ObjectReader, object: KubeObject): Surroundings {
  const { namespace, name = '' } = object.metadata;
  switch (object.kind) {
    case 'Node':
      return {
        pods: objects.listBy<Pod>('node', name).filter((pod) => !isTerminal(pod)),
        lease:
          objects.get<Lease>('leases.coordination.k8s.io', 'kube-node-lease', name) ?? missingLease(name),
      };
    case 'Namespace':
      return {
        quotas: objects.list<ResourceQuota>('resourcequotas', name),
        limitRanges: objects.list<LimitRange>('limitranges', name),
      };
    case 'Service':
    case 'Ingress':
      return {
        services: objects.list<Service>('services', namespace),
        endpointSlices: objects.list<EndpointSlice>('endpointslices.discovery.k8s.io', namespace),
        endpoints: objects.list<Endpoints>('endpoints', namespace),
      };
    case 'Deployment':
      return { replicaSets: objects.list<ReplicaSet>('replicasets.apps', namespace) };
    case 'ServiceAccount':
      return { secrets: objects.list<Secret>('secrets', namespace) };
    case 'PersistentVolumeClaim':
      return { pods: objects.list<Pod>('pods', namespace) };
    default:
      return { pods: selectedPods(object, objects) };
  }
}

function missingLease(name: string): string {
  return `leases.coordination.k8s.io "${name}" not found`;
}

interface Selecting extends KubeObject {
  readonly spec?: { readonly selector?: LabelSelector | Record<string, string> };
}

function selectedPods(object: KubeObject, objects: ObjectReader): readonly Pod[] {
  const { selector } = (object as Selecting).spec ?? {};
  if (selector === undefined) return [];
  const isPlain = object.kind === 'ReplicationController';
  const requirements = isPlain
    ? requirementsOfLabels(selector as Record<string, string>)
    : requirementsOf(selector as LabelSelector);
  if (requirements === undefined) return [];
  const pods = objects.list<Pod>('pods', object.metadata.namespace);
  return pods.filter(({ metadata }) => matchesLabels(requirements, metadata.labels));
}
