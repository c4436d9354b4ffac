import type { KubeObject } from '../../../../objects/kube-object.ts';
import type { Node } from '../../../../objects/kubernetes.ts';
import type { NodeMetrics } from '../../../../objects/metrics.ts';
import { milliValue } from '../../../../objects/quantity.ts';
import { inVersion, type Since } from '../../../../objects/versions.ts';
import { fail } from '../../failure.ts';
import { DONE, demand, type Invocation, type Steps } from '../../invocation.ts';
import { goSorted } from '../../print/go/go-sort.ts';
import { askMetrics, isBefore, nameTyped, tabbed, usageCells } from './ask-metrics.ts';

/** kubectl: metricsutil/metrics_printer.go; seen in the programs of 1.31 and 1.32. */
const PERCENT_COLUMNS: Since<readonly [cpu: string, memory: string]> = [
  [0, ['CPU%', 'MEMORY%']],
  [32, ['CPU(%)', 'MEMORY(%)']],
];

/** Nodes with what they use, and of how much (kubectl: cmd/top/top_node.go). */
export function* showNodes(invocation: Invocation): Steps {
  const { flags, out, version } = invocation;
  const name = nameTyped(invocation, 'node [NAME | -l label]');
  const labelSelector = flags.text('selector');
  if (name !== undefined && labelSelector !== '') fail('only one of NAME or --selector can be provided');
  const found = yield* askMetrics(invocation, { resource: 'nodes.metrics.k8s.io', name });
  if (found.length === 0) fail('metrics not available yet');
  const nodes = yield* nodesMeant(invocation, name);
  const metrics = (found as readonly (KubeObject & NodeMetrics)[]).map(({ metadata, usage }) => ({
    name: metadata.name ?? '',
    usage,
  }));
  const sorted = goSorted(metrics, isBefore(flags.text('sort-by')), version);
  const [cpu, memory] = inVersion(PERCENT_COLUMNS, version);
  const head = [['NAME', 'CPU(cores)', cpu, 'MEMORY(bytes)', memory]];
  const isMeasured = ({ metadata }: Node): boolean => metrics.some((each) => each.name === metadata.name);
  const missing = nodes.filter((node) => !isMeasured(node));
  out(
    tabbed([
      ...(flags.bool('no-headers') ? [] : head),
      ...sorted.map((each) => nodeLine(each, nodes, flags.bool('show-capacity'))),
      ...missing.map(({ metadata }) => [metadata.name ?? '', ...UNKNOWN]),
    ]),
  );
  return DONE;
}

const UNKNOWN = Array.from({ length: 4 }, () => '<unknown>');

function* nodesMeant(invocation: Invocation, name: string | undefined): Steps<readonly Node[]> {
  const resource = 'nodes';
  if (name !== undefined) {
    const { object } = yield* demand(invocation, { verb: 'get', resource, name });
    return object ? [object as Node] : [];
  }
  const labelSelector = invocation.flags.text('selector');
  const request = { verb: 'list', resource, ...(labelSelector !== '' && { labelSelector }) } as const;
  const { items = [] } = yield* demand(invocation, request);
  return items as readonly Node[];
}

function nodeLine(
  { name, usage }: { readonly name: string; readonly usage: NodeMetrics['usage'] },
  nodes: readonly Node[],
  isOfCapacity: boolean,
): readonly string[] {
  const status = nodes.find(({ metadata }) => metadata.name === name)?.status;
  const available = (isOfCapacity ? status?.capacity : status?.allocatable) ?? {};
  const [cpu, memory] = usageCells(usage);
  const percent = (kind: 'cpu' | 'memory'): readonly string[] => {
    const all = available[kind];
    if (all === undefined) return [];
    return [`${Math.trunc((milliValue(usage[kind]) / milliValue(all)) * 100)}%`];
  };
  return [name, cpu, ...percent('cpu'), memory, ...percent('memory')];
}
