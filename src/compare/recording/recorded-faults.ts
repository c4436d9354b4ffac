import type { Millis } from '../../kernel/time/millis.ts';
import type { Remark } from './read-commands.ts';

/** Something that was done to a machine while a recording was made, as a step that does it here. */
export interface RecordedFault {
  readonly atMs: Millis;
  /** The node that it befell; absent where it was no node's matter. */
  readonly node?: string;
  readonly step: { readonly fault: Readonly<Record<string, unknown>> };
}

/** The words of whoever recorded, by what they mean; the first that fits counts. */
const WORDS: readonly (readonly [
  words: RegExp,
  fault: (node: string) => Readonly<Record<string, unknown>>,
])[] = [
  [/\b(frozen|froze|freezes?|SIGSTOP|paused?)\b/i, (node) => ({ freeze: 'kubelet', node })],
  [/\b(resumed?|thawed|SIGCONT|unfrozen)\b/i, (node) => ({ resume: 'kubelet', node })],
  [/\brestart(ed|s)?\b/i, (node) => ({ restart: 'kubelet', node })],
  [/\b(killed|stopped|SIGKILL|SIGTERM|dead|down)\b/i, (node) => ({ stop: 'kubelet', node })],
  [/\b(started|back|up)\b/i, (node) => ({ start: 'kubelet', node })],
];

/**
 * What remarks tell of kubelets that stood still, stopped, or came back; a remark that names no node is about
 * the only one that there is.
 */
export function faultsOf(remarks: readonly Remark[], only?: string): readonly RecordedFault[] {
  return remarks.flatMap(({ atMs, text }): RecordedFault[] => {
    if (!/\b(hollow )?kubelets?\b/i.test(text) || /\b(scheduler|apiserver|kcm)\b/i.test(text)) return [];
    const node = /\bnode-\d+\b/i.exec(text)?.[0].toLowerCase() ?? only;
    const [, fault] = WORDS.find(([words]) => words.test(text)) ?? [];
    return node === undefined || !fault ? [] : [{ atMs, node, step: { fault: fault(node) } }];
  });
}
