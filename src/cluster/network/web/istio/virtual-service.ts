import type { KubeObject } from '../../../objects/kube-object.ts';
import type { Labels } from '../../../objects/label-selector.ts';

export const VIRTUAL_SERVICES = 'virtualservices.networking.istio.io';
export const DESTINATION_RULES = 'destinationrules.networking.istio.io';

/** As far as it is simulated (istio: api/networking/v1alpha3/virtual_service.proto). */
export interface VirtualService extends KubeObject {
  readonly spec?: {
    readonly hosts?: readonly string[];
    readonly gateways?: readonly string[];
    readonly http?: readonly HttpRoute[];
  };
}

export interface HttpRoute {
  readonly match?: readonly HttpMatch[];
  readonly route?: readonly {
    readonly destination?: Destination;
    readonly weight?: number;
  }[];
  readonly timeout?: string;
  readonly retries?: {
    readonly attempts?: number;
    readonly perTryTimeout?: string;
    readonly retryOn?: string;
  };
}

interface Destination {
  readonly host: string;
  readonly subset?: string;
  readonly port?: { readonly number?: number };
}

export interface HttpMatch {
  readonly uri?: StringMatch;
  readonly method?: StringMatch;
  readonly headers?: Readonly<Record<string, StringMatch>>;
}

export interface StringMatch {
  readonly exact?: string;
  readonly prefix?: string;
  readonly regex?: string;
}

export interface DestinationRule extends KubeObject {
  readonly spec?: {
    readonly host?: string;
    readonly subsets?: readonly { readonly name: string; readonly labels?: Labels }[];
  };
}

const KNOWN: Readonly<Record<string, readonly string[]>> = {
  VirtualService: ['hosts', 'gateways', 'http', 'exportTo'],
  http: ['name', 'match', 'route', 'timeout', 'retries'],
  match: ['name', 'uri', 'method', 'headers'],
  DestinationRule: ['host', 'subsets', 'exportTo'],
};

/** What of it nobody heeds, in order. */
export function unheededFields({ kind, spec }: VirtualService | DestinationRule): readonly string[] {
  const missing = (of: object | undefined, list: string, path: string): readonly string[] =>
    Object.keys(of ?? {}).flatMap((field) => (KNOWN[list]?.includes(field) ? [] : [`${path}${field}`]));
  const routes = (spec as VirtualService['spec'])?.http ?? [];
  const found = [
    ...missing(spec, kind, ''),
    ...routes.flatMap((route) => [
      ...missing(route, 'http', 'http.'),
      ...(route.match ?? []).flatMap((match) => missing(match, 'match', 'http.match.')),
    ]),
  ];
  return [...new Set(found)].sort();
}
