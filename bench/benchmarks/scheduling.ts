import { decide } from '../../src/cluster/apiserver/decide.ts';
import type { Component, Reaction } from '../../src/cluster/contract/component.ts';
import type { ClusterSettings } from '../../src/cluster/contract/settings.ts';
import { createGenesis } from '../../src/cluster/genesis.ts';
import { createAgenda } from '../../src/cluster/runtime/agenda.ts';
import { assemble } from '../../src/cluster/runtime/cluster.ts';
import { scheduler } from '../../src/cluster/scheduler/scheduler.ts';
import { evolve } from '../../src/cluster/world/evolve.ts';
import { emptyWorld } from '../../src/cluster/world/world.ts';
import { commits, startRun } from '../../src/kernel/run/run.ts';
import { compileCluster } from '../../src/scenario/language/compile-cluster.ts';
import { type Benchmark, timed } from '../benchmark.ts';

/** Kubernetes' published limits: so many nodes, and so many pods on each. */
const NODES = 5000;
const PODS_PER_NODE = 30;
const ZONES = 3;
/** Pods of one application are spread over nodes and zones, since a Service selects them. */
const APPLICATIONS = 10;

/** Pods are created a hundred at a time, ten times a second. */
const TICK_MS = 100;
const PODS_A_TICK = 100;

function settingsOf(nodes: number): ClusterSettings {
  const named = Array.from({ length: nodes }, (_, index) => ({
    name: `node-${index + 1}`,
    labels: { 'topology.kubernetes.io/zone': `zone-${(index % ZONES) + 1}` },
  }));
  return compileCluster({
    apiVersion: 'kubereel.dev/v1',
    kind: 'Scenario',
    metadata: { name: 'bench', title: { en: 'Bench' } },
    cluster: { nodes: named },
    steps: [{ wait: '1s' }],
  });
}

/** Creates all Services, and then pods at its pace until there are enough. */
function feederOf(pods: number): Component {
  const ticks = Math.ceil(pods / PODS_A_TICK);
  return {
    name: 'feeder',
    readsStore: true,
    addresses: () => [{ actor: 'feeder', key: 'pods' }],
    wake(_view, _address, from) {
      const tick = Math.max(1, Math.ceil(from / TICK_MS));
      return tick > ticks ? undefined : { at: tick * TICK_MS, cause: null };
    },
    *reconcile(_view, _address, now): Reaction {
      const tick = now / TICK_MS;
      if (tick === 1) for (let app = 0; app < APPLICATIONS; app++) yield serviceOf(app);
      const first = (tick - 1) * PODS_A_TICK;
      for (let index = first; index < Math.min(pods, first + PODS_A_TICK); index++) yield podOf(index);
    },
  };
}

function serviceOf(app: number) {
  const metadata = { name: `app-${app}`, namespace: 'default' };
  const spec = { selector: { app: `app-${app}` }, ports: [{ port: 80 }] };
  const object = { apiVersion: 'v1', kind: 'Service', metadata, spec };
  return { verb: 'create', resource: 'services', namespace: 'default', object } as const;
}

function podOf(index: number) {
  const labels = { app: `app-${index % APPLICATIONS}` };
  const metadata = { name: `pod-${String(index).padStart(6, '0')}`, namespace: 'default', labels };
  const resources = { requests: { cpu: '100m', memory: '200Mi' } };
  const spec = { containers: [{ name: 'main', image: 'nginx:1.27', resources }] };
  const object = { apiVersion: 'v1', kind: 'Pod', metadata, spec };
  return { verb: 'create', resource: 'pods', namespace: 'default', object } as const;
}

interface Scheduled {
  readonly wallMs: number;
  /** Of the processor, its helpers included: on a machine that others share, the steadier measure. */
  readonly cpuMs: number;
  readonly bound: number;
  readonly entries: number;
}

/**
 * The API server with its admission and etcd's whole history, the watches and their latencies, the scheduler
 * with its sampling, scores, bindings and Events. The nodes are hollow: no kubelet runs on them, so a pod's
 * story ends when it is bound; no controller runs either.
 */
function schedule(nodes: number): Scheduled {
  const settings = settingsOf(nodes);
  const pods = nodes * PODS_PER_NODE;
  const cluster = assemble(settings, decide, [createGenesis(() => []), scheduler, feederOf(pods)]);
  const run = startRun({ evolve, agenda: (world, log) => createAgenda(cluster, world, log) }, emptyWorld());
  let bound = 0;
  let entries = 0;
  const cpu = process.cpuUsage();
  const wallMs = timed(() => {
    for (const commit of commits(run)) {
      entries += commit.length;
      for (const { actor, event } of commit) {
        if (actor === 'scheduler' && event.type === 'ObjectUpdated' && event.set?.['/spec/nodeName']) bound++;
      }
    }
  });
  if (bound !== pods) throw new Error(`${bound} of ${pods} pods found a node`);
  const { user, system } = process.cpuUsage(cpu);
  return { wallMs, cpuMs: (user + system) / 1000, bound, entries };
}

/**
 * All pods of a cluster at its limits find a node; and how much dearer one is than on a tenth of the nodes.
 */
export const scheduling: Benchmark = {
  name: 'scheduling',
  metrics: {
    scheduling_s: 's',
    scheduling_cpu_s: 's',
    scheduling_pods_ps: 'pods/s',
    scheduling_peak_mb: 'MB',
    scheduling_entries: 'entries',
    scheduling_growth: '× a pod',
  },
  run() {
    schedule(100);
    const small = schedule(NODES / 10);
    const large = schedule(NODES);
    return {
      scheduling_s: large.wallMs / 1000,
      scheduling_cpu_s: large.cpuMs / 1000,
      scheduling_pods_ps: (large.bound / large.wallMs) * 1000,
      scheduling_peak_mb: process.resourceUsage().maxRSS / 1024,
      scheduling_entries: large.entries,
      scheduling_growth: large.cpuMs / large.bound / (small.cpuMs / small.bound),
    };
  },
};
