import type { Address, View, Wake } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import type { Event } from '../../contract/event.ts';
import { instancesOf } from '../../contract/instances.ts';
import type { RowReader } from '../../contract/reader.ts';
import type { WebProxyKind } from '../../contract/web-rows.ts';
import { proxyKindOf } from './proxy-pods.ts';

/** How reverse proxies of a kind begin and end: with the containers in which they run, one an actor. */
export interface ProxyLife {
  containerOf(address: { readonly actor: string }): string;
  /** Of all that run. */
  all(rows: RowReader): readonly Address[];
  concernsOf(event: Event, rows: RowReader): Iterable<Address>;
  listsAfresh(event: Event): Iterable<Address>;
  /** Takes note of a beginning or an end; `runs` tells that it is neither. */
  keepUp(view: View, container: string): Doing<'runs' | 'does not'>;
  wake(view: View, container: string, from: number): Wake | 'runs' | undefined;
}

/** What a container's end or beginning may follow from. */
export const OF_PROXIES = [
  'ContainerStarted',
  'ContainerExited',
  'ContainerRemoved',
  'PodForgotten',
  'MachineStopped',
] as const;

export function proxyLife(kind: WebProxyKind): ProxyLife {
  const { actorOf, nodeOf } = instancesOf(kind);
  const addressOf = (container: string): Address => ({ actor: actorOf(container), key: 'sync' });
  const all = (rows: RowReader): readonly Address[] =>
    rows
      .rowsBy('webProxies', 'all', '')
      .filter((row) => row.kind === kind)
      .map(({ container }) => addressOf(container));
  return {
    containerOf: nodeOf,
    all,
    *concernsOf(event, rows) {
      const isOfContainer = event.type === 'ContainerStarted' || event.type === 'ContainerExited';
      if (isOfContainer && proxyKindOf(rows, event.container) === kind) yield addressOf(event.container);
      if (event.type === 'ContainerRemoved' && rows.row('webProxies', event.container)?.kind === kind)
        yield addressOf(event.container);
      if (event.type === 'PodForgotten' || event.type === 'MachineStopped') yield* all(rows);
    },
    *listsAfresh(event) {
      if (event.type === 'WebProxyStarted' && event.kind === kind) yield addressOf(event.proxy);
    },
    *keepUp({ rows }, container) {
      const row = rows.row('webProxies', container);
      if (!runs(rows, container)) {
        if (row) yield { type: 'WebProxyStopped', proxy: container };
        return 'does not';
      }
      if (row) return 'runs';
      const { pod = '', node = '' } = rows.row('containers', container) ?? {};
      yield { type: 'WebProxyStarted', proxy: container, pod, node, container, kind };
      return 'does not';
    },
    wake({ rows }, container, from) {
      const isKnown = rows.row('webProxies', container) !== undefined;
      const isRunning = runs(rows, container);
      if (isKnown && isRunning) return 'runs';
      if (isKnown === isRunning) return undefined;
      return { at: from, cause: rows.changedAt('containers', container) };
    },
  };
}

function runs(rows: RowReader, container: string): boolean {
  const row = rows.row('containers', container);
  return row?.startedAt !== undefined && !row.exit && rows.row('machines', row.node)?.off === undefined;
}
