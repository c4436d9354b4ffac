import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ProcessState } from '../../../../src/cluster/node/processes/process-state.ts';
import { type Play, play } from './play.ts';
import { randomScript } from './random-script.ts';

const web: Play['answer'] = (request) =>
  request.protocol === 'http'
    ? { afterMs: 3, answer: { kind: 'http', address: '10.0.0.9', status: 200, headers: {}, body: 'web\n' } }
    : { afterMs: 3, answer: { kind: 'unresolved' } };

const playScript = (script: string, store?: Play['store']): ReturnType<typeof play> =>
  play({
    argv: ['sh', '-c', script, 'sh', 'one', 'two words'],
    answer: web,
    untilMs: 60_000,
    ...(store && { store }),
  });

/** What a log keeps of it. */
const throughJson = (state: ProcessState): ProcessState =>
  deepFreeze(JSON.parse(JSON.stringify(state)) as ProcessState);

function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const key of Object.keys(value)) deepFreeze((value as Record<string, unknown>)[key]);
  return Object.freeze(value);
}

/** Paths of values that JSON does not have: undefined, functions, classes. */
function notJson(value: unknown, path: string): string[] {
  if (value === null || ['string', 'boolean'].includes(typeof value)) return [];
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [path];
  if (
    typeof value !== 'object' ||
    ![Object.prototype, Array.prototype].includes(Object.getPrototypeOf(value))
  )
    return [path];
  return Object.entries(value).flatMap(([key, inner]) => notJson(inner, `${path}.${key}`));
}

describe('a process is plain data at every moment at which it waits', () => {
  test('storing it and reading it back changes nothing', () => {
    fc.assert(
      fc.property(randomScript, (script) => {
        const straight = playScript(script);
        const stored = playScript(script, throughJson);
        expect(stored.transcript).toEqual(straight.transcript);
        expect([stored.exit, stored.endedAt, stored.files]).toEqual([
          straight.exit,
          straight.endedAt,
          straight.files,
        ]);
        expect(stored.effects).toEqual(straight.effects);
      }),
      { numRuns: 100 },
    );
  });

  test('it has nothing in it that JSON has not', () => {
    fc.assert(
      fc.property(randomScript, (script) => {
        playScript(script, (state) => {
          expect(notJson(state, 'process')).toEqual([]);
          return state;
        });
      }),
      { numRuns: 60 },
    );
  });

  test('the same script does the same twice', () => {
    fc.assert(
      fc.property(randomScript, (script) => {
        expect(playScript(script)).toEqual(playScript(script));
      }),
      { numRuns: 40 },
    );
  });

  test('a loop that goes on for hours stays small', () => {
    const sizes: number[] = [];
    playScript('i=0; while true; do date; x=$(echo $i | tr 0-9 a-j); i=$((i+1)); sleep 1; done', (state) => {
      sizes.push(JSON.stringify(state).length);
      return state;
    });
    expect(Math.max(...sizes)).toBeLessThan(1500);
    expect(Math.max(...sizes.slice(-10)) - Math.max(...sizes.slice(1, 10))).toBeLessThan(30);
  });
});

test('no text makes the shell or a tool throw', () => {
  fc.assert(
    fc.property(fc.oneof(randomScript, fc.string({ unit: 'grapheme' }), fc.string()), (script) => {
      const { exit, state } = playScript(script);
      expect(exit !== undefined || Object.keys(state?.tasks ?? {}).length > 0).toBe(true);
    }),
    { numRuns: 200 },
  );
});
