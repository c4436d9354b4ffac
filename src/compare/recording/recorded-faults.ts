import type { CoreEvent } from '../../cluster/objects/kubernetes.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import type { WatchedChange } from '../play.ts';
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

export interface Told {
  /** The names of the nodes. */
  readonly nodes?: readonly string[];
  /** Kubelets that said that they were starting, in order. */
  readonly starts?: readonly KubeletStart[];
}

export interface KubeletStart {
  readonly atMs: Millis;
  readonly node: string;
}

/**
 * What remarks tell of kubelets that stood still, stopped, or came back. A remark that names no node is about
 * the one that said next that it was starting, or about the only one that there is.
 */
export function faultsOf(
  remarks: readonly Remark[],
  { nodes = [], starts = [] }: Told = {},
): readonly RecordedFault[] {
  const [only] = nodes.length === 1 ? nodes : [];
  return remarks.flatMap(({ atMs, text }): RecordedFault[] => {
    if (!/\b(hollow )?kubelets?\b/i.test(text) || /\b(scheduler|apiserver|kcm)\b/i.test(text)) return [];
    const words = text.toLowerCase().split(/[^a-z0-9.-]+/);
    const named = nodes.find((each) => words.includes(each)) ?? words.find((word) => /^node-\d+$/.test(word));
    const start = starts.find(
      (each) => each.atMs > atMs && each.atMs - atMs < STARTS_MS && (named ?? each.node) === each.node,
    );
    const node = named ?? start?.node ?? only;
    const [, fault] = WORDS.find(([pattern]) => pattern.test(text)) ?? [];
    if (node === undefined || !fault) return [];
    const isRestart = 'restart' in fault(node) && start !== undefined;
    const takes = isRestart ? { takes: `${Math.round(start.atMs - atMs)}ms` } : {};
    return [{ atMs, node, step: { fault: { ...fault(node), ...takes } } }];
  });
}

/** A kubelet that is restarted says that it is starting after so long at most. */
const STARTS_MS = 15_000;

/** When kubelets said that they were starting. */
export function kubeletStarts(changes: readonly WatchedChange[]): readonly KubeletStart[] {
  return changes.flatMap(({ atMs, object }) => {
    const { reason, message, involvedObject } = object as CoreEvent;
    const isStart = reason === 'Starting' && message === 'Starting kubelet.';
    return isStart ? [{ atMs, node: involvedObject.name ?? '' }] : [];
  });
}
