import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../src/cluster/objects/json.ts';
import { applyJsonPatch } from '../../../../src/cluster/objects/patch/json-patch.ts';
import { applyMergePatch, createMergePatch } from '../../../../src/cluster/objects/patch/merge-patch.ts';
import { arbitraryPod } from './arbitrary-objects.ts';

describe('a JSON merge patch', () => {
  test.each<[original: unknown, patch: unknown, result: unknown]>([
    // The examples of RFC 7396, appendix A, that an API object can meet.
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('%j with %j is %j', (original, patch, result) => {
    expect(applyMergePatch(original as JsonObject, patch as JsonObject)).toEqual(result);
  });

  test('that was made from two objects turns the one into the other', () => {
    fc.assert(
      fc.property(arbitraryPod, arbitraryPod, (before, after) => {
        expect(applyMergePatch(before, createMergePatch(before, after))).toEqual(after);
      }),
    );
  });
});

describe('a JSON patch', () => {
  test.each<[name: string, original: JsonObject, patch: unknown[], result: JsonObject]>([
    ['adds a member', { a: 1 }, [{ op: 'add', path: '/b', value: 2 }], { a: 1, b: 2 }],
    ['adds before an element', { a: [1, 3] }, [{ op: 'add', path: '/a/1', value: 2 }], { a: [1, 2, 3] }],
    ['adds at the end of a list', { a: [1] }, [{ op: 'add', path: '/a/-', value: 2 }], { a: [1, 2] }],
    [
      'removes',
      { a: [1, 2], b: 3 },
      [
        { op: 'remove', path: '/a/0' },
        { op: 'remove', path: '/b' },
      ],
      { a: [2] },
    ],
    [
      'replaces inside of elements',
      { a: [{ b: 1 }] },
      [{ op: 'replace', path: '/a/0/b', value: 2 }],
      { a: [{ b: 2 }] },
    ],
    ['moves', { a: { b: 1 } }, [{ op: 'move', from: '/a/b', path: '/c' }], { a: {}, c: 1 }],
    ['copies', { a: 1 }, [{ op: 'copy', from: '/a', path: '/b' }], { a: 1, b: 1 }],
    [
      'reads escaped slashes and tildes',
      { labels: { 'a/b': '1', 'c~d': '2' } },
      [
        { op: 'replace', path: '/labels/a~1b', value: 'x' },
        { op: 'remove', path: '/labels/c~0d' },
      ],
      { labels: { 'a/b': 'x' } },
    ],
    [
      'goes on when a test holds',
      { a: { b: 1 } },
      [{ op: 'test', path: '/a', value: { b: 1 } }],
      { a: { b: 1 } },
    ],
  ])('%s', (_, original, patch, result) => {
    const before = structuredClone(original);
    expect(applyJsonPatch(original, patch)).toEqual({ ok: true, object: result });
    expect(original).toEqual(before);
  });

  test.each<[patch: unknown, problem: string]>([
    [[{ op: 'test', path: '/a', value: 2 }], 'testing value /a failed: test failed'],
    [
      [{ op: 'replace', path: '/z', value: 2 }],
      'replace operation does not apply: doc is missing path: z: missing value',
    ],
    [[{ op: 'remove', path: '/list/5' }], 'remove operation does not apply: invalid index 5'],
    [
      [{ op: 'add', path: '/x/y', value: 1 }],
      'add operation does not apply: doc is missing path: x: missing value',
    ],
    [{ op: 'add' }, 'error decoding patch: a JSON patch is a list of operations'],
  ])('%j is refused', (patch, problem) => {
    expect(applyJsonPatch({ a: 1, list: [] }, patch)).toMatchObject({ ok: false, problem });
  });
});
