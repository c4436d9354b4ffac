import { DEFAULT_LATENCIES } from '../../../src/cluster/contract/latencies.ts';
import type { ClusterSettings } from '../../../src/cluster/contract/settings.ts';
import type {
  EndpointState,
  RouteTarget,
  TrafficRow,
  TrafficSpec,
} from '../../../src/cluster/contract/traffic-rows.ts';
import { NO_TRAFFIC } from '../../../src/cluster/world/traffic-totals.ts';

/** A network in which every way takes a millisecond. */
export const settings: ClusterSettings = {
  epochMs: 0,
  seed: '1',
  version: { minor: 36, patch: 0 },
  namespace: 'default',
  nodes: [],
  latencies: { ...DEFAULT_LATENCIES, network: [1, 1] },
  images: {},
  presentImages: [],
};

type Met = Partial<EndpointState> & Pick<EndpointState, 'since' | 'does'>;

export interface Told {
  readonly spec?: Partial<TrafficSpec>;
  readonly stopsAt?: number;
  readonly routes?: readonly (readonly [since: number, to: RouteTarget | readonly string[]])[];
  readonly endpoints: Readonly<Record<string, readonly Met[]>>;
}

/** A client that has asked since 0, ten times a second, and of which nothing has been counted. */
export function rowOf({ spec, stopsAt, routes, endpoints }: Told): TrafficRow {
  const names = Object.keys(endpoints).sort();
  const told = routes ?? [[0, names] as const];
  return {
    client: 'shop',
    spec: {
      url: 'http://web/',
      host: 'web',
      port: 80,
      path: '/',
      method: 'GET',
      from: { kind: 'outside' },
      rate: 10,
      timeoutMs: 1000,
      windowMs: 1000,
      versionBy: 'image',
      ...spec,
    },
    startedAt: 0,
    started: 1,
    ...(stopsAt !== undefined && { stopsAt }),
    countedTo: 0,
    totals: NO_TRAFFIC,
    oldest: 0,
    kept: {},
    routes: told.map(([since, to], index) => ({
      since,
      to: isList(to) ? { kind: 'endpoints', endpoints: to } : to,
      cause: 100 + index,
    })),
    endpoints: Object.fromEntries(
      Object.entries(endpoints).map(([name, states]) => [
        name,
        states.map((met, index) => stateOf(met, index)),
      ]),
    ),
    told: { at: 0, totals: NO_TRAFFIC },
  };
}

const isList = (to: RouteTarget | readonly string[]): to is readonly string[] => Array.isArray(to);

function stateOf({ since, does, ...rest }: Met, index: number): EndpointState {
  const answer = does === 'answers' ? { status: 200, delayMs: 0, version: 'v1', container: 'c' } : {};
  const underWay = index === 0 ? 'goes on' : 'is reset';
  return { since, does, underWay, because: does, cause: 200 + index, ...answer, ...rest };
}
