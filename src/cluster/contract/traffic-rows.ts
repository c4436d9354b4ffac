import type { Millis } from '../../kernel/time/millis.ts';

/** What a client of a scenario asks for, and how often: it does not wait for answers before it asks again. */
export interface TrafficSpec {
  /** Besides those that every request has. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly secure?: true;
  /** As it was written: `http://web/`. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly method: string;
  readonly from: TrafficSource;
  /** Requests a second. */
  readonly rate: number;
  /** Each request is sent at some time in its interval, not at its beginning. */
  readonly jitter?: true;
  /** For how long it waits for an answer. */
  readonly timeoutMs: Millis;
  /** Keeps so many connections open, and sends its requests over them in turn; absent: one a request. */
  readonly connections?: number;
  /** How often what became of the requests is written down. */
  readonly windowMs: Millis;
  /** What tells answers apart: the tag of the image that answered, or a label of its pod. */
  readonly versionBy: 'image' | { readonly label: string };
  /** How long answers take is counted too: somebody will ask. */
  readonly measures?: true;
  /** For how long it is kept what had come of the requests at the end of each window. */
  readonly remembersMs?: Millis;
}

/** Where the client is: in a pod, on a node, or outside of the cluster. */
export type TrafficSource =
  /** As a pod of that namespace on that node would, without being one. */
  | { readonly kind: 'inside'; readonly node: string; readonly namespace: string }
  | { readonly kind: 'pod'; readonly namespace: string; readonly name: string }
  | { readonly kind: 'node'; readonly node: string }
  | { readonly kind: 'outside' };

/** What becomes of a request that is not answered. */
export type Loss = 'refused' | 'timedOut' | 'reset' | 'unreachable' | 'unresolved';

/** Losses with one cause at one place. */
export interface LossGroup {
  readonly outcome: Loss;
  /** Why, in plain words: `nobody listens yet`. */
  readonly because: string;
  /** `10.88.1.4:80`; absent where the request went nowhere. */
  readonly endpoint?: string;
  /** `namespace/name/uid` */
  readonly pod?: string;
  /** seq of the entry that made it so. */
  readonly cause: number | null;
  readonly count: number;
  /** When the first and the last of them were sent. */
  readonly first: Millis;
  readonly last: Millis;
}

/** What became of a client's requests. Those that are neither answered nor lost are under way. */
export interface TrafficTotals {
  readonly sent: number;
  /** By class: `2xx`. */
  readonly answered: Readonly<Record<string, number>>;
  /** Answers by version. */
  readonly versions: Readonly<Record<string, number>>;
  readonly losses: readonly LossGroup[];
  /** Answers by how many milliseconds they took, from 100 on with two digits; where that is measured. */
  readonly latencies?: Readonly<Record<string, number>>;
}

/** Where requests go that are sent from a time on. */
export interface TrafficRoute {
  readonly since: Millis;
  readonly to: RouteTarget;
  /** seq of the entry that made it so. */
  readonly cause: number | null;
}

export type RouteTarget =
  /** One of these, drawn for each connection: `10.88.1.4:80`. */
  | {
      readonly kind: 'endpoints';
      readonly endpoints: readonly string[];
      /** Of each of them, where they are not as likely as each other. */
      readonly weights?: readonly number[];
      readonly affinityMs?: Millis;
      /** Those that new connections do not get to, because a node on the way drops them. */
      readonly dropped?: Readonly<Record<string, DroppedThere>>;
    }
  /** Nobody is asked: what comes of it, and when. */
  | { readonly kind: Loss; readonly because: string; readonly afterMs?: Millis }
  /** The client itself is not there, so that nothing is sent. */
  | { readonly kind: 'silent' };

/** Why, in plain words, and seq of the entry that made it so. */
export interface DroppedThere {
  readonly because: string;
  readonly cause: number | null;
}

/** What a request meets at an endpoint from a time on. */
export interface EndpointState {
  readonly since: Millis;
  /** `forwards`: it asks somebody else, by its plan. */
  readonly does: 'answers' | 'forwards' | 'refuses' | 'resets' | 'hangs';
  readonly plan?: ForwardPlan;
  /** What becomes of requests that were under way when this began. */
  readonly underWay: 'goes on' | 'is reset' | 'hangs';
  readonly because: string;
  readonly cause: number | null;
  /** Of an answer. */
  readonly status?: number;
  readonly delayMs?: Millis;
  /** By how many milliseconds an answer takes longer with each that passes; see `world/delay-at.ts`. */
  readonly growsBy?: number;
  /** It never takes less than this. */
  readonly leastMs?: Millis;
  readonly version?: string;
  readonly pod?: string;
  readonly node?: string;
  readonly container?: string;
  /** Packets are lost or late on the way there, or back. */
  readonly way?: WayThere;
}

