import type { Refused } from '../../contract/response.ts';
import { compareText } from '../../objects/json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { Namespace, Pod, PodTemplateSpec } from '../../objects/kubernetes.ts';
import {
  checkPolicyLabels,
  describeViolations,
  type LevelVersion,
  type PodSecurityPolicy,
  podSecurityPolicy,
  strictness,
  violationsOf,
} from '../../objects/pod-security/pod-security-policy.ts';
import { storageKey } from '../../objects/storage-key.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import type { Call } from '../call.ts';
import { forbidden, invalid } from '../refusal.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';

/** Beta and on since 1.23. */
const IS_ON: Since<boolean> = [
  [0, false],
  [23, true],
];
const TEMPLATES = [
  'replicationcontrollers',
  'podtemplates',
  'replicasets.apps',
  'deployments.apps',
  'statefulsets.apps',
  'daemonsets.apps',
  'jobs.batch',
  'cronjobs.batch',
];
/** How many pods are looked at when a namespace becomes stricter. */
const MOST_PODS = 3000;

/** Pods that a namespace does not want by its labels (pod-security-admission). */
export const podSecurity: AdmissionPlugin = {
  name: 'PodSecurity',
  resources: ['namespaces', 'pods', ...TEMPLATES],
  checkCreate: (draft, call) => look(draft, undefined, call),
  checkUpdate: (draft, stored, call) => look(draft, stored, call),
};

function look(draft: KubeObject, stored: KubeObject | undefined, call: Call): Refused | undefined {
  if (!inVersion(IS_ON, call.settings.version) || call.subresource !== undefined) return undefined;
  if (call.resource.name === 'namespaces')
    return lookAtNamespace(draft as Namespace, stored as Namespace, call);
  const policy = policyOf(call);
  if (policy === undefined) return undefined;
  if (call.resource.name !== 'pods') return lookAtTemplate(draft, policy, call);
  return stored === undefined ? lookAtPod(draft as Pod, policy, call) : undefined;
}

/** Undefined where everything may run, which is how most namespaces are. */
function policyOf({ store, namespace = '' }: Call): PodSecurityPolicy | undefined {
  const found = store.read<Namespace>(storageKey({ resource: 'namespaces', name: namespace }));
  const policy = podSecurityPolicy(found?.metadata.labels);
  return strictness(policy.enforce) + strictness(policy.warn) === 0 ? undefined : policy;
}

function lookAtPod(pod: Pod, { enforce, warn }: PodSecurityPolicy, call: Call): Refused | undefined {
  const { spec, metadata } = pod;
  const found = violationsOf(enforce, spec, metadata.annotations);
  if (found.length > 0) {
    const why = `violates PodSecurity ${describeViolations(enforce, found)}`;
    return forbidden(call.resource, metadata.name ?? '', why);
  }
  warnOf(warn, { spec, metadata }, call);
  return undefined;
}

function lookAtTemplate(draft: KubeObject, { warn }: PodSecurityPolicy, call: Call): undefined {
  const template = templateOf(draft as KubeObject & Templated);
  if (template?.spec) warnOf(warn, template, call);
}

interface Templated {
  readonly template?: PodTemplateSpec;
  readonly spec?: {
    readonly template?: PodTemplateSpec;
    readonly jobTemplate?: { readonly spec?: { readonly template?: PodTemplateSpec } };
  };
}

function templateOf({ template, spec }: Templated): PodTemplateSpec | undefined {
  return spec?.template ?? spec?.jobTemplate?.spec?.template ?? template;
}

function warnOf(warn: LevelVersion, { spec, metadata }: PodTemplateSpec, { warnings }: Call): void {
  const found = spec === undefined ? [] : violationsOf(warn, spec, metadata?.annotations);
  if (found.length > 0) warnings.push(`would violate PodSecurity ${describeViolations(warn, found)}`);
}

/**
 * Its labels have to mean something, and whoever makes it stricter is told which pods would not come in now.
 */
function lookAtNamespace(draft: Namespace, stored: Namespace | undefined, call: Call): Refused | undefined {
  const { name = '', labels } = draft.metadata;
  const errors = checkPolicyLabels(labels);
  if (errors.length > 0 && checkPolicyLabels(stored?.metadata.labels).length === 0)
    return invalid(call.resource, name, errors);
  if (stored === undefined) return undefined;
  const [before, { enforce }] = [podSecurityPolicy(stored.metadata.labels), podSecurityPolicy(labels)];
  const isSame = enforce.version === before.enforce.version;
  if (enforce.level === 'privileged' || (isSame && strictness(enforce) <= strictness(before.enforce)))
    return undefined;
  warnOfPods(name, enforce, call);
  return undefined;
}

function warnOfPods(namespace: string, enforce: LevelVersion, { store, warnings }: Call): void {
  const byWarning = new Map<string, string[]>();
  for (const { metadata, spec } of store.list<Pod>('pods', namespace).slice(0, MOST_PODS)) {
    const found = violationsOf(enforce, spec, metadata.annotations);
    if (found.length === 0) continue;
    const warning = found.map(({ reason }) => reason).join(', ');
    byWarning.set(warning, [...(byWarning.get(warning) ?? []), metadata.name ?? '']);
  }
  if (byWarning.size === 0) return;
  const { level, version } = enforce;
  warnings.push(
    `existing pods in namespace "${namespace}" violate the new PodSecurity enforce level "${level}:${version}"`,
  );
  const told = [...byWarning].map(([warning, pods]) => {
    const [first = ''] = pods.toSorted(compareText);
    const more =
      pods.length === 1 ? '' : ` (and ${pods.length - 1} other pod${pods.length === 2 ? '' : 's'})`;
    return `${first}${more}: ${warning}`;
  });
  warnings.push(...told.sort(compareText));
}
