import type { ObjectReader } from '../../../contract/reader.ts';
import type {
  WebBackend,
  WebCanary,
  WebDeed,
  WebRoute,
  WebSite,
  WebSites,
} from '../../../contract/web-rows.ts';
import { compareText } from '../../../objects/json.ts';
import type { Ingress, IngressBackend, Secret } from '../../../objects/kubernetes.ts';
import { backendEndpoints } from '../backend-endpoints.ts';
import { authOf } from './basic-auth.ts';
import { type Annotations, annotationsOf, canaryOf, deedOf, isOn } from './read-annotations.ts';
import { nameOf, type Serving, servedIngresses } from './served-ingresses.ts';
import { settingsOf } from './settings-of.ts';

/**
 * What ingress-nginx makes of the Ingresses that are its own (controller.go getBackendServers, nginx.tmpl).
 */
export function sitesOf(objects: ObjectReader, serving: Serving): WebSites {
  const settings = settingsOf(objects, serving.configMap ?? '');
  const ingresses = servedIngresses(objects, serving).map(
    (ingress): Read => ({ ingress, annotations: annotationsOf(ingress, settings) }),
  );
  const building: Building = { objects, servers: new Map(), backends: {} };
  const [canaries, plain] = [ingresses.filter(isCanary), ingresses.filter((one) => !isCanary(one))];
  for (const read of plain) openServers(building, read);
  for (const read of plain) addLocations(building, read);
  for (const read of canaries) mergeCanary(building, read);
  const hosts: Record<string, WebSite> = {};
  for (const [host, server] of [...building.servers].sort(([a], [b]) => compareText(a, b)))
    hosts[host] = {
      ...(server.secret !== undefined && { secret: server.secret }),
      routes: routesOf(server),
    };
  for (const read of plain) addAliases(hosts, read);
  return { hosts, backends: building.backends };
}

interface Read {
  readonly ingress: Ingress;
  readonly annotations: Annotations;
}

interface Building {
  readonly objects: ObjectReader;
  /** By host. */
  readonly servers: Map<string, Server>;
  readonly backends: Record<string, WebBackend>;
}

interface Server {
  secret?: string;
  hasTls: boolean;
  readonly locations: Location[];
}

interface Location {
  readonly path: string;
  readonly type: string;
  /** Nobody has said what is to be there, but what is to be anywhere else. */
  readonly isDefault: boolean;
  readonly from: string;
  readonly annotations: Annotations;
  readonly backend: string | undefined;
  readonly auth: ReturnType<typeof authOf>;
  canary?: WebCanary;
}

/** Other names of a host, which are nobody's own (annotations/alias). */
function addAliases(hosts: Record<string, WebSite>, { ingress, annotations }: Read): void {
  const aliases = (annotations['server-alias'] ?? '').split(',').map((one) => one.trim());
  for (const { host = '' } of ingress.spec?.rules ?? []) {
    const site = hosts[host];
    if (site) for (const alias of aliases) if (alias !== '') hosts[alias] ??= site;
  }
}

function isCanary({ annotations }: Read): boolean {
  return isOn(annotations, 'canary') === true;
}

/** The first Ingress that names a host says what is shown where no path fits. */
function openServers(building: Building, read: Read): void {
  const { rules = [], tls = [], defaultBackend } = read.ingress.spec ?? {};
  const backend = defaultBackend && backendOf(building, read, defaultBackend);
  for (const host of rules.length > 0 ? rules.map((rule) => rule.host ?? '') : ['']) {
    const server = building.servers.get(host) ?? { hasTls: false, locations: [] };
    building.servers.set(host, server);
    if (server.locations.length === 0)
      server.locations.push({ ...rootOf(building, read), backend: backend ?? undefined });
    const root = server.locations[0];
    // An Ingress without rules is for whatever no other takes.
    if (rules.length === 0 && backend && root?.backend === undefined)
      server.locations[0] = { ...rootOf(building, read), backend };
    const listed = tls.find(({ hosts = [] }) => hosts.length === 0 || hosts.includes(host));
    if (!listed || (listed.hosts?.length ?? 0) === 0) continue;
    server.hasTls = true;
    const { namespace = '' } = read.ingress.metadata;
    const secret = building.objects.get<Secret>('secrets', namespace, listed.secretName ?? '');
    if (secret?.data?.['tls.crt'] && secret.data['tls.key'])
      server.secret ??= `${namespace}/${listed.secretName}`;
  }
}

function rootOf({ objects }: Building, { ingress, annotations }: Read): Omit<Location, 'backend'> {
  const auth = authOf(objects, ingress, annotations);
  return { path: '/', type: 'Prefix', isDefault: true, from: nameOf(ingress), annotations, auth };
}

