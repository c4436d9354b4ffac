import type { User } from '../../contract/user.ts';
import type { PersistentVolumeClaim, Pod } from '../../objects/kubernetes.ts';
import type { Attributes, Judgement, ResourceAttributes } from './attributes.ts';
import type { PolicyStore } from './rules-of.ts';

const NODE = /^system:node:(.+)$/;

/**
 * What a kubelet may do beyond what roles say: read what the pods of its node use, and write about itself
 * (plugin/pkg/auth/authorizer/node). Undefined for anybody who is no node.
 */
export function judgeNode(store: PolicyStore, user: User, attributes: Attributes): Judgement | undefined {
  if (!user.groups.includes('system:nodes')) return undefined;
  const node = NODE.exec(user.name)?.[1];
  if (node === undefined) return no(`unknown node for user "${user.name}"`);
  if ('path' in attributes) return undefined;
  const { group, resource } = attributes;
  const judgeOne = JUDGES[group === '' ? resource : `${resource}.${group}`];
  return judgeOne?.({ store, node, attributes }) ?? judgePlain(attributes);
}

interface Question {
  readonly store: PolicyStore;
  readonly node: string;
  readonly attributes: ResourceAttributes;
}

const YES: Judgement = { isAllowed: true, reason: '' };
const READ: readonly string[] = ['get', 'list', 'watch'];
const WRITE_ONE: readonly string[] = ['get', 'create', 'update', 'patch', 'delete'];

const JUDGES: Readonly<Record<string, (question: Question) => Judgement | undefined>> = {
  secrets: (question) => readUsed(question),
  configmaps: (question) => readUsed(question),
  persistentvolumeclaims: (question) =>
    question.attributes.subresource === 'status' ? updateUsedStatus(question) : getUsed(question),
  persistentvolumes: (question) => getUsed(question),
  serviceaccounts: createToken,
  nodes: judgeNodes,
  pods: judgePods,
  'leases.coordination.k8s.io': ({ node, attributes: { verb, namespace, name } }) => {
    if (!WRITE_ONE.includes(verb)) return no('can only get, create, update, patch, or delete a node lease');
    if (namespace !== 'kube-node-lease')
      return no('can only access leases in the "kube-node-lease" system namespace');
    if (verb === 'create' || name === node) return YES;
    return no('can only access node lease with the same name as the requesting node');
  },
  'csinodes.storage.k8s.io': ({ node, attributes: { verb, subresource, name } }) => {
    if (!WRITE_ONE.includes(verb)) return no('can only get, create, update, patch, or delete a CSINode');
    if (subresource !== undefined) return no('cannot authorize CSINode subresources');
    if (verb === 'create' || name === node) return YES;
    return no('can only access CSINode with the same name as the requesting node');
  },
};

function no(reason: string): Judgement {
  return { isAllowed: false, reason };
}

function readUsed(question: Question): Judgement {
  const { verb, subresource, namespace } = question.attributes;
  if (!READ.includes(verb)) return no('can only read resources of this type');
  if (subresource !== undefined) return no('cannot read subresource');
  if (namespace === undefined) return no('can only read namespaced object of this type');
  return related(question);
}

function getUsed(question: Question): Judgement {
  const { verb, subresource } = question.attributes;
  if (verb !== 'get') return no('can only get individual resources of this type');
  return subresource === undefined ? related(question) : no('cannot get subresource');
}

function updateUsedStatus(question: Question): Judgement {
  const { verb } = question.attributes;
  if (verb !== 'update' && verb !== 'patch') return no('can only get/update/patch this type');
  return related(question);
}

function createToken(question: Question): Judgement {
  const { verb, subresource, name } = question.attributes;
  if (verb === 'get' && subresource === undefined) return readUsed(question);
  if (verb !== 'create' || name === undefined)
    return no('can only create tokens for individual service accounts');
  if (subresource !== 'token') return no('can only create token subresource of serviceaccount');
  return related(question);
}

/** Since 1.32 a node sees itself alone (AuthorizeNodeWithSelectors). */
function judgeNodes({ node, attributes: { verb, subresource, name } }: Question): Judgement {
  if (subresource === 'status' && (verb === 'update' || verb === 'patch')) return YES;
  if (subresource !== undefined) return no('');
  if (verb === 'create' || verb === 'update' || verb === 'patch') return YES;
  if (!READ.includes(verb)) return no('');
  if (name === node) return YES;
  const what = name === undefined ? 'all nodes' : `'${name}'`;
  return no(`node '${node}' cannot read ${what}, only its own Node object`);
}

