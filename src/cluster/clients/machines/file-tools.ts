import { type Files, findFile, writablePath } from '../files.ts';
import { type OptionSpec, type Options, readOptions } from '../pipes/read-options.ts';
import type { Filter, Filtered, LeftFile } from '../program.ts';
import { isDeepFolder, namedIn } from './file-tree.ts';

interface FileTool {
  readonly name: string;
  readonly options: OptionSpec;
  /** How many operands it must have. */
  readonly least: number;
  run(options: Options, files: Files): Changes;
}

interface Changes {
  readonly written: readonly LeftFile[];
  readonly problems: readonly string[];
  readonly stdout?: string;
}

/** A tool that changes files, and says nothing unless something is wrong. */
function fileTool({ name, options: spec, least, run }: FileTool): Filter {
  return {
    type: 'filter',
    name,
    isSteady: () => false,
    check(args) {
      const { unknown } = readOptions(
        args.map(({ text }) => text),
        spec,
      );
      const word = args.find(({ text }) => text === unknown) ?? args[0];
      if (unknown === undefined || word === undefined) return undefined;
      const { offset, length } = word;
      return {
        code: 'notSimulated',
        message: `${name}: its option ${unknown} is not simulated`,
        offset,
        length,
      };
    },
    run(args, _stdin, files): Filtered {
      const options = readOptions(args, spec);
      if (options.operands.length < least) {
        const [first] = options.operands;
        const what =
          first === undefined ? 'missing operand' : `missing destination file operand after '${first}'`;
        return {
          stdout: '',
          stderr: `${name}: ${what}\nTry '${name} --help' for more information.\n`,
          exitCode: 1,
        };
      }
      const { written, problems, stdout = '' } = run(options, files);
      const stderr = problems.map((problem) => `${name}: ${problem}\n`).join('');
      return { stdout, stderr, exitCode: problems.length === 0 ? 0 : 1, written };
    },
  };
}

/** What a tool makes of each operand by itself: files, a word on what is wrong, or nothing. */
function eachOf(
  paths: readonly string[],
  one: (path: string) => LeftFile | readonly LeftFile[] | string | undefined,
): Changes {
  const results = paths.map(one);
  return {
    written: results.flatMap((result = []) => (typeof result === 'string' ? [] : result)),
    problems: results.filter((result) => typeof result === 'string'),
  };
}

const NOT_THERE = 'No such file or directory';

/** Copies of all that a path stands for, at another path. */
function copiesOf(files: Files, from: string, to: string): readonly LeftFile[] {
  return namedIn(files, from).map(({ path, below, isFolder }) => ({
    path: `${to}${below}`,
    text: isFolder ? '' : (files[path] ?? ''),
    makesFolders: true,
    copyOf: path,
    ...(isFolder && { kind: 'directory' as const }),
  }));
}

function removalsOf(files: Files, path: string): readonly LeftFile[] {
  return namedIn(files, path)
    .map((one) => ({ path: one.path, text: '', kind: 'removed' as const }))
    .reverse();
}

/** `cp a b`, `cp -r folder elsewhere`, `mv a b`: the last operand is where to. */
function transfer(
  { operands }: Options,
  files: Files,
  move: (from: string, to: string, shown: string) => readonly LeftFile[] | string,
): Changes {
  const target = operands.at(-1) ?? '';
  const isFolder = findFile(files, target).type === 'folder';
  const written: LeftFile[] = [];
  const problems: string[] = [];
  if (operands.length > 2 && !isFolder) return { written, problems: [`target '${target}': ${NOT_THERE}`] };
  for (const source of operands.slice(0, -1)) {
    const found = findFile(files, source);
    if (found.type !== 'file' && found.type !== 'folder') {
      problems.push(`cannot stat '${source}': ${NOT_THERE}`);
      continue;
    }
    const name = found.path.slice(found.path.lastIndexOf('/') + 1);
    const to = isFolder ? `${target.replace(/\/$/, '')}/${name}` : target.replace(/(?<=.)\/$/, '');
    const writable = writablePath(files, to);
    if ('problem' in writable && writable.problem !== 'Is a directory') {
      problems.push(`cannot create regular file '${to}': ${writable.problem}`);
      continue;
    }
    const moved = move(found.path, 'path' in writable ? writable.path : to, source);
    if (typeof moved === 'string') problems.push(moved);
    else written.push(...moved);
  }
  return { written, problems };
}

