import { byteLength } from '../../../tools/byte-length.ts';
import { matchesPattern, patternOf } from '../expansion/pattern.ts';
import { notSimulated } from './options.ts';
import { linkPath, removeTree } from './remove.ts';
import type { Tool, ToolIo } from './tool.ts';
import { type Visited, walkTree } from './walk-tree.ts';

type Test = (visited: Visited) => boolean;

/** The tests that are asked for most; of the actions only `-print` and `-delete`. */
export const find: Tool = {
  usage: 'find [-HL] [PATH]... [OPTIONS] [ACTIONS]',
  run(io) {
    const first = io.args.findIndex((arg) => /^[-!(]/.test(arg));
    const paths = first < 0 ? io.args : io.args.slice(0, first);
    const query = readQuery(io, first < 0 ? [] : io.args.slice(first));
    if (typeof query === 'string') return notSimulated(io, query);
    let code = 0;
    for (const path of paths.length > 0 ? paths : ['.']) {
      const all = walkTree(io, path, linkPath(io, path));
      if (all.length === 0) {
        io.complain(`${path}: No such file or directory`);
        code = 1;
      }
      for (const visited of all.filter((one) => query.tests.every((test) => test(one)))) {
        if (query.deletes) removeTree(io, visited.path);
        else io.out(`${visited.shown}\n`);
      }
    }
    return code;
  },
};

interface Query {
  readonly tests: Test[];
  deletes: boolean;
}

function readQuery(io: ToolIo, args: readonly string[]): Query | string {
  const query: Query = { tests: [], deletes: false };
  let negated = false;
  for (let at = 0; at < args.length; at += 1) {
    const name = args[at] ?? '';
    if (name === '!' || name === '-not') {
      negated = true;
      continue;
    }
    if (name === '-print' || name === '-a') continue;
    if (name === '-delete') {
      query.deletes = true;
      continue;
    }
    at += 1;
    const test = testOf(io, name, args[at] ?? '');
    if (!test) return `'${name}'`;
    query.tests.push(negated ? (visited) => !test(visited) : test);
    negated = false;
  }
  return query;
}

function testOf(io: ToolIo, name: string, value: string): Test | undefined {
  const pattern = patternOf([{ text: value, quoted: false }]);
  switch (name) {
    case '-name':
      return ({ shown }) => matchesPattern(pattern, shown.slice(shown.lastIndexOf('/') + 1));
    case '-path':
      return ({ shown }) => matchesPattern(pattern, shown);
    case '-type':
      return ({ node }) => node.kind[0] === value;
    case '-maxdepth':
      return ({ depth }) => depth <= Number(value);
    case '-mindepth':
      return ({ depth }) => depth >= Number(value);
    case '-mmin':
      return ({ node }) => compares(value, Math.floor((io.now - node.modifiedAt) / 60_000));
    case '-mtime':
      return ({ node }) => compares(value, Math.floor((io.now - node.modifiedAt) / 86_400_000));
    case '-size':
      return ({ node }) =>
        compares(value, Math.ceil((node.sizeBytes ?? byteLength(node.content ?? '')) / unitOf(value)));
    default:
      return undefined;
  }
}

/** `+5` is more than, `-5` less than, `5` exactly. */
function compares(wanted: string, value: number): boolean {
  const number = Number(/\d+/.exec(wanted)?.[0] ?? 0);
  return wanted.startsWith('+') ? value > number : wanted.startsWith('-') ? value < number : value === number;
}

const unitOf = (text: string): number =>
  text.endsWith('c') ? 1 : text.endsWith('k') ? 1024 : text.endsWith('M') ? 1 << 20 : 512;
