import type { KeyChange } from '../../contract/etcd-reader.ts';
import { etcdRow } from '../../etcd/membership.ts';
import type { Outcome } from '../program.ts';
import { type Asking, BAD_ARGS, fail, type Memory } from './asking.ts';
import { keyRangeOf, rangeOf, revisionProblem, unsupported } from './get-keys.ts';
import { headerOf } from './print/header.ts';
import { changesText } from './print/key-text.ts';
import { reach } from './reach.ts';

interface Watching extends Memory {
  /** The revision up to which it has been told. */
  readonly seen?: number;
}

/** `etcdctl watch`: until somebody ends it, or etcd does. */
export function watchKeys(ask: Asking): Outcome {
  const { operands } = ask;
  if (ask.isSet('interactive')) return fail(ask, 'an interactive watch is not simulated');
  if (operands.length < 1 || operands.length > 2) return fail(ask, 'bad number of arguments', BAD_ARGS);
  const memory = ask.memory as Watching;
  const reached = reach(ask, { method: '/etcdserverpb.Watch/Watch', isLed: false, isPatient: true });
  if ('outcome' in reached) return reached.outcome;
  if (ask.format === 'table') return unsupported(ask);
  const { rows, objects } = ask.call.view;
  const row = etcdRow(rows);
  if (row?.leader === undefined) return canceled(ask, 'etcdserver: no leader');
  const etcd = objects.etcd();
  const now = etcd.now().revision;
  const first = Number(ask.flag('rev'));
  const seen = memory.seen ?? (first > 0 ? first - 1 : now);
  const compacted = row.compacted;
  const problem = revisionProblem(seen + 1, { now: seen + 1, compacted });
  if (problem && memory.seen === undefined) return canceled(ask, problem.reason);
  const changes = seen < now ? etcd.changesAfter(rangeOf(ask), seen) : [];
  const hasBefore = ask.isSet('prev-kv');
  const header = headerOf(ask, reached.member);
  for (const group of memory.seen === undefined ? groupedAll(changes) : grouped(changes))
    ask.out(changesText(ask, header, { changes: group, hasBefore }));
  const kept: Watching = { seen: changes.at(-1)?.revision ?? seen };
  const keys = keyRangeOf(ask);
  return {
    pause: {
      memory: kept,
      watches: [{ resource: '*', keys }],
      awaits: [{ type: 'keys', keys, seen: kept.seen ?? 0 }],
    },
  };
}

/** What has been is told at once. */
function groupedAll(changes: readonly KeyChange[]): readonly (readonly KeyChange[])[] {
  return changes.length === 0 ? [] : [changes];
}

/** What comes is told write by write. */
function grouped(changes: readonly KeyChange[]): readonly (readonly KeyChange[])[] {
  const groups: KeyChange[][] = [];
  for (const change of changes) {
    const last = groups.at(-1);
    if (last?.[0]?.revision === change.revision) last.push(change);
    else groups.push([change]);
  }
  return groups;
}

function canceled(ask: Asking, reason: string): Outcome {
  ask.err(`watch was canceled (${reason})\n`);
  return fail(ask, 'watch is canceled by the server', 5);
}