/** Of two that say the same path of the same kind the older one counts. */
function addLocations(building: Building, read: Read): void {
  const { ingress, annotations } = read;
  for (const { host = '', http } of ingress.spec?.rules ?? []) {
    const locations = building.servers.get(host)?.locations ?? [];
    for (const { path = '', pathType, backend } of http?.paths ?? []) {
      if (!backend.service) continue;
      const location: Location = {
        path: path === '' ? '/' : path,
        type: pathType,
        isDefault: false,
        from: nameOf(ingress),
        annotations,
        backend: backendOf(building, read, backend),
        auth: authOf(building.objects, ingress, annotations),
      };
      const same = locations.findIndex((one) => one.path === location.path && one.type === pathType);
      if (same < 0) locations.push(location);
      else if (locations[same]?.isDefault) locations[same] = location;
    }
  }
}

/** Its paths must be those of another Ingress, of the same kind: there some requests go elsewhere. */
function mergeCanary(building: Building, read: Read): void {
  for (const { host = '', http } of read.ingress.spec?.rules ?? []) {
    for (const { path = '', pathType, backend } of http?.paths ?? []) {
      const wanted = path === '' ? '/' : path;
      const location = building.servers
        .get(host)
        ?.locations.find((one) => !one.isDefault && one.path === wanted && one.type === pathType);
      if (!location || location.canary) continue;
      const name = backendOf(building, read, backend);
      const canary = name === location.backend ? undefined : canaryOf(read.annotations, name);
      if (canary) location.canary = canary;
    }
  }
}

/** `default-web-80`, whose endpoints are looked for. */
function backendOf(
  { objects, backends }: Building,
  { ingress, annotations }: Read,
  { service }: IngressBackend,
): string {
  const { namespace = '' } = ingress.metadata;
  const { name = '', port } = service ?? {};
  const key = `${namespace}-${name}-${port?.name ?? port?.number ?? 0}`;
  const isSecure = /^(?:HTTPS|GRPCS)$/i.test(annotations['backend-protocol'] ?? '');
  backends[key] ??= {
    endpoints: backendEndpoints(objects, { namespace, name, port: port?.name ?? port?.number ?? 0 }),
    ...(isSecure && { isSecure: true }),
  };
  return key;
}

/** In the order in which nginx looks at them. */
function routesOf(server: Server): readonly WebRoute[] {
  const sorted = server.locations
    .toSorted((a, b) => compareText(b.path, a.path))
    .toSorted((a, b) => b.path.length - a.path.length);
  const split = sorted.flatMap((location) => splitPrefix(location, sorted));
  const isRegex = sorted.some(
    ({ annotations, path }) => isOn(annotations, 'use-regex') || needsRewrite(annotations, path),
  );
  const routes = split.flatMap((location) => routesFor(location, server, isRegex));
  // Patterns are tried one after another; else what is the same goes first, and then what is longest.
  if (isRegex) return routes;
  return routes
    .toSorted((a, b) => b.path.length - a.path.length)
    .toSorted((a, b) => Number(b.match === 'exact') - Number(a.match === 'exact'));
}

/** A prefix ends at a slash: what stands before it is a location of its own (updateServerLocations). */
function splitPrefix(location: Location, all: readonly Location[]): readonly Location[] {
  if (location.type !== 'Prefix' || location.path === '/') return [location];
  const within = { ...location, path: location.path.endsWith('/') ? location.path : `${location.path}/` };
  const hasExact = all.some(({ type, path }) => type === 'Exact' && path === location.path);
  return hasExact ? [within] : [within, { ...location, type: 'Exact' }];
}

function needsRewrite(annotations: Annotations, path: string): boolean {
  const target = annotations['rewrite-target'];
  return target !== undefined && target !== '' && target !== path;
}

function routesFor(location: Location, { hasTls }: Server, isRegex: boolean): readonly WebRoute[] {
  const { annotations, path, from, backend, auth, canary } = location;
  const isPlainAllowed = isOn(annotations, 'ssl-redirect') === false || !hasTls;
  const isForced = isOn(annotations, 'force-ssl-redirect') === true;
  const deed = deedOf(annotations);
  const target = annotations['rewrite-target'];
  const does: WebDeed =
    backend === undefined
      ? { answers: { status: 404 } }
      : {
          ...deed,
          ...auth,
          ...((!isPlainAllowed || isForced) && { isSecureOnly: true }),
          to: [{ backend, weight: 1 }],
          ...(canary && { canary }),
          ...(needsRewrite(annotations, path) && { rewrite: { pattern: path, target: target ?? '' } }),
        };
  const match = isRegex ? 'regex' : location.type === 'Exact' ? 'exact' : 'begins';
  const route: WebRoute = { path, match, from, does };
  const start = annotations['app-root'];
  if (start === undefined || path !== '/' || backend === undefined) return [route];
  const answers = { status: 302, location: start.startsWith('/') ? `{scheme}://{host}${start}` : start };
  return [{ path: isRegex ? '/$' : '/', match: isRegex ? 'regex' : 'exact', from, does: { answers } }, route];
}
