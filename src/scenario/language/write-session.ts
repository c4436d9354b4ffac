import { Document, isSeq, parseDocument, stringify } from 'yaml';
import { formatGoDuration } from '../../kernel/time/go-duration.ts';
import type { Millis } from '../../kernel/time/millis.ts';

/** What somebody did from outside, as steps behind those of a scenario. */
export interface Session {
  readonly name: string;
  readonly seed: string;
  /** How many steps of the scenario had begun. */
  readonly begun: number;
  readonly steps: readonly {
    readonly at: Millis;
    readonly line?: string;
    readonly fault?: object;
    readonly exitCode?: number;
    readonly background?: true;
  }[];
  /** How long it goes on after the last of them. */
  readonly endsAfter: Millis;
  /** What no step can say, in words. */
  readonly untold: readonly string[];
}

/**
 * The scenario that does again what was done from outside, each at its time, from the scenario that it began
 * as.
 */
export function writeSession(text: string, session: Session): string {
  const { name, seed, begun, steps, endsAfter, untold } = session;
  const document = new Document(parseDocument(text, { version: '1.2' }).toJS());
  document.setIn(['metadata', 'name'], name);
  document.set('seed', Number(seed));
  document.delete('curriculum');
  const before = document.get('steps');
  const kept = isSeq(before) ? (before.toJSON() as unknown[]).slice(0, begun) : [];
  const own = steps.map(({ at, line, fault, exitCode, background }) => ({
    at: formatGoDuration(at),
    ...(line !== undefined && { run: line }),
    ...(fault && { fault }),
    ...(background && { background }),
    ...(exitCode !== undefined && { expect: { exitCode } }),
  }));
  const end = endsAfter > 0 || own.length + kept.length === 0 ? [{ wait: formatGoDuration(endsAfter) }] : [];
  document.set('steps', [...kept, ...own, ...end]);
  if (untold.length > 0)
    document.commentBefore = [
      ' Not done again, since no line does it:',
      ...untold.map((each) => `   ${each}`),
    ].join('\n');
  return document.toString({ lineWidth: 0 });
}

/** Manifests as they stand in a file; kubectl reads YAML 1.1, in which `y` is no text. */
export function writeManifests(objects: readonly object[]): string {
  return objects.map((object) => stringify(object, { lineWidth: 0, version: '1.1' })).join('---\n');
}
