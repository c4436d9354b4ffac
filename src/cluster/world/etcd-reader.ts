import type { Tables } from '../../kernel/table/store.ts';
import type { Version } from '../../kernel/table/version.ts';
import type { VersionedTable } from '../../kernel/table/versioned-table.ts';
import type { EtcdReader, KeyChange, KeyValue } from '../contract/etcd-reader.ts';
import type { EtcdKeyRow } from '../contract/etcd-rows.ts';
import { compareText } from '../objects/json.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import { lastRestore } from './evolve-restore.ts';
import type { WorldRows } from './world.ts';

/** Entries between which revisions only grow: after `from`, up to `to`. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * etcd's own view of its keys. A store that was turned back has the history of its snapshot, and then what
 * was written since: what was undone was never.
 */
export function etcdReader(tables: Tables<WorldRows>, seq: number): EtcdReader {
  const spans = spansOf(tables, seq);
  const history = { tables, spans };
  return {
    now: () => ({ seq, revision: revisionAt(tables, seq) }),
    at: (key, revision) => keyAt(history, key, seqOf(history, revision)),
    range(isMeant, revision) {
      const at = seqOf(history, revision);
      const found = keysAt(tables, at).filter(isMeant);
      return found.sort(compareText).flatMap((key) => keyAt(history, key, at) ?? []);
    },
    changesAfter: (isMeant, revision) => changesAfter(history, isMeant, { revision, seq }),
    *versionsSince(revision) {
      for (const key of keysAt(tables, seq)) yield* versionsOf(history, key, { revision, seq });
    },
  };
}

/** The seq at which a store that may have been turned back was at a revision. */
export function historyOf(
  tables: Tables<WorldRows>,
  seq: number,
): { readonly seqAt: (revision: number) => number } {
  const history = { tables, spans: spansOf(tables, seq) };
  return { seqAt: (revision) => seqOf(history, revision) };
}

interface History {
  readonly tables: Tables<WorldRows>;
  /** Oldest first. */
  readonly spans: readonly Span[];
}

function spansOf(tables: Tables<WorldRows>, seq: number): readonly Span[] {
  const restore = lastRestore(tables, seq);
  if (!restore) return [{ from: -1, to: seq }];
  return [...spansOf(tables, restore.held), { from: restore.at, to: seq }];
}

function revisionAt(tables: Tables<WorldRows>, seq: number): number {
  return tables.counters.read('revision', seq)?.value ?? 0;
}

/** seq of the last entry of this history at which the store was not past a revision. */
function seqOf({ tables, spans }: History, revision: number): number {
  for (const { from, to } of [...spans].reverse()) {
    if (from >= 0 && revisionAt(tables, from) > revision) continue;
    let [low, high] = [Math.max(from, 0), to];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (revisionAt(tables, middle) <= revision) low = middle;
      else high = middle - 1;
    }
    return low;
  }
  return 0;
}

function keysAt({ objects, etcdKeys }: Tables<WorldRows>, seq: number): string[] {
  const keys: string[] = [];
  for (const [key] of objects.rows(seq)) keys.push(key);
  for (const [key, row] of etcdKeys.rows(seq)) if (!row.deleted) keys.push(key);
  return keys;
}

function keyAt(history: History, key: string, seq: number): KeyValue | undefined {
  const { objects, etcdKeys } = history.tables;
  const object = objects.read(key, seq);
  if (object === undefined) {
    const row = etcdKeys.read(key, seq);
    return row && !row.deleted ? ofRow(row) : undefined;
  }
  const life = lifeOf(history, key, seq);
  const created = life.at(-1)?.row;
  return {
    key,
    value: object,
    created: revisionOf(created ?? object),
    modified: revisionOf(object),
    version: life.length,
  };
}

function ofRow({ key, value, created, modified, version, lease }: EtcdKeyRow): KeyValue {
  return { key, value, created, modified, version, ...(lease === undefined ? {} : { lease }) };
}

function revisionOf({ metadata }: KubeObject): number {
  return Number(metadata.resourceVersion ?? 0);
}

/** The versions of an object since it was made last, newest first. */
function lifeOf(history: History, key: string, seq: number): Version<KubeObject>[] {
  const life: Version<KubeObject>[] = [];
  for (const version of written(history, history.tables.objects, key, seq)) {
    if (version.row === undefined) break;
    life.push(version);
  }
  return life;
}

/** The versions of this history up to a seq, newest first; what a restore put back is no write. */
function* written<Row>(
  { spans }: History,
  table: VersionedTable<Row>,
  key: string,
  seq: number,
): Generator<Version<Row>, void, void> {
  for (const { from, to } of [...spans].reverse()) {
    if (from >= seq) continue;
    for (const version of table.latest(key, Math.min(to, seq))) {
      if (version.seq <= from) break;
      yield version;
    }
  }
}

interface Since {
  readonly revision: number;
  readonly seq: number;
}

function changesAfter(
  history: History,
  isMeant: (key: string) => boolean,
  { revision, seq }: Since,
): readonly KeyChange[] {
  const { tables } = history;
  const keys = new Set([...keysAt(tables, seqOf(history, revision)), ...keysAt(tables, seq)]);
  for (const [key] of tables.etcdKeys.rows(seq)) keys.add(key);
  const changes: KeyChange[] = [];
  for (const key of keys) {
    if (!isMeant(key)) continue;
    for (const change of changesOf(history, key, { revision, seq })) changes.push(change);
  }
  return changes.sort((a, b) => a.revision - b.revision || compareText(a.key, b.key));
}

function* changesOf(history: History, key: string, { revision, seq }: Since): Generator<KeyChange> {
  const { tables } = history;
  const table: VersionedTable<unknown> =
    tables.objects.changedAt(key, seq) === undefined ? tables.etcdKeys : tables.objects;
  for (const version of written(history, table, key, seq)) {
    const at = revisionAt(tables, version.seq);
    if (at <= revision) return;
    const after = keyAt(history, key, version.seq);
    const before = keyAt(history, key, version.seq - 1);
    if (after ?? before)
      yield { key, revision: after?.modified ?? at, ...(after && { after }), ...(before && { before }) };
  }
}

function* versionsOf(history: History, key: string, { revision, seq }: Since): Generator<KeyValue> {
  const { objects, etcdKeys } = history.tables;
  for (const { row, seq: at } of written(history, objects, key, seq)) {
    if (row === undefined) return;
    const modified = revisionOf(row);
    yield { key, value: row, created: 0, modified, version: 0 };
    if (modified <= revision || at <= 0) return;
  }
  for (const { row } of written(history, etcdKeys, key, seq)) {
    if (row === undefined || row.deleted) return;
    yield ofRow(row);
    if (row.modified <= revision) return;
  }
}
