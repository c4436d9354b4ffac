import type { Millis } from '../kernel/time/millis.ts';
import type { Timeline } from '../replay/timeline.ts';

/** A line that was typed, and what came of it; the names are those of `--json`. */
export interface TypedLine {
  readonly line: string;
  /** Virtual milliseconds. */
  readonly at: Millis;
  /** Both streams, as they came on a terminal. */
  readonly printed: string;
  /** Absent while it runs. */
  readonly exitCode?: number;
}

/** What was typed in a log after an entry, in its order. */
export function typedLines({ entries, story }: Timeline, after: number): readonly TypedLine[] {
  const lines = new Map<string, TypedLine>();
  for (const seq of story) {
    const entry = seq > after ? entries.of(seq) : undefined;
    if (!entry) continue;
    const { event, at } = entry;
    if (event.type === 'CommandTyped') lines.set(event.command, { line: event.line, at, printed: '' });
    const before = 'command' in event ? lines.get(event.command) : undefined;
    if (!before || !('command' in event)) continue;
    if (event.type === 'CommandPrinted') {
      const printed = `${before.printed}${event.stdout ?? ''}${event.stderr ?? ''}`;
      lines.set(event.command, { ...before, printed });
    }
    if (event.type === 'CommandEnded') lines.set(event.command, { ...before, exitCode: event.exitCode });
  }
  return [...lines.values()];
}