export const cp: Filter = fileTool({
  name: 'cp',
  options: {
    flags: 'rRafpviLdnu',
    long: { recursive: 'r', archive: 'a', force: 'f', preserve: 'p', verbose: 'v' },
  },
  least: 2,
  run: (options, files) =>
    transfer(options, files, (from, to, shown) => {
      const isDeep = ['r', 'R', 'a'].some((flag) => options.given.has(flag));
      if (isDeepFolder(files, from) && !isDeep) return `-r not specified; omitting directory '${shown}'`;
      return copiesOf(files, from, to);
    }),
});

export const mv: Filter = fileTool({
  name: 'mv',
  options: { flags: 'fvniu', long: { force: 'f', verbose: 'v', 'no-clobber': 'n' } },
  least: 2,
  run: (options, files) =>
    transfer(options, files, (from, to, shown) =>
      from === to
        ? `'${shown}' and '${shown}' are the same file`
        : [...copiesOf(files, from, to), ...removalsOf(files, from)],
    ),
});

export const rm: Filter = fileTool({
  name: 'rm',
  options: { flags: 'rRfvi', long: { recursive: 'r', force: 'f', verbose: 'v' } },
  least: 1,
  run: ({ given, operands }, files) =>
    eachOf(operands, (path) => {
      const found = findFile(files, path);
      if (found.type === 'file' || (found.type === 'folder' && (given.has('r') || given.has('R'))))
        return removalsOf(files, found.path);
      if (found.type === 'folder') return `cannot remove '${path}': Is a directory`;
      return given.has('f') ? undefined : `cannot remove '${path}': ${NOT_THERE}`;
    }),
});

export const mkdir: Filter = fileTool({
  name: 'mkdir',
  options: { flags: 'pv', valued: 'm', long: { parents: 'p', mode: 'm', verbose: 'v' } },
  least: 1,
  run: ({ given, operands }, files) =>
    eachOf(operands, (path) => {
      const found = findFile(files, path);
      if (found.type === 'file' || (found.type === 'folder' && !given.has('p')))
        return `cannot create directory '${path}': File exists`;
      const writable = writablePath(files, path.replace(/(?<=.)\/$/, ''), given.has('p'));
      if ('path' in writable) return { path: writable.path, text: '', kind: 'directory' };
      return found.type === 'folder' ? undefined : `cannot create directory '${path}': ${writable.problem}`;
    }),
});

export const rmdir: Filter = fileTool({
  name: 'rmdir',
  options: { flags: '' },
  least: 1,
  run: ({ operands }, files) =>
    eachOf(operands, (path) => {
      const found = findFile(files, path);
      if (found.type === 'folder' && found.names.length === 0)
        return { path: found.path, text: '', kind: 'removed' };
      const why = {
        file: 'Not a directory',
        folder: 'Directory not empty',
        missing: NOT_THERE,
        outside: NOT_THERE,
      };
      return `failed to remove '${path}': ${why[found.type]}`;
    }),
});

export const touch: Filter = fileTool({
  name: 'touch',
  options: { flags: 'acm' },
  least: 1,
  run: ({ operands }, files) =>
    eachOf(operands, (path) => {
      const writable = writablePath(files, path);
      if ('path' in writable) return { path: writable.path, text: '', isAdded: true };
      return writable.problem === 'Is a directory'
        ? undefined
        : `cannot touch '${path}': ${writable.problem}`;
    }),
});

/** Everything here is root's, so that only a file's permissions are changed. */
export const chmod: Filter = fileTool({
  name: 'chmod',
  options: { flags: 'Rv', long: { recursive: 'R' } },
  least: 2,
  run({ operands: [mode = '', ...paths] }, files) {
    const bits = bitsOf(mode);
    return eachOf(paths, (path) => {
      const found = findFile(files, path);
      if (found.type === 'folder') return undefined;
      if (found.type !== 'file') return `cannot access '${path}': ${NOT_THERE}`;
      return bits === undefined ? undefined : { path: found.path, text: found.text, mode: bits };
    });
  },
});

/** Of a mode in letters, whether it lets a file be run. */
function bitsOf(mode: string): number | undefined {
  if (/^[0-7]{3,4}$/.test(mode)) return Number.parseInt(mode, 8);
  return mode.includes('x') ? 0o755 : undefined;
}

export const chown: Filter = fileTool({
  name: 'chown',
  options: { flags: 'Rv', long: { recursive: 'R' } },
  least: 2,
  run: ({ operands: [, ...paths] }, files) =>
    eachOf(paths, (path) =>
      ['file', 'folder'].includes(findFile(files, path).type)
        ? undefined
        : `cannot access '${path}': ${NOT_THERE}`,
    ),
});
