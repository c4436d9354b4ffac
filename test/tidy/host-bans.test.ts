import { expect, test } from 'vitest';
import { findHostUses } from './host-bans.ts';

const foundIn = (text: string): number => findHostUses('probe.ts', text).length;

test.each([
  ['a clock', 'const now = Date.now();'],
  ['a new date', 'const today = new Date(0);'],
  ['a date type', 'const show = (at: Date) => at;'],
  ['a stopwatch', 'const from = performance.now();'],
  ['a timer', 'setTimeout(() => {}, 1);'],
  ['chance', 'const draw = Math.random();'],
  ['chance by another spelling', "const draw = Math['random']();"],
  ['a logarithm', 'const jitter = -Math.log(0.5);'],
  ['the order of a locale', 'names.sort((a, b) => a.localeCompare(b));'],
  ['the digits of a locale', '(1234).toLocaleString();'],
  ['a formatter of a locale', 'new Intl.NumberFormat();'],
  ['the environment', "const home = process.env['HOME'];"],
  ['a declared environment', 'declare const process: { env: unknown }; const home = process.env;'],
  ['printing', "console.log('hello');"],
  ['a module of Node', "import { readFileSync } from 'node:fs';"],
  ['an old name of a module of Node', "import { readFileSync } from 'fs';"],
  ['a re-exported module of Node', "export { readFileSync } from 'node:fs';"],
  ['where the file lies', 'const here = import.meta.url;'],
  ['late loading', "const module = import('./other.ts');"],
  ['a back door', "const clock = globalThis['Date'];"],
  ['a shorthand', 'const host = { process };'],
])('%s is found in the pure part', (_, text) => {
  expect(foundIn(text)).toBe(1);
});

test.each([
  ['a word in a text', "const line = 'Date: 2026, process.env, setTimeout(…)';"],
  ['a word in a comment', '// Never Date.now(), never Math.random().\nconst a = 1;'],
  ['a property', 'const deletion = { Date: 1, process: 2 }; deletion.process;'],
  ['a process of the simulated machine', 'function stop(process: Process) { return process.pid; }'],
  ['an own type', 'interface Process { readonly fetch: boolean }'],
  ['a renamed import', "import { Function as Procedure } from 'unbash';"],
  ['an imported name', "import { fetch } from './traffic.ts'; fetch();"],
  ['whole-number arithmetic', 'Math.floor(Math.max(1, 2) / 3);'],
  ['a member of every object', 'const key = object.constructor.toString();'],
])('%s is not', (_, text) => {
  expect(foundIn(text)).toBe(0);
});

test('a finding says where and what to use instead', () => {
  expect(findHostUses('src/kernel/probe.ts', '\nnames.sort((a, b) => a.localeCompare(b));')).toEqual([
    'src/kernel/probe.ts:2 uses localeCompare: use code-unit order: `a < b ? -1 : a > b ? 1 : 0`',
  ]);
});
