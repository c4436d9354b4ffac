import { consume, readable } from '../machine/descriptors.ts';
import { readOptions, refuse } from './options.ts';
import type { Tool } from './tool.ts';

const usage = 'tr [-cds] STRING1 [STRING2]';

export const tr: Tool = {
  usage,
  run(io) {
    const options = readOptions(io, usage, { letters: 'cCds' });
    if (!options) return 1;
    const [first, second] = options.operands;
    if (first === undefined) {
      refuse(io, usage, 'missing operand');
      return 1;
    }
    const from = expandSet(first);
    const complement = options.has('c') || options.has('C');
    const has = (char: string): boolean => from.includes(char) !== complement;
    const to = expandSet(second ?? '');
    const deletes = options.has('d');
    const squeezed = options.has('s') ? (second === undefined ? from : to) : [];
    const translated = (char: string): string => {
      if (deletes || second === undefined || !has(char)) return char;
      return (complement ? to.at(-1) : (to[from.indexOf(char)] ?? to.at(-1))) ?? char;
    };
    const squeezes = (char: string): boolean =>
      squeezed.includes(char) !== (complement && second === undefined);
    const descriptor = io.task.fds['0'] ?? 'null';
    const { text, ended, endless } = readable(io.machine, descriptor);
    consume(io.machine, descriptor, text.length);
    let last = typeof io.memory === 'string' ? io.memory : '';
    let output = '';
    for (const char of text) {
      if (deletes && has(char)) continue;
      const next = translated(char);
      if (options.has('s') && next === last && squeezes(next)) continue;
      output += next;
      last = next;
    }
    io.out(output);
    if (ended) return 0;
    return { wait: endless ? { until: io.now } : { readable: descriptor }, memory: last };
  },
};

const CLASSES: Readonly<Record<string, string>> = {
  alnum: 'a-zA-Z0-9',
  alpha: 'a-zA-Z',
  blank: ' \t',
  digit: '0-9',
  lower: 'a-z',
  upper: 'A-Z',
  space: ' \t\n\v\f\r',
  punct: '!-/:-@[-`{-~',
  xdigit: '0-9A-Fa-f',
  cntrl: '\0-\x1f',
};

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  f: '\f',
  v: '\v',
  b: '\b',
  a: '\x07',
};

/** `a-z`, `[:upper:]`, `\n`, `\012`. */
function expandSet(text: string): string[] {
  const plain = text
    .replace(/\[:([a-z]+):\]/g, (whole, name: string) => CLASSES[name] ?? whole)
    .replace(/\\([0-7]{1,3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
    .replace(/\\(.)/g, (_, char: string) => ESCAPES[char] ?? char);
  const chars = [...plain];
  const set: string[] = [];
  for (let at = 0; at < chars.length; at += 1) {
    const [from = '', dash, to] = chars.slice(at, at + 3);
    if (dash !== '-' || to === undefined || to < from) {
      set.push(from);
      continue;
    }
    for (let code = from.charCodeAt(0); code <= to.charCodeAt(0); code += 1)
      set.push(String.fromCharCode(code));
    at += 2;
  }
  return set;
}
