import { consume, openPath, type Readable, readable } from '../machine/descriptors.ts';
import type { Descriptor, Json } from '../process-state.ts';
import { missingText } from './failure-text.ts';
import type { ToolIo, ToolOutcome } from './tool.ts';

/** Something to read: standard input, a file, a device. */
export interface Source {
  readonly name: string;
  readonly descriptor: Descriptor;
}

/** Opens a tool's operand; `-` is standard input. A failure is said, and undefined. */
export function openSource(io: ToolIo, path: string): Source | undefined {
  if (path === '-') return { name: path, descriptor: io.task.fds['0'] ?? 'null' };
  const opened = openPath(io.machine, io.task, path, 'read');
  if (typeof opened === 'string') return { name: path, descriptor: opened };
  io.complain(missingText(io, path, opened.why));
  return undefined;
}

/** The text of a file, for tools that need no more than that; a failure is said, and undefined. */
export function readFile(io: ToolIo, path: string): string | undefined {
  const source = openSource(io, path);
  return source && readable(io.machine, source.descriptor).text;
}

/** Takes all that can be read now. */
export function take(io: ToolIo, descriptor: Descriptor): Readable {
  const available = readable(io.machine, descriptor);
  consume(io.machine, descriptor, available.text.length);
  return available;
}

/**
 * All texts of a tool's operands, for tools that can say nothing before they have seen the end. While
 * standard input is open the outcome is to wait; what was read so far is the memory.
 */
export function readAllInputs(io: ToolIo, operands: readonly string[]): readonly Input[] | ToolOutcome {
  const paths = operands.length > 0 ? operands : ['-'];
  const memory = io.memory;
  const before = typeof memory === 'string' ? memory : '';
  let standard = before;
  if (paths.includes('-')) {
    const descriptor = io.task.fds['0'] ?? 'null';
    const { text, ended, endless } = take(io, descriptor);
    standard += text;
    if (endless) return waitForever(io, standard.slice(0, 64));
    if (!ended) return { wait: { readable: descriptor }, memory: standard };
  }
  return paths.flatMap((path): Input[] => {
    if (path === '-') return [{ name: '-', text: standard }];
    const source = openSource(io, path);
    if (!source) return [{ name: path, text: undefined }];
    const available = readable(io.machine, source.descriptor);
    return [{ name: path, text: available.text, ...(available.endless && { endless: true }) }];
  });
}

export interface Input {
  readonly name: string;
  /** Undefined where it could not be read. */
  readonly text: string | undefined;
  readonly endless?: true;
}

export const isOutcome = <Value>(value: Value | ToolOutcome): value is ToolOutcome =>
  typeof value === 'number' ||
  (typeof value === 'object' && value !== null && ('wait' in value || 'exec' in value || 'ended' in value));

/** Reads what never ends, and keeps it: busy, and growing until something ends it. */
export function waitForever(io: ToolIo, memory: Json): ToolOutcome {
  return { wait: { cpus: 1, growing: { since: io.now, bytesPerSecond: GROWTH } }, memory };
}

/** What `tail /dev/zero` takes in: a limit of 30 MiB was reached within about 0.1 s on a real node. */
const GROWTH = 512 << 20;
