import type { Millis } from '../../../kernel/time/millis.ts';
import type { Deed, Reaction, View } from '../../contract/component.ts';
import type { Response } from '../../contract/response.ts';
import { SLICES } from '../../objects/endpoint-slices.ts';
import type { Endpoint, EndpointSlice, Node, Service } from '../../objects/kubernetes.ts';
import { record } from '../../recorder/record.ts';
import { isKeptByController, podsOfService } from '../shared/service-pods.ts';
import { type Told, triggerTime } from '../shared/trigger-time.ts';
import { type Member, membersOf } from './endpoint-of.ts';
import { type Group, type Packed, packSlices } from './pack-slices.ts';
import { hasLabelsOf, isSliceOf, metadataFor } from './slice-metadata.ts';
import { asksForZones, zoneHints } from './zone-hints.ts';

/**
 * Makes the slices of a service tell of its pods. Those of a service that is gone are the garbage collector's
 * matter (endpointslice_controller.go syncService).
 */
export function* syncSlices(view: View, key: string, now: Millis): Reaction {
  const service = view.objects.byKey<Service>(key);
  if (!service || !isKeptByController(service)) return;
  const { namespace = '', deletionTimestamp } = service.metadata;
  const slices = view.objects
    .list<EndpointSlice>(SLICES, namespace)
    .filter((slice) => isSliceOf(slice, service) && slice.metadata.deletionTimestamp === undefined);
  const pods = podsOfService(view, service);
  const isStale = (slice: EndpointSlice) => !hasLabelsOf(slice, service);
  const found = membersOf(view, service, pods);
  const members = asksForZones(service, view.settings.version)
    ? yield* sharedOut(view, { service, members: found, slices }, now)
    : found;
  const { written, deleted } = packSlices(groupsOf(members), slices, isStale);
  if (written.length === 0 && deleted.length === 0) return;
  const time = triggerTime(service, pods, slices.length > 0 ? toldBy(slices, service) : undefined);
  for (const packed of written) {
    const object = sliceOf(service, packed, time);
    const name = packed.slice?.metadata.name;
    if (name !== undefined) yield { verb: 'update', resource: SLICES, namespace, name, object };
    else if (deletionTimestamp === undefined) yield { verb: 'create', resource: SLICES, namespace, object };
  }
  for (const { metadata } of deleted)
    yield { verb: 'delete', resource: SLICES, namespace, name: metadata.name ?? '' };
}

type Members = readonly (Member | undefined)[];

interface Sharing {
  readonly service: Service;
  readonly members: Members;
  readonly slices: readonly EndpointSlice[];
}

/** Endpoints that tell which zone they are for, where a service asks for that; an Event tells of it. */
function* sharedOut(
  view: View,
  { service, members, slices }: Sharing,
  now: Millis,
): Generator<Deed, Members, Response> {
  const ready = members.flatMap((each) => (each?.endpoint.conditions?.ready ? [each.endpoint] : []));
  const hints = zoneHints({ nodes: view.objects.list<Node>('nodes'), ready, slices });
  const isRefused = 'problem' in hints;
  const isOn = slices.some(({ endpoints }) => endpoints?.some((each) => each.hints !== undefined));
  const about = { component: 'endpoint-slice-controller', object: service };
  const message = isRefused ? hints.problem : 'Topology Aware Hints has been enabled';
  if (isRefused || !isOn) {
    const type = isRefused ? 'Warning' : 'Normal';
    const reason = isRefused ? 'TopologyAwareHintsDisabled' : 'TopologyAwareHintsEnabled';
    yield* record(view, { ...about, type, reason, message: `${message}, addressType: IPv4` }, now);
  }
  return members.map(
    (each) => each && { ...each, endpoint: isRefused ? each.endpoint : forZone(each.endpoint, hints.zoneOf) },
  );
}

function forZone(
  { addresses, conditions, ...rest }: Endpoint,
  zoneOf: ReadonlyMap<string, string>,
): Endpoint {
  const name = conditions?.ready ? zoneOf.get(rest.targetRef?.uid ?? '') : undefined;
  return {
    addresses,
    ...(conditions && { conditions }),
    ...(name !== undefined && { hints: { forZones: [{ name }] } }),
    ...rest,
  };
}

/** Pods whose ports are the same share slices: a named port may be another number in each of them. */
function groupsOf(members: Members): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group & { readonly endpoints: Endpoint[] }>();
  let text: string | undefined;
  let endpoints: Endpoint[] = [];
  for (const member of members) {
    if (!member) continue;
    // Nearly always the same as the one before.
    if (member.portsText !== text) {
      text = member.portsText;
      const group = groups.get(text) ?? { ports: member.ports, endpoints: [] };
      groups.set(text, group);
      endpoints = group.endpoints;
    }
    endpoints.push(member.endpoint);
  }
  return groups;
}

/** Lists without members are null, as this controller's writes are read (recorded in b7 of 1.36). */
function sliceOf(
  service: Service,
  { slice, ports, endpoints }: Packed,
  time: string | undefined,
): EndpointSlice {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    ...slice,
    metadata: metadataFor(service, slice?.metadata, time),
    addressType: slice?.addressType ?? 'IPv4',
    endpoints: endpoints.length > 0 ? [...endpoints] : null,
    ports: ports.length > 0 ? [...ports] : null,
  };
}

function toldBy(slices: readonly EndpointSlice[], { spec }: Service): Told {
  const told = new Map<string, boolean | undefined>();
  for (const { endpoints } of slices) {
    for (const { conditions, targetRef } of endpoints ?? []) {
      const ready = spec?.publishNotReadyAddresses ? undefined : conditions?.ready;
      told.set(targetRef?.uid ?? '', conditions?.serving ?? ready);
    }
  }
  return told;
}
