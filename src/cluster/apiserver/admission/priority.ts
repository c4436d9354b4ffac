import type { Refused } from '../../contract/response.ts';
import type { Pod, PriorityClass } from '../../objects/kubernetes.ts';
import { storageKey } from '../../objects/storage-key.ts';
import type { Call } from '../call.ts';
import { type AdmissionPlugin, refuseAdmission } from './admission-plugin.ts';

const RESOURCE = 'priorityclasses.scheduling.k8s.io';

interface Rank {
  readonly value: number;
  readonly preemptionPolicy?: string;
  /** Of the class, where the pod did not name one. */
  readonly name?: string;
}

/** Where there is no default class. */
const PLAIN: Rank = { value: 0, preemptionPolicy: 'PreemptLowerPriority' };

/** Resolves the name of a pod's priority into its number (kubernetes: admission/priority). */
export const priority: AdmissionPlugin = {
  name: 'Priority',
  resources: ['pods', RESOURCE],
  onCreate(draft, call) {
    if (call.resource.name === RESOURCE) return refuseSecondDefault(draft as PriorityClass, call);
    const pod = draft as Pod;
    const { spec } = pod;
    const rank = spec.priorityClassName ? rankNamed(spec.priorityClassName, call) : defaultRank(call);
    if (rank === undefined) {
      return refuseAdmission(pod, call, `no PriorityClass with name ${spec.priorityClassName} was found`);
    }
    const computed = 'priority admission controller computed';
    if (spec.priority !== undefined && spec.priority !== rank.value) {
      const given = `the integer value of priority (${spec.priority}) must not be provided in pod spec`;
      const why = `${given}; ${computed} ${rank.value} from the given PriorityClass name`;
      return refuseAdmission(pod, call, why);
    }
    const policy = rank.preemptionPolicy ?? 'PreemptLowerPriority';
    if (spec.preemptionPolicy !== undefined && spec.preemptionPolicy !== policy) {
      const given = `the string value of PreemptionPolicy (${spec.preemptionPolicy}) must not be provided in pod spec`;
      return refuseAdmission(pod, call, `${given}; ${computed} ${policy} from the given PriorityClass name`);
    }
    Object.assign(spec, { priority: rank.value, preemptionPolicy: policy });
    if (rank.name !== undefined) spec.priorityClassName = rank.name;
    return undefined;
  },
  onUpdate(draft, stored, call) {
    if (call.resource.name === RESOURCE) return refuseSecondDefault(draft as PriorityClass, call);
    const { spec } = draft as Pod;
    const before = (stored as Pod).spec;
    if (before.priority !== undefined) spec.priority ??= before.priority;
    if (before.preemptionPolicy !== undefined) spec.preemptionPolicy ??= before.preemptionPolicy;
    return undefined;
  },
};

function rankNamed(name: string, { store }: Call): Rank | undefined {
  const found = store.read<PriorityClass>(storageKey({ resource: RESOURCE, name }));
  if (found === undefined) return undefined;
  const { preemptionPolicy } = found;
  return { value: priorityOf(found), ...(preemptionPolicy && { preemptionPolicy }) };
}

/** Of several default classes, which only a race can make, the lowest counts. */
function defaultRank(call: Call): Rank {
  let lowest: PriorityClass | undefined;
  for (const candidate of call.store.list<PriorityClass>(RESOURCE)) {
    if (candidate.globalDefault && (lowest === undefined || priorityOf(candidate) < priorityOf(lowest)))
      lowest = candidate;
  }
  if (lowest === undefined) return PLAIN;
  const { preemptionPolicy, metadata } = lowest;
  return {
    value: priorityOf(lowest),
    ...(preemptionPolicy && { preemptionPolicy }),
    name: metadata.name ?? '',
  };
}

function priorityOf({ value }: PriorityClass): number {
  return value ?? 0;
}

function refuseSecondDefault(draft: PriorityClass, call: Call): Refused | undefined {
  if (!draft.globalDefault) return undefined;
  const { name } = defaultRank(call);
  if (name === undefined || name === draft.metadata.name) return undefined;
  const why = `PriorityClass ${name} is already marked as default. Only one default can exist`;
  return refuseAdmission(draft, call, why);
}
