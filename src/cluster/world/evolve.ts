import type { Entry } from '../../kernel/log/entry.ts';
import { storeAfter, type Tables } from '../../kernel/table/store.ts';
import type { EtcdEvent } from '../contract/etcd-rows.ts';
import type { Event } from '../contract/event.ts';
import type { MachineEvent } from '../contract/machine-event.ts';
import { evolveApi } from './evolve-api.ts';
import { evolveTurn, programsAtWork, turnsPrograms } from './evolve-control-plane.ts';
import { evolveEtcd, isEtcdEvent } from './evolve-etcd.ts';
import { evolveMachine } from './evolve-machine.ts';
import { rememberPod } from './evolve-machine-pods.ts';
import { evolvePast } from './evolve-past.ts';
import { evolveStore } from './evolve-restore.ts';
import { evolveStory, isTold } from './evolve-story.ts';
import { evolveTraffic } from './evolve-traffic.ts';
import { notePolicy } from './policy-changed.ts';
import type { World, WorldRows } from './world.ts';

/**
 * Folds one entry into the world: the only writer of it. Total, since what is in the log has happened. It
 * appends to the tables if `world` is their newest state and branches them otherwise, so that every earlier
 * world stays.
 */
export function evolve(world: World, entry: Entry<Event>): World {
  const store = storeAfter(world.store, world.seq);
  const { event, seq, at } = entry;
  switch (event.type) {
    case 'ClusterConfigured':
      store.tables.settings.write('cluster', event.settings, seq);
      break;
    case 'ObjectCreated':
    case 'ObjectUpdated':
    case 'ObjectDeleted':
      if (event.type === 'ObjectDeleted') rememberPod(store.tables, event.key, seq);
      if (event.type !== 'ObjectCreated' && at >= 0) notePolicy(store.tables, event.resource, entry);
      evolveApi(store.tables, event, entry);
      break;
    case 'PastFound':
      evolvePast(store.tables, event, seq);
      break;
    case 'StoreRestored':
    case 'StoreSaved':
    case 'CachesRenewed':
      evolveStore(store.tables, event, entry);
      break;
    case 'RequestRefused':
    case 'NoticeGiven':
    case 'CheckpointReached':
    case 'QuestionAsked':
      break;
    case 'TrafficStarted':
    case 'TrafficStopped':
    case 'TrafficCounted':
    case 'TrafficTold':
      evolveTraffic(store.tables, event, entry);
      break;
    default:
      if (isTold(event)) evolveStory(store.tables, event, entry);
      else evolveRest(store.tables, event, entry);
  }
  store.head = seq;
  return { seq, at, store };
}

/** Of machines, and of etcd's members. */
function evolveRest(tables: Tables<WorldRows>, event: EtcdEvent | MachineEvent, entry: Entry<Event>): void {
  const atWork = turnsPrograms(event) ? programsAtWork(tables, entry.seq) : undefined;
  if (isEtcdEvent(event)) evolveEtcd(tables, event, entry);
  else evolveMachine(tables, event, entry);
  if (atWork) evolveTurn(tables, atWork, entry);
}
