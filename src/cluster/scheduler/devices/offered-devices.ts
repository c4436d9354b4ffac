import type { ObjectReader } from '../../contract/reader.ts';
import { DEVICE_CLAIMS, DEVICE_SLICES } from '../../objects/devices/device-claims.ts';
import type { OfferedDevice } from '../../objects/devices/device-selection.ts';
import type { DynamicResourceClaim, Node, NodeSelector, ResourceSlice } from '../../objects/kubernetes.ts';
import { matchesNodeSelector } from '../../objects/node-selection.ts';

/** A device that a node can use, and who else can. */
export interface ReachedDevice extends OfferedDevice {
  /** Absent where every node can. */
  readonly selector?: NodeSelector;
}

/** By what a device is told from all others. */
export function deviceKey({ driver, pool, device }: OfferedDevice): string {
  return `${driver}/${pool}/${device.name}`;
}

/**
 * Slices that say what there is by now: the latest generation of each pool, if all of its slices are there
 * (dynamic-resource-allocation: structured/internal/pools.go).
 */
export function currentSlices(objects: ObjectReader): readonly ResourceSlice[] {
  const pools = new Map<string, ResourceSlice[]>();
  for (const slice of objects.list<ResourceSlice>(DEVICE_SLICES)) {
    const key = `${slice.spec.driver}/${slice.spec.pool.name}`;
    const known = pools.get(key) ?? [];
    const latest = known[0]?.spec.pool.generation ?? -1;
    if (slice.spec.pool.generation > latest) pools.set(key, [slice]);
    else if (slice.spec.pool.generation === latest) pools.set(key, [...known, slice]);
  }
  return [...pools.values()].filter((pool) => pool.length === pool[0]?.spec.pool.resourceSliceCount).flat();
}

/** The devices of slices that a node can use, in their order. */
export function devicesOn(slices: readonly ResourceSlice[], node: Node): readonly ReachedDevice[] {
  return slices.flatMap(({ spec }) =>
    (spec.devices ?? []).flatMap((device): readonly ReachedDevice[] => {
      const place = spec.perDeviceNodeSelection ? device : spec;
      const selector = reachOf(place);
      if (selector !== 'all' && !(selector && matchesNodeSelector(selector, node))) return [];
      const offered = { driver: spec.driver, pool: spec.pool.name, device };
      return [{ ...offered, ...(selector !== 'all' && { selector }) }];
    }),
  );
}

interface Place {
  readonly allNodes?: boolean;
  readonly nodeName?: string;
  readonly nodeSelector?: NodeSelector;
}

function reachOf({ allNodes, nodeName, nodeSelector }: Place): NodeSelector | 'all' | undefined {
  if (allNodes) return 'all';
  if (nodeName === undefined) return nodeSelector;
  const named = { key: 'metadata.name', operator: 'In', values: [nodeName] };
  return { nodeSelectorTerms: [{ matchFields: [named] }] };
}

/** Devices that claims have already. Those that somebody only administers are nobody's. */
export function devicesTaken(objects: ObjectReader): ReadonlySet<string> {
  return new Set(
    objects
      .list<DynamicResourceClaim>(DEVICE_CLAIMS)
      .flatMap(({ status }) => status?.allocation?.devices?.results ?? [])
      .filter(({ adminAccess }) => !adminAccess)
      .map(({ driver, pool, device }) => `${driver}/${pool}/${device}`),
  );
}
