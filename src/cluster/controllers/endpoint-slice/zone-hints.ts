import { derived } from '../../objects/derived.ts';
import { compareText } from '../../objects/json.ts';
import type { Endpoint, EndpointSlice, Node, Service } from '../../objects/kubernetes.ts';
import { milliValue } from '../../objects/quantity.ts';
import { inVersion, type KubeVersion, type Since } from '../../objects/versions.ts';

/** TopologyAwareHints is on since 1.24; the annotation has its name of today since 1.27. */
const HEEDED: Since<readonly string[]> = [
  [0, []],
  [24, ['service.kubernetes.io/topology-aware-hints']],
  [27, ['service.kubernetes.io/topology-aware-hints', 'service.kubernetes.io/topology-mode']],
];

/** Whether the endpoints of a service shall be shared out to zones (endpointslice: utils.go hintsEnabled). */
export function asksForZones({ metadata: { annotations = {} } }: Service, version: KubeVersion): boolean {
  const said = inVersion(HEEDED, version).flatMap((name) => annotations[name] ?? []);
  return said[0] === 'Auto' || said[0] === 'auto';
}

/** Which zone each endpoint that is ready is for, by its pod's uid; or why they are for all. */
export type ZoneHints = { readonly zoneOf: ReadonlyMap<string, string> } | { readonly problem: string };

interface Allocation {
  readonly wanted: number;
  readonly most: number;
}

/** Endpoints that are ready, in the order of the slices. */
interface Asked {
  readonly nodes: readonly Node[];
  readonly ready: readonly Endpoint[];
  readonly slices: readonly EndpointSlice[];
}

/**
 * Zones get endpoints by their share of the processors: each endpoint is for its own zone, but zones that
 * have more than their share give some away (endpointslice: topologycache.go AddHints).
 */
export function zoneHints({ nodes, ready, slices }: Asked): ZoneHints {
  const allocations = allocationsFor(sharesOf(nodes), ready.length);
  if ('problem' in allocations) return allocations;
  const { of } = allocations;
  const told = toldZones(slices);
  if (isStillRight(ready, told, of)) return { zoneOf: told };
  const zoneOf = new Map<string, string>();
  const counts = new Map<string, number>();
  for (const { zone, targetRef } of ready) {
    if (!zone) return { problem: 'One or more endpoints do not have a zone specified' };
    zoneOf.set(targetRef?.uid ?? '', zone);
    counts.set(zone, (counts.get(zone) ?? 0) + 1);
  }
  const { giving, receiving } = movesBetween(of, counts);
  for (const { zone = '', targetRef } of ready) {
    const [to] = receiving;
    if (to === undefined || !takeOne(giving, zone)) continue;
    receiving.shift();
    zoneOf.set(targetRef?.uid ?? '', to);
  }
  return { zoneOf };
}

/** What each zone has of all processors of workers that are ready; undefined where it can't be told. */
const sharesOf = derived((nodes: readonly Node[]): ReadonlyMap<string, number> | undefined => {
  const cpus = new Map<string, number>();
  let total = 0;
  for (const { metadata, status } of nodes) {
    const labels = metadata.labels ?? {};
    const isWorker = !EXCLUDED.some((label) => Object.hasOwn(labels, label));
    const isReady = status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True');
    if (!isWorker || !isReady) continue;
    const zone = labels['topology.kubernetes.io/zone'];
    const cpu = milliValue(status?.allocatable?.['cpu'] ?? '0');
    if (!zone || cpu === 0) return undefined;
    cpus.set(zone, (cpus.get(zone) ?? 0) + cpu);
    total += cpu;
  }
  if (cpus.size < 2) return undefined;
  return new Map(
    [...cpus].sort(([a], [b]) => compareText(a, b)).map(([zone, cpu]) => [zone, cpu / total] as const),
  );
});

const EXCLUDED = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master'];

/** A zone may have a fifth more to do than its share. */
const OVERLOAD = 0.2;

const TOO_FEW =
  'Unable to allocate minimum required endpoints to each zone without exceeding overload threshold';

function allocationsFor(
  shares: ReadonlyMap<string, number> | undefined,
  count: number,
): { readonly of: ReadonlyMap<string, Allocation> } | { readonly problem: string } {
  if (shares === undefined)
    return {
      problem: 'Insufficient Node information: allocatable CPU or zone not specified on one or more nodes',
    };
  const numbers = `(${count} endpoints, ${shares.size} zones)`;
  if (shares.size > count) return { problem: `Insufficient number of endpoints ${numbers}` };
  const least = [...shares].map(([zone, share]) => {
    const wanted = share * count;
    return { zone, wanted, least: Math.ceil(wanted * (1 / (1 + OVERLOAD))) };
  });
  const all = least.reduce((sum, each) => sum + each.least, 0);
  if (all > count) return { problem: `${TOO_FEW} ${numbers}` };
  const allocated = least.map((each): [string, Allocation] => [
    each.zone,
    { wanted: Math.max(each.wanted, each.least), most: each.least + count - all },
  ]);
  return { of: new Map(allocated) };
}

function toldZones(slices: readonly EndpointSlice[]): ReadonlyMap<string, string> {
  const told = new Map<string, string>();
  for (const { endpoints } of slices)
    for (const { conditions, hints, targetRef } of endpoints ?? []) {
      const zone = hints?.forZones?.[0]?.name;
      if (conditions?.ready) told.set(targetRef?.uid ?? '', zone ?? '');
    }
  return told;
}

/** The very same endpoints stay where they are for as long as no zone has too many (getHintsByZone). */
function isStillRight(
  ready: readonly Endpoint[],
  told: ReadonlyMap<string, string>,
  allocations: ReadonlyMap<string, Allocation>,
): boolean {
  if (told.size !== ready.length || !ready.every(({ targetRef }) => told.has(targetRef?.uid ?? '')))
    return false;
  const counts = new Map<string, number>();
  for (const zone of told.values()) counts.set(zone, (counts.get(zone) ?? 0) + 1);
  return [...counts].every(([zone, count]) => count <= (allocations.get(zone)?.most ?? -1));
}

/** Who gives how many, and who gets them, one after another (getGivingAndReceivingZones). */
function movesBetween(
  allocations: ReadonlyMap<string, Allocation>,
  counts: ReadonlyMap<string, number>,
): { readonly giving: Map<string, number>; readonly receiving: string[] } {
  const [over, under] = [new Map<string, number>(), new Map<string, number>()];
  for (const [zone, { wanted }] of allocations) {
    const more = (counts.get(zone) ?? 0) - wanted;
    if (more > 0) over.set(zone, more);
    if (more < 0) under.set(zone, -more);
  }
  const giving = new Map<string, number>();
  const receiving: string[] = [];
  for (;;) {
    const [from, to] = [greatest(over), greatest(under)];
    if (!from || !to || (from[1] < 1 && to[1] < 1) || from[1] < 0.5 || to[1] < 0.5) break;
    giving.set(from[0], (giving.get(from[0]) ?? 0) + 1);
    over.set(from[0], from[1] - 1);
    receiving.push(to[0]);
    under.set(to[0], to[1] - 1);
  }
  return { giving, receiving: receiving.sort(compareText) };
}

function greatest(amounts: ReadonlyMap<string, number>): readonly [string, number] | undefined {
  let found: readonly [string, number] | undefined;
  for (const each of amounts) if (each[1] > (found?.[1] ?? 0)) found = each;
  return found;
}

function takeOne(amounts: Map<string, number>, name: string): boolean {
  const left = amounts.get(name) ?? 0;
  if (left > 0) amounts.set(name, left - 1);
  return left > 0;
}
