import { etcdctl, etcdutl } from '../../src/cluster/clients/etcd/etcdctl.ts';
import type { LeftFile, Outcome, Pause, Program } from '../../src/cluster/clients/program.ts';
import type { View } from '../../src/cluster/contract/component.ts';
import { COMPACTED_KEY } from '../../src/cluster/contract/etcd-rows.ts';
import type { Event } from '../../src/cluster/contract/event.ts';
import { DEFAULT_LATENCIES } from '../../src/cluster/contract/latencies.ts';
import type { ClusterSettings } from '../../src/cluster/contract/settings.ts';
import { clusterFormed } from '../../src/cluster/etcd/data-directory.ts';
import { etcd } from '../../src/cluster/etcd/etcd.ts';
import { parseKubeVersion } from '../../src/cluster/objects/versions.ts';
import { evolve } from '../../src/cluster/world/evolve.ts';
import { objectReader, rowReader } from '../../src/cluster/world/readers.ts';
import { emptyWorld, type World } from '../../src/cluster/world/world.ts';

const ADDRESS = { actor: etcd.name, key: 'cluster' };

export interface BenchOptions {
  /** Of Kubernetes; it decides etcd's. */
  readonly version?: string;
  readonly members?: number;
  /** Flags of etcd besides those that a bare one has. */
  readonly flags?: readonly string[];
}

export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
  /** How long it took, in virtual milliseconds. */
  readonly tookMs: number;
}

/** etcds without certificates and without a cluster around them. */
export interface EtcdBench extends BenchWorld {
  /** Somebody types a line on the first machine. */
  type(line: string, stdin?: string): Printed;
  readonly files: Record<string, string>;
}

export function etcdBench({ version = '1.20', members = 1, flags = [] }: BenchOptions = {}): EtcdBench {
  const world = benchWorld(settingsOf(version, members));
  begin(world, flags);
  const files: Record<string, string> = { '/': '', '/tmp/': '', '/root/': '', '/var/lib/': '' };
  let typed = 0;
  const type = (line: string, stdin = ''): Printed => {
    typed += 1;
    return typeLine({ world, files, line, stdin, id: `line-${typed}` });
  };
  return { ...world, files, type };
}

interface BenchWorld {
  happen(...events: readonly Event[]): void;
  /** Lets time pass, and the members do what they do by themselves. */
  pass(ms: number): void;
  view(): View;
  world(): World;
  now(): number;
  /** Does all that a program or a component does in one look. */
  perform<Result>(deeds: Generator<unknown, Result, never>): Result;
  readonly log: readonly Event[];
}

function benchWorld(settings: ClusterSettings): BenchWorld {
  const log: Event[] = [];
  let world = emptyWorld();
  let now = 0;
  const bench: BenchWorld = {
    log,
    now: () => now,
    world: () => world,
    happen(...events) {
      for (const event of events) {
        log.push(event);
        world = evolve(world, { seq: world.seq + 1, at: now, actor: 'bench', key: '', cause: null, event });
      }
    },
    view() {
      const position = { tables: world.store.tables, seq: world.seq };
      return { settings, chance: settings, objects: objectReader(position), rows: rowReader(position) };
    },
    perform(deeds) {
      for (let next = deeds.next(); ; next = deeds.next()) {
        if (next.done) return next.value;
        bench.happen(next.value as Event);
      }
    },
    pass(ms) {
      const until = now + ms;
      for (let looks = 0; looks < 1000; looks += 1) {
        const wake = etcd.wake?.(bench.view(), ADDRESS, now);
        if (wake === undefined || wake.at > until) break;
        now = Math.max(now, wake.at);
        bench.perform(etcd.reconcile(bench.view(), ADDRESS, now));
      }
      now = until;
    },
  };
  return bench;
}

const TOOLS = [etcdctl, etcdutl];

interface TypedLine {
  readonly world: BenchWorld;
  readonly files: Record<string, string>;
  readonly line: string;
  readonly stdin: string;
  readonly id: string;
}

/** Between two lines. */
const PAUSE_MS = 20;

