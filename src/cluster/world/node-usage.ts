import type { Millis } from '../../kernel/time/millis.ts';
import type { RowReader } from '../contract/reader.ts';
import type { ClusterSettings } from '../contract/settings.ts';
import type { ContainerUsage } from '../contract/usage-row.ts';
import { milliValue, wholeValue } from '../objects/quantity.ts';
import { lastScrape, SCRAPE_PERIOD_MS } from './scrapes.ts';

/** The kubelet, the container runtime and the system of a machine that does little. */
const SYSTEM_NANO = 25_000_000;
const PER_POD_NANO = 1_000_000;

/** What the system, the container runtime and the kubelet itself take: a tenth of a small machine. */
const SYSTEM_BYTES = 300 << 20;
const SYSTEM_SHARE = 0.1;

/** Bytes of a machine's memory that no pod has. */
export function systemBytes(capacity: number): number {
  return Math.min(SYSTEM_BYTES, Math.round(capacity * SYSTEM_SHARE));
}

/**
 * What a node used between the last two scrapes: its pods, and its system. Undefined for one that could not
 * be asked, or has only just begun.
 */
export function nodeUsage(
  rows: RowReader,
  settings: ClusterSettings,
  { node, at }: { readonly node: string; readonly at: Millis },
): ContainerUsage | undefined {
  const machine = rows.row('machines', node);
  if (!machine || machine.off || machine.cutFrom !== undefined || !machine.kubelet.running) return undefined;
  if (machine.kubelet.since > lastScrape(settings, at) - SCRAPE_PERIOD_MS) return undefined;
  const stated = settings.nodes.find(({ name }) => name === node) ?? machine.joined?.settings;
  const { cpu = '1', memory = '0' } = stated?.capacity ?? {};
  const pods = rows.rowsBy('usages', 'node', node);
  const used = pods.flatMap(({ containers }) => Object.values(containers));
  const sum = (index: 0 | 1): number => used.reduce((total, usage) => total + usage[index], 0);
  const nano = sum(0) + SYSTEM_NANO + pods.length * PER_POD_NANO;
  return [Math.min(nano, milliValue(cpu) * 1_000_000), sum(1) + systemBytes(wholeValue(memory))];
}
