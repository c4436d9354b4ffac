import type { Tables } from '../../kernel/table/store.ts';
import { type Millis, SECOND } from '../../kernel/time/millis.ts';
import type { ConnectionRow } from '../contract/connection-row.ts';
import type { HttpRequest } from '../contract/network-request.ts';
import type { Served } from '../contract/served-row.ts';
import { hasAddon } from '../contract/settings.ts';
import type { WorldRows } from './world.ts';

/** So far back who measures looks, and a little more. */
const KEPT_MS = 30 * SECOND;

/** Where somebody measures what pods use: one more request that one of them has answered. */
export function countServed(
  { served, settings }: Tables<WorldRows>,
  { target, call, answer }: ConnectionRow,
  { at, seq }: { readonly at: Millis; readonly seq: number },
): void {
  if (target?.pod === undefined || call.protocol !== 'http' || answer?.kind !== 'http') return;
  const cluster = settings.read('cluster', seq);
  if (!cluster || !hasAddon(cluster, 'metricsServer')) return;
  const { pod, port } = target;
  const { method, path } = call as HttpRequest;
  const second = Math.floor(at / SECOND) * SECOND;
  const recent = (served.read(pod, seq)?.recent ?? []).filter((each) => each.at > second - KEPT_MS);
  const isSame = (each: Served): boolean =>
    each.at === second && each.port === port && each.method === method && each.path === path;
  const known = recent.some(isSame);
  const next = known
    ? recent.map((each) => (isSame(each) ? { ...each, count: each.count + 1 } : each))
    : [...recent, { at: second, port, method, path, count: 1 }];
  served.write(pod, { pod, recent: next }, seq);
}
