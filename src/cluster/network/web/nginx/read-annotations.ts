import type { WebCanary, WebDeed } from '../../../contract/web-rows.ts';
import type { Ingress } from '../../../objects/kubernetes.ts';

const PREFIX = 'nginx.ingress.kubernetes.io/';

/** Annotations that are heeded; of others it is said that they are not simulated. */
const HEEDED: readonly string[] = [
  'affinity',
  'affinity-mode',
  'app-root',
  'allowlist-source-range',
  'auth-realm',
  'auth-secret',
  'auth-secret-type',
  'auth-type',
  'backend-protocol',
  'canary',
  'canary-by-cookie',
  'canary-by-header',
  'canary-by-header-pattern',
  'canary-by-header-value',
  'canary-weight',
  'canary-weight-total',
  'denylist-source-range',
  'cors-allow-credentials',
  'cors-allow-headers',
  'cors-allow-methods',
  'cors-allow-origin',
  'cors-expose-headers',
  'cors-max-age',
  'enable-cors',
  'force-ssl-redirect',
  'limit-burst-multiplier',
  'limit-rpm',
  'limit-rps',
  'permanent-redirect',
  'permanent-redirect-code',
  'proxy-connect-timeout',
  'proxy-next-upstream',
  'proxy-next-upstream-tries',
  'proxy-read-timeout',
  'rewrite-target',
  'server-alias',
  'session-cookie-name',
  'ssl-redirect',
  'temporal-redirect',
  'temporal-redirect-code',
  'upstream-vhost',
  'use-regex',
  'whitelist-source-range',
  'x-forwarded-prefix',
  // These make no difference to what is simulated.
  'client-body-buffer-size',
  'enable-access-log',
  'load-balance',
  'proxy-body-size',
  'proxy-buffer-size',
  'proxy-buffering',
  'proxy-buffers-number',
  'proxy-http-version',
  'proxy-request-buffering',
  'proxy-send-timeout',
  'service-upstream',
  'session-cookie-expires',
  'session-cookie-max-age',
  'session-cookie-path',
  'upstream-keepalive-timeout',
];

/** The annotations of an Ingress by their short names, on top of what is said of all Ingresses. */
export type Annotations = Readonly<Record<string, string>>;

export function annotationsOf({ metadata }: Ingress, settings: Annotations = {}): Annotations {
  const all = Object.entries(metadata.annotations ?? {});
  const own = all.flatMap(([name, value]) =>
    name.startsWith(PREFIX) ? [[name.slice(PREFIX.length), value] as const] : [],
  );
  return { ...settings, ...Object.fromEntries(own) };
}

/** Those of an Ingress that nobody heeds, by their full names. */
export function unheededAnnotations(ingress: Ingress): readonly string[] {
  return Object.keys(annotationsOf(ingress))
    .filter((name) => !HEEDED.includes(name))
    .map((name) => PREFIX + name)
    .sort();
}

export function isOn(annotations: Annotations, name: string): boolean | undefined {
  const value = annotations[name];
  return value === undefined ? undefined : /^(?:1|t|true)$/i.test(value);
}

function numberIn(annotations: Annotations, name: string): number | undefined {
  const value = Number(annotations[name]);
  return annotations[name] === undefined || !Number.isInteger(value) ? undefined : value;
}

