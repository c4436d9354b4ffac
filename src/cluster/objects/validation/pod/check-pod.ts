import { quoteGo } from '../../go-json.ts';
import { isEqualJson } from '../../json.ts';
import type { Container, ContainerStatus, Pod, PodSpec } from '../../kubernetes.ts';
import { MIRROR } from '../../mirror-pod.ts';
import { isSidecar } from '../../pod-resources.ts';
import { checkOnlyAddedTolerations } from '../check-tolerations.ts';
import { checkIpAddress, checkNamedIfGiven } from '../check-values.ts';
import { type FieldErrors, forbidden, invalid, invalidFor } from '../field-error.ts';
import { dnsSubdomainProblems, qualifiedNameProblems, rangeProblems } from '../name-syntax.ts';
import { checkImmutable, checkObjectMeta, checkObjectMetaUpdate } from '../object-meta.ts';
import { checkImageText } from './check-containers.ts';
import { checkPodSpec } from './check-pod-spec.ts';
import { describeSpecChange } from './describe-spec-change.ts';

const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost';
const INT32_MAX = 2 ** 31 - 1;

/** A new pod, its defaults set and admitted (apis/core/validation: ValidatePodCreate). */
export function checkNewPod(pod: Pod): FieldErrors {
  const { ephemeralContainers = [], nodeName, schedulingGates = [] } = pod.spec;
  const gated = 'cannot be set until all schedulingGates have been cleared';
  return [
    ...checkMetadataAndSpec(pod),
    ...(ephemeralContainers.length > 0
      ? [forbidden('spec.ephemeralContainers', 'cannot be set on create')]
      : []),
    ...(nodeName && schedulingGates.length > 0 ? [forbidden('spec.nodeName', gated)] : []),
  ];
}

/** A pod that takes the place of another: little of its spec may differ (ValidatePodUpdate). */
export function checkPodUpdate(pod: Pod, old: Pod): FieldErrors {
  const errors = [
    ...checkObjectMetaUpdate(pod.metadata, old.metadata),
    ...checkMetadataAndSpec(pod),
    ...checkMirrorAnnotation(pod, old),
  ];
  const regular = checkSameContainers('spec.containers', pod.spec.containers, old.spec.containers);
  const init = checkSameContainers('spec.initContainers', pod.spec.initContainers, old.spec.initContainers);
  const counts = regular.length > 0 ? regular : init;
  if (counts.length > 0) return [...errors, ...counts];
  const deadline = checkDeadline(pod.spec.activeDeadlineSeconds, old.spec.activeDeadlineSeconds);
  return [
    ...errors,
    ...deadline,
    ...checkOnlyAddedTolerations('spec.tolerations', pod.spec.tolerations ?? [], old.spec.tolerations ?? []),
    ...checkOnlyOpenedGates(pod.spec, old.spec),
    ...checkUnchangedSpec(pod.spec, old.spec),
  ];
}

/**
 * Containers are added to a pod that runs; those that are there stay (ValidatePodEphemeralContainersUpdate).
 */
export function checkEphemeralUpdate(pod: Pod, old: Pod): FieldErrors {
  const { ephemeralContainers = [] } = pod.spec;
  const place = 'spec.ephemeralContainers';
  return [
    ...checkObjectMetaUpdate(pod.metadata, old.metadata),
    ...checkMetadataAndSpec(pod),
    ...(old.spec.ephemeralContainers ?? []).flatMap((before) => {
      const now = ephemeralContainers.find(({ name }) => name === before.name);
      const what = `existing ephemeral containers ${quoteGo(before.name)} may not be`;
      if (now === undefined) return [forbidden(place, `${what} removed\n`)];
      return isEqualJson(now, before) ? [] : [forbidden(place, `${what} changed\n`)];
    }),
    ...('kubernetes.io/config.mirror' in (old.metadata.annotations ?? {})
      ? [forbidden('', 'static pods do not support ephemeral containers')]
      : []),
  ];
}

