import type { Refused } from '../../contract/response.ts';
import { quoteGo } from '../../objects/go-json.ts';
import { compareText, isEqualJson } from '../../objects/json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { Node, Pod } from '../../objects/kubernetes.ts';
import { isMirrorPod } from '../../objects/mirror-pod.ts';
import type { Call } from '../call.ts';
import { type AdmissionPlugin, refuseAdmission } from './admission-plugin.ts';

/**
 * A kubelet changes its own node and the pods of it, and nothing by which it could draw pods to itself
 * (plugin/pkg/admission/noderestriction). The kubelets of the cluster keep to it; it is asked where somebody
 * shows a kubelet's credentials.
 */
export const nodeRestriction: AdmissionPlugin = {
  name: 'NodeRestriction',
  resources: ['nodes', 'pods', 'leases.coordination.k8s.io', 'csinodes.storage.k8s.io'],
  checkCreate: (draft, call) => refuse(draft, call, (node) => whyNotMade(node, draft, call)),
  checkUpdate: (draft, stored, call) =>
    refuse(draft, call, (node) => whyNotChanged(node, draft, { stored, call })),
  checkDelete: (stored, call) => refuse(stored, call, (node) => whyNotDeleted(node, stored)),
};

function refuse(
  object: KubeObject,
  call: Call,
  whyNot: (node: string) => string | undefined,
): Refused | undefined {
  const { user } = call;
  if (!call.isShown || !user.groups.includes('system:nodes')) return undefined;
  const node = /^system:node:(.+)$/.exec(user.name)?.[1];
  const why = node === undefined ? `could not determine node from user ${quoteGo(user.name)}` : whyNot(node);
  return why === undefined ? undefined : refuseAdmission(object, call, why);
}

function whyNotMade(node: string, draft: KubeObject, { resource }: Call): string | undefined {
  const { name = '', labels = {} } = draft.metadata;
  switch (resource.name) {
    case 'nodes': {
      if (name !== node) return notItsOwn(node, name);
      const forbidden = forbiddenLabels(labels, {});
      return forbidden && `node ${quoteGo(node)} is not allowed to set the following labels: ${forbidden}`;
    }
    case 'pods':
      return whyNoMirror(node, draft as Pod);
    case 'leases.coordination.k8s.io':
      return notTheLease(node, name, draft.metadata.namespace);
    default:
      return name === node ? undefined : `can only access CSINode with the same name as the requesting node`;
  }
}

function whyNoMirror(node: string, pod: Pod): string | undefined {
  if (!isMirrorPod(pod))
    return `pod does not have "kubernetes.io/config.mirror" annotation, node ${quoteGo(node)} can only create mirror pods`;
  if (pod.spec.nodeName !== node)
    return `node ${quoteGo(node)} can only create pods with spec.nodeName set to itself`;
  const owners = pod.metadata.ownerReferences ?? [];
  const isOwn = owners.every(({ kind, name }) => kind === 'Node' && name === node);
  if (owners.length > 0 && isOwn) return undefined;
  return `node ${quoteGo(node)} can only create pods with an owner reference set to itself`;
}

interface Change {
  readonly stored: KubeObject;
  readonly call: Call;
}

function whyNotChanged(node: string, draft: KubeObject, { stored, call }: Change): string | undefined {
  const { name = '', namespace } = stored.metadata;
  switch (call.resource.name) {
    case 'nodes':
      return name === node ? whyNotAsNode(node, draft as Node, stored as Node) : notItsOwn(node, name);
    case 'pods':
      return whyNotAsPod(node, draft as Pod, { stored: stored as Pod, call });
    case 'leases.coordination.k8s.io':
      return notTheLease(node, name, namespace);
    default:
      return name === node ? undefined : `can only access CSINode with the same name as the requesting node`;
  }
}

function whyNotAsNode(node: string, draft: Node, stored: Node): string | undefined {
  if (!isEqualJson(draft.spec?.taints ?? [], stored.spec?.taints ?? []))
    return `node ${quoteGo(node)} is not allowed to modify taints`;
  if (!isEqualJson(draft.metadata.ownerReferences ?? [], stored.metadata.ownerReferences ?? []))
    return `node ${quoteGo(node)} is not allowed to modify ownerReferences`;
  const forbidden = forbiddenLabels(draft.metadata.labels ?? {}, stored.metadata.labels ?? {});
  return forbidden && `is not allowed to modify labels: ${forbidden}`;
}

function whyNotAsPod(
  node: string,
  draft: Pod,
  { stored, call }: { readonly stored: Pod; readonly call: Call },
): string | undefined {
  if (call.subresource === undefined)
    return `unexpected operation "UPDATE", node ${quoteGo(node)} can only create and delete mirror pods`;
  const { subresource } = call;
  if (subresource !== 'status')
    return `unexpected pod subresource ${quoteGo(subresource)}, only 'status' and 'eviction' are allowed`;
  if (stored.spec.nodeName !== node)
    return `node ${quoteGo(node)} can only update pod status for pods with spec.nodeName set to itself`;
  if (isEqualJson(draft.metadata.labels ?? {}, stored.metadata.labels ?? {})) return undefined;
  return `node ${quoteGo(node)} cannot update labels through pod status`;
}

function whyNotDeleted(node: string, stored: KubeObject): string | undefined {
  if (stored.kind !== 'Pod' || (stored as Pod).spec.nodeName === node) return undefined;
  return `node ${quoteGo(node)} can only delete pods with spec.nodeName set to itself`;
}

function notItsOwn(node: string, name: string): string {
  return `node ${quoteGo(node)} is not allowed to modify node ${quoteGo(name)}`;
}

function notTheLease(node: string, name: string, namespace: string | undefined): string | undefined {
  if (namespace !== 'kube-node-lease')
    return `can only access leases in the "kube-node-lease" system namespace`;
  return name === node ? undefined : `can only access node lease with the same name as the requesting node`;
}

type Labels = Readonly<Record<string, string>>;

/** Labels that kubelets may set though they are Kubernetes' own (kubelet/pkg/apis: well_known_labels.go). */
const OF_KUBELETS = [
  'kubernetes.io/hostname',
  'topology.kubernetes.io/zone',
  'topology.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region',
  'node.kubernetes.io/instance-type',
  'beta.kubernetes.io/instance-type',
  'kubernetes.io/os',
  'kubernetes.io/arch',
  'beta.kubernetes.io/os',
  'beta.kubernetes.io/arch',
];
const DOMAINS_OF_KUBELETS = ['kubelet.kubernetes.io', 'node.kubernetes.io'];

/** Labels that differ and that a kubelet may not touch, as a message names them. */
function forbiddenLabels(labels: Labels, before: Labels): string | undefined {
  const changed = [...new Set([...Object.keys(labels), ...Object.keys(before)])].filter(
    (key) => labels[key] !== before[key],
  );
  const forbidden = changed.filter(isForbidden).sort(compareText);
  return forbidden.length === 0 ? undefined : forbidden.join(', ');
}

function isForbidden(key: string): boolean {
  const domain = key.includes('/') ? key.slice(0, key.indexOf('/')) : '';
  const isIn = (other: string): boolean => domain === other || domain.endsWith(`.${other}`);
  if (isIn('node-restriction.kubernetes.io')) return true;
  const isOwn = isIn('kubernetes.io') || isIn('k8s.io');
  return isOwn && !OF_KUBELETS.includes(key) && !DOMAINS_OF_KUBELETS.some(isIn);
}
