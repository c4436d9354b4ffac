import type { Millis } from '../../../kernel/time/millis.ts';
import type { Component, Reaction, View } from '../../contract/component.ts';
import type { MachineRow } from '../../contract/machine-rows.ts';
import { hasAddon } from '../../contract/settings.ts';
import type { ContainerUsage, UsageRow } from '../../contract/usage-row.ts';
import { nextScrape, SCRAPE_PERIOD_MS } from '../../world/scrapes.ts';
import { type Used, usedOnNode } from './container-usage.ts';

const ACTOR = 'metrics-server';

/**
 * One point of a container that has only just begun is enough from here on (metrics-server: storage/pod.go).
 */
const FRESH_MS = 10_000;

/**
 * Asks the kubelets every fifteen seconds what their containers use. What it finds is derived, and is written
 * down only where it is not what was found before.
 */
export const metricsServer: Component = {
  name: ACTOR,
  *addresses({ settings }) {
    if (hasAddon(settings, 'metricsServer')) yield { actor: ACTOR, key: 'scrape' };
  },
  *reconcile(view, _address, now) {
    if (hasAddon(view.settings, 'metricsServer') && nextScrape(view.chance, now) === now)
      yield* scrape(view, now);
  },
  wake({ settings, chance }, _address, from) {
    return hasAddon(settings, 'metricsServer') ? { at: nextScrape(chance, from), cause: null } : undefined;
  },
};

type Measured = Pick<UsageRow, 'node' | 'containers'>;

function* scrape(view: View, now: Millis): Reaction {
  const used: Record<string, Measured> = {};
  const known = new Set<string>();
  let follows = 0;
  for (const machine of view.rows.rowsBy('machines', 'all', '')) {
    for (const [pod, found] of isInReach(machine) ? podsOn(view, machine.node, now) : []) {
      known.add(pod);
      const before = view.rows.row('usages', pod);
      if (before && isSame(before, found.measured)) continue;
      used[pod] = found.measured;
      follows = Math.max(follows, found.cause);
    }
  }
  const gone = view.rows.rowsBy('usages', 'all', '').flatMap(({ pod }) => (known.has(pod) ? [] : [pod]));
  const isNews = Object.keys(used).length > 0;
  if (!isNews && gone.length === 0) return;
  yield {
    type: 'UsageScraped',
    ...(isNews && { used }),
    ...(gone.length > 0 && { gone }),
    ...(follows > 0 && { follows }),
  };
}

function isInReach({ off, cutFrom = [], removed, kubelet }: MachineRow): boolean {
  return off === undefined && removed === undefined && cutFrom.length === 0 && kubelet.running;
}

interface Found {
  readonly measured: Measured;
  readonly cause: number;
}

/** The pods of a node by `namespace/name`, those whose containers have all run for long enough. */
function podsOn(view: View, node: string, now: Millis): ReadonlyMap<string, Found> {
  const all = usedOnNode(view, node, { now, lengthMs: SCRAPE_PERIOD_MS });
  const fresh = new Set(all.filter(isFresh(now)).map(({ running }) => running.row.pod));
  const pods = new Map<string, Found>();
  for (const each of all) {
    const { row } = each.running;
    if (fresh.has(row.pod)) continue;
    const pod = row.pod.slice(0, row.pod.lastIndexOf('/'));
    const { measured, cause } = pods.get(pod) ?? { measured: { node, containers: {} }, cause: 0 };
    pods.set(pod, {
      measured: { node, containers: { ...measured.containers, [row.name]: measuredOf(each) } },
      cause: Math.max(cause, each.cause ?? 0),
    });
  }
  return pods;
}

function isFresh(now: Millis): (used: Used) => boolean {
  return ({ running: { row } }) => now - (row.startedAt ?? now) < FRESH_MS;
}

const KIBIBYTE = 1024;
/** Finer than anybody asks: a thousandth of a millicore. */
const STEP_NANO = 1000;

function measuredOf({ cpus, memoryBytes }: Used): ContainerUsage {
  return [Math.round((cpus * 1e9) / STEP_NANO) * STEP_NANO, Math.round(memoryBytes / KIBIBYTE) * KIBIBYTE];
}

function isSame(before: Measured, { node, containers }: Measured): boolean {
  const names = Object.keys(containers);
  return (
    before.node === node &&
    names.length === Object.keys(before.containers).length &&
    names.every((name) => {
      const [cpu, memory] = before.containers[name] ?? [];
      return cpu === containers[name]?.[0] && memory === containers[name]?.[1];
    })
  );
}
