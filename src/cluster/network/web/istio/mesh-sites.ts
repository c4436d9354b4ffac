import { parseGoDuration } from '../../../../kernel/time/go-duration.ts';
import { HOUR, type Millis } from '../../../../kernel/time/millis.ts';
import type { ObjectReader } from '../../../contract/reader.ts';
import type { WebBackend, WebDeed, WebMatch, WebRoute, WebSites } from '../../../contract/web-rows.ts';
import { slicesOfService } from '../../../objects/endpoint-slices.ts';
import type { Pod, Service } from '../../../objects/kubernetes.ts';
import { type Labels, matchesLabels, requirementsOfLabels } from '../../../objects/label-selector.ts';
import {
  DESTINATION_RULES,
  type DestinationRule,
  type HttpMatch,
  type HttpRoute,
  type StringMatch,
  VIRTUAL_SERVICES,
  type VirtualService,
} from './virtual-service.ts';

/** A service by its names in the cluster. */
interface Named {
  readonly name: string;
  readonly namespace: string;
}

/** What the sidecar of a pod in a namespace goes by: its hosts are those that VirtualServices speak of. */
export function meshSites(objects: ObjectReader, namespace: string): WebSites {
  const hosts: Record<string, { routes: readonly WebRoute[] }> = {};
  const backends: Record<string, WebBackend> = {};
  for (const virtual of objects.list<VirtualService>(VIRTUAL_SERVICES)) {
    const { hosts: named = [], gateways = ['mesh'], http = [] } = virtual.spec ?? {};
    if (!gateways.includes('mesh')) continue;
    const own = virtual.metadata.namespace ?? '';
    const from = `${own}/${virtual.metadata.name}`;
    const routes = http.flatMap((route) => routesOf(route, { from, own, objects, backends }));
    for (const host of named) {
      for (const name of namesOf(serviceOf(host, own), namespace)) hosts[name] ??= { routes };
    }
  }
  return { hosts, backends };
}

/** `web`, `web.shop`, `web.shop.svc.cluster.local`. */
function serviceOf(host: string, own: string): Named {
  const [name = '', namespace = own] = host.split('.');
  return { name, namespace };
}

function namesOf({ name, namespace }: Named, client: string): readonly string[] {
  const inFull = `${name}.${namespace}`;
  const names = [inFull, `${inFull}.svc`, `${inFull}.svc.cluster.local`];
  return namespace === client ? [name, ...names] : names;
}

interface Compiling {
  readonly from: string;
  /** The namespace of the VirtualService. */
  readonly own: string;
  readonly objects: ObjectReader;
  readonly backends: Record<string, WebBackend>;
}

function routesOf(route: HttpRoute, compiling: Compiling): readonly WebRoute[] {
  const does = deedOf(route, compiling);
  const matches: readonly HttpMatch[] = route.match?.length ? route.match : [{}];
  return matches.map(({ uri, method, headers = {} }) => ({
    ...pathOf(uri),
    ...(method?.exact !== undefined && { method: method.exact }),
    headers: Object.entries(headers).map(([name, match]) => ({ name, ...textOf(match) })),
    from: compiling.from,
    does,
  }));
}

function pathOf({ exact, prefix, regex }: StringMatch = {}): Pick<WebRoute, 'path' | 'match'> {
  if (exact !== undefined) return { path: exact, match: 'exact' };
  return regex !== undefined
    ? { path: `${regex}$`, match: 'regex' }
    : { path: prefix ?? '/', match: 'begins' };
}

function textOf({ exact, prefix, regex }: StringMatch): Omit<WebMatch, 'name'> {
  if (exact !== undefined) return { value: exact };
  const pattern = regex ?? `${(prefix ?? '').replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}.*`;
  return { value: pattern, isRegex: true };
}

/** A request may last as long as it likes where nothing is said (istio: timeout is disabled). */
const ENDLESS_MS: Millis = HOUR;
/** istio: the default retry policy. */
const ATTEMPTS = 2;
const RETRIED = 'connect-failure,refused-stream,unavailable,cancelled,503';

function deedOf({ route = [], timeout, retries }: HttpRoute, compiling: Compiling): WebDeed {
  const { attempts = ATTEMPTS, perTryTimeout, retryOn = RETRIED } = retries ?? {};
  const to = route.map(({ destination = { host: '' }, weight }) => ({
    backend: backendOf(destination, compiling),
    weight: weight ?? (route.length === 1 ? 100 : 0),
  }));
  return {
    to,
    readMs: durationOf(perTryTimeout) ?? durationOf(timeout) ?? ENDLESS_MS,
    tries: attempts + 1,
    retryOn: statusesIn(retryOn),
  };
}

function durationOf(text: string | undefined): Millis | undefined {
  return text === undefined ? undefined : parseGoDuration(text);
}

/** The statuses that a policy's words mean; that nobody could be reached is always tried again. */
function statusesIn(retryOn: string): readonly number[] {
  const words = retryOn.split(',').map((word) => word.trim());
  const gateway = [502, 503, 504];
  const found = words.flatMap((word) => {
    if (word === '5xx') return [500, 501, ...gateway];
    if (word === 'gateway-error') return gateway;
    return /^\d{3}$/.test(word) ? [Number(word)] : [];
  });
  return [...new Set(found)].sort((a, b) => a - b);
}

function backendOf(
  {
    host,
    subset,
    port,
  }: { readonly host: string; readonly subset?: string; readonly port?: { readonly number?: number } },
  { own, objects, backends }: Compiling,
): string {
  const service = serviceOf(host, own);
  const name = [`${service.namespace}/${service.name}`, subset ?? '', port?.number ?? ''].join('|');
  backends[name] ??= { endpoints: endpointsFor(objects, { service, subset, port: port?.number }) };
  return name;
}

interface Wanted {
  readonly service: Named;
  readonly subset: string | undefined;
  readonly port: number | undefined;
}

/** Endpoints that are ready and whose pods bear the labels of the subset. */
function endpointsFor(objects: ObjectReader, { service, subset, port }: Wanted): readonly string[] {
  const { name, namespace } = service;
  const labels = subset === undefined ? {} : subsetLabels(objects, service, subset);
  const ports = objects.get<Service>('services', namespace, name)?.spec?.ports ?? [];
  const wanted = ports.find((each) => port === undefined || each.port === port);
  if (!labels || !wanted) return [];
  const requirements = requirementsOfLabels(labels);
  return slicesOfService(objects, service)
    .flatMap(({ endpoints, ports: numbers }) => {
      const number = numbers?.find((each) => (each.name ?? '') === (wanted.name ?? ''))?.port;
      return (endpoints ?? []).flatMap(({ addresses: [address], conditions, targetRef }) => {
        const pod = objects.get<Pod>('pods', namespace, targetRef?.name ?? '');
        const isMeant = (conditions?.ready ?? true) && matchesLabels(requirements, pod?.metadata.labels);
        return isMeant && address !== undefined && number !== undefined ? [`${address}:${number}`] : [];
      });
    })
    .sort();
}

/** Undefined where no DestinationRule knows the subset: then nobody is meant. */
function subsetLabels(objects: ObjectReader, { name, namespace }: Named, subset: string): Labels | undefined {
  const rules = objects.list<DestinationRule>(DESTINATION_RULES).filter(({ metadata, spec }) => {
    const of = serviceOf(spec?.host ?? '', metadata.namespace ?? '');
    return of.name === name && of.namespace === namespace;
  });
  const found = rules.flatMap(({ spec }) => spec?.subsets ?? []).find((each) => each.name === subset);
  return found && (found.labels ?? {});
}
