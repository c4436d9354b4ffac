import { parseGoDuration } from '../../../../kernel/time/go-duration.ts';
import type { ObjectReader } from '../../../contract/reader.ts';
import type {
  WebBackend,
  WebDeed,
  WebMatch,
  WebRoute,
  WebSite,
  WebSites,
} from '../../../contract/web-rows.ts';
import { compareText } from '../../../objects/json.ts';
import { backendEndpoints, hasService } from '../backend-endpoints.ts';
import { attachedRoutes, hostsOf, nameOf } from './attached-routes.ts';
import type {
  BackendRef,
  Gateway,
  HttpRoute,
  Listener,
  PathChange,
  RouteFilter,
  RouteMatch,
  RouteRule,
} from './gateway-objects.ts';
import { isGranted } from './reference-grants.ts';

/** What the proxies of a gateway go by: the routes that its listeners have let in. */
export function gatewaySites(objects: ObjectReader, gateway: Gateway): WebSites {
  const backends: Record<string, WebBackend> = {};
  const found = new Map<string, { secret?: string; readonly routes: WebRoute[] }>();
  for (const listener of gateway.spec?.listeners ?? []) {
    const secret = secretOf(objects, gateway, listener);
    for (const route of attachedRoutes(objects, gateway, listener)) {
      for (const host of hostsOf(route, listener)) {
        const key = host.startsWith('*.') ? `*${host}` : host.toLowerCase();
        const site = found.get(key) ?? { routes: [] };
        found.set(key, site);
        if (secret !== undefined) site.secret ??= secret;
        for (const rule of route.spec?.rules ?? [{}])
          site.routes.push(...routesOf(objects, { route, rule, listener, backends }));
      }
    }
  }
  const hosts: Record<string, WebSite> = {};
  for (const [host, site] of [...found].sort(([a], [b]) => compareText(a, b)))
    hosts[host] = { ...site, routes: site.routes.toSorted(byPrecedence) };
  return { hosts, backends };
}

function secretOf(objects: ObjectReader, { metadata }: Gateway, { tls }: Listener): string | undefined {
  const [ref] = tls?.certificateRefs ?? [];
  if (!ref) return undefined;
  const own = metadata.namespace ?? '';
  const { name, namespace = own } = ref;
  const to = { kind: 'Secret', namespace, name } as const;
  const isAllowed = isGranted(objects, { from: { kind: 'Gateway', namespace: own }, to });
  return isAllowed ? `${namespace}/${name}` : undefined;
}

interface Reading {
  readonly route: HttpRoute;
  readonly rule: RouteRule;
  readonly listener: Listener;
  readonly backends: Record<string, WebBackend>;
}

const ANY: RouteMatch = { path: { type: 'PathPrefix', value: '/' } };

function routesOf(objects: ObjectReader, reading: Reading): readonly WebRoute[] {
  const { route, rule, listener } = reading;
  const matches = rule.matches?.length ? rule.matches : [ANY];
  return matches.map(({ path = {}, method, headers = [], queryParams = [] }): WebRoute => {
    const { type = 'PathPrefix', value = '/' } = path;
    const match = type === 'Exact' ? 'exact' : type === 'RegularExpression' ? 'regex' : 'within';
    return {
      path: value,
      match,
      port: listener.port,
      from: nameOf(route),
      ...(method !== undefined && { method }),
      ...(headers.length > 0 && { headers: headers.map(valueMatch) }),
      ...(queryParams.length > 0 && { query: queryParams.map(valueMatch) }),
      does: deedOf(objects, reading, value),
    };
  });
}

function valueMatch({
  type,
  name,
  value,
}: {
  readonly type?: string;
  readonly name: string;
  readonly value: string;
}): WebMatch {
  return { name, value, ...(type === 'RegularExpression' && { isRegex: true }) };
}

/**
 * The specification's order: the same path, the longest prefix, then a method, and more headers and query
 * parameters; what is equal stays in the order of its age.
 */
