import type { ObjectReader } from '../../contract/reader.ts';
import { DEVICE_CLASSES } from '../../objects/devices/device-claims.ts';
import { attributeOf, isBorne, isSelected } from '../../objects/devices/device-selection.ts';
import { isEqualJson } from '../../objects/json.ts';
import type {
  AllocationResult,
  DeviceAllocationConfiguration,
  DeviceClass,
  DeviceConstraint,
  DeviceRequestAllocationResult,
  DynamicResourceClaim,
  ExactDeviceRequest,
  NodeSelector,
} from '../../objects/kubernetes.ts';
import { deviceKey, type ReachedDevice } from './offered-devices.ts';

/** What a node has to give. */
export interface Stock {
  readonly objects: ObjectReader;
  readonly devices: readonly ReachedDevice[];
  readonly taken: ReadonlySet<string>;
}

/** One device that a claim wants. */
interface Slot {
  readonly request: string;
  readonly className: string;
  readonly candidates: readonly ReachedDevice[];
  readonly isAdmin: boolean;
}

interface Filled {
  readonly slot: Slot;
  readonly device: ReachedDevice;
}

/**
 * Devices of a node for claims, all of them or none: the first that fit, in the order of the slices
 * (dynamic-resource-allocation: structured/allocator.go). A text where an expression could not be evaluated;
 * undefined where there are not enough.
 */
export function allocate(
  claims: readonly DynamicResourceClaim[],
  stock: Stock,
): readonly AllocationResult[] | string | undefined {
  const results: AllocationResult[] = [];
  let taken = stock.taken;
  for (const claim of claims) {
    const filled = fillClaim(claim, { ...stock, taken });
    if (filled === undefined || typeof filled === 'string') return filled;
    results.push(resultOf(claim, filled, stock.objects));
    taken = new Set([...taken, ...filled.filter(({ slot }) => !slot.isAdmin).map(keyOf)]);
  }
  return results;
}

const keyOf = ({ device }: Filled): string => deviceKey(device);

function fillClaim(claim: DynamicResourceClaim, stock: Stock): readonly Filled[] | string | undefined {
  const { requests = [], constraints = [] } = claim.spec.devices ?? {};
  // Each request is a list of alternatives, tried in their order.
  let plans: (readonly Slot[])[] = [[]];
  for (const { name, exactly, firstAvailable = [] } of requests) {
    const wanted = exactly ? [{ ...exactly, name: '' }] : firstAvailable;
    const alternatives: (readonly Slot[])[] = [];
    for (const one of wanted) {
      const request = one.name === '' ? name : `${name}/${one.name}`;
      const slots = slotsOf(one, request, stock);
      if (typeof slots === 'string') return `claim ${claim.metadata.name}: ${slots}`;
      if (slots) alternatives.push(slots);
    }
    plans = plans.flatMap((plan) => alternatives.map((slots) => [...plan, ...slots]));
  }
  for (const plan of plans) {
    const filled = fill(plan, constraints, stock.taken);
    if (filled) return filled;
  }
  return undefined;
}

/** The devices that one request is about; undefined where all are wanted and one of them is not free. */
function slotsOf(
  wanted: ExactDeviceRequest,
  request: string,
  { objects, devices, taken }: Stock,
): readonly Slot[] | string | undefined {
  const { deviceClassName: className, allocationMode, count = 1, adminAccess: isAdmin = false } = wanted;
  const ofClass = objects.get<DeviceClass>(DEVICE_CLASSES, undefined, className)?.spec.selectors ?? [];
  const candidates: ReachedDevice[] = [];
  for (const device of devices) {
    const isOfClass = isSelected(device, ofClass);
    if (typeof isOfClass !== 'boolean') return `class ${className}: ${isOfClass.problem}`;
    const isChosen = isOfClass && isSelected(device, wanted.selectors);
    if (typeof isChosen !== 'boolean') return `request ${request}: ${isChosen.problem}`;
    if (isChosen && isBorne(device.device, wanted.tolerations)) candidates.push(device);
  }
  const slot = { request, className, isAdmin };
  if (allocationMode !== 'All') return Array.from({ length: count }, () => ({ ...slot, candidates }));
  const isFree = (device: ReachedDevice): boolean => isAdmin || !taken.has(deviceKey(device));
  if (candidates.length === 0 || !candidates.every(isFree)) return undefined;
  return candidates.map((device) => ({ ...slot, candidates: [device] }));
}

