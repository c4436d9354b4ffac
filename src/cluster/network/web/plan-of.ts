import type {
  WebCanary,
  WebChoice,
  WebDeed,
  WebMatch,
  WebPlan,
  WebRoute,
  WebSite,
  WebSites,
} from '../../contract/web-rows.ts';
import { decodeBase64 } from '../../objects/base64.ts';
import { isWithin } from '../../objects/ip-network.ts';
import { headerOf } from '../../tools/url.ts';
import { corsHeaders } from './cors.ts';
import { isPassword } from './nginx/password.ts';
import { pageOf } from './pages.ts';
import { regexOf } from './regex-of.ts';

/** A request as a reverse proxy sees it. */
export interface WebRequest {
  readonly method: string;
  /** Without its port. */
  readonly host: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The port that it came to, and whether it was encrypted. */
  readonly port: number;
  readonly isSecure: boolean;
  /** The address that it came from. */
  readonly client: string;
}

/** What a reverse proxy does with a request, by what it goes by. */
export function planOf(sites: WebSites, request: WebRequest): WebPlan {
  const route = siteOf(sites, request.host)?.routes.find((one) => takes(one, request));
  if (!route) return pageOf(404);
  const { does } = route;
  const refusal = refusalOf(does, request);
  if (refusal) return refusal;
  const choices = choicesOf(sites, does, request);
  if (choices.every(({ endpoints }) => endpoints.length === 0))
    return pageOf(choices.some(({ isMissing }) => isMissing) ? 500 : 503);
  return {
    kind: 'ask',
    path: rewritten(does, request.path),
    headers: forwardedHeaders(does, request),
    choices,
    deed: does,
    ...(does.limit && { limitOf: `${route.from} ${route.path} ${request.client}` }),
  };
}

/** The site of a host: its own, that of the names above it, or the one for all others. */
function siteOf({ hosts }: WebSites, host: string): WebSite | undefined {
  const name = host.toLowerCase();
  if (hosts[name]) return hosts[name];
  const labels = name.split('.');
  for (let above = 1; above < labels.length; above++) {
    const rest = labels.slice(above).join('.');
    const found = (above === 1 ? hosts[`*.${rest}`] : undefined) ?? hosts[`**.${rest}`];
    if (found) return found;
  }
  return hosts[''];
}

/** Of nginx' locations and of a Gateway's rules alike. */
function takes(route: WebRoute, request: WebRequest): boolean {
  const [path = '/', query = ''] = request.path.split(/\?(.*)/s);
  return (
    fitsPath(route, path) &&
    (route.method === undefined || route.method === request.method) &&
    (route.port === undefined || route.port === request.port) &&
    (route.headers ?? []).every((match) => fits(match, headerOf(request.headers, match.name))) &&
    (route.query ?? []).every((match) => fits(match, queryValue(query, match.name)))
  );
}

function fitsPath({ path: wanted, match }: WebRoute, path: string): boolean {
  switch (match) {
    case 'exact':
      return path === wanted;
    case 'within': {
      const folder = wanted.replace(/\/$/, '');
      return path === folder || path.startsWith(`${folder}/`);
    }
    case 'begins':
      return path.startsWith(wanted);
    case 'regex':
      return regexOf(`^${wanted}`)?.test(path) ?? false;
  }
}

function fits({ value, isRegex }: WebMatch, found: string | undefined): boolean {
  if (found === undefined) return false;
  return isRegex ? (regexOf(`^(?:${value})$`)?.test(found) ?? false) : found === value;
}

function queryValue(query: string, name: string): string | undefined {
  const pair = query.split('&').find((one) => one === name || one.startsWith(`${name}=`));
  return pair?.slice(name.length + 1);
}

/** What is answered without asking anybody, in the order of nginx' phases. */
function refusalOf(deed: WebDeed, request: WebRequest): WebPlan | undefined {
  const { answers, isSecureOnly, allows, denies } = deed;
  const [path = '', query] = request.path.split(/\?(.*)/s);
  if (isSecureOnly && !request.isSecure)
    return pageOf(deed.redirectStatus ?? 308, { Location: `https://${request.host}${request.path}` });
  if (deed.cors && request.method === 'OPTIONS')
    return {
      kind: 'answer',
      status: 204,
      headers: {
        ...corsHeaders(deed.cors, request.headers),
        'Content-Type': 'text/plain charset=UTF-8',
        'Content-Length': '0',
      },
      body: '',
    };
  if (answers) {
    const location = answers.location
      ?.replaceAll('{scheme}', request.isSecure ? 'https' : 'http')
      .replaceAll('{host}', request.host)
      .replaceAll('{path}', path)
      .replaceAll('{query}', query === undefined ? '' : `?${query}`);
    return pageOf(answers.status, location === undefined ? {} : { Location: location });
  }
  const isIn = (networks: readonly string[]): boolean =>
    networks.some((network) => isWithin(wholeNetwork(network), request.client));
  if (denies && isIn(denies)) return pageOf(403);
  if (allows && !isIn(allows)) return pageOf(403);
  if (!deed.auth || isKnown(deed.auth.users, request)) return undefined;
  return pageOf(401, { 'WWW-Authenticate': `Basic realm="${deed.auth.realm}"` });
}