function byPrecedence(a: WebRoute, b: WebRoute): number {
  const rank = ({ match }: WebRoute): number => (match === 'exact' ? 2 : match === 'within' ? 1 : 0);
  const count = (list: readonly unknown[] | undefined): number => list?.length ?? 0;
  return (
    rank(b) - rank(a) ||
    b.path.length - a.path.length ||
    Number(b.method !== undefined) - Number(a.method !== undefined) ||
    count(b.headers) - count(a.headers) ||
    count(b.query) - count(a.query)
  );
}

function deedOf(objects: ObjectReader, { route, rule, backends }: Reading, path: string): WebDeed {
  const to = (rule.backendRefs ?? []).map((ref) => ({
    backend: backendOf(objects, { route, ref, backends }),
    weight: ref.weight ?? 1,
  }));
  const request = parseGoDuration(rule.timeouts?.request ?? rule.timeouts?.backendRequest ?? '');
  const filtered = Object.assign(
    {},
    ...(rule.filters ?? []).map((filter) => filterOf(filter, path)),
  ) as WebDeed;
  return {
    ...filtered,
    ...(to.length > 0 && { to }),
    ...(to.length === 0 && !filtered.answers && { answers: { status: 500 } }),
    ...(request !== undefined && request > 0 && { readMs: request }),
    tries: 1,
  };
}

interface Backend {
  readonly route: HttpRoute;
  readonly ref: BackendRef;
  readonly backends: Record<string, WebBackend>;
}

function backendOf(objects: ObjectReader, { route, ref, backends }: Backend): string {
  const namespace = ref.namespace ?? route.metadata.namespace ?? '';
  const { name, port = 0 } = ref;
  const from = { kind: 'HTTPRoute', namespace: route.metadata.namespace ?? '' } as const;
  const isAllowed = isGranted(objects, { from, to: { kind: 'Service', namespace, name } });
  const key = isAllowed ? `${namespace}_${name}_${port}` : `not permitted ${namespace}_${name}_${port}`;
  backends[key] ??= {
    endpoints: isAllowed ? backendEndpoints(objects, { namespace, name, port }) : [],
    ...(!(isAllowed && hasService(objects, { namespace, name })) && { isMissing: true }),
  };
  return key;
}

function filterOf(filter: RouteFilter, path: string): WebDeed {
  const pairs = (list: readonly { readonly name: string; readonly value: string }[] = []) =>
    Object.fromEntries(list.map(({ name, value }) => [name, value]));
  const { requestHeaderModifier: asked, responseHeaderModifier: told, requestRedirect, urlRewrite } = filter;
  if (asked)
    return {
      setHeaders: pairs(asked.set),
      addHeaders: pairs(asked.add),
      ...(asked.remove && { removeHeaders: asked.remove }),
    };
  if (told)
    return {
      setAnswerHeaders: { ...pairs(told.add), ...pairs(told.set) },
      ...(told.remove && { removeAnswerHeaders: told.remove }),
    };
  if (requestRedirect) {
    const { scheme = '{scheme}', hostname = '{host}', port, path: to, statusCode = 302 } = requestRedirect;
    const target =
      to?.replaceFullPath ?? (to?.replacePrefixMatch === undefined ? '{path}' : to.replacePrefixMatch);
    const authority = port === undefined || port === 80 || port === 443 ? hostname : `${hostname}:${port}`;
    return { answers: { status: statusCode, location: `${scheme}://${authority}${target}{query}` } };
  }
  if (!urlRewrite) return {};
  const rewrite = rewriteOf(urlRewrite.path, path);
  return {
    ...(urlRewrite.hostname !== undefined && { host: urlRewrite.hostname }),
    ...(rewrite && { rewrite }),
  };
}

function rewriteOf(change: PathChange | undefined, path: string): WebDeed['rewrite'] {
  if (change?.replaceFullPath !== undefined) return { target: change.replaceFullPath };
  if (change?.replacePrefixMatch === undefined) return undefined;
  const prefix = path.replace(/\/$/, '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const to = change.replacePrefixMatch.replace(/\/$/, '');
  return { pattern: `^${prefix}(/.*)?$`, target: `${to}$1` };
}
