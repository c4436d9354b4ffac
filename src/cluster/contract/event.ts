import type { ApiEvent, StoreEvent } from './api-event.ts';
import type { ArrivalEvent } from './arrival-event.ts';
import type { EtcdEvent } from './etcd-rows.ts';
import type { MachineEvent } from './machine-event.ts';
import type { PastFound } from './past-event.ts';
import type { ClusterSettings } from './settings.ts';
import type { StoryEvent } from './story-event.ts';
import type { TrafficEvent } from './traffic-rows.ts';

/** Everything that can happen: one closed union, past tense, plain JSON. */
export type Event =
  | { readonly type: 'ClusterConfigured'; readonly settings: ClusterSettings }
  | ApiEvent
  | StoreEvent
  | ArrivalEvent
  | EtcdEvent
  | PastFound
  | MachineEvent
  | TrafficEvent
  | StoryEvent;