function typeLine({ world, files, line, stdin, id }: TypedLine): Printed {
  const began = world.now();
  const { environment, words } = wordsOf(line);
  const program = TOOLS.find(({ name }) => name === words[0]);
  if (!program) throw new Error(`nobody is called ${words[0]}`);
  const said = { stdout: '', stderr: '' };
  let memory: unknown;
  for (let looks = 0; looks < 100; looks += 1) {
    const call: Parameters<Program['run']>[0] = {
      command: id,
      instance: 0,
      args: words.slice(1),
      stdin,
      machine: 'cp-1',
      get view() {
        return world.view();
      },
      now: world.now(),
      kubeconfig: { namespace: 'default' },
      files,
      environment,
      memory,
      write: (stream, text) => {
        said[stream] += text;
      },
    };
    const outcome = world.perform(program.run(call) as Generator<unknown, Outcome, never>);
    if ('exitCode' in outcome) {
      leave(files, outcome.written ?? []);
      const tookMs = world.now() - began;
      world.pass(PAUSE_MS);
      return { ...said, exitCode: outcome.exitCode, tookMs };
    }
    memory = outcome.pause.memory;
    // A watch goes on until somebody ends it, as `timeout` does.
    if (isWatch(outcome.pause)) return { ...said, exitCode: 124, tookMs: 0 };
    world.pass((outcome.pause.wakeAt ?? world.now() + 60_000) - world.now());
  }
  throw new Error(`${line} never ends`);
}

function isWatch({ awaits = [] }: Pause): boolean {
  return awaits.some(({ type }) => type === 'keys');
}

function wordsOf(line: string): { environment: Record<string, string>; words: readonly string[] } {
  const typed = line.match(/'[^']*'|"[^"]*"|\S+/g) ?? [];
  const words = typed.map((word) => word.replace(/^(['"])(.*)\1$/s, '$2'));
  const environment: Record<string, string> = {};
  while (/^[A-Z_]+=/.test(words[0] ?? '')) {
    const [name = '', value = ''] = (words.shift() ?? '').split(/=(.*)/s);
    environment[name] = value;
  }
  return { environment, words };
}

function leave(files: Record<string, string>, written: readonly LeftFile[]): void {
  for (const { path, text, kind } of written) files[kind === 'directory' ? `${path}/` : path] = text;
}

function begin({ happen, view }: BenchWorld, flags: readonly string[]): void {
  const { settings } = view();
  happen({ type: 'ClusterConfigured', settings });
  const programs = settings.nodes.map(({ name }, index) => {
    const ip = `10.99.0.${index + 1}`;
    const podCidr = `10.88.${index + 1}.0/24`;
    happen({ type: 'MachineInstalled', node: name, ip, podCidr, kubeletStartedAt: -1000, images: [] });
    const args = [
      'etcd',
      `--name=${name}`,
      '--data-dir=/var/lib/etcd',
      `--advertise-client-urls=http://${ip}:2379`,
      `--initial-advertise-peer-urls=http://${ip}:2380`,
      ...flags,
    ];
    happen({ type: 'ProgramStarted', program: 'etcd', node: name, container: '', args });
    return { program: 'etcd', node: name, container: '', startedAt: 0, args } as const;
  });
  happen(clusterFormed(programs));
  // A bare etcd has no API server that would have written to it.
  happen({ type: 'EtcdKeysWritten', revision: 1, deleted: [COMPACTED_KEY] });
}

function settingsOf(version: string, members: number): ClusterSettings {
  const parsed = parseKubeVersion(version);
  if (!parsed) throw new Error(`no version: ${version}`);
  return {
    epochMs: 1_735_689_600_000,
    seed: 'bench',
    version: parsed,
    namespace: 'default',
    nodes: Array.from({ length: members }, (_, index) => ({
      name: `cp-${index + 1}`,
      capacity: {},
      labels: {},
      taints: [],
      kubeletStartedAt: -1000,
      controlPlane: true,
    })),
    latencies: DEFAULT_LATENCIES,
    images: {},
    presentImages: [],
  };
}
