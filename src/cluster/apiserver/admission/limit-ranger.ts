import type { Refused } from '../../contract/response.ts';
import { compareText } from '../../objects/json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type {
  Container,
  LimitRange,
  LimitRangeItem,
  PersistentVolumeClaim,
  Pod,
} from '../../objects/kubernetes.ts';
import type { Call } from '../call.ts';
import { forbidden } from '../refusal.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';
import { whatBreaks } from './limit-range-rules.ts';

const ANNOTATION = 'kubernetes.io/limit-ranger';

/**
 * Fills in what containers leave unsaid, and refuses what is too much or too little (admission/limitranger).
 */
export const limitRanger: AdmissionPlugin = {
  name: 'LimitRanger',
  resources: ['pods', 'persistentvolumeclaims'],
  onCreate(draft, call) {
    if (call.resource.name !== 'pods') return undefined;
    for (const range of rangesOf(call)) fillIn(draft as Pod, range);
    return undefined;
  },
  checkCreate: (draft, call) => refuseBroken(draft, call),
  checkUpdate(draft, stored, call) {
    const isLooked = call.resource.name !== 'pods' && stored.metadata.deletionTimestamp === undefined;
    return isLooked ? refuseBroken(draft, call) : undefined;
  },
};

function rangesOf({ store, namespace }: Call): readonly LimitRange[] {
  return namespace === undefined ? [] : store.list<LimitRange>('limitranges', namespace);
}

function refuseBroken(draft: KubeObject, call: Call): Refused | undefined {
  for (const range of rangesOf(call)) {
    const broken = whatBreaks(range, draft as Pod | PersistentVolumeClaim);
    const [first] = broken;
    if (first === undefined) continue;
    const distinct = broken.filter((text, index) => broken.indexOf(text) === index);
    const why = distinct.length === 1 ? first : `[${distinct.join(', ')}]`;
    return forbidden(call.resource, draft.metadata.name ?? '', why);
  }
  return undefined;
}

/** mergePodResourceRequirements. */
function fillIn(pod: Pod, { spec }: LimitRange): void {
  const items = (spec?.limits ?? []).filter(({ type }) => type === 'Container');
  const requests = mergedOf(items, 'defaultRequest');
  const limits = mergedOf(items, 'default');
  const told = [
    ...pod.spec.containers.flatMap((each) => fillContainer(each, { requests, limits }, 'container')),
    ...(pod.spec.initContainers ?? []).flatMap((each) =>
      fillContainer(each, { requests, limits }, 'init container'),
    ),
  ];
  if (told.length === 0) return;
  const value = `LimitRanger plugin set: ${told.join('; ')}`;
  pod.metadata.annotations = { ...pod.metadata.annotations, [ANNOTATION]: value };
}

function mergedOf(
  items: readonly LimitRangeItem[],
  field: 'default' | 'defaultRequest',
): Record<string, string> {
  return Object.assign({}, ...items.map((item) => item[field] ?? {}));
}

function fillContainer(
  container: Container,
  defaults: { readonly requests: Record<string, string>; readonly limits: Record<string, string> },
  called: string,
): string[] {
  const told = (['requests', 'limits'] as const).flatMap((side) => {
    const own = container.resources?.[side] ?? {};
    const names = Object.keys(defaults[side]).filter((name) => !Object.hasOwn(own, name));
    if (names.length === 0) return [];
    const added = Object.fromEntries(names.map((name) => [name, defaults[side][name] ?? '']));
    container.resources = { ...container.resources, [side]: { ...own, ...added } };
    const kind = side === 'requests' ? 'request' : 'limit';
    return [`${names.sort(compareText).join(', ')} ${kind} for ${called} ${container.name}`];
  });
  return told;
}
