import { commits } from '../../src/kernel/run/run.ts';
import { loadScenario } from '../../src/scenario/language/load-scenario.ts';
import { startScenario } from '../../src/scenario/play.ts';
import type { Scenario } from '../../src/scenario/scenario.ts';
import { type Benchmark, percentile, timed } from '../benchmark.ts';

const PODS = 200;

/** Pods as people run them: probed, some of them failing their liveness probe over and over. */
const manifest = Array.from(
  { length: PODS },
  (_, index) => `apiVersion: v1
kind: Pod
metadata: { name: pod-${index}, labels: { app: bench } }
spec:
  containers:
  - name: main
    image: busybox:1.36
    command: [sh, -c, "touch /tmp/healthy; sleep 30; rm -f /tmp/healthy; sleep 600"]
    ${index % 4 === 0 ? 'livenessProbe: { exec: { command: [cat, /tmp/healthy] }, periodSeconds: 5 }' : ''}
    readinessProbe: { exec: { command: ["true"] }, periodSeconds: 10 }
`,
).join('---\n');

function scenarioOf(nodes: number, steps: string): Scenario {
  const text = `apiVersion: kubereel.dev/v1
kind: Scenario
metadata: { name: bench, title: { en: Bench } }
cluster: { nodes: ${nodes} }
steps:
${steps}
`;
  const { scenario, diagnostics } = loadScenario(
    { 'scenario.yaml': text, 'pods.yaml': manifest },
    'scenario.yaml',
  );
  if (!scenario) throw new Error(JSON.stringify(diagnostics));
  return scenario;
}

/** Plays to the end; returns how many entries there were. */
function play(scenario: Scenario): number {
  let entries = 0;
  for (const commit of commits(startScenario(scenario))) entries += commit.length;
  return entries;
}

/** A thousand entries are too few for the code to get warm in one hour. */
const WARM_UP = 20;
const HOURS = 11;

/**
 * An hour in which nothing happens but heartbeats: the median of several once the code is warm, and the first
 * in a process.
 */
const idleHour: Benchmark = {
  name: 'idle_hour',
  metrics: { idle_hour_ms: 'ms', idle_hour_cold_ms: 'ms' },
  run() {
    const scenario = scenarioOf(3, '- wait: 1h');
    const cold = timed(() => play(scenario));
    for (let round = 0; round < WARM_UP; round++) play(scenario);
    const warm = Array.from({ length: HOURS }, () => timed(() => play(scenario)));
    return { idle_hour_ms: percentile(warm, 0.5), idle_hour_cold_ms: cold };
  },
};

/** Many pods for ten minutes: entries that are simulated, decided and folded in a second of real time. */
const busyCluster: Benchmark = {
  name: 'sim',
  metrics: { sim_eps: 'entries/s' },
  run() {
    const scenario = scenarioOf(10, '- run: kubectl apply -f pods.yaml\n- wait: 10m');
    let entries = 0;
    const ms = timed(() => {
      entries = play(scenario);
    });
    return { sim_eps: (entries / ms) * 1000 };
  },
};

/** From the command that creates them until all pods are ready: pods in a second of real time. */
const podsReady: Benchmark = {
  name: 'pods_ready',
  metrics: { pods_ready_ps: 'pods/s' },
  run() {
    const until = `{ resource: { kind: Pod, status: { conditions: [{ type: Ready, status: "True" }] } }, count: ${PODS} }`;
    const scenario = scenarioOf(
      10,
      `- run: kubectl apply -f pods.yaml\n- wait: { until: ${until}, timeout: 1m }`,
    );
    const ms = timed(() => play(scenario));
    return { pods_ready_ps: (PODS / ms) * 1000 };
  },
};

export const simulationBenchmarks: readonly Benchmark[] = [busyCluster, podsReady, idleHour];
