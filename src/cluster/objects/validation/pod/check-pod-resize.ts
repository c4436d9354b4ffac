import { isEqualJson } from '../../json.ts';
import type { Container, Pod, PodSpec, ResourceRequirements } from '../../kubernetes.ts';
import { MIRROR } from '../../mirror-pod.ts';
import { isSidecar } from '../../pod-resources.ts';
import { qosClassOf } from '../../qos-class.ts';
import { type FieldErrors, forbidden, invalid } from '../field-error.ts';
import { checkObjectMetaUpdate } from '../object-meta.ts';
import { checkPodSpec } from './check-pod-spec.ts';

/** A pod whose containers shall have more or less (apis/core/validation: ValidatePodResize). */
export function checkPodResize(pod: Pod, old: Pod): FieldErrors {
  if (old.metadata.annotations?.[MIRROR] !== undefined)
    return [forbidden('', 'static pods cannot be resized')];
  const before = old.status?.qosClass ?? qosClassOf(old);
  const errors = [
    ...checkObjectMetaUpdate(pod.metadata, old.metadata),
    ...checkPodSpec('spec', pod.spec, { podName: pod.metadata.name ?? '' }),
    ...(qosClassOf(pod) === before
      ? []
      : [invalid('spec', before, 'Pod QOS Class may not change as a result of resizing')]),
  ];
  const { containers, initContainers = [] } = pod.spec;
  const oldInit = old.spec.initContainers ?? [];
  if (!hasSameNames(containers, old.spec.containers) || !hasSameNames(initContainers, oldInit))
    return [...errors, forbidden('spec.containers', 'containers may not be renamed or reordered on resize')];
  const kept = [
    ...containers.flatMap((each, index) =>
      checkKept(`spec.containers[${index}].resources`, each, old.spec.containers[index]),
    ),
    ...initContainers.flatMap((each, index) =>
      isSidecar(each) ? checkKept(`spec.initContainers[${index}].resources`, each, oldInit[index]) : [],
    ),
  ];
  return [...errors, ...kept, ...checkOnlyResources(pod.spec, old.spec)];
}

function hasSameNames(containers: readonly Container[], old: readonly Container[]): boolean {
  return containers.length === old.length && containers.every(({ name }, index) => name === old[index]?.name);
}

function checkKept(field: string, { resources }: Container, old: Container | undefined): FieldErrors {
  return (['requests', 'limits'] as const).flatMap((side) => {
    const names = Object.keys(old?.resources?.[side] ?? {});
    const isGone = names.some((name) => resources?.[side]?.[name] === undefined);
    return isGone ? [forbidden(`${field}.${side}`, `resource ${side} cannot be removed`)] : [];
  });
}

function checkOnlyResources(spec: PodSpec, old: PodSpec): FieldErrors {
  const others = spec.containers.some(
    (container, index) => !isEqualJson(withoutResources(container), withoutResources(old.containers[index])),
  );
  if (others) return [forbidden('spec', 'only cpu and memory resources are mutable')];
  const init = (spec.initContainers ?? []).some(
    (container, index) => !isSidecar(container) && !isEqualJson(container, old.initContainers?.[index]),
  );
  if (init) return [forbidden('spec', 'resources for non-sidecar init containers are immutable')];
  const { containers: _, initContainers: __, ...rest } = spec;
  const { containers: ___, initContainers: ____, ...oldRest } = old;
  return isEqualJson(rest, oldRest) ? [] : [forbidden('spec', 'only cpu and memory resources are mutable')];
}

/** All of a container but what of it may change. */
function withoutResources(container: Container | undefined): unknown {
  const { resources = {}, ...rest } = container ?? { name: '' };
  return { ...rest, resources: otherResources(resources) };
}

function otherResources({ requests = {}, limits = {}, ...rest }: ResourceRequirements): unknown {
  const other = (list: Readonly<Record<string, string>>): unknown =>
    Object.fromEntries(Object.entries(list).filter(([name]) => name !== 'cpu' && name !== 'memory'));
  return { ...rest, requests: other(requests), limits: other(limits) };
}
