import type { Entry } from '../../kernel/log/entry.ts';
import type { Tables } from '../../kernel/table/store.ts';
import { type Millis, SECOND } from '../../kernel/time/millis.ts';
import type { Event } from '../contract/event.ts';
import {
  affinityKey,
  type ProxyEvent,
  type ProxyRow,
  type ProxyRuleChange,
  type ProxyRuleRow,
  proxyRuleKey,
} from '../contract/proxy-rows.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import { applyDelta } from './object-delta.ts';
import type { WorldRows } from './world.ts';

export function isProxyEvent(event: Event): event is ProxyEvent {
  return event.type === 'ProxyRulesSynced' || event.type === 'AffinityKept';
}

/** The rules by which nodes route, after one fact. */
export function evolveProxy(
  tables: Tables<WorldRows>,
  event: ProxyEvent,
  { at, seq }: Pick<Entry<Event>, 'at' | 'seq'>,
): void {
  if (event.type === 'AffinityKept') {
    const { type: _, ...kept } = event;
    tables.affinities.write(affinityKey(kept), { ...kept, at }, seq);
    return;
  }
  const { node } = event;
  tables.proxies.write(node, proxyAfter(tables.proxies.read(node, seq), node, at), seq);
  changeRules(tables, event, seq);
}

export function changeRules(
  tables: Tables<WorldRows>,
  { node, rules = [] }: { readonly node: string; readonly rules?: readonly ProxyRuleChange[] },
  seq: number,
): void {
  for (const change of rules) {
    const key = proxyRuleKey(node, change.servicePort);
    const row = ruleAfter(tables.proxyRules.read(key, seq), node, change);
    tables.proxyRules.write(key, row, seq);
  }
}

/** A bucket of two that fills by one a second (async: bounded_frequency_runner.go, burstSyncs). */
const BURST = 2;

/** What is done at one instant is one sync. */
function proxyAfter(row: ProxyRow | undefined, node: string, at: Millis): ProxyRow {
  if (row?.syncedAt === at) return row;
  const had = row ? Math.min(BURST, row.spare + (at - row.syncedAt) / SECOND) : BURST;
  return { node, syncedAt: at, spare: Math.max(0, had - 1) };
}

function ruleAfter(
  row: ProxyRuleRow | undefined,
  node: string,
  change: ProxyRuleChange,
): ProxyRuleRow | undefined {
  if ('isGone' in change) return undefined;
  if ('rule' in change) return { node, servicePort: change.servicePort, ...change.rule };
  return row && (applyDelta(row as unknown as KubeObject, change) as unknown as ProxyRuleRow);
}
