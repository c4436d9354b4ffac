import type { ApiEvent } from '../contract/api-event.ts';
import { ETCD_ROW } from '../contract/etcd-rows.ts';
import type { Event } from '../contract/event.ts';
import type { Refused } from '../contract/response.ts';
import { etcdReader } from '../world/etcd-reader.ts';
import type { World } from '../world/world.ts';
import { bytesInUse, bytesOf, bytesOfFile, DEFAULT_QUOTA } from './store-size.ts';

export interface SpaceRefusal {
  /** What the write that went too far has raised. */
  readonly events: readonly Event[];
  readonly response: Refused;
}

const EXCEEDED: Refused = {
  ok: false,
  status: { code: 500, reason: '', message: 'etcdserver: mvcc: database space exceeded' },
};

/**
 * What etcd says to the API server's writes when there is no more space. Deletions are taken always. How full
 * it is is asked only where somebody has set a limit; nobody simulates two gigabytes.
 */
export function refusalForSpace(
  { store: { tables }, seq }: World,
  events: readonly ApiEvent[],
): SpaceRefusal | undefined {
  const row = tables.etcd.read(ETCD_ROW, seq);
  if (row === undefined || !events.some(isGrowth)) return undefined;
  if (row.alarms.length > 0) return { events: [], response: EXCEEDED };
  const limited = tables.etcdMembers
    .list('all', '', seq)
    .filter(({ quota = DEFAULT_QUOTA, runs }) => runs && quota < DEFAULT_QUOTA);
  if (limited.length === 0) return undefined;
  const inUse = bytesInUse(etcdReader(tables, seq), row.compacted);
  const more = events.reduce((sum, event) => sum + bytesOfEvent(event), 0);
  const full = limited.find(({ id, quota = DEFAULT_QUOTA }) => bytesOfFile(row, id, inUse) + more > quota);
  return full && { events: [{ type: 'EtcdAlarmRaised', id: full.id }], response: EXCEEDED };
}

function isGrowth({ type }: ApiEvent): boolean {
  return type === 'ObjectCreated' || type === 'ObjectUpdated';
}

/** Of an update only the change is known here, and it is enough to tell when the limit is near. */
function bytesOfEvent(event: ApiEvent): number {
  if (event.type === 'ObjectCreated') return bytesOf({ key: event.key, value: event.object });
  return event.type === 'ObjectUpdated' ? event.key.length : 0;
}
