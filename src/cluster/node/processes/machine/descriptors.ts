import { whyNotWritable } from '../files/file-view.ts';
import type { Descriptor, OpenFile, Pipe, Task } from '../process-state.ts';
import { isHeld } from './held-descriptors.ts';
import { type Machine, newId, print, spend } from './machine.ts';

/** What can be read now without waiting. */
export interface Readable {
  readonly text: string;
  /** Nothing will come after it. */
  readonly ended: boolean;
  /** It never ends: `/dev/zero`. */
  readonly endless?: true;
}

const NOTHING: Readable = { text: '', ended: true };
/** A writer waits when this much is unread, as on Linux. */
const PIPE_CAPACITY = 65_536;

export function readable(machine: Machine, descriptor: Descriptor): Readable {
  const { state } = machine;
  if (descriptor === 'zero' || descriptor === 'full')
    return { text: '\0'.repeat(4096), ended: false, endless: true };
  if (descriptor === 'random') return { text: randomText(machine), ended: false, endless: true };
  const pipe = pipeOf(machine, descriptor);
  if (pipe)
    return { text: pipe.text, ended: pipe.outside !== true && !isHeld(state, writingEnd(descriptor)) };
  const open = openOf(machine, descriptor);
  if (!open) return NOTHING;
  const content = machine.files.node(open.path)?.content ?? '';
  return { text: content.slice(open.at), ended: true };
}

/** Takes what was read, so that nobody reads it again. */
export function consume(machine: Machine, descriptor: Descriptor, count: number): void {
  spend(machine, 1 + (count >> 8));
  const pipe = pipeOf(machine, descriptor);
  if (pipe) pipe.text = pipe.text.slice(count);
  const open = openOf(machine, descriptor);
  if (open) open.at += count;
}

export type Written = 'written' | 'bad' | 'broken' | 'full' | 'readOnly';

export function writeTo(machine: Machine, descriptor: Descriptor, text: string): Written {
  spend(machine, 1 + (text.length >> 8));
  switch (descriptor) {
    case 'null':
    case 'zero':
    case 'random':
      return 'written';
    case 'full':
      return 'full';
    case 'out':
    case 'err':
      print(machine, descriptor === 'out' ? 'stdout' : 'stderr', text);
      return 'written';
    case 'out1':
    case 'err1':
      print(machine, descriptor === 'out1' ? 'stdout' : 'stderr', text, true);
      return 'written';
    default:
  }
  const pipe = pipeOf(machine, descriptor);
  if (pipe) {
    if (descriptor.endsWith('r')) return 'bad';
    if (!isHeld(machine.state, `${descriptor.slice(0, -1)}r`)) return 'broken';
    pipe.text += text;
    return 'written';
  }
  const open = openOf(machine, descriptor);
  return open ? writeFile(machine, open, text) : 'bad';
}

/** True where a writer must wait until its reader has read. */
export function isFull(machine: Machine, descriptor: Descriptor): boolean {
  return (pipeOf(machine, descriptor)?.text.length ?? 0) >= PIPE_CAPACITY;
}

function writeFile(machine: Machine, open: OpenFile, text: string): Written {
  if (open.mode === 'read') return 'bad';
  const { files } = machine;
  const node = files.node(open.path);
  // A file that was removed while it was open takes what is written to it along.
  if (node?.kind !== 'file') return 'written';
  const content = node.content ?? '';
  if (open.mode === 'append' || open.at >= content.length) {
    files.append(open.path, text);
    open.at = content.length + text.length;
    return 'written';
  }
  const after = content.slice(open.at + text.length);
  files.write(open.path, {
    kind: 'file',
    mode: node.mode,
    content: content.slice(0, open.at) + text + after,
  });
  open.at += text.length;
  return 'written';
}

export interface OpenFailure {
  readonly why: string;
}

