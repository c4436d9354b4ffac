import { ZONE } from '../../cluster/contract/machine-rows.ts';
import { PODS } from '../../cluster/contract/path-row.ts';
import type { ClusterSettings } from '../../cluster/contract/settings.ts';
import { type FaultDocument, faultSchema } from './schema/fault-schema.ts';

const VERBS =
  /^(?:stop|start|restart|freeze|resume|cut|mend|kill|fill|free|fail|slow|drop|skew|expire|lose|corrupt|save|restore)$/;

/** What may follow, each with a value; of these, those that are always lists. */
const KEYS: ReadonlySet<string> = new Set([
  'as',
  'because',
  'between',
  'by',
  'container',
  'for',
  'from',
  'names',
  'namespace',
  'of',
  'pod',
  'registry',
  'resources',
  'share',
  'signal',
  'size',
  'takes',
  'times',
  'to',
]);
const LISTS: ReadonlySet<string> = new Set(['names', 'resources']);

/**
 * A line that makes something break, or mends it, as a scenario would write it; undefined for any other. It
 * is what happens to what, where, and more of it by key and value: `stop kubelet node-2`, `cut network node-1
 * from control-plane for 30s`, `fail pulls because rateLimited`.
 */
export function typedFault(line: string): FaultDocument | undefined {
  const [does = '', what, ...rest] = line.trim().replace(BETWEEN, ' between $1&$2').split(/\s+/);
  if (!VERBS.test(does)) return undefined;
  const [first] = rest;
  const isPlace = first !== undefined && !KEYS.has(first);
  const pairs = isPlace ? rest.slice(1) : rest;
  const document: Record<string, unknown> = { [does]: what, ...(isPlace && { node: oneOrAll(first) }) };
  for (let index = 0; index < pairs.length; index += 2) {
    const key = pairs[index] ?? '';
    const value = pairs[index + 1];
    if (!KEYS.has(key) || value === undefined || key in document) return undefined;
    document[key] = valueUnder(key, value);
  }
  return faultSchema.safeParse(document).data;
}

/** `between pods/app=web and pods/app=db` */
const BETWEEN = /\sbetween (\S+) and (\S+)/;

function valueUnder(key: string, value: string): unknown {
  if (LISTS.has(key)) return value.split(',');
  if (key === 'between') return value.split('&').map(oneOrAll);
  if (key === 'from' || (key === 'to' && value.includes(','))) return oneOrAll(value);
  return key === 'times' ? Number(value) : value;
}

/** Whether the cluster has the machines, or the zones, that a fault speaks of. */
export function areThere(fault: FaultDocument, { nodes }: Pick<ClusterSettings, 'nodes'>): boolean {
  const named = 'node' in fault ? [fault.node ?? []].flat() : [];
  const zones = nodes.map(({ labels }) => `${ZONE}${labels['topology.kubernetes.io/zone']}`);
  const known = new Set([...nodes.map(({ name }) => name), ...zones]);
  return named.every((node) => known.has(node));
}

function oneOrAll(names: string): string | readonly string[] {
  return names.includes(',') && !names.startsWith(PODS) ? names.split(',') : names;
}