/** What the kubelet and others may report of a pod (ValidatePodStatusUpdate). */
export function checkPodStatusUpdate(pod: Pod, old: Pod): FieldErrors {
  const status = pod.status ?? {};
  const before = old.status ?? {};
  const nominated = status.nominatedNodeName ?? '';
  const isNewlyNominated = nominated !== '' && nominated !== (before.nominatedNodeName ?? '');
  const bound = 'may not be set on pods that are already bound to a node';
  return [
    ...checkObjectMetaUpdate(pod.metadata, old.metadata),
    ...(status.conditions ?? []).flatMap(({ type }, index) =>
      invalidFor(`status.conditions[${index}].Type`, type, qualifiedNameProblems(type)),
    ),
    ...(pod.spec.nodeName === old.spec.nodeName
      ? []
      : [forbidden('status.nodeName', 'may not be changed directly')]),
    ...(isNewlyNominated
      ? checkNamedIfGiven('status.nominatedNodeName', nominated, dnsSubdomainProblems)
      : []),
    ...(isNewlyNominated && old.spec.nodeName ? [forbidden('status.nominatedNodeName', bound)] : []),
    ...checkImmutable('status.qosClass', status.qosClass, before.qosClass),
    ...checkNoRevival('containerStatuses', pod, old),
    ...checkNoRevival('initContainerStatuses', pod, old),
    ...checkNoRevival('ephemeralContainerStatuses', pod, old),
    ...(status.podIPs ?? []).flatMap(({ ip }, index) => checkIpAddress(`status.podIPs[${index}]`, ip)),
    ...(status.hostIPs ?? []).flatMap(({ ip }, index) => checkIpAddress(`status.hostIPs[${index}]`, ip)),
  ];
}

function checkMetadataAndSpec(pod: Pod): FieldErrors {
  const { metadata, spec } = pod;
  const containers = (field: string, list: readonly Container[]): FieldErrors =>
    list.flatMap((container, index) => checkImageText(`${field}[${index}]`, container));
  return [
    ...checkObjectMeta(metadata, { isNamespaced: true }),
    ...checkPodAnnotations(pod),
    ...checkPodSpec('spec', spec, { podName: metadata.name ?? '' }),
    ...checkTokensHaveAccount(spec),
    ...containers('spec.containers', spec.containers ?? []),
    ...containers('spec.initContainers', spec.initContainers ?? []),
  ];
}

function checkPodAnnotations({ metadata, spec }: Pod): FieldErrors {
  const mirror = metadata.annotations?.[MIRROR];
  const cost = metadata.annotations?.[DELETION_COST];
  const isCost =
    cost === undefined || (/^(?:0|-?[1-9]\d*)$/.test(cost) && Math.abs(Number(cost)) <= INT32_MAX);
  const node = 'must set spec.nodeName if mirror pod annotation is set';
  return [
    ...(mirror !== undefined && !spec.nodeName
      ? [invalid(`metadata.annotations[${MIRROR}]`, mirror, node)]
      : []),
    ...(isCost ? [] : [invalid(`metadata.annotations[${DELETION_COST}]`, cost, 'must be a 32bit integer')]),
  ];
}

function checkTokensHaveAccount({ serviceAccountName, volumes = [] }: PodSpec): FieldErrors {
  if (serviceAccountName) return [];
  const detail = 'must not be specified when serviceAccountName is not set';
  return volumes.flatMap(({ projected }, at) =>
    (projected?.sources ?? []).flatMap(({ serviceAccountToken }, index) => {
      const field = `spec.volumes[${at}].projected.sources[${index}].serviceAccountToken`;
      return serviceAccountToken === undefined ? [] : [forbidden(field, detail)];
    }),
  );
}

function checkMirrorAnnotation({ metadata }: Pod, old: Pod): FieldErrors {
  const after = metadata.annotations?.[MIRROR];
  const before = old.metadata.annotations?.[MIRROR];
  if (after === before) return [];
  const what = before === undefined ? 'may not add' : 'may not remove or update';
  return [forbidden(`metadata.annotations[${MIRROR}]`, `${what} mirror pod annotation`)];
}

function checkSameContainers(
  field: string,
  containers: readonly Container[] = [],
  old: readonly Container[] = [],
): FieldErrors {
  if (containers.length === old.length) return [];
  return [forbidden(field, 'pod updates may not add or remove containers')];
}

/** A deadline may be set, and then only brought nearer. */
function checkDeadline(seconds: number | undefined, old: number | undefined): FieldErrors {
  const field = 'spec.activeDeadlineSeconds';
  if (seconds === undefined) {
    const detail = 'must not update from a positive integer to nil value';
    return old === undefined ? [] : [invalid(field, null, detail)];
  }
  const range = invalidFor(field, seconds, rangeProblems(seconds, 0, INT32_MAX));
  if (range.length > 0 || old === undefined || old >= seconds) return range;
  return [invalid(field, seconds, 'must be less than or equal to previous value')];
}

