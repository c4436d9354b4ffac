import type { Reaction, View } from '../../contract/component.ts';
import { SLICES } from '../../objects/endpoint-slices.ts';
import type { Endpoint, EndpointSlice, Service } from '../../objects/kubernetes.ts';
import { isKeptByController, podsOfService } from '../shared/service-pods.ts';
import { type Told, triggerTime } from '../shared/trigger-time.ts';
import { type Member, membersOf } from './endpoint-of.ts';
import { type Group, type Packed, packSlices } from './pack-slices.ts';
import { hasLabelsOf, isSliceOf, metadataFor } from './slice-metadata.ts';

/**
 * Makes the slices of a service tell of its pods. Those of a service that is gone are the garbage collector's
 * matter (endpointslice_controller.go syncService).
 */
export function* syncSlices(view: View, key: string): Reaction {
  const service = view.objects.byKey<Service>(key);
  if (!service || !isKeptByController(service)) return;
  const { namespace = '', deletionTimestamp } = service.metadata;
  const slices = view.objects
    .list<EndpointSlice>(SLICES, namespace)
    .filter((slice) => isSliceOf(slice, service) && slice.metadata.deletionTimestamp === undefined);
  const pods = podsOfService(view, service);
  const isStale = (slice: EndpointSlice) => !hasLabelsOf(slice, service);
  const { written, deleted } = packSlices(groupsOf(membersOf(view, service, pods)), slices, isStale);
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

/** Pods whose ports are the same share slices: a named port may be another number in each of them. */
function groupsOf(members: readonly (Member | undefined)[]): ReadonlyMap<string, Group> {
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
