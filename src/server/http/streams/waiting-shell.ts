import type { GivenInput } from '../../../cluster/contract/program-input.ts';
import type { ProcessState, ShellTask } from '../../../cluster/node/processes/process-state.ts';

/** What a program shows of itself to somebody at its terminal. */
export interface Seen {
  /** It reads commands by itself, and has nothing to do until it is told more. */
  readonly prompt?: string;
  /** It is a shell, which shows what is typed when it asks for it. */
  readonly isShell: boolean;
}

/** The row of what may be connected to a terminal. */
export interface AtTerminal {
  readonly state?: unknown;
  readonly input?: GivenInput;
}

/** Whether a program that is connected to a terminal is a shell, and waits for a command. */
export function waitingShell(row: AtTerminal | undefined): Seen {
  const state = row?.state as ProcessState | undefined;
  const root = state?.tasks[state.root];
  if (!state || root?.kind !== 'shell' || root.frames[0]?.op !== 'script') return { isShell: false };
  const readers = Object.values(state.tasks).filter(({ wait }) => wait?.readable === 'in');
  const waits = root.frames.length === 1 && readers.includes(root);
  // What it has started, or its own `read`, is typed to at once.
  if (readers.length > 0 && !waits) return { isShell: false };
  return { isShell: true, ...(waits && row?.input === undefined && { prompt: promptOf(root, state) }) };
}

/**
 * What shells ask with where nobody says otherwise: ash `\\w \\$ `, bash `\\u@\\h:\\w\\$ `, dash no more than
 * `# `.
 */
function promptOf({ cwd, bash, dash, vars, frames }: ShellTask, { env }: ProcessState): string {
  const [first] = frames;
  if (first?.op === 'script' && first.text !== '') return '> ';
  if (dash) return '# ';
  const home = vars['HOME']?.value ?? env['HOME'] ?? '/root';
  const place = cwd === home ? '~' : cwd;
  return bash ? `root@${env['HOSTNAME'] ?? ''}:${place}# ` : `${place} # `;
}
