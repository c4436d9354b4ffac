import type { FileNode } from '../../../images/file-node.ts';
import { sizeOf } from '../../files/file-view.ts';
import type { Machine } from '../../machine/machine.ts';
import type { Task } from '../../process-state.ts';

/** The value of `[ … ]`, or what is wrong with it in the words of busybox (`coreutils/test.c`). */
export function evaluateTest(machine: Machine, task: Task, args: readonly string[]): boolean | string {
  if (args.length === 0) return false;
  const reader: Reader = { machine, task, args, at: 0 };
  const value = byCount(reader) ?? readAny(reader);
  if (reader.problem !== undefined) return reader.problem;
  if (reader.at < args.length) return `${args[reader.at] ?? ''}: unknown operand`;
  return value;
}

interface Reader {
  readonly machine: Machine;
  readonly task: Task;
  readonly args: readonly string[];
  at: number;
  problem?: string;
}

/** POSIX decides by the number of arguments where there are few, so that `[ ! = x ]` means what it should. */
function byCount(reader: Reader): boolean | undefined {
  const [a = '', b = '', c = ''] = reader.args;
  const count = reader.args.length;
  if (count === 1) {
    reader.at = 1;
    return a !== '';
  }
  if (count === 2 && a === '!') {
    reader.at = 2;
    return b === '';
  }
  if (count === 2 && UNARY.includes(a)) {
    reader.at = 2;
    return isSo(reader, a, b);
  }
  if (count === 3 && BINARY.includes(b)) {
    reader.at = 3;
    return compare(reader, a, b, c);
  }
  return undefined;
}

const BINARY = ['=', '==', '!=', '<', '>', '-eq', '-ne', '-lt', '-le', '-gt', '-ge', '-nt', '-ot', '-ef'];
const UNARY = [
  '-a',
  '-b',
  '-c',
  '-d',
  '-e',
  '-f',
  '-g',
  '-h',
  '-L',
  '-n',
  '-p',
  '-r',
  '-s',
  '-S',
  '-t',
  '-u',
  '-k',
  '-O',
  '-G',
  '-w',
  '-x',
  '-z',
];

function readAny(reader: Reader): boolean {
  let value = readAll(reader);
  while (reader.args[reader.at] === '-o') {
    reader.at += 1;
    const right = readAll(reader);
    value = value || right;
  }
  return value;
}

function readAll(reader: Reader): boolean {
  let value = readNot(reader);
  while (reader.args[reader.at] === '-a') {
    reader.at += 1;
    const right = readNot(reader);
    value = value && right;
  }
  return value;
}

function readNot(reader: Reader): boolean {
  if (reader.args[reader.at] !== '!' || BINARY.includes(reader.args[reader.at + 1] ?? ''))
    return readPrimary(reader);
  reader.at += 1;
  return !readNot(reader);
}

function readPrimary(reader: Reader): boolean {
  const first = reader.args[reader.at];
  if (first === undefined) return fail(reader, 'argument expected');
  const operator = reader.args[reader.at + 1] ?? '';
  if (BINARY.includes(operator)) {
    const right = reader.args[reader.at + 2];
    reader.at += 3;
    return right === undefined
      ? fail(reader, `${operator}: argument expected`)
      : compare(reader, first, operator, right);
  }
  if (first === '(' && reader.at + 1 < reader.args.length) {
    reader.at += 1;
    const value = readAny(reader);
    if (reader.args[reader.at] !== ')') return fail(reader, 'closing paren expected');
    reader.at += 1;
    return value;
  }
  reader.at += 1;
  if (!UNARY.includes(first) || reader.at >= reader.args.length) return first !== '';
  reader.at += 1;
  return isSo(reader, first, operator);
}

function fail(reader: Reader, problem: string): false {
  reader.problem ??= problem;
  reader.at = reader.args.length;
  return false;
}

function nodeAt({ machine, task }: Reader, path: string): FileNode | undefined {
  const resolved = path === '' ? undefined : machine.files.resolve(path, task.cwd);
  return resolved === undefined ? undefined : machine.files.node(resolved);
}

function isSo(reader: Reader, operator: string, operand: string): boolean {
  if (operator === '-n') return operand !== '';
  if (operator === '-z') return operand === '';
  if (operator === '-t') return false;
  if (operator === '-h' || operator === '-L') {
    return (
      reader.machine.files.node(
        reader.machine.files.resolve(parent(operand), reader.task.cwd) + nameIn(operand),
      )?.kind === 'link'
    );
  }
  const device = DEVICES.includes(operand);
  const node = nodeAt(reader, operand);
  switch (operator) {
    case '-e':
    case '-a':
      return device || node !== undefined;
    case '-f':
      return !device && node?.kind === 'file';
    case '-d':
      return node?.kind === 'directory';
    case '-c':
      return device;
    case '-s':
      return node !== undefined && sizeOf(node) > 0;
    case '-w':
      return device || (node !== undefined && !reader.machine.files.isReadOnly(operand));
    case '-x':
      return node !== undefined ? (node.mode & 0o111) !== 0 : isTool(operand);
    case '-r':
    case '-O':
    case '-G':
      return device || node !== undefined;
    default:
      return false;
  }
}

const DEVICES = [
  '/dev/null',
  '/dev/zero',
  '/dev/random',
  '/dev/urandom',
  '/dev/full',
  '/dev/stdout',
  '/dev/stderr',
  '/dev/stdin',
  '/dev/tty',
];
const isTool = (path: string): boolean => /^(\/usr)?(\/local)?\/s?bin\/(sh|busybox|env)$/.test(path);
const parent = (path: string): string =>
  path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) || '/' : '.';
const nameIn = (path: string): string => `/${path.slice(path.lastIndexOf('/') + 1)}`.replace(/^\/\//, '/');

function compare(reader: Reader, left: string, operator: string, right: string): boolean {
  switch (operator) {
    case '=':
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '>':
      return left > right;
    case '-nt':
    case '-ot':
    case '-ef':
      return compareFiles(reader, left, operator, right);
    default:
      return compareNumbers(reader, left, operator, right);
  }
}

function compareFiles(reader: Reader, left: string, operator: string, right: string): boolean {
  const [a, b] = [nodeAt(reader, left), nodeAt(reader, right)];
  if (operator === '-ef') return a !== undefined && a === b;
  const [newer, older] = operator === '-nt' ? [a, b] : [b, a];
  return newer !== undefined && older !== undefined && newer.modifiedAt > older.modifiedAt;
}

function compareNumbers(reader: Reader, left: string, operator: string, right: string): boolean {
  const isNumber = (text: string): boolean => /^\s*[-+]?\d+\s*$/.test(text);
  const bad = [left, right].find((text) => !isNumber(text));
  if (bad !== undefined) {
    const { task } = reader;
    const isShell = task.kind === 'shell';
    if (isShell && task.bash) return fail(reader, `${bad}: integer expression expected`);
    return fail(reader, isShell && task.dash ? `Illegal number: ${bad}` : `${bad}: bad number`);
  }
  const [a, b] = [Number(left), Number(right)];
  switch (operator) {
    case '-eq':
      return a === b;
    case '-ne':
      return a !== b;
    case '-lt':
      return a < b;
    case '-le':
      return a <= b;
    case '-gt':
      return a > b;
    default:
      return a >= b;
  }
}
