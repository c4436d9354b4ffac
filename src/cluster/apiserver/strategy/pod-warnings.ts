import type { KubeObject } from '../../objects/kube-object.ts';
import type {
  Container,
  ContainerPort,
  EnvVar,
  PodSpec,
  ResourceRequirements,
} from '../../objects/kubernetes.ts';
import { milliValue } from '../../objects/quantity.ts';
import { dnsLabelProblems } from '../../objects/validation/name-syntax.ts';
import { inVersion, type KubeVersion, type Since } from '../../objects/versions.ts';
import type { Call } from '../call.ts';

/** kubernetes: #113245 (seen in 1.28), #122170. Pods are warned of at all since 1.21. */
const WARNS: Since<boolean> = [
  [0, false],
  [21, true],
];
const WARNS_OF_PORTS: Since<boolean> = [
  [0, false],
  [28, true],
];
const WARNS_OF_PORT_NAMES: Since<boolean> = [
  [0, false],
  [33, true],
];

/**
 * What is allowed in a pod, or in a template of pods, and hardly meant: the API server says so, and goes on
 * (kubernetes: pkg/api/pod/warnings.go, and WarningsOnCreate of each strategy).
 */
export function warnOfNew({ resource, settings, warnings }: Call, object: KubeObject): void {
  if (!inVersion(WARNS, settings.version)) return;
  if (resource.custom) warnings.push(...finalizerWarnings(object.metadata.finalizers ?? []));
  warnings.push(...nameWarnings(resource.name, object.metadata.name ?? ''));
  warnings.push(...specWarnings(resource.name, object, settings.version));
}

/** apiextensions-apiserver: customresource/validator.go validateKubeFinalizerName. */
function finalizerWarnings(finalizers: readonly string[]): readonly string[] {
  return finalizers.flatMap((name) => {
    if (name.includes('/') || name === 'orphan' || name === 'foregroundDeletion') return [];
    const path = name.includes('.') ? ' including a path (/)' : '';
    return `metadata.finalizers: "${name}": prefer a domain-qualified finalizer name${path} to avoid accidental conflicts with other finalizer writers`;
  });
}

/** Pods themselves are changed too often to be looked through each time (kubernetes: podStrategy). */
export function warnOfChange(call: Call, before: KubeObject, after: KubeObject): void {
  const { resource, subresource, settings, warnings } = call;
  if (resource.name === 'pods' || subresource !== undefined || !inVersion(WARNS, settings.version)) return;
  if (before.metadata.generation === after.metadata.generation) return;
  warnings.push(...specWarnings(resource.name, after, settings.version));
}

const TEMPLATE = ['spec', 'template', 'spec'];

const SPECS: Readonly<Record<string, readonly string[]>> = {
  pods: ['spec'],
  replicationcontrollers: TEMPLATE,
  'daemonsets.apps': TEMPLATE,
  'deployments.apps': TEMPLATE,
  'replicasets.apps': TEMPLATE,
  'statefulsets.apps': TEMPLATE,
  'jobs.batch': TEMPLATE,
  'cronjobs.batch': ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
};

const NAMES: Readonly<Record<string, string>> = {
  pods: "this is used in the Pod's hostname",
  'deployments.apps': 'this is used in Pod names and hostnames',
  'replicasets.apps': 'this is used in Pod names and hostnames',
  'jobs.batch': 'this is used in Pod names and hostnames',
  'cronjobs.batch': 'this is used in Pod names and hostnames',
  'statefulsets.apps': 'this is used in Pod names and hostnames',
};

function nameWarnings(resource: string, name: string): readonly string[] {
  const use = NAMES[resource];
  const problems = use === undefined ? [] : dnsLabelProblems(name);
  if (problems.length === 0) return [];
  const advice = 'which can result in surprising behavior; a DNS label is recommended';
  return [`metadata.name: ${use}, ${advice}: [${problems.join(' ')}]`];
}

interface Placed {
  readonly at: string;
  readonly container: Container;
}

