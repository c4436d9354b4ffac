import type { Reaction, View } from '../../contract/component.ts';
import { derivedOfPair } from '../../objects/derived.ts';
import { extended, isEqualJson } from '../../objects/json.ts';
import type {
  EndpointAddress,
  EndpointSubset,
  Endpoints,
  ObjectMeta,
  Service,
} from '../../objects/kubernetes.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import { isKeptByController, labelsFrom, podsOfService } from '../shared/service-pods.ts';
import { type Told, triggerTime, withTriggerTime } from '../shared/trigger-time.ts';
import { subsetsOf } from './subsets.ts';

/**
 * Told apart from those that others made since they are deprecated (1.33: LabelManagedBy; recorded in 1.36).
 */
const MARKED: Since<Readonly<Record<string, string>>> = [
  [0, {}],
  [33, { 'endpoints.kubernetes.io/managed-by': 'endpoint-controller' }],
];

/** Makes the Endpoints of a service tell of its pods; a service that is gone has none (syncService). */
export function* syncEndpoints(view: View, key: string): Reaction {
  const [namespace = '', name = ''] = key.split('/').slice(-2);
  const service = view.objects.byKey<Service>(key);
  const stored = view.objects.get<Endpoints>('endpoints', namespace, name);
  if (service === undefined) {
    if (stored) yield { verb: 'delete', resource: 'endpoints', namespace, name };
    return;
  }
  if (!isKeptByController(service)) return;
  const { version } = view.settings;
  const pods = podsOfService(view, service);
  const subsets = subsetsOf(service, pods, version);
  const labels = { ...labelsFrom(service), ...inVersion(MARKED, version) };
  if (stored && areSame(stored.subsets ?? [], subsets) && isEqualJson(stored.metadata.labels ?? {}, labels))
    return;
  const time = triggerTime(service, pods, stored && toldBy(stored, service));
  const metadata = metadataOf(stored?.metadata ?? { name, namespace }, labels, time);
  const object: Endpoints = {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata,
    ...(subsets.length > 0 && { subsets: [...subsets] }),
  };
  if (stored) yield { verb: 'update', resource: 'endpoints', namespace, name, object };
  else yield { verb: 'create', resource: 'endpoints', namespace, object };
}

function metadataOf(
  before: ObjectMeta,
  labels: Readonly<Record<string, string>>,
  time: string | undefined,
): ObjectMeta {
  const { labels: _, annotations, ...others } = before;
  return extended(others, {
    ...(Object.keys(labels).length > 0 && { labels }),
    ...withTriggerTime(annotations, time),
  });
}

function areSame(before: readonly EndpointSubset[], after: readonly EndpointSubset[]): boolean {
  return areAlike(before, after, (a, b) => {
    const [ready, now] = [a.addresses ?? [], b.addresses ?? []];
    const [notReady, notNow] = [a.notReadyAddresses ?? [], b.notReadyAddresses ?? []];
    return (
      isEqualJson(a.ports ?? [], b.ports ?? []) &&
      areAlike(ready, now, saysTheSame) &&
      areAlike(notReady, notNow, saysTheSame)
    );
  });
}

/** The revision of a pod is no news (endpoint/util: EndpointSubsetsEqualIgnoreResourceVersion). */
const saysTheSame = derivedOfPair((before: EndpointAddress, after: EndpointAddress): boolean =>
  isEqualJson(withoutRevision(before), withoutRevision(after)),
);

function withoutRevision({ targetRef, ...others }: EndpointAddress): unknown {
  const { resourceVersion: _, ...reference } = targetRef ?? {};
  return { reference, ...others };
}

function areAlike<Of>(
  before: readonly Of[],
  after: readonly Of[],
  isAlike: (a: Of, b: Of) => boolean,
): boolean {
  if (before.length !== after.length) return false;
  for (let index = 0; index < before.length; index++) {
    const [item, other] = [before[index] as Of, after[index] as Of];
    if (item !== other && !isAlike(item, other)) return false;
  }
  return true;
}

function toldBy({ subsets = [] }: Endpoints, { spec }: Service): Told {
  const told = new Map<string, boolean | undefined>();
  for (const { addresses = [], notReadyAddresses = [] } of subsets) {
    for (const { targetRef } of addresses)
      told.set(targetRef?.uid ?? '', spec?.publishNotReadyAddresses ? undefined : true);
    for (const { targetRef } of notReadyAddresses) told.set(targetRef?.uid ?? '', false);
  }
  return told;
}
