import type { ArrivalRow } from './arrival-event.ts';
import type { CommandRow, CounterRow, StoryRow } from './client-rows.ts';
import type { EtcdRows } from './etcd-rows.ts';
import type { MachineRows } from './machine-rows.ts';
import type { ClusterSettings } from './settings.ts';
import type { TrafficRow } from './traffic-rows.ts';
import type { WriterRow } from './writer-row.ts';

/** The tables outside etcd, and what a row of each is. Rows are plain JSON. */
export interface Rows extends MachineRows, EtcdRows {
  /** One row, `cluster`. */
  readonly settings: ClusterSettings;
  /** One row, `latest`: what has arrived last from outside. */
  readonly arrivals: ArrivalRow;
  /** Commands typed so far, by id. */
  readonly commands: CommandRow;
  /** One row, `story`: where the scenario stands. */
  readonly story: StoryRow;
  /** Clients that a scenario lets ask for things, by name. */
  readonly traffic: TrafficRow;
  /** Who wrote an object by typing, by its etcd key; a version of it was written with each of theirs. */
  readonly writers: WriterRow;
  /** Whole numbers: `revision` (etcd's), and whatever else counts up. */
  readonly counters: CounterRow;
}
