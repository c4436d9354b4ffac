import type { Entry } from '../../kernel/log/entry.ts';
import type { Tables } from '../../kernel/table/store.ts';
import type { Event } from '../contract/event.ts';
import type { WebEvent } from '../contract/web-rows.ts';
import { rowAfter } from './row-delta.ts';
import type { WorldRows } from './world.ts';

export function isWebEvent(event: Event): event is WebEvent {
  return 'proxy' in event && event.type !== 'RequestTaken';
}

/** The reverse proxies in pods, after one fact. */
export function evolveWeb(
  { webProxies }: Tables<WorldRows>,
  event: WebEvent,
  { at, seq }: Entry<Event>,
): void {
  const { proxy } = event;
  switch (event.type) {
    case 'WebProxyStarted': {
      const { type: _, proxy: __, ...row } = event;
      webProxies.write(proxy, { ...row, startedAt: at }, seq);
      return;
    }
    case 'WebProxyMoved': {
      const row = webProxies.read(proxy, seq);
      const moved = row && rowAfter(row, event);
      webProxies.write(proxy, moved && event.synced ? { ...moved, syncedAt: at } : moved, seq);
      return;
    }
    case 'WebProxyStopped':
      webProxies.write(proxy, undefined, seq);
  }
}
