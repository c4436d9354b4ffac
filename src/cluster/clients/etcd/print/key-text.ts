import type { KeyChange, KeyValue } from '../../../contract/etcd-reader.ts';
import { decimalId } from '../../../etcd/etcd-ids.ts';
import { storedBytes } from '../../../etcd/stored-value.ts';
import { encodeBase64, encodeBytes, textOfUtf8, utf8Bytes } from '../../../objects/base64.ts';
import { quoteGo } from '../../../objects/go-json.ts';
import type { Asking } from '../asking.ts';
import { goObject, type Header, headerFields, headerJson, numberJson } from './header.ts';

/** A key that is printed: with `keys only`, the value is empty. */
export interface ShownKey extends KeyValue {
  readonly isBare?: boolean;
}

/** `get`, as its formats have it. */
export function keysText(
  ask: Asking,
  header: Header,
  { kvs, count, more }: { readonly kvs: readonly ShownKey[]; readonly count: number; readonly more: boolean },
): string {
  switch (ask.format) {
    case 'json': {
      const list = kvs.length === 0 ? undefined : `[${kvs.map(keyJson).join(',')}]`;
      const pairs = [
        ['header', headerJson(header)],
        ['kvs', list],
        ['more', more ? 'true' : undefined],
        ['count', numberJson(count)],
      ] as const;
      return `${goObject(pairs)}\n`;
    }
    case 'fields': {
      const fields = kvs.map((kv) => keyFields(kv, '')).join('');
      return `${headerFields(ask, header)}${fields}"More" : ${more}\n"Count" : ${count}\n`;
    }
    default:
      return kvs.map((kv) => simpleKey(ask, kv)).join('');
  }
}

/** A key and its value, a line each. */
export function simpleKey(ask: Asking, kv: ShownKey, isValueOnly = false): string {
  const bytes = kv.isBare ? [] : storedBytes(kv);
  const key = ask.isHex ? hexText(utf8Bytes(kv.key)) : kv.key;
  const value = ask.isHex ? hexText(bytes) : textOfUtf8(bytes);
  return isValueOnly ? `${value}\n` : `${key}\n${value}\n`;
}

function hexText(bytes: readonly number[]): string {
  return bytes.map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
}

function keyJson(kv: ShownKey): string {
  const bytes = kv.isBare ? [] : storedBytes(kv);
  return goObject([
    ['key', JSON.stringify(encodeBase64(kv.key))],
    ['create_revision', numberJson(kv.created)],
    ['mod_revision', numberJson(kv.modified)],
    ['version', numberJson(kv.version)],
    ['value', bytes.length === 0 ? undefined : JSON.stringify(encodeBytes(bytes))],
    ['lease', kv.lease === undefined ? undefined : decimalId(kv.lease)],
  ]);
}

function keyFields(kv: ShownKey, prefix: string): string {
  const value = textOfUtf8(kv.isBare ? [] : storedBytes(kv));
  const lines = [
    `"${prefix}Key" : ${quoteGo(kv.key)}`,
    `"${prefix}CreateRevision" : ${kv.created}`,
    `"${prefix}ModRevision" : ${kv.modified}`,
    `"${prefix}Version" : ${kv.version}`,
    `"${prefix}Value" : ${quoteGo(value)}`,
    `"${prefix}Lease" : ${kv.lease === undefined ? 0 : decimalId(kv.lease)}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** `del`, as its formats have it. */
export function deletedText(
  ask: Asking,
  header: Header,
  { deleted, before }: { readonly deleted: number; readonly before: readonly KeyValue[] },
): string {
  switch (ask.format) {
    case 'json': {
      const list = before.length === 0 ? undefined : `[${before.map(keyJson).join(',')}]`;
      const pairs = [
        ['header', headerJson(header)],
        ['deleted', numberJson(deleted)],
        ['prev_kvs', list],
      ] as const;
      return `${goObject(pairs)}\n`;
    }
    case 'fields': {
      const fields = before.map((kv) => keyFields(kv, 'Prev')).join('');
      return `${headerFields(ask, header)}"Deleted" : ${deleted}\n${fields}`;
    }
    default:
      return `${deleted}\n${before.map((kv) => simpleKey(ask, kv)).join('')}`;
  }
}

/** `put`, as its formats have it. */
export function putText(ask: Asking, header: Header, before: KeyValue | undefined): string {
  switch (ask.format) {
    case 'json':
      return `${goObject([
        ['header', headerJson(header)],
        ['prev_kv', before && keyJson(before)],
      ])}\n`;
    case 'fields':
      return headerFields(ask, header) + (before ? keyFields(before, 'Prev') : '');
    default:
      return `OK\n${before ? simpleKey(ask, before) : ''}`;
  }
}

/** What a watch prints of writes that it is told of at once. */
export function changesText(
  ask: Asking,
  header: Header,
  { changes, hasBefore }: { readonly changes: readonly KeyChange[]; readonly hasBefore: boolean },
): string {
  const shown = changes.map((change) => ({
    type: change.after ? 'PUT' : 'DELETE',
    after: change.after ?? deletedKey(change),
    before: hasBefore ? change.before : undefined,
  }));
  switch (ask.format) {
    case 'json': {
      const events = shown.map(({ type, after, before }) =>
        goObject([
          ['type', type === 'DELETE' ? '1' : undefined],
          ['kv', keyJson(after)],
          ['prev_kv', before && keyJson(before)],
        ]),
      );
      const tail = '"CompactRevision":0,"Canceled":false,"Created":false';
      return `{"Header":${headerJson(header)},"Events":[${events.join(',')}],${tail}}\n`;
    }
    case 'fields':
      return (
        headerFields(ask, header) +
        shown
          .map(
            ({ type, after, before }) =>
              `"Type" : ${type}\n${before ? keyFields(before, 'Prev') : ''}${keyFields(after, '')}`,
          )
          .join('')
      );
    default:
      return shown
        .map(
          ({ type, after, before }) =>
            `${type}\n${before ? simpleKey(ask, before) : ''}${simpleKey(ask, after)}`,
        )
        .join('');
  }
}

/** Of a deletion etcd tells the key and the revision. */
function deletedKey({ key, revision }: KeyChange): KeyValue {
  return { key, value: '', created: 0, modified: revision, version: 0 };
}
