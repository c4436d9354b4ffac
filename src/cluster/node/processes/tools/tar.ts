import { whyNotWritable } from '../files/file-view.ts';
import { absolutePath, childOf, parentOf } from '../files/paths.ts';
import { openPath, writeTo } from '../machine/descriptors.ts';
import { readFile, take } from './input.ts';
import { isGnu, notSimulated, printUsage, readOptions } from './options.ts';
import { packEnd, packEntry, type TarEntry, type Unpacked, unpackArchive } from './tar-archive.ts';
import type { Tool, ToolIo, ToolOutcome } from './tool.ts';
import { toUtf8 } from './utf8.ts';
import { walkTree } from './walk-tree.ts';

const usage = 'tar c|x|t [-ZzJjahmvokO] [-f TARFILE] [-C DIR] [-T FILE] [-X FILE] [LONGOPT]... [FILE]...';

type Options = NonNullable<ReturnType<typeof readOptions>>;

interface Work {
  readonly options: Options;
  /** `-` for standard input and output. */
  readonly archive: string;
  readonly directory: string;
}

/** Packs and unpacks texts; archives are not compressed. */
export const tar: Tool = {
  usage,
  run(io) {
    const options = readOptions({ ...io, args: withDash(io.args) }, usage, {
      letters: 'cxtf:C:vmzjJahpoOkPTX',
      long: {
        create: 'c',
        extract: 'x',
        list: 't',
        file: 'f',
        directory: 'C',
        'no-same-permissions': 'o',
        'no-same-owner': 'o',
        'same-permissions': 'p',
      },
    });
    if (!options) return isGnu(io) ? 2 : 1;
    const modes = ['c', 'x', 't'].filter((letter) => options.has(letter));
    if (modes.length !== 1) return refuseMode(io, modes.length);
    if (['z', 'j', 'J', 'a'].some((letter) => options.has(letter))) return notSimulated(io, 'compression');
    const directory = absolutePath(options.value('C') ?? '.', io.task.cwd);
    if (io.files.node(io.files.resolve(directory, '/') ?? directory)?.kind !== 'directory')
      return refuseDirectory(io, options.value('C') ?? '.');
    const work = { options, archive: options.value('f') ?? '-', directory };
    return options.has('c') ? create(io, work) : read(io, work);
  },
};

/** The first word says what to do, with a dash or without; the letters' values come behind in turn. */
function withDash(args: readonly string[]): readonly string[] {
  const [first = '', ...rest] = args;
  if (first === '' || first.startsWith('-')) return args;
  const values = [...first].filter((letter) => letter === 'f' || letter === 'C');
  const plain = [...first].filter((letter) => letter !== 'f' && letter !== 'C').join('');
  const valued = values.flatMap((letter, place) => [`-${letter}`, rest[place] ?? '']);
  return [...(plain === '' ? [] : [`-${plain}`]), ...valued, ...rest.slice(values.length)];
}

function refuseMode(io: ToolIo, count: number): number {
  if (!isGnu(io)) {
    printUsage(io, usage);
    return 1;
  }
  const many = "You may not specify more than one '-Acdtrux', '--delete' or  '--test-label' option";
  const none = "You must specify one of the '-Acdtrux', '--delete' or '--test-label' options";
  io.complain(count === 0 ? none : many);
  io.err("Try 'tar --help' or 'tar --usage' for more information.\n");
  return 2;
}

function refuseDirectory(io: ToolIo, directory: string): number {
  const why = 'No such file or directory';
  if (isGnu(io)) {
    io.complain(`${directory}: Cannot open: ${why}`);
    io.complain('Error is not recoverable: exiting now');
    return 2;
  }
  io.complain(`can't change directory to '${directory}': ${why}`);
  return 1;
}

function create(io: ToolIo, { options, archive, directory }: Work): ToolOutcome {
  const { operands } = options;
  if (operands.length === 0) {
    io.complain(isGnu(io) ? 'Cowardly refusing to create an empty archive' : 'empty archive');
    return isGnu(io) ? 2 : 1;
  }
  const packed = operands.map((operand) => packTree(io, operand, directory));
  const names = packed.flatMap((each) => each?.names ?? []);
  const text = packed.map((each) => each?.text ?? '').join('');
  // Whoever reads it is told of its end where there is something in it.
  const whole = text === '' ? '' : text + packEnd(toUtf8(text).length, isGnu(io) ? 10_240 : 1024);
  const target = archive === '-' ? '1' : openPath(io.machine, io.task, archive, 'write');
  if (archive === '-') io.out(whole);
  else if (typeof target === 'string') writeTo(io.machine, target, whole);
  if (options.has('v')) (archive === '-' ? io.err : io.out)(names.map((name) => `${name}\n`).join(''));
  if (packed.every((each) => each !== undefined)) return 0;
  if (!isGnu(io)) {
    io.complain('error exit delayed from previous errors');
    return 1;
  }
  io.complain('Exiting with failure status due to previous errors');
  return 2;
}

