import type { KubeObject } from '../../../objects/kube-object.ts';
import type {
  ContainerPort,
  LabelSelector,
  PodSpec,
  Service,
  ServicePort,
  ServiceSpec,
} from '../../../objects/kubernetes.ts';
import { withLastApplied } from '../../../objects/last-applied.ts';
import { type Flag, text } from '../../flags/flag.ts';
import { type Failure, fail } from '../failure.ts';
import { CREATE_FLAGS, FILE_FLAGS, RECORD_FLAG } from '../flags/common-flags.ts';
import { ask, type Invocation, type Steps } from '../invocation.ts';
import { type DryRun, readDryRun } from '../output/dry-run.ts';
import { reportObject } from '../output/report-object.ts';
import { OVERRIDE_FLAGS, overridden } from '../overrides.ts';
import { recorded } from '../record.ts';
import type { Info } from '../resources/info.ts';
import { selectObjects } from '../resources/select-objects.ts';
import type { Verb } from '../verb.ts';
import { visitEach } from '../visit.ts';
import { resourceOfObject } from './create/imperative.ts';
import { namespacedMeta, typedMeta, withoutNulls } from './create/typed-object.ts';

const FLAGS: readonly Flag[] = [
  ...CREATE_FLAGS,
  ...FILE_FLAGS,
  RECORD_FLAG,
  text('cluster-ip'),
  text('external-ip'),
  text('l,labels'),
  text('load-balancer-ip'),
  text('name'),
  text('port'),
  text('protocol'),
  text('selector'),
  text('session-affinity'),
  text('target-port'),
  text('type'),
  ...OVERRIDE_FLAGS,
];

export const expose: Verb = { name: 'expose', flags: FLAGS, run: exposeObjects };

function* exposeObjects(invocation: Invocation): Steps {
  const dryRun = readDryRun(invocation);
  // Here --selector is the service's, not a choice of objects.
  const flags = {
    ...invocation.flags,
    has: (name: string) => name !== 'selector' && invocation.flags.has(name),
  };
  const { visited } = yield* selectObjects({ ...invocation, flags }, { args: invocation.args });
  return yield* visitEach(visited, (info) => exposeOne(invocation, info, dryRun));
}

const EXPOSABLE = ['ReplicationController', 'Service', 'Pod', 'Deployment', 'ReplicaSet'];

function* exposeOne(invocation: Invocation, info: Info, dryRun: DryRun): Steps<Failure | undefined> {
  const { kind, group } = info.resource;
  if (!EXPOSABLE.includes(kind))
    return { message: `cannot expose a ${group === '' ? kind : `${kind}.${group}`}` };
  const service = serviceFor(invocation, info);
  if ('message' in service) return service;
  const noted = recorded(invocation, overridden(invocation, service), FLAGS);
  const resource = resourceOfObject(noted);
  const name = noted.metadata.name ?? '';
  if (dryRun === 'client') {
    const metadata = namespacedMeta(invocation, noted.metadata);
    reportObject(invocation, {
      name,
      object: { ...noted, metadata },
      operation: 'exposed',
      dryRun,
    });
    return undefined;
  }
  const toSend = invocation.flags.bool('save-config') ? withLastApplied(noted) : noted;
  const response = yield* ask(invocation, {
    verb: 'create',
    resource: resource.name,
    namespace: invocation.namespace,
    object: withoutNulls(toSend),
    ...(dryRun === 'server' ? { dryRun: true } : {}),
  });
  if (!response.ok) return { status: response.status };
  const object = response.object ?? toSend;
  reportObject(invocation, { name, object, operation: 'exposed', dryRun });
  return undefined;
}

const NAME_MAX = 63;

function serviceFor(invocation: Invocation, { object, name }: Info): Service | { readonly message: string } {
  const { flags } = invocation;
  if (object === undefined) throw new Error('what is exposed has been read');
  const selector = flags.text('selector') === '' ? selectorOf(object) : readMap(flags.text('selector'));
  if (typeof selector === 'string') {
    return { message: `couldn't retrieve selectors via --selector flag or introspection: ${selector}` };
  }
  const clusterIP = flags.text('cluster-ip');
  const ports = portsFor(invocation, object);
  if (ports.length === 0 && clusterIP !== 'None') {
    return { message: "couldn't find port via --port flag or introspection" };
  }
  const labels = flags.text('labels') === '' ? object.metadata.labels : readMap(flags.text('labels'));
  const spec: ServiceSpec = {
    selector,
    ...(ports.length === 0 ? {} : { ports }),
    ...(flags.text('external-ip') === '' ? {} : { externalIPs: [flags.text('external-ip')] }),
    ...given('type', flags.text('type')),
    ...(flags.text('type') === 'LoadBalancer' ? given('loadBalancerIP', flags.text('load-balancer-ip')) : {}),
    ...given('sessionAffinity', sessionAffinity(flags.text('session-affinity'))),
    ...given('clusterIP', clusterIP),
  };
  const metadata = typedMeta(invocation, {
    name: flags.text('name') || name.slice(0, NAME_MAX),
    ...(labels === undefined || Object.keys(labels).length === 0 ? {} : { labels }),
  });
  return { apiVersion: 'v1', kind: 'Service', metadata, spec, status: { loadBalancer: {} } };
}

