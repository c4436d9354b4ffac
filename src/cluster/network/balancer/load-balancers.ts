import { type Millis, SECOND } from '../../../kernel/time/millis.ts';
import type { BalancerRow, BalancerTarget } from '../../contract/balancer-rows.ts';
import type { Address, Component, Reaction, View, Wake } from '../../contract/component.ts';
import type { RowReader } from '../../contract/reader.ts';
import { areInTouch } from '../../world/reach.ts';
import { deltaOfRow } from '../../world/row-delta.ts';
import { changesReach, REACH_CHANGES } from '../proxy/destinations-of.ts';
import { localEndpoints } from '../proxy/local-endpoints.ts';

const NAME = 'load-balancer';

/** How often they look, and how many looks in a row make them believe it (GKE: 8 s, 3 and 1). */
const PERIOD_MS: Millis = 8 * SECOND;
const DOUBTS_UNTIL = { ill: 3, well: 1 } as const;

/** It looks for the first time as soon as it is there. */
const FIRST_MS: Millis = 1;

/**
 * The load balancers themselves, which somebody runs outside of the cluster: they ask each machine whether it
 * is well, at `/healthz` of its kube-proxy or at the service's healthCheckNodePort. A look is at one of them.
 */
export const loadBalancers: Component = {
  name: NAME,
  concernedBy: ['BalancerMoved', 'BalancerOrdered', 'ProxyRulesSynced', ...REACH_CHANGES],
  *concernsOf({ event }, rows) {
    if (event.type === 'BalancerMoved' || event.type === 'BalancerOrdered') yield addressOf(event.balancer);
    const isOfRules = event.type === 'ProxyRulesSynced';
    if (!isOfRules && !changesReach(event.type)) return;
    for (const { balancer, spec } of rows.rowsBy('balancers', 'all', ''))
      if (!isOfRules || spec?.healthPort !== undefined) yield addressOf(balancer);
  },
  *addresses({ rows }) {
    for (const { balancer } of rows.rowsBy('balancers', 'all', '')) yield addressOf(balancer);
  },
  *reconcile({ rows }, { key }, now) {
    const row = rows.row('balancers', key);
    if (row && isCheckTime(row, now)) yield* check(rows, row);
  },
  wake,
};

function addressOf(balancer: string): Address {
  return { actor: NAME, key: balancer };
}

function isCheckTime({ madeAt }: BalancerRow, now: Millis): boolean {
  return madeAt !== undefined && now > madeAt && (now - madeAt - FIRST_MS) % PERIOD_MS === 0;
}

function* check(rows: RowReader, row: BalancerRow): Reaction {
  const targets: Record<string, BalancerTarget> = {};
  for (const [node, target] of Object.entries(row.targets))
    targets[node] = targetAfter(target, answersCheck(rows, row, node));
  const delta = deltaOfRow(row, { ...row, targets });
  if (delta.set || delta.unset) yield { type: 'BalancerMoved', balancer: row.balancer, ...delta };
}

function targetAfter({ isHealthy, doubts = 0 }: BalancerTarget, isWell: boolean): BalancerTarget {
  if (isWell === isHealthy) return { isHealthy };
  const needed = isWell ? DOUBTS_UNTIL.well : DOUBTS_UNTIL.ill;
  return doubts + 1 >= needed ? { isHealthy: isWell } : { isHealthy, doubts: doubts + 1 };
}

/** Whether a machine would say now that it is well. */
function answersCheck(rows: RowReader, { service, spec }: BalancerRow, node: string): boolean {
  if (!rows.row('machines', node) || !areInTouch(rows, undefined, node)) return false;
  return spec?.healthPort === undefined || localEndpoints(rows, node, service) > 0;
}

/** While all is as it was found, nobody has to look. */
function wake({ rows }: View, { key }: Address, from: Millis): Wake | undefined {
  const row = rows.row('balancers', key);
  if (row?.madeAt === undefined) return undefined;
  const isAsFound = Object.entries(row.targets).every(
    ([node, { isHealthy, doubts }]) => doubts === undefined && isHealthy === answersCheck(rows, row, node),
  );
  if (isAsFound) return undefined;
  const first = row.madeAt + FIRST_MS;
  const checks = Math.max(0, Math.ceil((from - first) / PERIOD_MS));
  return { at: first + checks * PERIOD_MS, cause: rows.changedAt('balancers', key) };
}
