import type { ReactNode } from 'react';
import type { Timeline } from '../../replay/timeline.ts';
import { type Instant, type PodRow, type PodThere, podRows } from '../../report/pod-rows.ts';
import { alignedRows, shortName } from '../columns.ts';
import { Words } from '../theme.tsx';
import type { ScreenWords } from '../words.ts';
import { Pane } from './pane.tsx';

interface Props {
  readonly timeline: Timeline;
  readonly instant: Instant;
  readonly pods: readonly PodThere[];
  /** seq of the place before the present one: what came after it has changed just now. */
  readonly before: number;
  readonly words: ScreenWords;
  readonly others?: readonly string[];
  readonly width: number;
  readonly height: number;
}

/** The pods as kubectl shows them, and what happened to each last. */
export function PodsPane(props: Props): ReactNode {
  const { timeline, instant, pods, before, words, others = [], width, height } = props;
  const room = height - 2;
  const shown = podRows(timeline, instant, { pods, most: pods.length <= room ? room : room - 1 });
  const [header = '', ...lines] = podLines(shown, width);
  return (
    <Pane title={words.pods} others={others} width={width} height={height}>
      {pods.length === 0 ? <Words tone="faint">{words.noPods}</Words> : <Words tone="faint">{header}</Words>}
      {shown.map(({ namespace, name, changedAt }, index) => {
        const isNew = changedAt > before;
        return (
          <Words key={`${namespace}/${name}`} tone={isNew ? 'strong' : 'plain'}>
            {`${isNew ? '▸' : ' '} ${lines[index] ?? ''}`}
          </Words>
        );
      })}
      {shown.length < pods.length && (
        <Words tone="faint">{`  ${words.otherPods(pods.length - shown.length)}`}</Words>
      )}
    </Pane>
  );
}

/** How high the pane is when it shows all. */
export function podsHeight(pods: readonly PodThere[]): number {
  return Math.max(1, pods.length) + 2;
}

/** From so many columns on there is room for the nodes as well. */
const NODES_FROM = 100;

function podLines(rows: readonly PodRow[], width: number): readonly string[] {
  const isNamespaced = new Set(rows.map(({ namespace }) => namespace)).size > 1;
  const isWide = width >= NODES_FROM;
  const nameWidth = Math.max(12, Math.floor(width / 3));
  const header = ['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE', ...(isWide ? ['NODE'] : []), 'CHANGED'];
  const cells = rows.map((row) => [
    ...(isNamespaced ? [row.namespace] : []),
    shortName(row.name, nameWidth),
    row.ready,
    row.status,
    row.restarts,
    row.age,
    ...(isWide ? [row.node || '-'] : []),
    `${row.ago}, ${row.change}`,
  ]);
  const [head = '', ...lines] = alignedRows([[...(isNamespaced ? ['NAMESPACE'] : []), ...header], ...cells]);
  return [`  ${head}`, ...lines];
}
