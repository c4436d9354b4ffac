import type { KubeObject } from '../../../../objects/kube-object.ts';
import type { ResourceUsage } from '../../../../objects/metrics.ts';
import { addAmounts, milliValue, parseQuantity, wholeValue, ZERO } from '../../../../objects/quantity.ts';
import { fail, failUsage, failWith } from '../../failure.ts';
import { ask, type Invocation, type Steps } from '../../invocation.ts';
import { alignColumns, TABLE_ALIGNMENT } from '../../print/table/align-columns.ts';

/** What is measured of one thing, or of all that the selector chooses. */
export interface Wanted {
  readonly resource: 'pods.metrics.k8s.io' | 'nodes.metrics.k8s.io';
  readonly namespace?: string;
  readonly name: string | undefined;
}

export function* askMetrics(
  invocation: Invocation,
  { resource, namespace, name }: Wanted,
): Steps<readonly KubeObject[]> {
  const at = { resource, ...(namespace !== undefined && { namespace }) };
  const labelSelector = invocation.flags.text('selector');
  const response = yield* ask(
    invocation,
    name === undefined
      ? { verb: 'list', ...at, ...(labelSelector !== '' && { labelSelector }) }
      : { verb: 'get', ...at, name },
  );
  if (response.ok) return response.items ?? (response.object ? [response.object] : []);
  // kubectl asks for the groups that are served before it asks for anything.
  if (response.status.message === 'the server could not find the requested resource')
    fail('Metrics API not available');
  failWith([{ status: response.status }]);
  return [];
}

/** The name that was typed, if what was typed is in order. */
export function nameTyped({ args, flags, path }: Invocation, usage: string): string | undefined {
  if (args.length > 1) failUsage(path, usage);
  const sortBy = flags.text('sort-by');
  if (!['', 'cpu', 'memory'].includes(sortBy)) fail('--sort-by accepts only cpu or memory');
  return args[0];
}

/** Thousandths of a processor, and mebibytes. */
export function usageCells({ cpu, memory }: ResourceUsage): readonly [string, string] {
  return [`${milliValue(cpu)}m`, `${Math.floor(wholeValue(memory) / 2 ** 20)}Mi`];
}

export function sumOf(usages: readonly ResourceUsage[]): ResourceUsage {
  const sum = (name: keyof ResourceUsage): string => {
    const { nano } = usages.reduce(
      (total, usage) => addAmounts(total, parseQuantity(usage[name]) ?? ZERO),
      ZERO,
    );
    return `${nano}n`;
  };
  return { cpu: sum('cpu'), memory: sum('memory') };
}

/** The larger first where it goes by what is used, else by the name. */
export function isBefore(sortBy: string): (a: Measured, b: Measured) => boolean {
  if (sortBy === 'cpu') return (a, b) => milliValue(a.usage.cpu) > milliValue(b.usage.cpu);
  if (sortBy === 'memory') return (a, b) => wholeValue(a.usage.memory) > wholeValue(b.usage.memory);
  return (a, b) => a.name < b.name;
}

export interface Measured {
  readonly name: string;
  readonly usage: ResourceUsage;
}

/** Every cell ends in a tab, the last one too. */
export function tabbed(lines: readonly (readonly string[])[]): string {
  const text = lines.map((cells) => `${cells.join('\t')}\t\n`).join('');
  return alignColumns(text, TABLE_ALIGNMENT).text;
}
