import type { Millis } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import type { NetworkReply } from '../../contract/connection-row.ts';

interface Arriving {
  readonly connection: string;
  readonly request: string;
  readonly answer: NetworkReply;
  readonly at: Millis;
}

/** Answers on their way to a container's own process or to an exec, the first one first. */
export function answersFor({ rows }: View, container: string, exec?: string): Arriving[] {
  const arriving: Arriving[] = [];
  for (const row of rows.rowsBy('connections', 'container', container)) {
    if (row.exec !== exec || row.answer === undefined || row.answeredAt === undefined) continue;
    arriving.push({ connection: row.id, request: row.request, answer: row.answer, at: row.answeredAt });
  }
  return arriving.toSorted((a, b) => a.at - b.at);
}
