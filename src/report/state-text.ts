import { firstAbove } from '../kernel/table/first-above.ts';
import type { Moment } from '../replay/seek.ts';
import type { Timeline } from '../replay/timeline.ts';
import type { ToldWords, Words } from '../words/words.ts';
import { formatClock } from './clock.ts';
import { printable } from './printable.ts';
import { type StateSummary, stateSummary } from './state-summary.ts';

export interface StateTelling {
  /** What the log is called. */
  readonly name: string;
  readonly words: Pick<Words, 'told' | 'wrong'>;
  /** Absent: all of them. */
  readonly namespace?: string;
}

/** The world at a moment, in short. */
export function stateText(
  timeline: Timeline,
  { cursor, clock }: Pick<Moment, 'cursor' | 'clock'>,
  { name, words: { told, wrong }, namespace }: StateTelling,
): string {
  const world = timeline.worldAt(cursor);
  const step = firstAbove(timeline.steps, cursor);
  const inStep = step === 0 ? '' : told.inStep(step, timeline.steps.length);
  const head = `${told.place(name, formatClock(clock), cursor)}${inStep}`;
  if (world.store.tables.settings.read('cluster', cursor) === undefined)
    return printable(`${head}\n${wrong.noCluster}\n`);
  const lines = summaryLines(stateSummary(world, namespace), told);
  return printable(`${[head, ...lines].join('\n')}\n`);
}

function summaryLines(summary: StateSummary, told: ToldWords): readonly string[] {
  const { nodes, pods, workloads, traffic, unhealthy } = summary;
  const podTexts = pods.map(([status, count]) => `${count} ${status}`);
  return [
    ...section(told.nodes, [told.nodesReady(nodes.ready, nodes.all)]),
    ...section(told.pods, [podTexts.length === 0 ? told.none : podTexts.join(', ')]),
    ...section(
      told.workloads,
      workloads.length === 0
        ? [told.none]
        : workloads.map(({ object, ready, wanted }) => `${object}  ${told.workloadReady(ready, wanted)}`),
    ),
    ...(traffic.length === 0
      ? []
      : section(
          told.traffic,
          traffic.map((line) => line.replace(/^traffic /, '')),
        )),
    ...section(
      told.unhealthy,
      unhealthy.length === 0
        ? [told.healthy]
        : unhealthy.flatMap(({ object, is, because }) => [
            `${object}  ${is}`,
            ...(because === undefined ? [] : [`  ${because.replace(/\s+/g, ' ')}`]),
          ]),
    ),
  ];
}

/** A heading and, indented, what stands under it. */
function section(heading: string, lines: readonly string[]): readonly string[] {
  return [heading, ...lines.map((line) => `  ${line}`)];
}