function checkOnlyOpenedGates({ schedulingGates = [] }: PodSpec, old: PodSpec): FieldErrors {
  const known = (old.schedulingGates ?? []).map(({ name }) => name);
  return schedulingGates.flatMap(({ name }, index) => {
    const detail = `only deletion is allowed, but found new scheduling gate '${name}'`;
    return known.includes(name) ? [] : [forbidden(`spec.schedulingGates[${index}].name`, detail)];
  });
}

const UPDATABLE = [
  '`spec.containers[*].image`',
  '`spec.initContainers[*].image`',
  '`spec.activeDeadlineSeconds`',
  '`spec.tolerations` (only additions to existing tolerations)',
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
];

function checkUnchangedSpec(spec: PodSpec, old: PodSpec): FieldErrors {
  if (isEqualJson(spec, old)) return [];
  const isGated = (old.schedulingGates ?? []).length > 0;
  const gated = isGated ? checkOnlyAddedSelector(spec, old) : [];
  const compared = withUpdatableOf(spec, old, isGated);
  if (isEqualJson(compared, old)) return gated;
  const detail = `pod updates may not change fields other than ${UPDATABLE.join(',')}`;
  return [...gated, forbidden('spec', `${detail}\n${describeSpecChange(old, compared)}`)];
}

/** A spec with the fields that may differ set back to what they were. */
function withUpdatableOf(spec: PodSpec, old: PodSpec, isGated: boolean): PodSpec {
  const oldGrace = old.terminationGracePeriodSeconds ?? 0;
  const isGraceMended = oldGrace < 0 && spec.terminationGracePeriodSeconds === 1;
  const fields: (keyof PodSpec)[] = ['activeDeadlineSeconds', 'schedulingGates', 'tolerations'];
  if (isGraceMended) fields.push('terminationGracePeriodSeconds');
  if (isGated) fields.push('nodeSelector');
  const result: Record<string, unknown> = { ...spec };
  for (const field of fields) {
    delete result[field];
    if (old[field] !== undefined) result[field] = old[field];
  }
  result['containers'] = withImagesOf(spec.containers, old.containers);
  if (spec.initContainers)
    result['initContainers'] = withImagesOf(spec.initContainers, old.initContainers ?? []);
  if (isGated) result['affinity'] = withNodeAffinityOf(spec, old);
  if (result['affinity'] === undefined) delete result['affinity'];
  return result as unknown as PodSpec;
}

function withImagesOf(containers: readonly Container[], old: readonly Container[]): Container[] {
  return containers.map((container, index) => {
    const image = old[index]?.image;
    return image === undefined ? container : { ...container, image };
  });
}

function withNodeAffinityOf({ affinity }: PodSpec, old: PodSpec): PodSpec['affinity'] {
  const { nodeAffinity: _changed, ...rest } = affinity ?? {};
  const before = old.affinity?.nodeAffinity;
  const result = before === undefined ? rest : { ...rest, nodeAffinity: before };
  return Object.keys(result).length === 0 && old.affinity === undefined ? undefined : result;
}

/** While a pod is held back by a gate it may be narrowed down further. */
function checkOnlyAddedSelector({ nodeSelector = {} }: PodSpec, old: PodSpec): FieldErrors {
  const before = old.nodeSelector ?? {};
  if (Object.keys(before).every((key) => nodeSelector[key] === before[key])) return [];
  const detail = 'only additions to spec.nodeSelector are allowed (no mutations or deletions)';
  return [invalid('spec.nodeSelector', nodeSelector, detail)];
}

type StatusList = 'containerStatuses' | 'initContainerStatuses' | 'ephemeralContainerStatuses';

/** What ended for good does not come back: the restart policy decides. */
function checkNoRevival(list: StatusList, pod: Pod, old: Pod): FieldErrors {
  const before: readonly ContainerStatus[] = old.status?.[list] ?? [];
  return before.flatMap((status, index) => {
    const ended = status.state?.terminated;
    const next = pod.status?.[list]?.find(({ name }) => name === status.name);
    if (ended === undefined || next === undefined || next.state?.terminated !== undefined) return [];
    if (list !== 'ephemeralContainerStatuses' && mayRestart(old.spec, status.name, ended.exitCode)) return [];
    return [forbidden(`status.${list}[${index}].state`, 'may not be transitioned to non-terminated state')];
  });
}

function mayRestart(spec: PodSpec, name: string, exitCode: number): boolean {
  const container = [...spec.containers, ...(spec.initContainers ?? [])].find((other) => other.name === name);
  if (container && isSidecar(container)) return true;
  if (container?.restartPolicyRules !== undefined) return true;
  const policy = container?.restartPolicy ?? spec.restartPolicy;
  return policy === 'Always' || (policy === 'OnFailure' && exitCode !== 0);
}
