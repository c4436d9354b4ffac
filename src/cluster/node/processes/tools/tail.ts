import type { Options } from '../../../tools/option-words.ts';
import { readable } from '../machine/descriptors.ts';
import type { Json } from '../process-state.ts';
import { missingText } from './failure-text.ts';
import { isOutcome, openSource, readAllInputs, waitForever } from './input.ts';
import { isGnu, readOptions } from './options.ts';
import type { Tool, ToolIo, ToolOutcome } from './tool.ts';

const usage = 'tail [OPTIONS] [FILE]...';

export const tail: Tool = {
  usage,
  run(io) {
    const args = io.args.map((arg, index) =>
      index === 0 && /^[-+]\d+$/.test(arg) ? `-n${arg.replace(/^-/, '')}` : arg,
    );
    const long = { lines: 'n', bytes: 'c', follow: 'f', retry: 'F', pid: 'p:' };
    const options = readOptions({ ...io, args }, usage, { letters: 'n:c:qvfFs:', long });
    if (!options) return 1;
    const follows = options.has('f') || options.has('F');
    if (!follows) return lastOfAll(io, options);
    const memory = io.memory as unknown as FollowMemory | undefined;
    return memory?.offsets ? follow(io, options, memory) : beginToFollow(io, options);
  },
};

export const titleOf = (name: string, index: number): string =>
  `${index > 0 ? '\n' : ''}==> ${name === '-' ? 'standard input' : name} <==\n`;

function lastOfAll(io: ToolIo, options: Options): ToolOutcome {
  const inputs = readAllInputs(io, options.operands);
  if (isOutcome(inputs)) return inputs;
  const isTitled = options.has('v') || (inputs.length > 1 && !options.has('q'));
  for (const [index, input] of inputs.entries()) {
    if (input.text === undefined) continue;
    if (input.endless) return waitForever(io, '');
    io.out((isTitled ? titleOf(input.name, index) : '') + lastPart(input.text, options));
  }
  if (inputs.every((input) => input.text === undefined)) io.complain('no files');
  return inputs.some((input) => input.text === undefined) ? 1 : 0;
}

/** `-n 3` the last three lines, `-n +3` from the third on, the same for characters with `-c`. */
function lastPart(text: string, options: Options): string {
  const asked = options.value('c') ?? options.value('n') ?? '10';
  const count = Number.parseInt(asked.replace(/^[-+]/, ''), 10) || 0;
  const fromStart = asked.startsWith('+');
  if (options.has('c'))
    return fromStart ? text.slice(Math.max(0, count - 1)) : count === 0 ? '' : text.slice(-count);
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  return (fromStart ? lines.slice(Math.max(0, count - 1)) : count === 0 ? [] : lines.slice(-count)).join('');
}

interface FollowMemory {
  readonly offsets: Readonly<Record<string, number>>;
  /** The times at which it looks are so many milliseconds apart, counted from here. */
  readonly since: number;
}

function beginToFollow(io: ToolIo, options: Options): ToolOutcome {
  const offsets: Record<string, number> = {};
  const operands = options.operands.length > 0 ? options.operands : ['-'];
  for (const [index, path] of operands.entries()) {
    const isMissing = path !== '-' && !path.startsWith('/dev/') && !io.files.node(pathOf(io, path));
    if (isMissing && options.has('F')) {
      io.complain(missingText(io, path, 'No such file or directory'));
      offsets[path] = MISSING;
      continue;
    }
    const source = openSource(io, path);
    if (!source) continue;
    const { text } = readable(io.machine, source.descriptor);
    if (path.startsWith('/dev/')) continue;
    if (operands.length > 1) io.out(titleOf(path, index));
    io.out(lastPart(text, options));
    offsets[path] = text.length;
  }
  if (Object.keys(offsets).length === 0 && !operands.some((path) => path.startsWith('/dev/'))) {
    io.complain('no files');
    return 1;
  }
  return waitForMore(offsets, io, io.now);
}

/**
 * busybox looks every second. Between looks nothing is to be done, so it waits for a change of the files and
 * then for the next look; a host that wakes it each second instead sees the same.
 */
function follow(io: ToolIo, options: Options, { offsets, since }: FollowMemory): ToolOutcome {
  const periodMs = Math.max(1, Number(options.value('s') ?? '1') || 1) * 1000;
  const changed = Object.entries(offsets).some(([path, offset]) => hasChanged(lengthOf(io, path), offset));
  if (!changed) return waitForMore(offsets, io, since);
  const next = since + Math.ceil((io.now - since) / periodMs) * periodMs;
  if (io.now < next) {
    return { wait: { until: next }, memory: { offsets: { ...offsets }, since } };
  }
  const after: Record<string, number> = {};
  for (const [path, offset] of Object.entries(offsets)) {
    const text = io.files.node(pathOf(io, path))?.content;
    if (text === undefined) {
      if (options.has('F') && offset >= 0) io.complain(goneText(io, path));
      after[path] = options.has('F') && offset !== MISSING ? GONE : offset;
      continue;
    }
    if (offset < 0) io.complain(backText(io, path, offset));
    // A file that has become shorter, or come back, is read from its start.
    const from = offset < 0 || text.length < offset ? 0 : offset;
    if (text.length > from && Object.keys(offsets).length > 1) io.out(titleOf(path, 1));
    io.out(text.slice(from));
    after[path] = text.length;
  }
  return waitForMore(after, io, since);
}

/** Instead of how far a file has been read: it was not there yet, or is not there any more. */
const MISSING = -1;
const GONE = -2;

/** Printed by busybox 1.35 and coreutils 9.1; busybox says it at every look, which is told once here. */
function goneText(io: ToolIo, path: string): string {
  const text = isGnu(io) ? `'${path}' has become inaccessible` : `${path} has been renamed or deleted`;
  return `${text}: No such file or directory`;
}

function backText(io: ToolIo, path: string, offset: number): string {
  if (isGnu(io)) return `'${path}' has appeared;  following new file`;
  return `${path} has ${offset === MISSING ? 'appeared' : 'been replaced'}; following end of new file`;
}

function waitForMore(offsets: Record<string, number>, io: ToolIo, since: number): ToolOutcome {
  const memory: Json = { offsets, since };
  const files = Object.keys(offsets)
    .filter((path) => path !== '-')
    .map((path) => pathOf(io, path));
  return { wait: files.length > 0 ? { files } : {}, memory };
}

const pathOf = (io: ToolIo, path: string): string => io.files.resolve(path, io.task.cwd) ?? path;

function hasChanged(length: number, offset: number): boolean {
  return length < 0 ? offset >= 0 : length !== offset;
}

function lengthOf(io: ToolIo, path: string): number {
  if (path === '-') return 0;
  return io.files.node(pathOf(io, path))?.content?.length ?? -1;
}