/** Shares from 0 to 1; why, in plain words, and seq of the entry that made it so. */
export interface WayThere {
  readonly lostThere: number;
  readonly lostBack: number;
  readonly thereMs: Millis;
  readonly backMs: Millis;
  readonly because: string;
  readonly cause: number | null;
}

/** Whom a reverse proxy asks for such requests. */
export interface ForwardPlan {
  readonly choices: readonly {
    /** `default-web-80` */
    readonly name: string;
    readonly weight: number;
    readonly endpoints: readonly string[];
  }[];
  readonly connectMs: Millis;
  readonly readMs: Millis;
  readonly tries: number;
  readonly retryOn?: readonly number[];
  /** Requests a second, and how many more at once. */
  readonly limit?: { readonly rate: number; readonly burst: number };
}

/** Where a proxy meets somebody: `10.88.1.7:80>10.88.2.4:8080`. */
export function upstreamKey(proxy: string, endpoint: string): string {
  return `${proxy}>${endpoint}`;
}

/** A connection that is kept open, and to whom. */
export interface KeptConnection {
  readonly endpoint: string;
  readonly since: Millis;
  /** Of no connection, but of an allowance: how much of it was used up then. */
  readonly excess?: number;
  /** When the client gives it up because a request over it got no answer. */
  readonly abandonedAt?: Millis;
}

/** A client of a scenario. What becomes of its requests follows from the row, up to the time of its state. */
export interface TrafficRow {
  readonly client: string;
  readonly spec: TrafficSpec;
  readonly startedAt: Millis;
  /** seq of the entry that started it. */
  readonly started: number;
  /** From when it sends no more. */
  readonly stopsAt?: Millis;
  /** seq of the entry that told it to stop. */
  readonly stopped?: number;
  /** What is known up to here is in the totals. */
  readonly countedTo: Millis;
  readonly totals: TrafficTotals;
  /** Number of the first request, from 0, of which it was not known at that time what becomes of it. */
  readonly oldest: number;
  /** The connections that were open when that request was sent, by their number. */
  readonly kept: Readonly<Record<string, KeptConnection>>;
  /** Oldest first; as far back as requests under way need them. */
  readonly routes: readonly TrafficRoute[];
  /** Routes before those, of the last half minute: who measures load looks back so far. */
  readonly past?: readonly TrafficRoute[];
  /** By endpoint, oldest first. */
  readonly endpoints: Readonly<Record<string, readonly EndpointState[]>>;
  /** What the story has told of it, and up to when. */
  readonly told: { readonly at: Millis; readonly totals: TrafficTotals };
  /** What had come of them by earlier times, oldest first; where that is remembered. */
  readonly marks?: readonly { readonly at: Millis; readonly totals: TrafficTotals }[];
  /** Nothing more is sent, and nothing is under way. */
  readonly done?: true;
}

/** What has come of requests, and how it goes on. */
export interface TrafficNews {
  readonly sent?: number;
  readonly answered?: Readonly<Record<string, number>>;
  readonly versions?: Readonly<Record<string, number>>;
  readonly losses?: readonly LossGroup[];
  readonly latencies?: Readonly<Record<string, number>>;
  /** Requests under way. */
  readonly inFlight?: number;
  /** See `TrafficRow`; absent where it has not changed. */
  readonly oldest?: number;
  readonly kept?: Readonly<Record<string, KeptConnection>>;
  /** From now on requests go elsewhere. */
  readonly route?: Omit<TrafficRoute, 'since'>;
  /** From now on requests meet something else there. */
  readonly endpoints?: Readonly<Record<string, Omit<EndpointState, 'since'>>>;
  readonly done?: true;
}

export type TrafficEvent =
  | {
      readonly type: 'TrafficStarted';
      readonly client: string;
      readonly spec: TrafficSpec;
      readonly stopsAt?: Millis;
    }
  | { readonly type: 'TrafficStopped'; readonly client: string }
  /** Since the entry before it of this client. */
  | ({ readonly type: 'TrafficCounted'; readonly client: string } & TrafficNews);
