import type { Millis } from '../kernel/time/millis.ts';

/** Something that a play tells of, in words: a write, an Event, a value that a count came to. */
export interface Told {
  readonly atMs: Millis;
  /** What is compared: names, uids, addresses and times are abstracted away. */
  readonly says: string;
  /** Which entry of a log told it. */
  readonly seq?: number;
}

/** In which respect two plays part. */
export type Aspect =
  /** That something came to be, or not. */
  | 'objects'
  /** What a pod's object went through, write by write. */
  | 'states'
  /** Which fields of any other object were written, and to what. */
  | 'fields'
  /** Who wrote it. */
  | 'writers'
  /** Kubernetes Events: reason, message, source, count. */
  | 'events'
  /** Nodes that pods were settled to go to, and that were not the best ones. */
  | 'placements'
  | 'times'
  | 'order'
  /** The kubelet's tick on which it lets go of deleted pods. */
  | 'grid'
  | 'spam filter'
  /** Times that stand in a status. */
  | 'stamps'
  | 'back-offs'
  /** What a command printed. */
  | 'outputs';

/** Where two plays part: the one that is wanted, and the one that actually was. */
export interface Divergence {
  /** `Pod liveness`, `Deployment nginx`, `kubectl get pods`, …, as every play says it. */
  readonly about: string;
  readonly aspect: Aspect;
  /** What of it is compared: `sizes`, `replicas in the end`, `Events`, …. */
  readonly of: string;
  /** When, in the wanted play. */
  readonly atMs: Millis;
  /** What the wanted play tells there; absent: nothing. */
  readonly wanted?: Told;
  readonly actual?: Told;
  /** What both tell just before, in either play. */
  readonly agreed?: { readonly wanted: Told; readonly actual: Told };
  /** Both sides at length: several lines. */
  readonly text: string;
}

/** What a divergence is about, and in which respect. */
export type Subject = Pick<Divergence, 'about' | 'aspect' | 'of'>;
