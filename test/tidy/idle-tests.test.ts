import { expect, test } from 'vitest';
import { findIdleTests } from './idle-tests.ts';

test.each([
  ["test.only('a', () => {});", 'probe.test.ts:1: with .only no other test runs'],
  ["test.skip('a', () => {});", 'hides a test'],
  ["it.concurrent.skip('a', () => {});", 'hides a test'],
  ["test.todo('a');", 'hides a test'],
  ["test('a', (context) => context.skip());", 'skip() without a reason'],
  ["test('a', () => { expect(true).toBe(true); });", 'a literal is expected'],
])('%s', (text, complaint) => {
  expect(findIdleTests('probe.test.ts', text)).toEqual([expect.stringContaining(complaint)]);
});

test.each([
  "test.skipIf(process.platform === 'win32')('needs a terminal', () => {});",
  "test('a', (context) => context.skip('this machine has no terminal'));",
  "test('a', () => { expect(sliceOf(3)).toBe(1); }); list.only(1);",
])('%s is no complaint', (text) => {
  expect(findIdleTests('probe.test.ts', text)).toEqual([]);
});
