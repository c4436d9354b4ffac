import type { ReactNode } from 'react';
import type { K8sEventRow } from '../../report/k8s-event-rows.ts';
import { alignedRows } from '../columns.ts';
import { Words } from '../theme.tsx';
import type { ScreenWords } from '../words.ts';
import { Pane } from './pane.tsx';

interface Props {
  readonly rows: readonly K8sEventRow[];
  readonly words: ScreenWords;
  readonly others: readonly string[];
  readonly width: number;
  readonly height: number;
}

/** The Kubernetes Events that there are, the last one at the bottom. */
export function EventsPane({ rows, words, others, width, height }: Props): ReactNode {
  const shown = rows.slice(-Math.max(1, height - 2));
  const [header = '', ...lines] = alignedRows([
    ['LAST SEEN', 'REASON', 'OBJECT', 'MESSAGE'],
    ...shown.map(({ age, reason, count, object, message }) => [
      age,
      `${reason}${count > 1 ? ` x${count}` : ''}`,
      object,
      message,
    ]),
  ]);
  return (
    <Pane title={words.events} others={others} width={width} height={height}>
      <Words tone="faint">{shown.length === 0 ? words.noEvents : `  ${header}`}</Words>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place on the screen.
        <Words key={index} tone={shown[index]?.isWarning ? 'warning' : 'plain'}>
          {`${shown[index]?.isWarning ? '!' : ' '} ${line}`}
        </Words>
      ))}
    </Pane>
  );
}
