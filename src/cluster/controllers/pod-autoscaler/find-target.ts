import type { Doing } from '../../contract/doing.ts';
import type { RefusalStatus } from '../../contract/response.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { Pod, Scale } from '../../objects/kubernetes.ts';
import { matchesLabels, parseLabelSelector } from '../../objects/label-selector.ts';
import { splitApiVersion } from '../../objects/schema/resources.ts';
import { storageKey } from '../../objects/storage-key.ts';
import { servedResources } from '../../world/served-resources.ts';
import { AUTOSCALERS, type AutoscalerLook, setCondition, type Target, tell } from './autoscaler-look.ts';

/** The target's scale; or undefined, and it is told why not (horizontal.go scaleForResourceMappings). */
export function* findScale(
  look: AutoscalerLook,
): Doing<{ readonly resource: string; readonly scale: Scale & KubeObject } | undefined> {
  const { metadata, spec } = look.autoscaler;
  const { apiVersion = '', kind, name } = spec.scaleTargetRef;
  const { group } = splitApiVersion(apiVersion);
  const resource = servedResources(look.view.objects).find(
    (each) => each.kind === kind && each.group === group,
  )?.name;
  if (resource === undefined) {
    yield* tellNoScale(look, `no matches for kind "${kind}" in group "${group}"`);
    return undefined;
  }
  const { namespace = '' } = metadata;
  const answer = yield { verb: 'get', resource, subresource: 'scale', namespace, name };
  if (!answer.ok || !answer.object) {
    yield* tellNoScale(look, answer.ok ? '' : asClientSays(answer.status, resource));
    return undefined;
  }
  const message = "the HPA controller was able to get the target's current scale";
  setCondition(look, 'AbleToScale', true, { reason: 'SucceededGetScale', message });
  return { resource, scale: answer.object as Scale & KubeObject };
}

function* tellNoScale(look: AutoscalerLook, why: string): Doing<void> {
  const reason = 'FailedGetScale';
  yield* tell(look, 'Warning', { reason, message: why });
  const message = `the HPA controller was unable to get the target's current scale: ${why}`;
  setCondition(look, 'AbleToScale', false, { reason, message });
}

const UNKNOWN = 'the server could not find the requested resource';

/** client-go adds what was asked for where the server has no words for it. */
export function asClientSays({ message }: RefusalStatus, resource: string): string {
  return message === UNKNOWN ? `${message} (get ${resource})` : message;
}

/**
 * The pods that are scaled; or why it cannot be said which they are (horizontal.go validateAndParseSelector).
 */
export function* findPods(
  look: AutoscalerLook,
  { resource, scale }: Pick<Target, 'resource' | 'scale'>,
): Doing<Target | { readonly problem: string }> {
  const { view, key, autoscaler } = look;
  const { namespace = '' } = autoscaler.metadata;
  const { selector = '' } = scale.status ?? {};
  if (selector === '') {
    const problem = 'selector is required';
    yield* tell(look, 'Warning', { reason: 'SelectorRequired', message: problem });
    const message = "the HPA target's scale is missing a selector";
    setCondition(look, 'ScalingActive', false, { reason: 'InvalidSelector', message });
    return { problem };
  }
  if (view.rows.row('autoscalers', key)?.selector !== selector)
    yield { type: 'SelectorNoted', about: key, selector };
  const pods = view.objects.list<Pod>('pods', namespace).filter(isChosenBy(selector));
  const others = autoscalersOf(look, pods);
  if (others.length > 1) {
    const list = others.map((name) => `{${name} ${namespace}}`).join(' ');
    const problem = `pods by selector ${selector} are controlled by multiple HPAs: [${list}]`;
    yield* tell(look, 'Warning', { reason: 'AmbiguousSelector', message: problem });
    setCondition(look, 'ScalingActive', false, { reason: 'AmbiguousSelector', message: problem });
    return { problem };
  }
  return { resource, scale, selector, pods };
}

function isChosenBy(selector: string): (pod: Pod) => boolean {
  const parsed = parseLabelSelector(selector);
  return ({ metadata }) => parsed.ok && matchesLabels(parsed.requirements, metadata.labels);
}

/** Names of the autoscalers of the namespace that scale one of the pods. */
function autoscalersOf({ view, autoscaler }: AutoscalerLook, pods: readonly Pod[]): readonly string[] {
  const { namespace = '' } = autoscaler.metadata;
  return view.objects.list<KubeObject>(AUTOSCALERS, namespace).flatMap(({ metadata: { name = '' } }) => {
    const row = view.rows.row('autoscalers', keyOf(namespace, name));
    return row?.selector !== undefined && pods.some(isChosenBy(row.selector)) ? [name] : [];
  });
}

export function keyOf(namespace = '', name = ''): string {
  return storageKey({ resource: AUTOSCALERS, namespace, name });
}