/** What annotations say of all locations of an Ingress (internal/ingress/annotations). */
export function deedOf(annotations: Annotations): WebDeed {
  const allows = annotations['allowlist-source-range'] ?? annotations['whitelist-source-range'];
  const denies = annotations['denylist-source-range'];
  const connect = numberIn(annotations, 'proxy-connect-timeout');
  const read = numberIn(annotations, 'proxy-read-timeout');
  const { tries, retryOn } = retriesOf(annotations);
  const host = annotations['upstream-vhost'];
  const prefix = annotations['x-forwarded-prefix'];
  const isSticky = annotations['affinity'] === 'cookie';
  const redirectStatus = numberIn(annotations, 'http-redirect-code');
  return {
    ...redirectOf(annotations),
    ...(allows !== undefined && { allows: listOf(allows) }),
    ...(denies !== undefined && { denies: listOf(denies) }),
    ...limitOf(annotations),
    ...(redirectStatus !== undefined && { redirectStatus }),
    ...corsOf(annotations),
    ...(host !== undefined && { host }),
    ...(prefix !== undefined && { setHeaders: { 'X-Forwarded-Prefix': prefix } }),
    ...(isSticky && { cookie: annotations['session-cookie-name'] ?? 'INGRESSCOOKIE' }),
    ...(connect !== undefined && { connectMs: connect * 1000 }),
    ...(read !== undefined && { readMs: read * 1000 }),
    ...(tries !== undefined && { tries }),
    ...(retryOn.length > 0 && { retryOn }),
  };
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

/** annotations/redirect: the temporal one goes before the permanent one. */
function redirectOf(annotations: Annotations): Pick<WebDeed, 'answers'> {
  const temporal = annotations['temporal-redirect'];
  const permanent = annotations['permanent-redirect'];
  const location = temporal ?? permanent;
  if (location === undefined) return {};
  const kind = temporal === undefined ? 'permanent' : 'temporal';
  const code = numberIn(annotations, `${kind}-redirect-code`) ?? 0;
  const last = kind === 'temporal' ? 307 : 308;
  const status = code >= 300 && code <= last ? code : kind === 'temporal' ? 302 : 301;
  return { answers: { status, location } };
}

/** annotations/cors, with its defaults. */
function corsOf(annotations: Annotations): Pick<WebDeed, 'cors'> {
  if (!isOn(annotations, 'enable-cors')) return {};
  const exposes = annotations['cors-expose-headers'];
  return {
    cors: {
      origins: listOf(annotations['cors-allow-origin'] ?? '*'),
      methods: annotations['cors-allow-methods'] ?? 'GET, PUT, POST, DELETE, PATCH, OPTIONS',
      headers: annotations['cors-allow-headers'] ?? CORS_HEADERS,
      withCredentials: isOn(annotations, 'cors-allow-credentials') ?? true,
      maxAge: numberIn(annotations, 'cors-max-age') ?? 1_728_000,
      ...(exposes !== undefined && { exposes }),
    },
  };
}

const CORS_HEADERS =
  'DNT,Keep-Alive,User-Agent,X-Requested-With,If-Modified-Since,Cache-Control,Content-Type,Range,Authorization';

/** annotations/ratelimit: five times as many at once. */
function limitOf(annotations: Annotations): Pick<WebDeed, 'limit'> {
  const rps = numberIn(annotations, 'limit-rps') ?? 0;
  const rpm = numberIn(annotations, 'limit-rpm') ?? 0;
  const factor = numberIn(annotations, 'limit-burst-multiplier') ?? 5;
  const status = numberIn(annotations, 'limit-req-status-code');
  const told = status === undefined ? {} : { status };
  if (rps > 0) return { limit: { rate: rps, burst: rps * Math.max(1, factor), ...told } };
  return rpm > 0 ? { limit: { rate: rpm / 60, burst: rpm * Math.max(1, factor), ...told } } : {};
}

/** nginx: proxy_next_upstream, of which `error timeout` is the controller's default. */
function retriesOf(annotations: Annotations): {
  readonly tries?: number;
  readonly retryOn: readonly number[];
} {
  const words = (annotations['proxy-next-upstream'] ?? 'error timeout').split(/\s+/);
  const retryOn = words.flatMap((word) => (/^http_\d{3}$/.test(word) ? [Number(word.slice(5))] : []));
  const isOff = words.includes('off');
  const tries = isOff ? 1 : numberIn(annotations, 'proxy-next-upstream-tries');
  return { ...(tries !== undefined && { tries: tries === 0 ? 100 : tries }), retryOn };
}

/** Absent where an Ingress is no canary. */
export function canaryOf(annotations: Annotations, backend: string): WebCanary | undefined {
  if (!isOn(annotations, 'canary')) return undefined;
  const { 'canary-by-header': header, 'canary-by-cookie': cookie } = annotations;
  const value = annotations['canary-by-header-value'];
  const pattern = annotations['canary-by-header-pattern'];
  return {
    backend,
    weight: numberIn(annotations, 'canary-weight') ?? 0,
    whole: numberIn(annotations, 'canary-weight-total') ?? 100,
    ...(header !== undefined && { header }),
    ...(value !== undefined && { headerValue: value }),
    ...(pattern !== undefined && { headerPattern: pattern }),
    ...(cookie !== undefined && { cookie }),
  };
}
