import type { View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import type { Pod, Scale } from '../../objects/kubernetes.ts';
import { splitApiVersion } from '../../objects/schema/resources.ts';
import type { VerticalPodAutoscaler } from '../../objects/vertical/vertical-autoscaler.ts';
import { servedResources } from '../../world/served-resources.ts';

/** What an autoscaler is for: the pods, and how they are selected. */
export interface Controlled {
  readonly selector: string;
  readonly pods: readonly Pod[];
}

export function* podsOf(
  view: View,
  { metadata, spec }: VerticalPodAutoscaler,
): Doing<Controlled | undefined> {
  const { apiVersion = 'apps/v1', kind, name } = spec.targetRef;
  const { namespace = '' } = metadata;
  const { group } = splitApiVersion(apiVersion);
  const resource = servedResources(view.objects).find((each) => each.kind === kind && each.group === group);
  if (!resource) return undefined;
  const selector = kind === 'DaemonSet' || kind === 'Job' ? undefined : 'scale';
  if (selector === undefined) return undefined;
  const answer = yield { verb: 'get', resource: resource.name, subresource: selector, namespace, name };
  const labelSelector = answer.ok ? (answer.object as Scale | undefined)?.status?.selector : undefined;
  if (!labelSelector) return undefined;
  const listed = yield { verb: 'list', resource: 'pods', namespace, labelSelector };
  return listed.ok ? { selector: labelSelector, pods: (listed.items ?? []) as readonly Pod[] } : undefined;
}
