import { derivedOfPair } from '../../objects/derived.ts';
import { isEqualJson } from '../../objects/json.ts';
import type { DiscoveryEndpointPort, Endpoint, EndpointSlice } from '../../objects/kubernetes.ts';
import { portsText } from '../shared/slices.ts';

/** As many endpoints a slice holds at most (kube-controller-manager: --max-endpoints-per-slice). */
const MOST = 100;

/** Endpoints that have the same ports, and so may be in one slice. */
export interface Group {
  readonly ports: readonly DiscoveryEndpointPort[];
  readonly endpoints: readonly Endpoint[];
}

/** A slice as it shall be. */
export interface Packed extends Group {
  /** What it is now; absent for one that is to be made. */
  readonly slice?: EndpointSlice;
}

export interface Packing {
  readonly written: readonly Packed[];
  readonly deleted: readonly EndpointSlice[];
}

/**
 * How the slices of a service become those that are wanted with few writes: endpoints stay where they are,
 * new ones fill slices that change anyway, and a slice that goes lends its name to one that comes
 * (endpointslice: reconciler.go reconcileByPortMapping, finalize). One empty slice stays when there are no
 * endpoints.
 */
export function packSlices(
  groups: ReadonlyMap<string, Group>,
  slices: readonly EndpointSlice[],
  isStale: (slice: EndpointSlice) => boolean,
): Packing {
  const deleted = slices.filter((slice) => !groups.has(portsText(slice.ports)));
  const written: Packed[] = [];
  let kept = 0;
  for (const [text, group] of groups) {
    const own = slices.filter(({ ports }) => portsText(ports) === text);
    const drafts = packGroup(group, own, isStale);
    deleted.push(...drafts.flatMap(({ slice, endpoints }) => (slice && !endpoints.length ? [slice] : [])));
    const full = drafts.filter(({ endpoints }) => endpoints.length > 0);
    kept += full.filter(({ slice }) => slice !== undefined).length;
    const changed = full.filter(({ isChanged }) => isChanged);
    written.push(...changed.map(({ isChanged: _, ...packed }) => ({ ports: group.ports, ...packed })));
  }
  const isEmpty = kept === 0 && written.every(({ slice }) => slice !== undefined);
  return finalize(isEmpty ? withPlaceholder(deleted, isStale) : { written, deleted });
}

interface Draft {
  readonly slice?: EndpointSlice;
  readonly endpoints: Endpoint[];
  isChanged: boolean;
}

function packGroup(
  { endpoints }: Group,
  slices: readonly EndpointSlice[],
  isStale: (slice: EndpointSlice) => boolean,
): readonly Draft[] {
  const wanted = wantedBy(endpoints);
  const drafts = slices.map((slice) => draftOf(slice, wanted, isStale(slice)));
  const rest = endpoints.filter((_, place) => !wanted.isTaken[place]);
  for (const draft of drafts.filter(({ isChanged }) => isChanged).sort(byFullness)) {
    if (draft.endpoints.length > 0) draft.endpoints.push(...rest.splice(0, MOST - draft.endpoints.length));
  }
  while (rest.length > 0) {
    const next = rest.splice(0, MOST);
    const room = drafts
      .filter((draft) => !draft.isChanged && draft.endpoints.length + next.length <= MOST)
      .sort(byFullness)[0];
    if (room === undefined) drafts.push({ endpoints: next, isChanged: true });
    else {
      room.endpoints.push(...next);
      room.isChanged = true;
    }
  }
  return drafts;
}

interface Wanted {
  readonly endpoints: readonly Endpoint[];
  /** Where the endpoint of a pod stands, by the pod's uid. */
  readonly placeOf: ReadonlyMap<string | undefined, number>;
  /** Which have found their slice. */
  readonly isTaken: boolean[];
}

function wantedBy(endpoints: readonly Endpoint[]): Wanted {
  const placeOf = new Map<string | undefined, number>();
  for (let place = 0; place < endpoints.length; place++) placeOf.set(endpoints[place]?.targetRef?.uid, place);
  return { endpoints, placeOf, isTaken: endpoints.map(() => false) };
}

/** The slice with those of its endpoints that are still wanted, as they are now. */
function draftOf(slice: EndpointSlice, { endpoints, placeOf, isTaken }: Wanted, isStale: boolean): Draft {
  let isChanged = isStale;
  const kept: Endpoint[] = [];
  for (const before of slice.endpoints ?? []) {
    const place = placeOf.get(before.targetRef?.uid) ?? -1;
    const endpoint = endpoints[place];
    const isWanted = endpoint !== undefined && !isTaken[place] && isAt(before, endpoint.addresses);
    const isSame = isWanted && (before === endpoint || saysTheSame(before, endpoint));
    isChanged ||= !isSame;
    if (!isWanted) continue;
    isTaken[place] = true;
    kept.push(isSame ? before : endpoint);
  }
  return { slice, endpoints: kept, isChanged };
}

/** A pod that comes back under another address has another endpoint. */
function isAt({ addresses }: Endpoint, wanted: readonly string[]): boolean {
  return (
    addresses === wanted ||
    (addresses.length === wanted.length && addresses.every((one, at) => one === wanted[at]))
  );
}

function byFullness(a: Draft, b: Draft): number {
  return b.endpoints.length - a.endpoints.length;
}

/** The revision of a pod is no news (EndpointsEqualBeyondHash). */
const saysTheSame = derivedOfPair((before: Endpoint, after: Endpoint): boolean =>
  isEqualJson(plain(before), plain(after)),
);

function plain({ targetRef, ...others }: Endpoint): unknown {
  const { resourceVersion: _, ...reference } = targetRef ?? {};
  return { reference, ...others };
}

/** A service without endpoints has one slice without ports. */
function withPlaceholder(
  deleted: readonly EndpointSlice[],
  isStale: (slice: EndpointSlice) => boolean,
): Packing {
  const [only] = deleted;
  const isThere =
    deleted.length === 1 && only && !only.endpoints?.length && !only.ports?.length && !isStale(only);
  return isThere ? { written: [], deleted: [] } : { written: [{ ports: [], endpoints: [] }], deleted };
}

function finalize({ written, deleted }: Packing): Packing {
  const free = [...deleted];
  const all = written.map((packed) => {
    const slice = packed.slice ?? free.shift();
    return slice === undefined ? packed : { ...packed, slice };
  });
  const made = all.filter(({ slice }) => slice === undefined);
  return { written: [...made, ...all.filter(({ slice }) => slice !== undefined)], deleted: free };
}