interface Packed {
  readonly text: string;
  readonly names: readonly string[];
}

/** Undefined for what is not there. */
function packTree(io: ToolIo, operand: string, directory: string): Packed | undefined {
  const path = absolutePath(operand, directory);
  const shown = operand === '/' ? '.' : operand.replace(/^\/+/, '');
  if (operand.startsWith('/'))
    io.complain(
      isGnu(io) ? "Removing leading `/' from member names" : "removing leading '/' from member names",
    );
  if (!io.files.node(path)) {
    const why = 'No such file or directory';
    io.complain(isGnu(io) ? `${operand}: Cannot stat: ${why}` : `${shown}: ${why}`);
    return undefined;
  }
  const { epochMs } = io.machine.host;
  const entries = walkTree(io, shown, path).flatMap(({ shown: name, node }): TarEntry[] => {
    const { kind, mode, modifiedAt, content = '' } = node;
    const time = Math.floor((epochMs + modifiedAt) / 1000);
    return kind === 'removed' ? [] : [{ name, kind, mode, time, content }];
  });
  return { text: entries.map(packEntry).join(''), names: entries.map(({ name }) => name) };
}

function read(io: ToolIo, work: Work): ToolOutcome {
  const { archive } = work;
  if (archive !== '-') {
    const text = readFile(io, archive);
    return text === undefined ? (isGnu(io) ? 2 : 1) : finish(io, work, unpackArchive(text));
  }
  const before = typeof io.memory === 'string' ? io.memory : '';
  const descriptor = io.task.fds['0'] ?? 'null';
  const { text, ended } = take(io, descriptor);
  const whole = before + text;
  const unpacked = unpackArchive(whole);
  // Who sends it may not be able to say that there is no more: the archive has an end of its own.
  if (!ended && !unpacked.isWhole && !unpacked.isBroken)
    return { wait: { readable: descriptor }, memory: whole };
  return finish(io, work, unpacked);
}

function finish(io: ToolIo, work: Work, { entries, isWhole, isBroken }: Unpacked): ToolOutcome {
  const { options } = work;
  const meant = entries.filter(({ name }) => isMeant(name, options.operands));
  if (options.has('t'))
    for (const { name, kind } of meant) io.out(`${name}${kind === 'directory' ? '/' : ''}\n`);
  else if (!meant.every((entry) => unpack(io, entry, work))) return isGnu(io) ? 2 : 1;
  if (!isBroken && (isWhole || entries.length > 0)) return 0;
  if (isGnu(io)) {
    io.complain('This does not look like a tar archive');
    io.complain('Exiting with failure status due to previous errors');
    return 2;
  }
  io.complain(isBroken ? 'invalid tar magic' : 'short read');
  return 1;
}

function isMeant(name: string, operands: readonly string[]): boolean {
  return operands.length === 0 || operands.some((each) => name === each || name.startsWith(`${each}/`));
}

/** Puts a file where it belongs, below the directory; whether that went well. */
function unpack(io: ToolIo, entry: TarEntry, { options, directory }: Work): boolean {
  const { name, kind, mode, time, content } = entry;
  const parts = name.split('/').filter((part) => part !== '' && part !== '.' && part !== '..');
  if (parts.length === 0) return true;
  if (options.has('O')) {
    if (kind === 'file') io.out(content);
    return true;
  }
  const path = parts.reduce(childOf, io.files.resolve(directory, '/') ?? directory);
  if (options.has('v')) io.out(`${name}\n`);
  makeFolders(io, parentOf(path));
  const existing = io.files.node(path);
  if (kind === 'directory' && existing?.kind === 'directory') return true;
  const why = existing && io.files.isReadOnly(path) ? 'Read-only file system' : whyNotMade(io, path);
  if (why !== undefined) {
    io.complain(isGnu(io) ? `${name}: Cannot open: ${why}` : `can't open '${name}': ${why}`);
    if (isGnu(io)) io.complain('Exiting with failure status due to previous errors');
    return false;
  }
  const modifiedAt = options.has('m') ? {} : { modifiedAt: time * 1000 - io.machine.host.epochMs };
  io.files.write(path, { kind, mode, ...(kind !== 'directory' && { content }), ...modifiedAt });
  return true;
}

function whyNotMade(io: ToolIo, path: string): string | undefined {
  return io.files.node(path) ? undefined : whyNotWritable(io.files, path);
}

function makeFolders(io: ToolIo, path: string): void {
  if (io.files.node(path)) return;
  makeFolders(io, parentOf(path));
  if (whyNotWritable(io.files, path) === undefined) io.files.write(path, { kind: 'directory', mode: 0o755 });
}