/** Opens a path as a shell redirection or a tool does; a failure says why in the words of `strerror`. */
export function openPath(
  machine: Machine,
  task: Task,
  path: string,
  mode: OpenMode,
): Descriptor | OpenFailure {
  const special = specialFile(machine, task, path);
  if (special !== undefined) return special;
  const { files } = machine;
  const resolved = files.resolve(path, task.cwd);
  if (resolved === undefined) return { why: 'Too many levels of symbolic links' };
  const node = files.node(resolved);
  if (path.endsWith('/') && node?.kind !== 'directory')
    return { why: node ? 'Not a directory' : 'Is a directory' };
  if (mode === 'read') {
    if (!node) return { why: 'No such file or directory' };
    if (node.kind === 'directory') return { why: 'Is a directory' };
    return addOpen(machine, { path: resolved, at: 0, mode: 'read' });
  }
  if (node?.kind === 'directory') return { why: 'Is a directory' };
  const why = node ? readOnlyText(machine, resolved) : whyNotWritable(files, resolved);
  if (why) return { why };
  if (!node || (mode === 'write' && (node.content !== '' || node.sizeBytes !== undefined))) {
    files.write(resolved, { kind: 'file', mode: node?.mode ?? 0o644, content: '' });
  }
  return addOpen(machine, { path: resolved, at: 0, mode });
}

type OpenMode = OpenFile['mode'];

const readOnlyText = (machine: Machine, path: string): string | undefined =>
  machine.files.isReadOnly(path) ? 'Read-only file system' : undefined;

function addOpen(machine: Machine, open: OpenFile): Descriptor {
  const id = newId(machine);
  machine.state.opens[id] = open;
  return `f${id}`;
}

export function addPipe(
  machine: Machine,
  text = '',
): { readonly reading: Descriptor; readonly writing: Descriptor } {
  const id = newId(machine);
  machine.state.pipes[id] = { text };
  return { reading: `p${id}r`, writing: `p${id}w` };
}

const DEVICES: Readonly<Record<string, Descriptor>> = {
  '/dev/null': 'null',
  '/dev/zero': 'zero',
  '/dev/random': 'random',
  '/dev/urandom': 'random',
  '/dev/full': 'full',
};

/** Devices, and the names of descriptors: `/dev/stdout`, `/dev/fd/3`, `/proc/self/fd/1`, `/proc/1/fd/1`. */
function specialFile(machine: Machine, task: Task, path: string): Descriptor | OpenFailure | undefined {
  if (!path.startsWith('/dev/') && !path.startsWith('/proc/')) return undefined;
  const device = DEVICES[path];
  if (device) return device;
  const standard = ['/dev/stdin', '/dev/stdout', '/dev/stderr'].indexOf(path);
  const numbered = /^(?:\/dev|\/proc\/(self|\d+))\/fd\/(\d+)$/.exec(path);
  if (standard < 0 && !numbered) return undefined;
  const fd = standard >= 0 ? standard : Number(numbered?.[2]);
  const pid = numbered?.[1] ?? 'self';
  const owner = pid === 'self' ? task : machine.state.tasks[pid];
  if (!owner && pid === '1' && fd <= 2) return ['null', 'out1', 'err1'][fd];
  return owner?.fds[fd] ?? { why: 'No such file or directory' };
}

/** `p12r` and `p12w` are the ends of pipe 12; `in` is the pipe that the outside feeds. */
function pipeKey(descriptor: Descriptor): string | undefined {
  if (descriptor === 'in') return descriptor;
  return descriptor.startsWith('p') ? descriptor.slice(1, -1) : undefined;
}

const writingEnd = (descriptor: Descriptor): Descriptor => `${descriptor.slice(0, -1)}w`;

function pipeOf(machine: Machine, descriptor: Descriptor): Pipe | undefined {
  const key = pipeKey(descriptor);
  return key === undefined ? undefined : machine.state.pipes[key];
}

const openOf = (machine: Machine, descriptor: Descriptor): OpenFile | undefined =>
  descriptor.startsWith('f') ? machine.state.opens[descriptor.slice(1)] : undefined;

function randomText(machine: Machine): string {
  let seed = Math.floor(machine.host.draw(machine.state.draws) * 0x7fff_ffff);
  machine.state.draws += 1;
  const codes: number[] = [];
  for (let count = 0; count < 256; count += 1) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    codes.push((seed >>> 16) & 0x7f);
  }
  return String.fromCharCode(...codes);
}
