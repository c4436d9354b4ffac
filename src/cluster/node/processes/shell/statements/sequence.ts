import { expandToText } from '../../expansion/expand-word.ts';
import { addPipe } from '../../machine/descriptors.ts';
import type { Frame } from '../../process-state.ts';
import { afterCommand } from '../after-command.ts';
import { ignoredBy, sayKilled } from '../execute.ts';
import { expandWords } from '../expand.ts';
import { fork } from '../fork.ts';
import { redirect } from '../redirect.ts';
import { finish, frameAt, nodeOf, push, replace, type Shell } from '../shell.ts';

type FrameOf<Op extends Frame['op']> = Extract<Frame, { op: Op }>;

/** The last item takes the frame's place, so that a frame on the stack always has something left to do. */
export function runList(shell: Shell, frame: FrameOf<'list'>): void {
  const { items } = nodeOf(shell, frame, 'list');
  const item = items[frame.next];
  if (item === undefined) {
    finish(shell, 0);
    return;
  }
  frame.next += 1;
  if (frame.next === items.length) replace(shell, frame.script, item);
  else push(shell, frame.script, item);
}

export function runAndOr(shell: Shell, frame: FrameOf<'andOr'>): void {
  const { items, operators } = nodeOf(shell, frame, 'andOr');
  const runsOnSuccess = operators[frame.next - 1] === '&&';
  const skips = frame.next > 0 && (shell.task.status === 0) !== runsOnSuccess;
  const item = items[frame.next];
  frame.next += 1;
  const isLast = frame.next === items.length;
  if (skips || item === undefined) {
    // Where the last item is not run, the status stays as it is.
    if (isLast) shell.task.frames.pop();
  } else if (isLast) replace(shell, frame.script, item);
  else push(shell, frame.script, item);
}

export function runNegation(shell: Shell, frame: FrameOf<'negation'>): void {
  const { body } = nodeOf(shell, frame, 'negation');
  if (!frame.running) {
    frame.running = true;
    push(shell, frame.script, body);
    return;
  }
  finish(shell, shell.task.status === 0 ? 1 : 0);
}

/**
 * Every command of a pipeline runs in a subshell of its own; the status is the last one's, or with pipefail
 * the last failure's.
 */
export function runPipeline(shell: Shell, frame: FrameOf<'pipeline'>): void {
  const { task } = shell;
  if (!frame.pids) {
    frame.pids = startPipeline(shell, frame);
    task.wait = { children: frame.pids };
    return;
  }
  const children = task.children ?? {};
  const running = frame.pids.filter((pid) => children[pid] === null);
  if (running.length > 0) {
    task.wait = { children: running };
    return;
  }
  const exits = frame.pids.map((pid) => children[pid] ?? { code: 127 });
  for (const pid of frame.pids) delete children[pid];
  const last = exits.at(-1);
  const failed = task.options.includes('p') ? exits.findLast((exit) => exit.code !== 0) : undefined;
  if (last?.signal) sayKilled(shell, last);
  finish(shell, (failed ?? last)?.code ?? 0);
  afterCommand(shell);
}

function startPipeline(shell: Shell, frame: FrameOf<'pipeline'>): number[] {
  const { items } = nodeOf(shell, frame, 'pipeline');
  const pids: number[] = [];
  let input = shell.task.fds['0'];
  for (const [index, item] of items.entries()) {
    const pipe = index < items.length - 1 ? addPipe(shell.machine) : undefined;
    const fds = {
      ...shell.task.fds,
      ...(input !== undefined && { '0': input }),
      ...(pipe && { '1': pipe.writing }),
    };
    pids.push(fork(shell, frameAt(shell, frame.script, item), fds).pid);
    input = pipe?.reading;
  }
  return pids;
}

export function runSubshell(shell: Shell, frame: FrameOf<'subshell'>): void {
  const { task } = shell;
  if (frame.pid === undefined) {
    const { body } = nodeOf(shell, frame, 'subshell');
    frame.pid = fork(shell, frameAt(shell, frame.script, body), task.fds).pid;
    task.wait = { children: [frame.pid] };
    return;
  }
  const exit = task.children?.[frame.pid];
  if (exit === null) {
    task.wait = { children: [frame.pid] };
    return;
  }
  delete task.children?.[frame.pid];
  if (exit?.signal) sayKilled(shell, exit);
  finish(shell, exit?.code ?? 0);
  afterCommand(shell);
}

/** `command &`: a subshell that nobody waits for, deaf to INT and QUIT, with nothing to read. */
export function runBackground(shell: Shell, frame: FrameOf<'background'>): void {
  const { body } = nodeOf(shell, frame, 'background');
  const { task } = shell;
  const child = fork(shell, frameAt(shell, frame.script, body), { ...task.fds, '0': 'null' });
  child.ignored = [...ignoredBy(task), 'INT', 'QUIT'];
  task.background = child.pid;
  task.jobs = [...(task.jobs ?? []), child.pid];
  finish(shell, 0);
}

export function runRedirected(shell: Shell, frame: FrameOf<'redirected'>): void {
  const node = nodeOf(shell, frame, 'redirected');
  const words = node.redirects.map((word) => word.target);
  const done = expandWords(shell, frame, words, {
    into: frame.targets,
    expand: (expansion, word) => [expandToText(expansion, word)],
  });
  if (!done) return;
  const { task } = shell;
  const fds = redirect(shell, node.redirects, frame.targets);
  if (!fds) {
    finish(shell, 1);
    afterCommand(shell);
    return;
  }
  task.frames[task.frames.length - 1] = { op: 'restore', fds: task.fds };
  task.fds = fds;
  push(shell, frame.script, node.body);
}

export function runFunction(shell: Shell, frame: FrameOf<'function'>): void {
  const { name, body } = nodeOf(shell, frame, 'function');
  shell.task.functions[name] = { script: frame.script, node: body };
  finish(shell, 0);
}
