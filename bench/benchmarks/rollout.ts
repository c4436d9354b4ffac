import { commits } from '../../src/kernel/run/run.ts';
import { loadScenario } from '../../src/scenario/language/load-scenario.ts';
import { startScenario } from '../../src/scenario/play.ts';
import type { Scenario } from '../../src/scenario/scenario.ts';
import { type Benchmark, timed } from '../benchmark.ts';

/** A Deployment behind a Service is rolled out, and then updated as a whole. */
function rolloutOf(replicas: number, nodes: number): Scenario {
  const manifest = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
      - name: nginx
        image: nginx:1.27
        ports: [{ containerPort: 80 }]
        readinessProbe: { httpGet: { path: /, port: 80 }, periodSeconds: 5 }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
`;
  const text = `apiVersion: kubereel.dev/v1
kind: Scenario
metadata: { name: bench, title: { en: Bench } }
cluster: { nodes: ${nodes} }
steps:
- run: kubectl apply -f web.yaml
- run: kubectl rollout status deployment/web
- run: kubectl set image deployment/web nginx=nginx:1.28
- run: kubectl rollout status deployment/web
`;
  const { scenario, diagnostics } = loadScenario(
    { 'scenario.yaml': text, 'web.yaml': manifest },
    'scenario.yaml',
  );
  if (!scenario) throw new Error(JSON.stringify(diagnostics));
  return scenario;
}

interface Played {
  readonly entries: number;
  readonly virtualMs: number;
  readonly wallMs: number;
  /** Of the processor, its helpers included: on a machine that others share, the steadier measure. */
  readonly cpuMs: number;
}

function play(scenario: Scenario): Played {
  const run = startScenario(scenario);
  let entries = 0;
  let passed = false;
  const cpu = process.cpuUsage();
  const wallMs = timed(() => {
    for (const commit of commits(run)) {
      entries += commit.length;
      passed ||= commit.some(({ event }) => event.type === 'ScenarioEnded' && event.passed);
    }
  });
  if (!passed) throw new Error('the rollout did not come to its end');
  const { user, system } = process.cpuUsage(cpu);
  return { entries, virtualMs: run.world.at, wallMs, cpuMs: (user + system) / 1000 };
}

/**
 * A hundred replicas on five nodes, all of them rolled out and then updated, once the code is warm, and the
 * first time in a process. Virtual time is what a real cluster takes for it: every latency in it is one that
 * was recorded of a real one.
 */
const hundredReplicas: Benchmark = {
  name: 'rollout',
  metrics: {
    rollout_ms: 'ms',
    rollout_cpu_ms: 'ms',
    rollout_cold_ms: 'ms',
    rollout_entries: 'entries',
    rollout_virtual_ms: 'ms',
    rollout_ratio: '×',
  },
  run() {
    const scenario = rolloutOf(100, 5);
    const cold = play(scenario);
    play(scenario);
    const { entries, virtualMs, wallMs, cpuMs } = play(scenario);
    return {
      rollout_ms: wallMs,
      rollout_cpu_ms: cpuMs,
      rollout_cold_ms: cold.wallMs,
      rollout_entries: entries,
      rollout_virtual_ms: virtualMs,
      rollout_ratio: virtualMs / wallMs,
    };
  },
};

/** Three times the pods on three times the nodes: how much dearer an entry is then. */
const threeHundredReplicas: Benchmark = {
  name: 'rollout_300',
  metrics: {
    rollout_300_ms: 'ms',
    rollout_300_entries: 'entries',
    rollout_300_ratio: '×',
    rollout_300_entry_ratio: '×',
  },
  run() {
    const small = rolloutOf(100, 5);
    play(small);
    const hundred = play(small);
    const { entries, virtualMs, wallMs, cpuMs } = play(rolloutOf(300, 15));
    return {
      rollout_300_ms: wallMs,
      rollout_300_entries: entries,
      rollout_300_ratio: virtualMs / wallMs,
      rollout_300_entry_ratio: cpuMs / entries / (hundred.cpuMs / hundred.entries),
    };
  },
};

export const rolloutBenchmarks: readonly Benchmark[] = [hundredReplicas, threeHundredReplicas];