function specWarnings(resource: string, object: KubeObject, version: KubeVersion): readonly string[] {
  const path = SPECS[resource];
  if (!path) return [];
  const at = path.join('.');
  const spec = path.reduce<unknown>(
    (value, key) => (value as Record<string, unknown>)[key],
    object,
  ) as PodSpec;
  const placed = (list: string, containers: readonly Container[] = []): Placed[] =>
    containers.map((container, index) => ({ at: `${at}.${list}[${index}]`, container }));
  const all = [...placed('initContainers', spec.initContainers), ...placed('containers', spec.containers)];
  return [
    ...all.flatMap(({ at: place, container: { resources, env = [] } }) => [
      ...sizeWarnings(`${place}.resources`, resources),
      ...envWarnings(`${place}.env`, env),
    ]),
    ...(inVersion(WARNS_OF_PORTS, version) ? portWarnings(all) : []),
    ...(inVersion(WARNS_OF_PORT_NAMES, version) ? portNameWarnings(all) : []),
  ];
}

/** `128m` of memory are an eighth of a byte. */
function sizeWarnings(at: string, resources: ResourceRequirements = {}): readonly string[] {
  const warnings: string[] = [];
  for (const resource of ['memory', 'ephemeral-storage']) {
    for (const side of ['limits', 'requests'] as const) {
      const value = resources[side]?.[resource];
      if (value === undefined || milliValue(value) % 1000 === 0) continue;
      warnings.push(
        `${at}.${side}[${resource}]: fractional byte value "${value}" is invalid, must be an integer`,
      );
    }
  }
  return warnings;
}

/** A variable may build on an earlier one of its name, as in `PATH: $(PATH):/more`. */
function envWarnings(at: string, variables: readonly EnvVar[]): readonly string[] {
  const seen = new Set<string>();
  return variables.flatMap(({ name, value = '', valueFrom }, index) => {
    const reference = `$(${name})`;
    const builds = !valueFrom && value !== reference && value.includes(reference);
    const hides = seen.has(name) && !builds;
    seen.add(name);
    if (!hides) return [];
    return [`${at}[${index}]: hides previous definition of "${name}", which may be dropped when using apply`];
  });
}

interface PlacedPort {
  readonly at: string;
  readonly port: ContainerPort;
}

function portsOf(all: readonly Placed[]): readonly PlacedPort[] {
  return all.flatMap(({ at, container: { ports = [] } }) =>
    ports.map((port, index) => ({ at: `${at}.ports[${index}]`, port })),
  );
}

function portWarnings(all: readonly Placed[]): readonly string[] {
  const ports = portsOf(all);
  return ports.flatMap((one, index) =>
    ports.slice(0, index).flatMap((other) => {
      const clash = clashOf(one.port, other.port);
      return clash === undefined ? [] : [`${one.at}: ${clash} port definition with ${other.at}`];
    }),
  );
}

function clashOf(one: ContainerPort, other: ContainerPort): string | undefined {
  const isSame = one.containerPort === other.containerPort && protocolOf(one) === protocolOf(other);
  if (!isSame) return undefined;
  const [ip, otherIp] = [one.hostIP ?? '', other.hostIP ?? ''];
  const [hostPort, otherHostPort] = [one.hostPort ?? 0, other.hostPort ?? 0];
  if (ip === otherIp && hostPort === otherHostPort) return 'duplicate';
  if (hostPort === 0 || otherHostPort === 0) return 'overlapping';
  const isOneAnywhere = (ip === '') !== (otherIp === '');
  return hostPort === otherHostPort && isOneAnywhere ? 'dangerously ambiguous' : undefined;
}

const protocolOf = ({ protocol = 'TCP' }: ContainerPort): string => protocol;

function portNameWarnings(all: readonly Placed[]): readonly string[] {
  const first = new Map<string, string>();
  return portsOf(all).flatMap(({ at, port: { name = '' } }) => {
    const other = first.get(name);
    if (name === '') return [];
    if (other === undefined) {
      first.set(name, at);
      return [];
    }
    const effect = `services and probes that select ports by name will use ${other}`;
    return [`${at}: duplicate port name "${name}" with ${other}, ${effect}`];
  });
}
