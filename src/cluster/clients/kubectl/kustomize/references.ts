import { isObject, type Json, type JsonObject } from '../../../objects/json.ts';
import { changedWhere, type NameReference } from './configurations.ts';
import { changedAt, kindOf, nameOf, namespaceOf, type Resource, withChanges } from './resource.ts';

/** Where a pod's spec stands in each kind that has one. */
const POD_SPECS: Readonly<Record<string, string>> = {
  Pod: 'spec',
  CronJob: 'spec/jobTemplate/spec/template/spec',
};
const TEMPLATED = ['Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet', 'DaemonSet', 'Job'];

export function podSpecPathOf(kind: string): string | undefined {
  return TEMPLATED.includes(kind) ? 'spec/template/spec' : POD_SPECS[kind];
}

/** What a pod's spec names of each kind (kustomize: konfig/builtinpluginconsts/namereference.go). */
const OF_PODS: Readonly<Record<string, readonly string[]>> = {
  ConfigMap: [
    'volumes[]/configMap/name',
    'volumes[]/projected/sources[]/configMap/name',
    ...ofContainers('env[]/valueFrom/configMapKeyRef/name', 'envFrom[]/configMapRef/name'),
  ],
  Secret: [
    'volumes[]/secret/secretName',
    'volumes[]/projected/sources[]/secret/name',
    'imagePullSecrets[]/name',
    ...ofContainers('env[]/valueFrom/secretKeyRef/name', 'envFrom[]/secretRef/name'),
  ],
  PersistentVolumeClaim: ['volumes[]/persistentVolumeClaim/claimName'],
  ServiceAccount: ['serviceAccountName', 'serviceAccount'],
  PriorityClass: ['priorityClassName'],
};

function ofContainers(...paths: readonly string[]): readonly string[] {
  return ['containers[]', 'initContainers[]'].flatMap((list) => paths.map((path) => `${list}/${path}`));
}

interface Reference {
  readonly to: string;
  readonly from: string;
  readonly path: string;
}

const BACKEND = ['spec/backend/serviceName', 'spec/defaultBackend/service/name'];
const RULES = 'spec/rules[]/http/paths[]/backend';

const OF_OTHERS: readonly Reference[] = [
  ...BACKEND.map((path) => ({ to: 'Service', from: 'Ingress', path })),
  { to: 'Service', from: 'Ingress', path: `${RULES}/service/name` },
  { to: 'Service', from: 'Ingress', path: `${RULES}/serviceName` },
  { to: 'Service', from: 'StatefulSet', path: 'spec/serviceName' },
  { to: 'Secret', from: 'Ingress', path: 'spec/tls[]/secretName' },
  { to: 'Secret', from: 'ServiceAccount', path: 'secrets[]/name' },
  { to: 'Secret', from: 'ServiceAccount', path: 'imagePullSecrets[]/name' },
  { to: 'PersistentVolume', from: 'PersistentVolumeClaim', path: 'spec/volumeName' },
  { to: 'StorageClass', from: 'PersistentVolume', path: 'spec/storageClassName' },
  { to: 'StorageClass', from: 'PersistentVolumeClaim', path: 'spec/storageClassName' },
  { to: 'StorageClass', from: 'StatefulSet', path: 'spec/volumeClaimTemplates[]/spec/storageClassName' },
];

const WEBHOOKS = ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'];
const AUTH = 'metadata/annotations/nginx.ingress.kubernetes.io\\/auth-secret';

/** Those that go through lists of objects of their own (kustomize: namereference.go). */
const OF_OTHER_PLACES: readonly NameReference[] = [
  {
    kind: 'Service',
    fieldSpecs: [
      { kind: 'APIService', path: 'spec/service/name' },
      ...WEBHOOKS.map((kind) => ({ kind, path: 'webhooks/clientConfig/service' })),
    ],
  },
  ...['ConfigMap', 'Secret'].map((kind) => ({
    kind,
    fieldSpecs: ['Role', 'ClusterRole'].map((from) => ({ kind: from, path: 'rules/resourceNames' })),
  })),
  { kind: 'Secret', fieldSpecs: [{ kind: 'Ingress', path: AUTH }] },
  { kind: 'IngressClass', fieldSpecs: [{ kind: 'Ingress', path: 'spec/ingressClassName' }] },
  {
    kind: 'ValidatingAdmissionPolicy',
    fieldSpecs: [{ kind: 'ValidatingAdmissionPolicyBinding', path: 'spec/policyName' }],
  },
];