/** An address alone is a network of one. */
function wholeNetwork(text: string): string {
  return text.includes('/') ? text : `${text}/${text.includes(':') ? 128 : 32}`;
}

function isKnown(users: Readonly<Record<string, string>>, { headers }: WebRequest): boolean {
  const [, encoded = ''] = /^Basic +(\S+)$/i.exec(headerOf(headers, 'Authorization') ?? '') ?? [];
  const [user = '', password = ''] = (decodeBase64(encoded) ?? '').split(/:(.*)/s);
  const hashed = Object.hasOwn(users, user) ? users[user] : undefined;
  return hashed !== undefined && isPassword(password, hashed) === true;
}

function choicesOf({ backends }: WebSites, { to = [], canary }: WebDeed, request: WebRequest): WebChoice[] {
  const choiceOf = (name: string, weight: number): WebChoice => ({
    name,
    weight,
    ...(backends[name] ?? { endpoints: [] }),
  });
  const shares = to
    .filter(({ weight }) => weight > 0)
    .map(({ backend, weight }) => choiceOf(backend, weight));
  const [first] = shares;
  if (!first || !canary || (backends[canary.backend]?.endpoints.length ?? 0) === 0) return shares;
  const chances = chancesOf(canary, request);
  return [{ ...first, weight: canary.whole - chances }, choiceOf(canary.backend, chances)].filter(
    ({ weight }) => weight > 0,
  );
}

/** ingress-nginx: balancer.lua route_to_alternative_balancer: by header, else by cookie, else by chance. */
function chancesOf(canary: WebCanary, { headers }: WebRequest): number {
  const { weight, whole, header, headerValue, headerPattern, cookie } = canary;
  const asked = header === undefined ? undefined : headerOf(headers, header);
  if (asked !== undefined) {
    if (headerValue !== undefined) {
      if (asked === headerValue) return whole;
    } else if (headerPattern !== undefined) {
      if (regexOf(headerPattern)?.test(asked)) return whole;
    } else if (asked === 'always') return whole;
    else if (asked === 'never') return 0;
  }
  const told = cookie === undefined ? undefined : cookieOf(headers, cookie);
  if (told === 'always') return whole;
  if (told === 'never') return 0;
  return Math.min(weight, whole);
}

export function cookieOf(headers: Readonly<Record<string, string>>, name: string): string | undefined {
  const pairs = (headerOf(headers, 'Cookie') ?? '').split(/;\s*/);
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** nginx' `rewrite … break`: the query stays. */
function rewritten({ rewrite }: WebDeed, whole: string): string {
  if (!rewrite) return whole;
  const [path = '/', query] = whole.split(/\?(.*)/s);
  const found = rewrite.pattern === undefined ? [] : (regexOf(rewrite.pattern)?.exec(path) ?? undefined);
  if (!found) return whole;
  const to = rewrite.target.replace(/\$(\d)/g, (_, group: string) => found[Number(group)] ?? '');
  return (to === '' ? '/' : to) + (query === undefined ? '' : `?${query}`);
}

function forwardedHeaders(deed: WebDeed, request: WebRequest): Record<string, string> {
  const { host, setHeaders = {}, addHeaders = {}, removeHeaders = [] } = deed;
  const scheme = request.isSecure ? 'https' : 'http';
  const headers: Record<string, string> = {
    ...request.headers,
    Host: host ?? headerOf(request.headers, 'Host') ?? request.host,
    'X-Real-IP': request.client,
    'X-Forwarded-For': request.client,
    'X-Forwarded-Host': request.host,
    'X-Forwarded-Port': request.isSecure ? '443' : '80',
    'X-Forwarded-Proto': scheme,
    'X-Forwarded-Scheme': scheme,
    'X-Scheme': scheme,
    ...setHeaders,
  };
  for (const [name, value] of Object.entries(addHeaders))
    headers[name] = headers[name] === undefined ? value : `${headers[name]},${value}`;
  const gone = new Set(removeHeaders.map((name) => name.toLowerCase()));
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !gone.has(name.toLowerCase())));
}
