import { drawWhole } from '../../../kernel/chance/draw.ts';
import { HOUR, type Millis } from '../../../kernel/time/millis.ts';
import { programKey } from '../../contract/control-plane-rows.ts';
import type { ContainerRow } from '../../contract/machine-rows.ts';
import type { Pod } from '../../objects/kubernetes.ts';
import { containersOn, sandboxesOn, stateOf } from '../machines/crictl-rows.ts';
import { commandOfUnit } from '../machines/unit-lists.ts';
import { pidOf, stateOfUnit, unitCalled, unitNames } from '../machines/units.ts';
import type { Call } from '../program.ts';

/** A process of a machine, as its kernel lists it. */
export interface HostProcess {
  readonly pid: number;
  readonly parent: number;
  readonly user: string;
  readonly startedAt: Millis;
  /** As it was called: `/usr/bin/kubelet --config=/var/lib/kubelet/config.yaml`. */
  readonly command: string;
  /** What it has of the memory, in KiB. */
  readonly residentKib: number;
  /** Of one core, in tenths of a percent. */
  readonly load: number;
  /** What is ended with it: a container, or a service that systemd starts again. */
  readonly of?: { readonly container: ContainerRow } | { readonly unit: string };
}

/** Everything that runs on the machine where a program was called, by number. */
export function processesOn(call: Call): readonly HostProcess[] {
  return [...systemProcesses(call), ...podProcesses(call)].sort((a, b) => a.pid - b.pid);
}

/** The last word of the path of its program: `kubelet`. */
export function processName({ command }: HostProcess): string {
  const [program = ''] = command.split(' ');
  return program.slice(program.lastIndexOf('/') + 1).replace(/:$/, '');
}

/** Machines were started a little before their kubelets. */
const BOOT_MS = HOUR / 60;

export function bootedAt({ view, machine = '' }: Call): Millis {
  return (view.rows.row('machines', machine)?.kubelet.since ?? 0) - BOOT_MS;
}

function systemProcesses(call: Call): readonly HostProcess[] {
  const { machine = '', view } = call;
  const bootAt = Math.min(0, bootedAt(call));
  const always = [
    ['/sbin/init', 1, 12_400],
    ['/lib/systemd/systemd-journald', 312, 24_800],
    ['/lib/systemd/systemd-udevd', 344, 6800],
    ['/usr/sbin/cron -f', 521, 2700],
    ['sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups', 560, 9300],
  ] as const;
  const fixed = always.map(([command, pid, residentKib]) => ({
    pid,
    parent: pid === 1 ? 0 : 1,
    user: 'root',
    startedAt: bootAt,
    command,
    residentKib,
    load: 0,
  }));
  const units = unitNames.flatMap((name) => {
    const unit = unitCalled(name);
    const state = unit && stateOfUnit(view.rows, machine, unit);
    if (!unit || !state?.runs) return [];
    const pid = pidOf(view.chance, machine, name, state.since);
    const command = commandOfUnit(call, unit);
    const own = { pid, parent: 1, user: 'root', startedAt: state.since, command, of: { unit: name } };
    return [{ ...used(call, name, pid), ...own }];
  });
  return [...fixed, ...units];
}

/** Each sandbox has a shim, and its pause container; a container's process is a child of the shim. */
function podProcesses(call: Call): readonly HostProcess[] {
  const { view } = call;
  // Numbers are given out in order: what began with the machine has small ones.
  const pidFor = (kind: string, sandbox: string, id = sandbox): number =>
    (view.rows.row('sandboxes', sandbox)?.startedAt ?? 0) < 0
      ? drawWhole(view.chance, 1000, 9800, 'process on a machine', kind, id)
      : drawWhole(view.chance, 10_000, 98_000, 'process on a machine', kind, id);
  const pods = sandboxesOn(call).flatMap((sandbox) => {
    if (sandbox.stoppedAt !== undefined) return [];
    const { id, startedAt } = sandbox;
    const shim = pidFor('shim', id);
    const command = `/usr/bin/containerd-shim-runc-v2 -namespace k8s.io -id ${id} -address /run/containerd/containerd.sock`;
    const base = { startedAt, load: 0 };
    return [
      { ...base, pid: shim, parent: 1, user: 'root', command, residentKib: 15_200 },
      { ...base, pid: pidFor('pause', id), parent: shim, user: '65535', command: '/pause', residentKib: 4 },
    ];
  });
  const containers = containersOn(call)
    .filter((row) => stateOf(row) === 'Running')
    .map((row) => {
      const pid = pidFor('container', row.sandbox, row.id);
      const user = row.uid === undefined || row.uid === 0 ? 'root' : String(row.uid);
      const own = { pid, parent: pidFor('shim', row.sandbox), user, startedAt: row.startedAt ?? 0 };
      return { ...used(call, row.name, pid), ...own, command: commandOf(call, row), of: { container: row } };
    });
  return [...pods, ...containers];
}

/** What programs of some size use: KiB between two bounds, and tenths of a percent of a core. */
const USE: Readonly<Record<string, readonly [low: number, high: number, load: number]>> = {
  'kube-apiserver': [260_000, 420_000, 45],
  etcd: [48_000, 92_000, 21],
  'kube-controller-manager': [96_000, 128_000, 16],
  'kube-scheduler': [52_000, 68_000, 4],
  kubelet: [88_000, 112_000, 18],
  containerd: [48_000, 76_000, 7],
  docker: [64_000, 92_000, 1],
  'kube-proxy': [42_000, 52_000, 1],
  coredns: [42_000, 54_000, 2],
};

function used({ view }: Call, name: string, pid: number): Pick<HostProcess, 'residentKib' | 'load'> {
  const [low, high, load] = USE[name] ?? [6000, 14_000, 0];
  return { residentKib: drawWhole(view.chance, low, high, 'memory of a process', name, pid), load };
}

/** Of a program of the control plane what it was started with; of others what their pods say. */
function commandOf({ view, machine = '' }: Call, row: ContainerRow): string {
  const program = view.rows.row('programs', programKey(row.name as 'etcd', machine));
  if (program?.container === row.id) return program.args.join(' ');
  const [namespace = '', name = ''] = row.pod.split('/');
  const { spec } = view.objects.get<Pod>('pods', namespace, name) ?? {};
  const own = spec?.containers.find((each) => each.name === row.name);
  const image = row.image.replace(/^.*\//, '').replace(/[:@].*$/, '');
  const words = own?.command ?? [KNOWN[image] ?? image];
  return [...words, ...(own?.args ?? [])].join(' ').replaceAll('\n', ' ');
}

/** What images start that are named otherwise. */
const KNOWN: Readonly<Record<string, string>> = {
  coredns: '/coredns',
  nginx: 'nginx: master process nginx -g daemon off;',
  redis: 'redis-server *:6379',
  httpd: 'httpd -DFOREGROUND',
  flannel: '/opt/bin/flanneld',
};
