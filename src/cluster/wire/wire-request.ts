import type { GetRequest, ListRequest, Request } from '../contract/request.ts';
import type { Resource } from '../objects/schema/resources.ts';
import type { QueryValues } from './query-values.ts';
import type { RequestPlace } from './request-place.ts';

/** What a request over HTTP comes to. */
export type WireRequest =
  /** Nothing of the objects: discovery, health, documents. */
  | { readonly type: 'path'; readonly parts: readonly string[]; readonly query: QueryValues }
  | (About & { readonly type: 'get'; readonly request: GetRequest; readonly atLeast?: number })
  | (About & { readonly type: 'list'; readonly request: ListRequest; readonly options: ListOptions })
  | (About & { readonly type: 'watch'; readonly request: ListRequest; readonly options: WatchOptions })
  | (About & { readonly type: 'write'; readonly request: WriteRequest; readonly ignoresUnknown: boolean })
  /** What goes through the API server to a machine: log, exec, attach, portforward, proxy. */
  | (About & { readonly type: 'connect'; readonly query: QueryValues; readonly verb: ConnectVerb });

/** As rights are asked for it: by the method of the request. */
export type ConnectVerb = 'get' | 'create' | 'update' | 'patch' | 'delete';

export type WriteRequest = Exclude<Request, GetRequest | ListRequest>;

export interface About {
  readonly resource: Resource;
  readonly place: RequestPlace;
}

/** meta/v1 ListOptions, as far as a list goes. */
export interface ListOptions {
  /** 0: as many as there are. */
  readonly limit: number;
  readonly continueAt: string;
  /** Absent where the latest is wanted; 0 where any does. */
  readonly revision?: number;
  readonly match: '' | 'Exact' | 'NotOlderThan';
}

export interface WatchOptions {
  /** Absent or 0: what there is counts as added. */
  readonly revision?: number;
  readonly timeoutSeconds?: number;
  readonly allowsBookmarks: boolean;
  /** A list as a stream: what there is, and a bookmark behind it. */
  readonly sendsInitialEvents?: boolean;
}
