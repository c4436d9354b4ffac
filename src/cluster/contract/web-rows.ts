import type { Millis } from '../../kernel/time/millis.ts';

/**
 * What a reverse proxy that runs in a pod (ingress-nginx, an implementation of the Gateway API) goes by.
 */
export interface WebProxyRow {
  /** `namespace/name/uid` */
  readonly pod: string;
  readonly node: string;
  readonly container: string;
  readonly kind: WebProxyKind;
  readonly startedAt: Millis;
  /** When it took in what it goes by; absent while it goes by nothing. */
  readonly syncedAt?: Millis;
  readonly sites?: WebSites;
  /** Of each object that it has heard of, the resourceVersion. */
  readonly heard?: Readonly<Record<string, string>>;
  /** How much of a client's allowance is used up, by route and client, and since when that was so. */
  readonly used?: Readonly<Record<string, { readonly excess: number; readonly at: Millis }>>;
}

export type WebProxyKind = 'ingress-nginx' | 'gateway' | 'istio-proxy';

export interface WebSites {
  /** By host, in small letters; `*.example.com` for all below, and `` for all others. */
  readonly hosts: Readonly<Record<string, WebSite>>;
  /** Where requests go that are meant for a service: `default-web-80`. */
  readonly backends: Readonly<Record<string, WebBackend>>;
}

export interface WebSite {
  /** Whose certificate it shows; absent: one that it has made up itself. */
  readonly secret?: string;
  /** In the order in which they are tried: the first that fits takes the request. */
  readonly routes: readonly WebRoute[];
}

export interface WebRoute {
  readonly path: string;
  /** `within`: it, and all that lies below it; `begins`: whatever begins with it. */
  readonly match: 'exact' | 'within' | 'begins' | 'regex';
  readonly method?: string;
  readonly headers?: readonly WebMatch[];
  readonly query?: readonly WebMatch[];
  /** The port on which it came, where that matters. */
  readonly port?: number;
  /** Which object it stems from: `default/shop`. */
  readonly from: string;
  readonly does: WebDeed;
}

export interface WebMatch {
  readonly name: string;
  readonly value: string;
  readonly isRegex?: true;
}

/** What becomes of a request that a route takes. */
export interface WebDeed {
  readonly answers?: {
    readonly status: number;
    /** With `{scheme}`, `{host}`, `{path}` and `{query}` for what was asked. */
    readonly location?: string;
  };
  /** Networks that may ask, and that may not; all others are refused, or let in. */
  readonly allows?: readonly string[];
  readonly denies?: readonly string[];
  /** Who may ask: each with a line of `htpasswd`. */
  readonly auth?: { readonly realm: string; readonly users: Readonly<Record<string, string>> };
  /** Plain requests are sent to the other port; with which status, if not 308. */
  readonly isSecureOnly?: true;
  readonly redirectStatus?: number;
  /** Pages of other sites may ask; what browsers ask beforehand is answered here. */
  readonly cors?: WebCors;
  /** Requests a second, and how many more at once. */
  readonly limit?: { readonly rate: number; readonly burst: number; readonly status?: number };
  /** Backends by name, each with its share. */
  readonly to?: readonly WebShare[];
  /** Of the first of them: who is sent to that instead. */
  readonly canary?: WebCanary;
  readonly rewrite?: { readonly pattern?: string; readonly target: string };
  readonly host?: string;
  readonly setHeaders?: Readonly<Record<string, string>>;
  readonly addHeaders?: Readonly<Record<string, string>>;
  readonly removeHeaders?: readonly string[];
  readonly setAnswerHeaders?: Readonly<Record<string, string>>;
  readonly removeAnswerHeaders?: readonly string[];
  /** A cookie by which whoever comes again is sent where it was sent before. */
  readonly cookie?: string;
  readonly connectMs?: Millis;
  readonly readMs?: Millis;
  /** How many endpoints are tried; those that answer with one of these count as failures. */
  readonly tries?: number;
  readonly retryOn?: readonly number[];
}

export interface WebCors {
  /** `*`, or origins; `https://*.example.com` for all below. */
  readonly origins: readonly string[];
  readonly methods: string;
  readonly headers: string;
  readonly withCredentials: boolean;
  readonly maxAge: number;
  readonly exposes?: string;
}

export interface WebShare {
  readonly backend: string;
  readonly weight: number;
}

export interface WebCanary {
  readonly backend: string;
  readonly weight: number;
  readonly whole: number;
  readonly header?: string;
  readonly headerValue?: string;
  readonly headerPattern?: string;
  readonly cookie?: string;
}

export interface WebBackend {
  /** `10.88.1.4:8080` */
  readonly endpoints: readonly string[];
  readonly isSecure?: true;
  /** There is no such service. */
  readonly isMissing?: true;
}

/** What becomes of a request that a proxy has taken: its own answer, or whom it asks. */
export type WebPlan =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  | {
      readonly kind: 'ask';
      readonly path: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly choices: readonly WebChoice[];
      readonly deed: WebDeed;
      readonly limitOf?: string;
    };

/** One of the backends that a request may go to. */
export interface WebChoice extends WebBackend {
  readonly name: string;
  readonly weight: number;
}

export type WebEvent =
  | ({ readonly type: 'WebProxyStarted'; readonly proxy: string } & Omit<WebProxyRow, 'startedAt'>)
  | {
      readonly type: 'WebProxyMoved';
      readonly proxy: string;
      readonly set?: Readonly<Record<string, unknown>>;
      readonly unset?: readonly string[];
      /** It goes by something else from now on. */
      readonly synced?: true;
    }
  | { readonly type: 'WebProxyStopped'; readonly proxy: string };