/** Depth first: what a later slot misses is looked for by choosing otherwise for an earlier one. */
function fill(
  slots: readonly Slot[],
  constraints: readonly DeviceConstraint[],
  taken: ReadonlySet<string>,
  filled: readonly Filled[] = [],
): readonly Filled[] | undefined {
  const [slot, ...rest] = slots;
  if (!slot) return filled;
  for (const device of slot.candidates) {
    const key = deviceKey(device);
    if (!slot.isAdmin && (taken.has(key) || filled.some((each) => keyOf(each) === key))) continue;
    const now = [...filled, { slot, device }];
    if (!constraints.every((constraint) => isKept(constraint, now))) continue;
    const all = fill(rest, constraints, taken, now);
    if (all) return all;
  }
  return undefined;
}

function isKept(
  { requests, matchAttribute, distinctAttribute }: DeviceConstraint,
  filled: readonly Filled[],
) {
  const meant = filled.filter(({ slot }) => isOf(slot.request, requests));
  const wanted = matchAttribute ?? distinctAttribute;
  if (wanted === undefined) return true;
  const values = meant.map(({ device }) => attributeOf(device, wanted));
  if (values.some((value) => value === undefined)) return false;
  if (matchAttribute !== undefined) return values.every((value) => isEqualJson(value, values[0]));
  return new Set(values).size === values.length;
}

function isOf(request: string, named: readonly string[] | undefined): boolean {
  return (
    !named || named.length === 0 || named.some((name) => request === name || request.startsWith(`${name}/`))
  );
}

function resultOf(
  claim: DynamicResourceClaim,
  filled: readonly Filled[],
  objects: ObjectReader,
): AllocationResult {
  const results = filled.map(
    ({ slot, device: { driver, pool, device } }): DeviceRequestAllocationResult => ({
      ...(slot.isAdmin && { adminAccess: true }),
      device: device.name,
      driver,
      pool,
      request: slot.request,
    }),
  );
  const config = configOf(claim, filled, objects);
  const selector = placeOf(filled);
  return {
    devices: { ...(config.length > 0 && { config }), results },
    ...(selector && { nodeSelector: selector }),
  };
}

function configOf(
  { spec }: DynamicResourceClaim,
  filled: readonly Filled[],
  objects: ObjectReader,
): DeviceAllocationConfiguration[] {
  const requests = [...new Set(filled.map(({ slot }) => slot.request))];
  const ofClasses = requests.flatMap((request) => {
    const className = filled.find(({ slot }) => slot.request === request)?.slot.className ?? '';
    const { config = [] } = objects.get<DeviceClass>(DEVICE_CLASSES, undefined, className)?.spec ?? {};
    return config.map((one) => ({ ...one, requests: [request], source: 'FromClass' }));
  });
  const ofClaim = (spec.devices?.config ?? []).map((one) => ({ ...one, source: 'FromClaim' }));
  return [...ofClasses, ...ofClaim];
}

/** Where all the devices can be used: at what each of them demands. */
function placeOf(filled: readonly Filled[]): NodeSelector | undefined {
  const selectors = filled.flatMap(({ device }) => device.selector ?? []);
  const distinct = selectors.filter(
    (selector, index) => selectors.findIndex((each) => isEqualJson(each, selector)) === index,
  );
  const [first, ...others] = distinct;
  if (!first) return undefined;
  // Of a named node nothing more is to be said.
  const named = distinct.find(({ nodeSelectorTerms: [term] }) => term?.matchFields);
  if (named || others.length === 0) return named ?? first;
  const [term] = first.nodeSelectorTerms;
  const more = others.flatMap(({ nodeSelectorTerms: [each] }) => each?.matchExpressions ?? []);
  return {
    nodeSelectorTerms: [{ ...term, matchExpressions: [...(term?.matchExpressions ?? []), ...more] }],
  };
}
