import { type Chance, drawWhole } from '../../../kernel/chance/draw.ts';
import type { Millis } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import type { KubeletFailure } from '../../contract/kubelet-row.ts';
import type { RowReader } from '../../contract/reader.ts';
import { formatDate } from '../../tools/format-date.ts';
import { installOf } from '../../world/installs.ts';

/** A service that systemd keeps on a machine. */
export interface Unit {
  readonly name: string;
  readonly description: string;
  readonly docs: string;
  /** The first words of its process. */
  readonly command: string;
  readonly dropIn?: string;
}

/** What a machine of kubeadm's has, as the packages of Debian, Docker and Kubernetes describe it. */
const UNITS: readonly Unit[] = [
  {
    name: 'kubelet',
    description: 'kubelet: The Kubernetes Node Agent',
    docs: 'https://kubernetes.io/docs/',
    command:
      '/usr/bin/kubelet --bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf ' +
      '--kubeconfig=/etc/kubernetes/kubelet.conf --config=/var/lib/kubelet/config.yaml',
    dropIn: '10-kubeadm.conf',
  },
  {
    name: 'containerd',
    description: 'containerd container runtime',
    docs: 'https://containerd.io',
    command: '/usr/bin/containerd',
  },
  {
    name: 'docker',
    description: 'Docker Application Container Engine',
    docs: 'https://docs.docker.com',
    command: '/usr/bin/dockerd -H fd:// --containerd=/run/containerd/containerd.sock',
  },
];

export function unitCalled(name: string): Unit | undefined {
  const bare = name.replace(/\.service$/, '');
  return UNITS.find((unit) => unit.name === bare);
}

export const unitNames: readonly string[] = UNITS.map(({ name }) => name);

export interface UnitState {
  readonly runs: boolean;
  readonly since: Millis;
  readonly enabled: boolean;
  /** It has ended, and is started again then. */
  readonly restartsAt?: Millis;
  /** How it ended last, if not well. */
  readonly failure?: KubeletFailure;
}

/** `active`, `inactive`, or on the way. */
export function activeState({ runs, restartsAt }: UnitState): 'active' | 'activating' | 'inactive' {
  return runs ? 'active' : restartsAt === undefined ? 'inactive' : 'activating';
}

/** `running`, `dead`, or on the way. */
export function subState({ runs, restartsAt }: UnitState): 'running' | 'auto-restart' | 'dead' {
  return runs ? 'running' : restartsAt === undefined ? 'dead' : 'auto-restart';
}

/** `Thu 2026-01-01 00:00:05 UTC`: as systemd writes a time. */
export function unitTime({ settings }: Pick<View, 'settings'>, at: Millis): string {
  return formatDate(settings.epochMs + at, '%a %Y-%m-%d %H:%M:%S UTC');
}

/** How a service of a machine stands. */
export function stateOfUnit(rows: RowReader, node: string, { name }: Unit): UnitState {
  const install = installOf(rows, node);
  const enabled = install?.disabled.includes(name) !== true;
  const machine = rows.row('machines', node);
  if (name === 'kubelet') {
    const { running = false, frozen = false, since = 0, until, failure } = machine?.kubelet ?? {};
    return {
      runs: running || frozen,
      since,
      enabled,
      ...(until !== undefined && { restartsAt: until }),
      ...(failure && { failure }),
    };
  }
  const state = install?.services[name];
  if (state) return { ...state, enabled };
  // With the machine, and before its kubelet.
  return { runs: true, since: Math.min(0, machine?.kubelet.since ?? 0), enabled };
}

/** The number of a service's process, another after each start. */
export function pidOf(chance: Chance, node: string, unit: string, since: Millis): number {
  return drawWhole(chance, 600, 98_000, 'process of a unit', node, unit, since);
}
