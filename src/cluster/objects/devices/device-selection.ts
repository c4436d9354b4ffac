import { celValue, evaluate } from '../cel/evaluate.ts';
import { celQuantity } from '../cel/extensions.ts';
import type { Device, DeviceAttribute, DeviceSelector, DeviceToleration } from '../kubernetes.ts';

/** A device as it stands in a slice of its driver's. */
export interface OfferedDevice {
  readonly driver: string;
  readonly pool: string;
  readonly device: Device;
}

/** Whether all selectors choose a device, or why that can't be told. */
export function isSelected(
  offered: OfferedDevice,
  selectors: readonly DeviceSelector[] = [],
): boolean | { readonly problem: string } {
  for (const [index, { cel }] of selectors.entries()) {
    if (!cel) continue;
    const found = evaluate(cel.expression, { device: celDevice(offered) });
    if (!found.ok) return { problem: `selector #${index}: runtime error: ${found.why}` };
    if (found.value !== true) return false;
  }
  return true;
}

/** Attributes and capacities are called by a domain and a name; the driver's own need no domain. */
function celDevice({ driver, device }: OfferedDevice): Readonly<Record<string, unknown>> {
  return {
    driver,
    allowMultipleAllocations: device.allowMultipleAllocations ?? false,
    attributes: byDomain(driver, device.attributes, (value) => celValue(attributeValue(value))),
    capacity: byDomain(driver, device.capacity, ({ value }) => celQuantity(String(value))),
  };
}

function byDomain<Value>(
  driver: string,
  named: Readonly<Record<string, Value>> = {},
  toValue: (value: Value) => unknown,
): Record<string, Record<string, unknown>> {
  const domains: Record<string, Record<string, unknown>> = { [driver]: {} };
  for (const [key, value] of Object.entries(named)) {
    const [domain, name] = qualified(key, driver);
    domains[domain] = { ...domains[domain], [name]: toValue(value) };
  }
  return domains;
}

function qualified(key: string, driver: string): readonly [domain: string, name: string] {
  const slash = key.indexOf('/');
  return slash < 0 ? [driver, key] : [key.slice(0, slash), key.slice(slash + 1)];
}

/** What a constraint compares: the attribute as its driver tells it, whatever domain it is asked by. */
export function attributeOf({ driver, device }: OfferedDevice, wanted: string): unknown {
  const [domain, name] = qualified(wanted, driver);
  const own = domain === driver ? device.attributes?.[name] : undefined;
  const value = device.attributes?.[wanted] ?? own;
  return value && attributeValue(value);
}

function attributeValue({ bool, int, string, version }: DeviceAttribute): unknown {
  return bool ?? int ?? string ?? version ?? null;
}

/** Whether a device that is tainted may be had all the same (resource/v1: DeviceTaint, DeviceToleration). */
export function isBorne({ taints = [] }: Device, tolerations: readonly DeviceToleration[] = []): boolean {
  return taints
    .filter(({ effect }) => effect === 'NoSchedule' || effect === 'NoExecute')
    .every((taint) =>
      tolerations.some(
        ({ key, operator = 'Equal', value = '', effect }) =>
          (!effect || effect === taint.effect) &&
          (!key || key === taint.key) &&
          (operator === 'Exists' || value === (taint.value ?? '')),
      ),
    );
}
