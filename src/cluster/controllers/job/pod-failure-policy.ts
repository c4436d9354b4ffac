import type {
  ContainerStatus,
  Job,
  Pod,
  PodFailurePolicyOnExitCodesRequirement,
  PodFailurePolicyRule,
} from '../../objects/kubernetes.ts';

export interface FailureVerdict {
  /** Whether it counts towards the limits. */
  readonly counts: boolean;
  readonly failsIndex: boolean;
  /** Why the whole Job fails because of it. */
  readonly failsJob?: string;
}

/** What a Job makes of a failed pod: the first rule that fits decides (pod_failure_policy.go). */
export function judgeFailure({ spec }: Job, pod: Pod): FailureVerdict {
  for (const [index, rule] of (spec.podFailurePolicy?.rules ?? []).entries()) {
    const why = whatFits(rule, pod);
    if (why === undefined) continue;
    if (rule.action === 'Ignore') return { counts: false, failsIndex: false };
    const verdict = { counts: true, failsIndex: rule.action === 'FailIndex' };
    if (rule.action !== 'FailJob') return verdict;
    return { ...verdict, failsJob: `${why} matching FailJob rule at index ${index}` };
  }
  return { counts: true, failsIndex: false };
}

function whatFits({ onExitCodes, onPodConditions = [] }: PodFailurePolicyRule, pod: Pod): string | undefined {
  const { namespace, name } = pod.metadata;
  if (onExitCodes) {
    const container = containerThatFits(pod, onExitCodes);
    if (container === undefined) return undefined;
    const code = container.state?.terminated?.exitCode;
    return `Container ${container.name} for pod ${namespace}/${name} failed with exit code ${code}`;
  }
  const condition = pod.status?.conditions?.find(({ type, status }) =>
    onPodConditions.some((pattern) => pattern.type === type && (pattern.status ?? 'True') === status),
  );
  return condition && `Pod ${namespace}/${name} has condition ${condition.type}`;
}

/** Containers come before init containers; success is never matched. */
function containerThatFits(
  { status }: Pod,
  { containerName, operator, values }: PodFailurePolicyOnExitCodesRequirement,
): ContainerStatus | undefined {
  const statuses = [...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? [])];
  return statuses.find(({ name, state }) => {
    const code = state?.terminated?.exitCode ?? 0;
    if (code === 0 || (containerName !== undefined && containerName !== name)) return false;
    return values.includes(code) === (operator === 'In');
  });
}
