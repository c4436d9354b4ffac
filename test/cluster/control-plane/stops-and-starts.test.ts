import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PROGRAMS, type ProgramName } from '../../../src/cluster/contract/control-plane-rows.ts';
import type { Event } from '../../../src/cluster/contract/event.ts';
import type { Deployment, Pod } from '../../../src/cluster/objects/kubernetes.ts';
import { isServing } from '../../../src/cluster/world/control-plane.ts';
import { evolve } from '../../../src/cluster/world/evolve.ts';
import { objectReader, rowReader } from '../../../src/cluster/world/readers.ts';
import { emptyWorld, type World } from '../../../src/cluster/world/world.ts';
import type { Entry } from '../../../src/kernel/log/entry.ts';
import { commits } from '../../../src/kernel/run/run.ts';
import { forkScenario } from '../../../src/scenario/fork.ts';
import type { Scenario } from '../../../src/scenario/scenario.ts';
import { playToEnd, scenarioOf } from '../../support/play-scenario.ts';

interface Deed {
  readonly program: ProgramName;
  readonly waitSeconds: number;
  /** What somebody orders meanwhile, whether anybody hears it or not. */
  readonly replicas: number;
}

const deed: fc.Arbitrary<Deed> = fc.record({
  program: fc.constantFrom(...PROGRAMS),
  waitSeconds: fc.integer({ min: 1, max: 45 }),
  replicas: fc.integer({ min: 1, max: 5 }),
});

const ELSEWHERE = '2';
const OWN = '[{ name: control-plane, controlPlane: true }, { name: node-1 }, { name: node-2 }]';

/** Each deed stops a program that runs, or starts one that does not; in the end all are started. */
function scenarioFor(deeds: readonly Deed[], nodes: string): Scenario {
  const stopped = new Set<ProgramName>();
  const steps = ['run: kubectl create deployment web --image=nginx:1.27 --replicas=2', 'wait: 20s'];
  const toggle = (program: ProgramName): void => {
    const isStopped = stopped.delete(program);
    if (!isStopped) stopped.add(program);
    steps.push(`fault: { ${isStopped ? 'start' : 'stop'}: ${program} }`);
  };
  for (const { program, waitSeconds, replicas } of deeds) {
    toggle(program);
    steps.push(`wait: ${waitSeconds}s`);
    steps.push(`run: kubectl scale deployment web --replicas=${replicas} || true`);
  }
  for (const program of [...stopped]) toggle(program);
  steps.push(
    'wait: 8m',
    'run: kubectl scale deployment web --replicas=3',
    'wait: 30s',
    'run: kubectl get pods',
  );
  const head = 'apiVersion: kubereel.dev/v1\nkind: Scenario\nmetadata: { name: toggles, title: { en: t } }\n';
  const cluster = `cluster: { nodes: ${nodes}, presentImages: ["nginx:1.27"] }\n`;
  return scenarioOf({
    'scenario.yaml': `${head}${cluster}steps:\n${steps.map((step) => `  - ${step}\n`).join('')}`,
  });
}

function expectConverged({ store: { tables }, seq }: World): void {
  const objects = objectReader({ tables, seq });
  const deployment = objects.get<Deployment>('deployments.apps', 'default', 'web');
  expect(deployment?.status).toMatchObject({ replicas: 3, readyReplicas: 3, updatedReplicas: 3 });
  const pods = objects.list<Pod>('pods', 'default');
  expect(pods.map(({ status }) => status?.phase)).toEqual(['Running', 'Running', 'Running']);
}

const WRITES: readonly Event['type'][] = ['ObjectCreated', 'ObjectUpdated', 'ObjectDeleted'];

/** By folding the log: what is written is written while somebody answers. */
function expectNoWriteWithoutServer(log: readonly Entry<Event>[]): void {
  let world = emptyWorld();
  let isConfigured = false;
  for (const entry of log) {
    const { tables } = world.store;
    const settings = tables.settings.read('cluster', world.seq);
    const isFirst = entry.actor === 'genesis';
    if (settings && !isFirst && WRITES.includes(entry.event.type)) {
      isConfigured = true;
      const isAnswered = isServing(rowReader({ tables, seq: world.seq }), settings);
      if (!isAnswered) expect(entry).toBe('written while no API server answers');
    }
    world = evolve(world, entry);
  }
  expect(isConfigured).toBe(true);
}

function expectSameTail(scenario: Scenario, log: readonly Entry<Event>[], share: number): void {
  const stops = log.filter(({ more }) => !more).map(({ seq }) => seq);
  const stop = stops[Math.floor(share * (stops.length - 1))] ?? 0;
  const tail = [...commits(forkScenario(scenario, log.slice(0, stop)))].flat();
  expect(tail.map((entry) => JSON.stringify(entry))).toEqual(
    log.slice(stop).map((entry) => JSON.stringify(entry)),
  );
}

test.each([
  ['elsewhere', ELSEWHERE, 12],
  ["on the cluster's machines", OWN, 4],
])(
  'a control plane %s: whatever stops and starts, it converges; nothing is written unanswered; forks agree',
  (_, nodes, numRuns) => {
    const deeds = fc.array(deed, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(deeds, fc.double({ min: 0, max: 1, noNaN: true }), (given, share) => {
        const scenario = scenarioFor(given, nodes);
        const { run, log } = playToEnd(scenario);
        expectConverged(run.world);
        expectNoWriteWithoutServer(log);
        expectSameTail(scenario, log, share);
      }),
      { numRuns },
    );
  },
  300_000,
);
