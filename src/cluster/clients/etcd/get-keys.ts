import type { KeyValue } from '../../contract/etcd-reader.ts';
import { etcdRow } from '../../etcd/membership.ts';
import { storedBytes } from '../../etcd/stored-value.ts';
import { textOfUtf8 } from '../../objects/base64.ts';
import { quoteGo } from '../../objects/go-json.ts';
import { compareText } from '../../objects/json.ts';
import type { Outcome } from '../program.ts';
import { type Asking, BAD_ARGS, BAD_FEATURE, fail } from './asking.ts';
import { ALL, isInRange, type KeyRange } from './key-range.ts';
import { headerOf } from './print/header.ts';
import { keysText, simpleKey } from './print/key-text.ts';
import { reach, refused } from './reach.ts';

const RANGE = '/etcdserverpb.KV/Range';

/** `etcdctl get` */
export function getKeys(ask: Asking): Outcome {
  const wrong = wrongArguments(ask);
  if (wrong) return wrong;
  const isSerializable = ask.flag('consistency') === 's';
  const reached = reach(ask, { method: RANGE, isLed: !isSerializable });
  if ('outcome' in reached) return reached.outcome;
  const { member, endpoint } = reached;
  const etcd = ask.call.view.objects.etcd();
  const now = etcd.now().revision;
  const revision = Number(ask.flag('rev')) || now;
  const compacted = etcdRow(ask.call.view.rows)?.compacted ?? 0;
  const [key = ''] = ask.operands;
  const problem =
    key === '' && !isOpen(ask)
      ? { code: 'InvalidArgument', reason: 'etcdserver: key is not provided' }
      : revisionProblem(revision, { now, compacted });
  if (problem) return refused(ask, { endpoint, method: RANGE, ...problem });
  const misfit = wrongFormat(ask);
  if (misfit) return misfit;
  const found = etcd.range(rangeOf(ask), revision).filter((kv) => isBetween(ask, kv));
  const sorted = sortedKeys(ask, found);
  const limit = Number(ask.flag('limit'));
  const taken = limit > 0 ? sorted.slice(0, limit) : sorted;
  if (ask.isSet('print-value-only')) {
    const isBare = ask.isSet('keys-only');
    for (const kv of taken) ask.out(simpleKey(ask, { ...kv, isBare }, true));
    return { exitCode: 0 };
  }
  const kvs = ask.isSet('count-only') ? [] : taken.map((kv) => ({ ...kv, isBare: ask.isSet('keys-only') }));
  const more = limit > 0 && found.length > limit;
  ask.out(keysText(ask, headerOf(ask, member), { kvs, count: found.length, more }));
  return { exitCode: 0 };
}

/** What of a revision that is asked for is no more, or not yet. */
export function revisionProblem(
  revision: number,
  { now, compacted }: { readonly now: number; readonly compacted: number },
): { readonly code: string; readonly reason: string } | undefined {
  const code = 'OutOfRange';
  if (revision > now) return { code, reason: 'etcdserver: mvcc: required revision is a future revision' };
  if (revision < compacted) return { code, reason: 'etcdserver: mvcc: required revision has been compacted' };
  return undefined;
}

function wrongArguments(ask: Asking): Outcome | undefined {
  const isOne = ask.isSet('prefix') || ask.isSet('from-key');
  if (ask.operands.length === 0)
    return fail(ask, 'get command needs one argument as key and an optional argument as range_end', BAD_ARGS);
  if (ask.isSet('prefix') && ask.isSet('from-key')) return fail(ask, CHOOSE_ONE, BAD_ARGS);
  if (ask.isSet('keys-only') && ask.isSet('count-only'))
    return fail(ask, '`--keys-only` and `--count-only` cannot be set at the same time, choose one', BAD_ARGS);
  if (!/^[ls]$/.test(ask.flag('consistency')))
    return fail(ask, `unknown consistency flag ${quoteGo(ask.flag('consistency'))}`, BAD_FEATURE);
  if (ask.operands.length > 1 && isOne) return fail(ask, TOO_MANY, BAD_ARGS);
  if (!/^(ASCEND|DESCEND|)$/i.test(ask.flag('order')))
    return fail(ask, `bad sort order ${ask.flag('order')}`, BAD_FEATURE);
  if (!/^(CREATE|KEY|MODIFY|VALUE|VERSION|)$/i.test(ask.flag('sort-by')))
    return fail(ask, `bad sort target ${ask.flag('sort-by')}`, BAD_FEATURE);
  return undefined;
}

export const CHOOSE_ONE = '`--prefix` and `--from-key` cannot be set at the same time, choose one';
export const TOO_MANY = 'too many arguments, only accept one argument when `--prefix` or `--from-key` is set';

function wrongFormat(ask: Asking): Outcome | undefined {
  if (ask.isSet('count-only') && ask.format !== 'fields')
    return fail(ask, '--count-only is only for `--write-out=fields`', BAD_ARGS);
  if (ask.isSet('print-value-only') && ask.format !== 'simple')
    return fail(ask, 'print-value-only is only for `--write-out=simple`', BAD_ARGS);
  return ask.format === 'table' ? unsupported(ask) : undefined;
}

export function unsupported(ask: Asking): Outcome {
  return fail(ask, `${ask.format} not supported as output format`, BAD_FEATURE);
}

function isOpen(ask: Asking): boolean {
  return ask.isSet('prefix') || ask.isSet('from-key');
}

/** The keys that a key with `--prefix`, `--from-key` or an end stands for. */
export function rangeOf(ask: Asking): (key: string) => boolean {
  const range = keyRangeOf(ask);
  return (key) => isInRange(key, range);
}

export function keyRangeOf(ask: Asking): KeyRange {
  const [first = '', end] = ask.operands;
  if (ask.isSet('prefix')) return { first, isPrefix: true };
  if (ask.isSet('from-key')) return { first, end: ALL };
  return end === undefined ? { first } : { first, end };
}

function isBetween(ask: Asking, { created, modified }: KeyValue): boolean {
  const within = (value: number, low: string, high: string): boolean => {
    const [from, to] = [Number(ask.flag(low)), Number(ask.flag(high))];
    return value >= from && (to === 0 || value <= to);
  };
  if (ask.series !== '3.6') return true;
  return (
    within(created, 'min-create-rev', 'max-create-rev') && within(modified, 'min-mod-rev', 'max-mod-rev')
  );
}

function sortedKeys(ask: Asking, kvs: readonly KeyValue[]): readonly KeyValue[] {
  const target = ask.flag('sort-by').toUpperCase();
  const order = ask.flag('order').toUpperCase();
  // Without an order, whatever is not the key is sorted upwards.
  const sign = order === 'DESCEND' ? -1 : 1;
  if (order === '' && (target === '' || target === 'KEY')) return kvs;
  const by = (a: KeyValue, b: KeyValue): number => {
    switch (target) {
      case 'CREATE':
        return a.created - b.created;
      case 'MODIFY':
        return a.modified - b.modified;
      case 'VERSION':
        return a.version - b.version;
      case 'VALUE':
        return compareText(textOfUtf8(storedBytes(a)), textOfUtf8(storedBytes(b)));
      default:
        return compareText(a.key, b.key);
    }
  };
  return [...kvs].sort((a, b) => sign * by(a, b));
}