function judgePods(question: Question): Judgement {
  const { verb, subresource, name, fieldSelector } = question.attributes;
  if (subresource === 'status' && (verb === 'update' || verb === 'patch')) return YES;
  if (subresource === 'eviction' && verb === 'create') return YES;
  if (subresource !== undefined) return no('');
  if (verb === 'create' || verb === 'delete') return YES;
  if (verb === 'get') return related(question);
  if (verb !== 'list' && verb !== 'watch') return no('');
  if (fieldSelector?.split(',').includes(`spec.nodeName=${question.node}`)) return YES;
  if (name !== undefined) return related(question);
  return no('can only list/watch pods with spec.nodeName field selector');
}

/** Whether a pod of the node uses the object. */
function related({ store, node, attributes }: Question): Judgement {
  const { resource, namespace, name } = attributes;
  if (name === undefined) return no('No Object name found');
  const pods = store.list<Pod>('pods', namespace).filter(({ spec }) => spec.nodeName === node);
  if (pods.some((pod) => uses(pod, { resource, name, store }))) return YES;
  return no(`no relationship found between node '${node}' and this object`);
}

interface Used {
  readonly resource: string;
  readonly name: string;
  readonly store: PolicyStore;
}

function uses(pod: Pod, { resource, name, store }: Used): boolean {
  const { metadata, spec } = pod;
  switch (resource) {
    case 'pods':
      return metadata.name === name;
    case 'serviceaccounts':
      return (spec.serviceAccountName || 'default') === name;
    case 'persistentvolumeclaims':
      return claimsOf(pod).includes(name);
    case 'persistentvolumes':
      return store
        .list<PersistentVolumeClaim>('persistentvolumeclaims', metadata.namespace)
        .some(
          (claim) => claimsOf(pod).includes(claim.metadata.name ?? '') && claim.spec?.volumeName === name,
        );
    default:
      return referencesOf(pod, resource === 'secrets').includes(name);
  }
}

function claimsOf({ spec }: Pod): readonly string[] {
  return (spec.volumes ?? []).flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? []);
}

/** Secrets or ConfigMaps that a pod names: in volumes, in its environment, for pulling images. */
function referencesOf({ spec }: Pod, isSecret: boolean): readonly string[] {
  const named = (names: readonly (string | undefined)[]): string[] => names.flatMap((name) => name ?? []);
  const containers = [...(spec.initContainers ?? []), ...spec.containers];
  const sources = (spec.volumes ?? []).flatMap(({ projected }) => projected?.sources ?? []);
  const environment = containers.flatMap(({ env = [], envFrom = [] }) => [
    ...env.map(({ valueFrom }) =>
      isSecret ? valueFrom?.secretKeyRef?.name : valueFrom?.configMapKeyRef?.name,
    ),
    ...envFrom.map(({ secretRef, configMapRef }) => (isSecret ? secretRef?.name : configMapRef?.name)),
  ]);
  const volumes = (spec.volumes ?? []).map(({ secret, configMap }) =>
    isSecret ? secret?.secretName : configMap?.name,
  );
  const projected = sources.map(({ secret, configMap }) => (isSecret ? secret?.name : configMap?.name));
  const pulls = isSecret ? (spec.imagePullSecrets ?? []).map(({ name }) => name) : [];
  return named([...environment, ...volumes, ...projected, ...pulls]);
}

/** kube-apiserver: bootstrappolicy.NodeRules, of what is not looked at one by one. */
function judgePlain({ verb, group, resource, subresource }: ResourceAttributes): Judgement | undefined {
  const what = subresource === undefined ? resource : `${resource}/${subresource}`;
  const isPlain = PLAIN.some(
    ([verbs, groups, resources]) =>
      verbs.includes(verb) && groups.includes(group) && resources.includes(what),
  );
  return isPlain ? YES : undefined;
}

const PLAIN: readonly (readonly [
  verbs: readonly string[],
  groups: readonly string[],
  resources: string[],
])[] = [
  [['create'], ['authentication.k8s.io'], ['tokenreviews']],
  [['create'], ['authorization.k8s.io'], ['localsubjectaccessreviews', 'subjectaccessreviews']],
  [READ, [''], ['services']],
  [['create', 'patch', 'update'], ['', 'events.k8s.io'], ['events']],
  [['get'], [''], ['endpoints']],
  [[...READ, 'create'], ['certificates.k8s.io'], ['certificatesigningrequests']],
  [READ, ['storage.k8s.io'], ['csidrivers']],
  [READ, ['node.k8s.io'], ['runtimeclasses']],
];