function given(key: string, value: string): Record<string, string> {
  return value === '' ? {} : { [key]: value };
}

function sessionAffinity(word: string): string {
  return word === '' || word === 'None' || word === 'ClientIP'
    ? word
    : fail(`unknown session affinity: ${word}`);
}

function readMap(spec: string): Record<string, string> {
  const map: Record<string, string> = {};
  for (const pair of spec.split(',')) {
    const [key = '', value, more] = pair.split('=');
    if (value === undefined || more !== undefined) fail(`unexpected label spec: ${pair}`);
    if (key === '') fail('unexpected empty label key');
    map[key] = value;
  }
  return map;
}

interface Exposable extends KubeObject {
  readonly spec?: {
    readonly selector?: LabelSelector | Record<string, string>;
    readonly template?: { readonly spec?: PodSpec };
    readonly containers?: PodSpec['containers'];
    readonly ports?: readonly ServicePort[];
  };
}

/** kubectl: polymorphichelpers mapBasedSelectorForObject. Returns a complaint where there is no plain map. */
function selectorOf(object: KubeObject): Record<string, string> | string {
  const { spec } = object as Exposable;
  if (object.kind === 'Pod') {
    const { labels = {} } = object.metadata;
    return Object.keys(labels).length === 0 ? 'the pod has no labels and cannot be exposed' : labels;
  }
  const selector = spec?.selector ?? {};
  if (object.kind === 'Service') {
    return Object.keys(selector).length === 0
      ? 'the service has no pod selector set'
      : (selector as Record<string, string>);
  }
  if (object.kind === 'ReplicationController') return selector as Record<string, string>;
  const { matchLabels, matchExpressions = [] } = selector as LabelSelector;
  if (matchExpressions.length > 0) {
    const expressions = JSON.stringify(matchExpressions);
    return `couldn't convert expressions - "${expressions}" to map-based selector format`;
  }
  return matchLabels ?? 'invalid deployment: no selectors, therefore cannot be exposed';
}

/** The ports that are asked for, else those of the containers or of the service. */
function portsFor({ flags }: Invocation, object: KubeObject): ServicePort[] {
  const found = containerPorts(object);
  const asked = flags.text('port');
  const numbers =
    asked === ''
      ? found.map(({ port }) => port).filter((port, index, all) => all.indexOf(port) === index)
      : asked.split(',').map(readPort);
  const targetText = flags.text('target-port');
  const target = /^\d+$/.test(targetText) ? Number(targetText) : targetText;
  return numbers.flatMap((port, index) => {
    const name = numbers.length > 1 ? `port-${index + 1}` : '';
    const protocols = found.filter((other) => other.port === port).map(({ protocol }) => protocol);
    const [protocol = 'TCP', ...others] =
      flags.text('protocol') === '' ? protocols : [flags.text('protocol')];
    const base = { port, targetPort: targetText === '' ? port : target };
    if (others.length === 0) return [{ ...(name === '' ? {} : { name }), ...base, protocol }];
    return [protocol, ...others].map((each) => ({
      name: `port-${index + 1}-${each.toLowerCase()}`,
      ...base,
      protocol: each,
    }));
  });
}

function readPort(word: string): number {
  if (!/^\d+$/.test(word)) fail(`strconv.Atoi: parsing "${word}": invalid syntax`);
  return Number(word);
}

function containerPorts(object: KubeObject): readonly { readonly port: number; readonly protocol: string }[] {
  const { spec } = object as Exposable;
  if (object.kind === 'Service') {
    return (spec?.ports ?? []).map(({ port, protocol = 'TCP' }) => ({ port, protocol }));
  }
  const containers = (object.kind === 'Pod' ? spec?.containers : spec?.template?.spec?.containers) ?? [];
  return containers
    .flatMap((container): readonly ContainerPort[] => container.ports ?? [])
    .map(({ containerPort, protocol = 'TCP' }) => ({ port: containerPort, protocol }))
    .filter(
      (one, index, all) =>
        all.findIndex((other) => other.port === one.port && other.protocol === one.protocol) === index,
    );
}
