import type { Container, Pod, ResourceRequirements } from '../kubernetes.ts';
import { amountOf, amountOfMilli, formatQuantity, milliValue, wholeValue } from '../quantity.ts';
import { policyFor, type VerticalPodAutoscaler } from './vertical-autoscaler.ts';

/** What a container gets by a recommendation; undefined where that is what it has. */
export interface Recommended {
  readonly name: string;
  readonly resources: ResourceRequirements;
  /** `cpu request`, `memory limit`: what is otherwise than before. */
  readonly changes: readonly string[];
}

/**
 * The containers of a pod with what is recommended: requests as they should be, and limits larger or smaller
 * in the same proportion (vertical-pod-autoscaler: admission-controller/resource/pod/patch).
 */
export function recommendedFor(
  autoscaler: VerticalPodAutoscaler,
  { spec }: Pick<Pod, 'spec'>,
): Recommended[] {
  return spec.containers.flatMap((container) => recommended(autoscaler, container) ?? []);
}

function recommended(autoscaler: VerticalPodAutoscaler, container: Container): Recommended | undefined {
  const { name, resources = {} } = container;
  const list = autoscaler.status?.recommendation?.containerRecommendations ?? [];
  const target = list.find(({ containerName }) => containerName === name)?.target;
  if (!target) return undefined;
  const { controlledValues = 'RequestsAndLimits' } = policyFor(autoscaler, name);
  const requests: Record<string, string> = { ...resources.requests };
  const limits: Record<string, string> = { ...resources.limits };
  const changes: string[] = [];
  for (const [resource, wanted] of Object.entries(target)) {
    const request = resources.requests?.[resource] ?? resources.limits?.[resource];
    if (requests[resource] !== wanted) changes.push(`${resource} request`);
    requests[resource] = wanted;
    const limit = resources.limits?.[resource];
    if (limit === undefined || request === undefined || controlledValues === 'RequestsOnly') continue;
    limits[resource] = inProportion(resource, { limit, request, wanted });
    if (limits[resource] !== limit) changes.push(`${resource} limit`);
  }
  if (changes.length === 0) return undefined;
  const hasLimits = Object.keys(limits).length > 0;
  return { name, changes, resources: { ...resources, requests, ...(hasLimits && { limits }) } };
}

function inProportion(
  resource: string,
  { limit, request, wanted }: { readonly limit: string; readonly request: string; readonly wanted: string },
): string {
  const size = resource === 'cpu' ? milliValue : wholeValue;
  if (size(limit) === size(request)) return wanted;
  const scaled = Math.floor((size(limit) / Math.max(1, size(request))) * size(wanted));
  return formatQuantity(resource === 'cpu' ? amountOfMilli(scaled) : amountOf(scaled));
}