/**
 * Gives resources other names, and tells all that name them. They are renamed at once: what one calls
 * another is meant as it was before.
 */
export function renamed(
  resources: readonly Resource[],
  newName: (resource: Resource) => string,
  more: readonly NameReference[] = [],
): readonly Resource[] {
  const places = [...OF_OTHER_PLACES, ...more];
  const changes = resources.map((resource) => ({ resource, to: newName(resource) }));
  const toldOf = (kind: string, name: Json | undefined, from: Resource): string | undefined => {
    const home = namespaceOf(from);
    const isMeant = ({ resource }: { resource: Resource }): boolean =>
      kindOf(resource) === kind &&
      nameOf(resource) === name &&
      (home === '' || namespaceOf(resource) === '' || namespaceOf(resource) === home);
    return changes.find(isMeant)?.to;
  };
  return changes.map(({ resource, to }) => {
    const told = withReferencesAt(withReferences(resource, toldOf), places, toldOf);
    const before = nameOf(resource);
    if (before === to) return told;
    const object = changedAt(told.object, 'metadata/name', () => to) as JsonObject;
    return { ...told, object, formerNames: [...told.formerNames, before] };
  });
}

type ToldOf = (kind: string, name: Json | undefined, from: Resource) => string | undefined;

function withReferences(resource: Resource, toldOf: ToldOf): Resource {
  const kind = kindOf(resource);
  const podSpec = podSpecPathOf(kind);
  let told = resource;
  const tell = (to: string, paths: readonly string[]): void => {
    told = withChanges(told, paths, (name) => toldOf(to, name, resource) ?? name);
  };
  if (podSpec !== undefined) {
    for (const [to, paths] of Object.entries(OF_PODS)) {
      tell(
        to,
        paths.map((path) => `${podSpec}/${path}`),
      );
    }
  }
  for (const { to, from, path } of OF_OTHERS) if (from === kind) tell(to, [path]);
  if (kind === 'HorizontalPodAutoscaler') return withTarget(told, 'spec/scaleTargetRef', toldOf);
  if (kind !== 'RoleBinding' && kind !== 'ClusterRoleBinding') return told;
  const bound = withTarget(told, 'roleRef', toldOf);
  return withChanges(bound, ['subjects'], (subjects) =>
    Array.isArray(subjects) ? subjects.map((each) => withName(each, toldOf, resource)) : subjects,
  );
}

/** Places may hold a name, several, or an object that has one. */
function withReferencesAt(resource: Resource, places: readonly NameReference[], toldOf: ToldOf): Resource {
  let told = resource;
  for (const { kind, fieldSpecs } of places) {
    const tell = (at: Json | undefined): Json | undefined => {
      if (Array.isArray(at)) return at.map((item) => tell(item) ?? item);
      if (!isObject(at)) return toldOf(kind, at, resource) ?? at;
      const { name } = at as JsonObject;
      return {
        ...(at as JsonObject),
        ...(name !== undefined && { name: toldOf(kind, name, resource) ?? name }),
      };
    };
    told = changedWhere(told, fieldSpecs, tell);
  }
  return told;
}

/** An object with kind and name that stands for another. */
function withTarget(resource: Resource, path: string, toldOf: ToldOf): Resource {
  return withChanges(resource, [path], (target) => withName(target, toldOf, resource));
}

function withName(target: Json | undefined, toldOf: ToldOf, from: Resource): Json {
  if (!isObject(target)) return target ?? null;
  const object = target as JsonObject;
  const name = toldOf(String(object['kind'] ?? ''), object['name'], from);
  return name === undefined ? object : { ...object, name };
}
