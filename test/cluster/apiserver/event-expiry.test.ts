import { expect, test } from 'vitest';
import { eventExpiry } from '../../../src/cluster/apiserver/event-expiry.ts';
import type { Address, View } from '../../../src/cluster/contract/component.ts';
import type { Event } from '../../../src/cluster/contract/event.ts';
import type { CoreEvent } from '../../../src/cluster/objects/kubernetes.ts';
import { objectReader, rowReader } from '../../../src/cluster/world/readers.ts';
import { given, type Server, settingsOf } from './server.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const k8sEvent = (name: string, creationTimestamp: string, more: Partial<CoreEvent> = {}) => ({
  apiVersion: 'v1',
  kind: 'Event',
  metadata: { name, namespace: 'default', creationTimestamp },
  involvedObject: {},
  ...more,
});

function viewOf({ world }: Server): View {
  const settings = settingsOf();
  const position = { tables: world.store.tables, seq: world.seq };
  return { settings, chance: settings, objects: objectReader(position), rows: rowReader(position) };
}

const addressesOf = (server: Server): Address[] => [...(eventExpiry.addresses?.(viewOf(server)) ?? [])];

function gone(server: Server, address: Address, now: number): Event[] {
  const events: Event[] = [];
  const reaction = eventExpiry.reconcile(viewOf(server), address, now);
  const silence = { ok: true, revision: 0 } as const;
  for (let next = reaction.next(silence); !next.done; next = reaction.next(silence)) {
    if ('type' in next.value) events.push(next.value);
  }
  return events;
}

test('an Event goes between one hour and a minute more after it was made', () => {
  const server = given([k8sEvent('a', '2026-11-21T05:00:10Z')]);
  const [address] = addressesOf(server);
  if (!address) throw new Error('nobody looks');
  const wake = eventExpiry.wake?.(viewOf(server), address, 0);
  expect(wake).toEqual({ at: HOUR + MINUTE, cause: null });
  expect(gone(server, address, HOUR + MINUTE - 1)).toEqual([]);
  expect(gone(server, address, HOUR + MINUTE)).toEqual([
    { type: 'ObjectDeleted', resource: 'events', key: '/registry/events/default/a', revision: 5 },
  ]);
  // It is still there: nothing could be deleted when its time came.
  const late = HOUR + MINUTE + 1;
  expect(eventExpiry.wake?.(viewOf(server), address, late)).toEqual({ at: late, cause: null });
});

test.each<[string, Partial<CoreEvent>]>([
  ['counted again', { lastTimestamp: '2026-11-21T05:07:00Z', count: 9 }],
  ['seen again in a series', { series: { count: 3, lastObservedTime: '2026-11-21T05:07:00.000000Z' } }],
])('an Event that was %s lives an hour from then', (_what, more) => {
  const server = given([k8sEvent('a', '2026-11-21T05:00:10Z', more)]);
  const [address] = addressesOf(server);
  expect(address && eventExpiry.wake?.(viewOf(server), address, 0)?.at).toBe(HOUR + 8 * MINUTE);
});

test('Events of one minute go together, each with a revision of its own', () => {
  const server = given([
    k8sEvent('a', '2026-11-21T05:00:10Z'),
    k8sEvent('b', '2026-11-21T05:00:59Z'),
    k8sEvent('c', '2026-11-21T05:01:00Z'),
  ]);
  const addresses = addressesOf(server);
  expect(addresses).toHaveLength(2);
  const [first] = addresses;
  expect(first && gone(server, first, HOUR + MINUTE)).toMatchObject([
    { key: '/registry/events/default/a' },
    { key: '/registry/events/default/b' },
  ]);
});

test('whoever writes an Event makes etcd look at its lease', () => {
  const object = k8sEvent('a', '2026-11-21T05:00:10Z');
  const server = given([object]);
  const change = {
    type: 'ADDED',
    resource: 'events',
    key: '/registry/events/default/a',
    object,
    seq: 1,
  } as const;
  const { rows, objects } = viewOf(server);
  expect([...(eventExpiry.deliveriesOf?.(change, rows, objects) ?? [])]).toEqual(addressesOf(server));
  expect([...(eventExpiry.deliveriesOf?.({ ...change, type: 'DELETED' }, rows, objects) ?? [])]).toEqual([]);
});
