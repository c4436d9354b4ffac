import type { Entry } from '../../kernel/log/entry.ts';
import type { Tables } from '../../kernel/table/store.ts';
import { rowsToTurnBack } from '../../kernel/table/turn-back.ts';
import type { CachesRenewed, StoreEvent, StoreRestored, StoreSaved } from '../contract/api-event.ts';
import { heardCounter } from './control-plane.ts';
import { rememberPod } from './evolve-machine-pods.ts';
import type { WorldRows } from './world.ts';

/** What becomes of etcd as a whole, and of those who watch it. */
export function evolveStore(tables: Tables<WorldRows>, event: StoreEvent, entry: Entry<unknown>): void {
  switch (event.type) {
    case 'StoreRestored':
      restore(tables, event, entry);
      return;
    case 'StoreSaved':
      save(tables, event, entry.seq);
      return;
    case 'CachesRenewed':
      renew(tables, event, entry);
  }
}

/**
 * etcd holds what it held at an earlier seq, under the revision that it had. Names that were generated since
 * stay used, and what is true on the machines stays true: a kubelet remembers the pods that are forgotten.
 */
function restore(
  tables: Tables<WorldRows>,
  { seq: held, revision }: StoreRestored,
  { seq, at }: Entry<unknown>,
): void {
  for (const { key, row } of rowsToTurnBack(tables.objects, { held, now: seq })) {
    const before = tables.objects.read(key, seq);
    if (before && before.metadata.uid !== row?.metadata.uid) rememberPod(tables, key, seq);
    tables.objects.write(key, row, seq);
  }
  for (const { key, row } of rowsToTurnBack(tables.etcdKeys, { held, now: seq }))
    tables.etcdKeys.write(key, row, seq);
  for (const { key, row } of rowsToTurnBack(tables.etcdLeases, { held, now: seq }))
    tables.etcdLeases.write(key, row, seq);
  tables.counters.write('revision', { value: revision }, seq);
  tables.counters.write(RESTORED, { value: held }, seq);
  tables.counters.write(RESTORED_AT, { value: at }, seq);
}

/** A kubelet that has listed its pods anew puts right what others have written of them. */
function renew(
  { machines, counters }: Pick<Tables<WorldRows>, 'machines' | 'counters'>,
  { program, node = '' }: CachesRenewed,
  { at, seq }: Entry<unknown>,
): void {
  const row = program === 'kubelet' ? machines.read(node, seq) : undefined;
  if (!row?.kubelet.running) return;
  machines.write(node, { ...row, kubelet: { ...row.kubelet, backSince: at, refused: true } }, seq);
  counters.write(heardCounter(node), { value: at }, seq);
}

/** The counter that says to which seq the store was turned back last. */
const RESTORED = 'restored';

/** The counter that says when, in virtual milliseconds. */
export const RESTORED_AT = 'restored at';

/** Notes where a store stands that can be had again. */
function save({ counters }: Pick<Tables<WorldRows>, 'counters'>, { name }: StoreSaved, seq: number): void {
  const revision = counters.read('revision', seq)?.value ?? 0;
  counters.write(savedCounter(name), { value: seq }, seq);
  counters.write(savedRevisionCounter(name), { value: revision }, seq);
}

/** The counter that says as of which seq etcd was saved under a name. */
export function savedCounter(name: string): string {
  return `saved ${name}`;
}

/** And the one that says at which revision. */
export function savedRevisionCounter(name: string): string {
  return `saved ${name} revision`;
}

/** When etcd was turned back last, and to what. */
export interface LastRestore {
  /** seq of the entry that turned it back. */
  readonly at: number;
  /** seq of the state that it was turned back to. */
  readonly held: number;
}

/** The last restore that is part of a state; undefined where there was none. */
export function lastRestore(
  tables: Pick<Tables<WorldRows>, 'counters'>,
  seq: number,
): LastRestore | undefined {
  const row = tables.counters.read(RESTORED, seq);
  return row && { at: tables.counters.changedAt(RESTORED, seq) ?? 0, held: row.value };
}

/** The keys of the objects that a restore changed, in their order. */
export function keysRestored(tables: Tables<WorldRows>, { at }: Pick<LastRestore, 'at'>): readonly string[] {
  const { objects } = tables;
  const keys = new Set<string>();
  for (const seq of [at - 1, at]) {
    for (const [key] of objects.rows(seq)) if (objects.changedAt(key, at) === at) keys.add(key);
  }
  return [...keys].sort();
}
