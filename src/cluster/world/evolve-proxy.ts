import type { Entry } from '../../kernel/log/entry.ts';
import type { Tables } from '../../kernel/table/store.ts';
import type { Event } from '../contract/event.ts';
import {
  affinityKey,
  type ProxyEvent,
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
  tables.proxies.write(node, { node, syncedAt: at }, seq);
  for (const change of event.rules) {
    const key = proxyRuleKey(node, change.servicePort);
    const row = ruleAfter(tables.proxyRules.read(key, seq), node, change);
    tables.proxyRules.write(key, row, seq);
  }
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
