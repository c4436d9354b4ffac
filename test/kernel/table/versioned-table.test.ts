import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTable, type VersionedTable } from '../../../src/kernel/table/versioned-table.ts';

interface Row {
  readonly value: number;
}
const table = (): VersionedTable<Row> =>
  createTable<Row>({ parity: ({ value }) => (value % 2 === 0 ? 'even' : 'odd') });
const keys = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const writes = fc.array(fc.tuple(keys, fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined })), {
  maxLength: 60,
});
type Writes = [string, number | undefined][];

/** The plain model: a copied Map for every seq. */
function statesOf(list: Writes): Map<string, number>[] {
  const states = [new Map<string, number>()];
  for (const [key, value] of list) {
    const next = new Map(states.at(-1));
    if (value === undefined) next.delete(key);
    else next.set(key, value);
    states.push(next);
  }
  return states;
}

function write(to: VersionedTable<Row>, list: Writes, from = 0): void {
  for (const [index, [key, value]] of list.entries()) {
    to.write(key, value === undefined ? undefined : { value }, from + index + 1);
  }
}

function expectState(of: VersionedTable<Row>, seq: number, state: ReadonlyMap<string, number>): void {
  for (const key of 'abcde') expect(of.read(key, seq)?.value).toBe(state.get(key));
  expect(new Map([...of.rows(seq)].map(([key, row]) => [key, row.value]))).toEqual(state);
  for (const [name, bit] of [
    ['even', 0],
    ['odd', 1],
  ] as const) {
    const wanted = [...state]
      .filter(([, value]) => value % 2 === bit)
      .map(([key]) => key)
      .sort();
    expect([...of.keysBy('parity', name, seq)]).toEqual(wanted);
    expect(of.list('parity', name, seq).map(({ value }) => value)).toEqual(
      wanted.map((key) => state.get(key)),
    );
    expect(of.countBy('parity', name, seq)).toBe(wanted.length);
  }
}

describe('a versioned table', () => {
  test('knows under which values a row has ever been, a branch those of both', () => {
    const of = table();
    write(of, [
      ['a', 1],
      ['a', undefined],
    ]);
    expect([of.valuesHad('parity'), of.hasHad('parity', 'odd'), of.hasHad('parity', 'even')]).toEqual([
      1,
      true,
      false,
    ]);
    const branch = of.branch(2);
    const had = branch.valuesHad('parity');
    expect([branch.hasHad('parity', 'odd'), branch.hasHad('parity', 'even')]).toEqual([true, false]);
    branch.write('a', { value: 2 }, 3);
    expect([branch.valuesHad('parity') > had, branch.hasHad('parity', 'even')]).toEqual([true, true]);
    expect(of.hasHad('parity', 'even')).toBe(false);
  });

  test('reads every state that it ever had, as copies would', () => {
    fc.assert(
      fc.property(writes, (list) => {
        const subject = table();
        write(subject, list);
        for (const [seq, state] of statesOf(list).entries()) expectState(subject, seq, state);
      }),
    );
  });

  test('a branch has the past in common and its own future', () => {
    fc.assert(
      fc.property(writes, writes, fc.nat(), (list, other, cut) => {
        const seq = list.length === 0 ? 0 : cut % list.length;
        const subject = table();
        write(subject, list);
        const branch = subject.branch(seq);
        write(branch, other, seq);
        const branched = [...list.slice(0, seq), ...other];
        for (const [at, state] of statesOf(branched).entries()) expectState(branch, at, state);
        for (const [at, state] of statesOf(list).entries()) expectState(subject, at, state);
        for (const key of 'abcde') {
          expect(branch.versions(key, branched.length).map((version) => version.seq)).toEqual(
            branched.flatMap(([written], index) => (written === key ? [index + 1] : [])),
          );
        }
      }),
    );
  });

  test('tells who wrote a row last, its removal included', () => {
    const subject = table();
    write(subject, [
      ['a', 1],
      ['b', 1],
      ['a', undefined],
    ]);
    expect([0, 1, 2, 3].map((seq) => subject.changedAt('a', seq))).toEqual([undefined, 1, 1, 3]);
    expect(subject.branch(3).changedAt('a', 3)).toBe(3);
  });

  test('lists what states hold while more is written, by readers that lag behind', () => {
    const many = fc.array(
      fc.tuple(
        fc.integer({ min: 10, max: 40 }).map((number) => `row-${number}`),
        fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined, freq: 3 }),
        fc.nat({ max: 12 }),
      ),
      { maxLength: 400 },
    );
    fc.assert(
      fc.property(many, (list) => {
        const subject = table();
        const states = statesOf(list.map(([key, value]) => [key, value]));
        for (const [index, [key, value, lag]] of list.entries()) {
          const row = value === undefined ? undefined : { value };
          subject.write(key, row, index + 1);
          const seq = Math.max(0, index + 1 - lag);
          const wanted = [...(states[seq] ?? [])]
            .filter(([, held]) => held % 2 === 0)
            .sort(([a], [b]) => (a < b ? -1 : 1));
          const listed = subject.list('parity', 'even', seq);
          expect(listed.map((held) => held.value)).toEqual(wanted.map(([, held]) => held));
        }
      }),
    );
  });

  test('lists the very same array as long as nothing in it changes', () => {
    const subject = table();
    for (let row = 0; row < 20; row++) subject.write(`row-${row}`, { value: row }, row + 1);
    const even = subject.list('parity', 'even', 20);
    subject.write('row-1', { value: 3 }, 21);
    expect(subject.list('parity', 'even', 21)).toBe(even);
    subject.write('row-2', { value: 4 }, 22);
    expect(subject.list('parity', 'even', 22)).not.toBe(even);
    expect(subject.list('parity', 'even', 21)).toBe(even);
  });
});
