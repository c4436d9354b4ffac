import { etcdctl, etcdutl } from '../../src/cluster/clients/etcd/etcdctl.ts';
import { isLed, runningMembers } from '../../src/cluster/etcd/membership.ts';
import type { LeftFile, Pause } from '../../src/cluster/clients/program.ts';
import type { View } from '../../src/cluster/contract/component.ts';
import type { Event } from '../../src/cluster/contract/event.ts';
import type { ClusterSettings } from '../../src/cluster/contract/settings.ts';
import { clusterFormed } from '../../src/cluster/etcd/data-directory.ts';
import { etcd } from '../../src/cluster/etcd/etcd.ts';
import { parseKubeVersion } from '../../src/cluster/objects/versions.ts';
import { evolve } from '../../src/cluster/world/evolve.ts';
import { objectReader, rowReader } from '../../src/cluster/world/readers.ts';
import { emptyWorld } from '../../src/cluster/world/world.ts';

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

/** etcds without certificates and without a cluster around them, and somebody who types on the first machine. */
export interface EtcdBench {
  type(line: string, stdin?: string): Printed;
  happen(...events: readonly Event[]): void;
  /** Lets time pass, and the members do what they do by themselves. */
  pass(ms: number): void;
  readonly files: Record<string, string>;
  readonly view: () => View;
  readonly log: readonly Event[];
}

const TOOLS = [etcdctl, etcdutl];

export function etcdBench({ version = '1.20', members = 1, flags = [] }: BenchOptions = {}): EtcdBench {
  const settings = settingsOf(version, members);
  const log: Event[] = [];
  const files: Record<string, string> = { '/': '', '/tmp/': '', '/root/': '' };
  let world = emptyWorld();
  let now = 0;
  let typed = 0;
  const happen = (...events: readonly Event[]): void => {
    for (const event of events) {
      log.push(event);
      const entry = { seq: world.seq + 1, at: now, actor: 'bench', key: '', cause: null, event };
      world = evolve(world, entry);
    }
  };
  const view = (): View => {
    const position = { tables: world.store.tables, seq: world.seq };
    return { settings, chance: settings, objects: objectReader(position), rows: rowReader(position) };
  };
  const settle = (until: number): void => {
    for (let looks = 0; looks < 1000; looks += 1) {
      const wake = etcd.wake?.(view(), ADDRESS, now);
      if (wake === undefined || wake.at > until) return;
      now = Math.max(now, wake.at);
      perform(etcd.reconcile(view(), ADDRESS, now));
    }
    throw new Error('etcd never comes to rest');
  };
  const perform = <Result>(deeds: Generator<unknown, Result, never>): Result => {
    for (let next = deeds.next(); ; next = deeds.next()) {
      if (next.done) return next.value;
      happen(next.value as Event);
    }
  };
  const wait = ({ wakeAt, awaits = [] }: Pause): void => {
    const until = wakeAt ?? now + 60_000;
    const { rows } = view();
    const isThere = awaits.some(
      (awaited) =>
        awaited.type === 'etcd' &&
        runningMembers(rows).some(
          (member) => awaited.nodes.includes(member.node) && (!awaited.isLed || isLed(rows, member)),
        ),
    );
    if (isThere) throw new Error('a wait for what is there already');
    settle(until);
    now = until;
  };
  start(happen, settings, flags);
  return {
    files,
    view,
    log,
    happen,
    pass(ms) {
      const until = now + ms;
      settle(until);
      now = until;
    },
    type(line, stdin = '') {
      typed += 1;
      const began = now;
      const words = line.match(/'[^']*'|"[^"]*"|\S+/g)?.map((word) => word.replace(/^(['"])(.*)\1$/s, '$2')) ?? [];
      const environment: Record<string, string> = {};
      while (/^[A-Z_]+=/.test(words[0] ?? '')) {
        const [name = '', value = ''] = (words.shift() ?? '').split(/=(.*)/s);
        environment[name] = value;
      }
      const program = TOOLS.find(({ name }) => name === words[0]);
      if (!program) throw new Error(`nobody is called ${words[0]}`);
      const said = { stdout: '', stderr: '' };
      let memory: unknown;
      for (let looks = 0; looks < 100; looks += 1) {
        const outcome = perform(
          program.run({
            command: `line-${typed}`,
            instance: 0,
            args: words.slice(1),
            stdin,
            machine: 'cp-1',
            get view() {
              return view();
            },
            now,
            kubeconfig: { namespace: 'default' },
            files,
            environment,
            memory,
            write: (stream, text) => {
              said[stream] += text;
            },
          }) as Generator<unknown, { exitCode: number } | { pause: Pause }, never>,
        );
        if ('exitCode' in outcome) {
          leave(files, (outcome as { written?: readonly LeftFile[] }).written ?? []);
          now += 20;
          return { ...said, exitCode: outcome.exitCode, tookMs: now - began };
        }
        memory = outcome.pause.memory;
        if (outcome.pause.wakeAt === undefined && outcome.pause.awaits?.[0]?.type === 'revision')
          return { ...said, exitCode: 124, tookMs: 0 };
        wait(outcome.pause);
      }
      throw new Error(`${line} never ends`);
    },
  };
}

function leave(files: Record<string, string>, written: readonly LeftFile[]): void {
  for (const { path, text, kind } of written) {
    const at = path.startsWith('/') ? path : path;
    if (kind === 'directory') files[`${at}/`] = '';
    else if (kind !== 'removed') files[at] = text;
  }
}

function start(
  happen: (...events: readonly Event[]) => void,
  settings: ClusterSettings,
  flags: readonly string[],
): void {
  happen({ type: 'ClusterConfigured', settings });
  const programs = settings.nodes.map(({ name }, index) => {
    const ip = `10.99.0.${index + 1}`;
    happen({
      type: 'MachineInstalled',
      node: name,
      ip,
      podCidr: `10.88.${index + 1}.0/24`,
      kubeletStartedAt: -1000,
      images: [],
    });
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
    latencies: {} as ClusterSettings['latencies'],
    images: {},
    presentImages: [],
  };
}

