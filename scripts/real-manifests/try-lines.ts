import type { Files } from '../../src/cluster/clients/files.ts';
import type { ContainerStatus, Pod, ReplicaSet } from '../../src/cluster/objects/kubernetes.ts';
import { objectReader } from '../../src/cluster/world/readers.ts';
import type { World } from '../../src/cluster/world/world.ts';
import { commits } from '../../src/kernel/run/run.ts';
import { loadScenario } from '../../src/scenario/language/load-scenario.ts';
import { startScenario } from '../../src/scenario/play.ts';

/** What came of lines typed beside manifests, five minutes later. */
export interface Outcome {
  /** How many objects were created. */
  readonly created: number;
  /** What kubectl complained of, in short, each once. */
  readonly refusals: readonly string[];
  readonly pods: number;
  readonly up: number;
  /** Those that are not up, and those that could not be made; and why. */
  readonly down: readonly string[];
  readonly notices: readonly { readonly about: string; readonly message: string }[];
}

const NODES = [1, 2, 3, 4].map((number) => `{ name: node-${number}, cpu: 16, memory: 64Gi }`).join(', ');
const ENTRY = 'tried.yaml';

/** The scenario begins with its steps, as a person would write it; where a line fails, it may. */
export function tryLines(files: Files, lines: readonly string[], version = '1.36', mayFail = false): Outcome {
  const expect = mayFail ? ', expect: { exitCode: 1 }' : '';
  const text = [
    `cluster: { version: "${version}", nodes: [${NODES}] }`,
    'steps:',
    ...lines.map((line) => `  - { run: ${JSON.stringify(line)}${expect} }`),
    '  - wait: 5m',
  ].join('\n');
  const { scenario, diagnostics } = loadScenario({ ...files, [ENTRY]: text }, ENTRY);
  if (!scenario) {
    // What cannot be right is refused before anything runs, unless failure is wanted: so kubectl says it.
    if (!mayFail) return tryLines(files, lines, version, true);
    const [why] = diagnostics.map(({ message }) => message);
    throw new Error(`no scenario: ${lines.join('; ')}: ${why}`);
  }
  const refusals = new Set<string>();
  const notices = new Map<string, { readonly about: string; readonly message: string }>();
  let created = 0;
  const run = startScenario(scenario);
  for (const commit of commits(run)) {
    for (const { event } of commit) {
      if (event.type === 'NoticeGiven') notices.set(event.message, event);
      if (event.type !== 'CommandPrinted') continue;
      created += event.stdout?.match(/ (?:created|serverside-applied)$/gm)?.length ?? 0;
      for (const complaint of complaintsIn(event.stderr ?? '')) refusals.add(complaint);
    }
  }
  return { created, refusals: [...refusals], ...podsOf(run.world), notices: [...notices.values()] };
}

/** What is wrong, in short: the first of these that a line has. */
const COMPLAINTS: readonly RegExp[] = [
  /no matches for kind ".*" in version "[^"]*"/,
  /strict decoding error: .*/,
  /cannot unmarshal .*/,
  /(?:namespaces|serviceaccounts?) "\S+" not found/,
  /[A-Z]\w+ "\S+" is invalid: [^:]*: [^:`[]*/,
  /[A-Z]\w+ "\S+" is invalid/,
  /error: .*/,
  /^Error from server(?!.*patch:$).*/,
];

function complaintsIn(stderr: string): readonly string[] {
  return stderr.split('\n').flatMap((line) => {
    if (line.startsWith('# Warning')) return [];
    const pattern = COMPLAINTS.find((each) => each.test(line));
    return pattern === undefined ? [] : [pattern.exec(line)?.[0].trim() ?? ''];
  });
}

function podsOf({ store, seq }: World): Pick<Outcome, 'pods' | 'up' | 'down'> {
  const objects = objectReader({ tables: store.tables, seq });
  const pods = objects.list<Pod>('pods');
  const down = pods.filter((pod) => !isUp(pod)).map((pod) => `${pod.metadata.name}: ${reasonOf(pod)}`);
  const unmade = objects.list<ReplicaSet>('replicasets.apps').flatMap(({ metadata, status }) => {
    const failure = status?.conditions?.find(
      ({ type, status: is }) => type === 'ReplicaFailure' && is === 'True',
    );
    return failure
      ? [`${metadata.name}: ${failure.message?.replace(/^.*? is forbidden: /, '') ?? failure.reason}`]
      : [];
  });
  return { pods: pods.length, up: pods.filter(isUp).length, down: [...down, ...unmade] };
}

function isUp({ status }: Pod): boolean {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  return ready?.status === 'True' || status?.phase === 'Succeeded';
}

function reasonOf({ status }: Pod): string {
  const unscheduled = status?.conditions?.find(
    ({ type, status: is }) => type === 'PodScheduled' && is !== 'True',
  );
  if (unscheduled)
    return unscheduled.message?.replace(/^0\/4 nodes are available: |\. .*$/g, '') ?? 'not scheduled';
  const all: readonly ContainerStatus[] = [
    ...(status?.initContainerStatuses ?? []),
    ...(status?.containerStatuses ?? []),
  ];
  const states = all.map(({ state }) => state?.waiting?.reason ?? state?.terminated?.reason);
  return states.find((reason) => reason !== undefined && reason !== 'PodInitializing') ?? 'not ready';
}
