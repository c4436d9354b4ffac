import { HEALTH_PORTS, PROGRAMS, type ProgramName, programKey } from '../../contract/control-plane-rows.ts';
import { flagOf } from '../../tools/flag-of.ts';
import type { Call } from '../program.ts';
import { type HostProcess, processesOn, processName } from './host-processes.ts';

/** A port of a machine at which one of its processes waits for connections. */
export interface HostSocket {
  /** `127.0.0.1`, an address of the machine, or `*`. */
  readonly address: string;
  readonly port: number;
  readonly process: HostProcess;
  /** `kube-apiserver`, `kubelet` … */
  readonly name: string;
  readonly secure: boolean;
}

/** What listens on the machine where a program was called, by port. */
export function socketsOn(call: Call): readonly HostSocket[] {
  const processes = processesOn(call);
  const all = processes.flatMap((process) =>
    openedBy(call, process).map((opened): HostSocket => ({ ...opened, process, name: processName(process) })),
  );
  return all.sort((a, b) => a.port - b.port || (a.address < b.address ? -1 : 1));
}

/** Who listens at an address of the machine. */
function socketAt(call: Call, host: string, port: number): HostSocket | undefined {
  const { machine = '', view } = call;
  const ip = view.rows.row('machines', machine)?.ip ?? '';
  const address = host === 'localhost' ? '127.0.0.1' : host === machine ? ip : host;
  if (address !== ip && !address.startsWith('127.')) return undefined;
  return socketsOn(call).find((socket) => socket.port === port && isReachedAt(socket, address));
}

/** A machine of the cluster by its name or its address, and who listens there; it has power. */
export interface ReachedSocket {
  readonly machine: string;
  readonly socket?: HostSocket | undefined;
}

/** Who listens at a name or an address, on this machine or on another; undefined where it is no machine's. */
export function socketReached(call: Call, host: string, port: number): ReachedSocket | undefined {
  const { machine, view } = call;
  if (host === 'localhost' || host === '::1' || host.startsWith('127.')) {
    if (machine === undefined) return undefined;
    return { machine, socket: socketAt(call, host === '::1' ? 'localhost' : host, port) };
  }
  const machines = view.rows.rowsBy('machines', 'all', '');
  const own = machines.find(({ ip, node, off }) => (ip === host || node === host) && !off);
  return own && { machine: own.node, socket: socketAt({ ...call, machine: own.node }, own.ip, port) };
}

function isReachedAt(socket: HostSocket, address: string): boolean {
  return socket.address === '*' || socket.address === address;
}

type Opened = Pick<HostSocket, 'address' | 'port' | 'secure'>;

const LOOPBACK = '127.0.0.1';

/** What programs listen at besides those of the control plane, whose flags say it. */
const FIXED: Readonly<Record<string, readonly Opened[]>> = {
  sshd: [{ address: '*', port: 22, secure: false }],
  kubelet: [
    { address: LOOPBACK, port: 10_248, secure: false },
    { address: '*', port: 10_250, secure: true },
  ],
  'kube-proxy': [
    { address: LOOPBACK, port: 10_249, secure: false },
    { address: '*', port: 10_256, secure: false },
  ],
};

function openedBy(call: Call, process: HostProcess): readonly Opened[] {
  const name = processName(process);
  if ((PROGRAMS as readonly string[]).includes(name)) return openedByProgram(call, name as ProgramName);
  if (name === 'containerd')
    return [{ address: LOOPBACK, port: 30_000 + (process.pid % 9000), secure: false }];
  return FIXED[name] ?? [];
}

/** One that has not begun its work yet listens nowhere. */
function openedByProgram({ view, machine = '' }: Call, program: ProgramName): readonly Opened[] {
  const row = view.rows.row('programs', programKey(program, machine));
  if (!row) return [];
  const flag = (name: string): string | undefined => flagOf(row.args, name);
  if (program === 'etcd')
    return ['listen-client-urls', 'listen-peer-urls', 'listen-metrics-urls'].flatMap((name) =>
      (flag(name) ?? '').split(',').flatMap(urlOpened),
    );
  const port = Number(flag('secure-port') ?? HEALTH_PORTS[program]);
  const bound = flag('bind-address') ?? '*';
  return [{ address: bound === '0.0.0.0' || bound === '::' ? '*' : bound, port, secure: true }];
}

function urlOpened(url: string): readonly Opened[] {
  const [, scheme, address = '', port] = /^(https?):\/\/([^:]+):(\d+)$/.exec(url) ?? [];
  if (port === undefined) return [];
  return [{ address: address === '0.0.0.0' ? '*' : address, port: Number(port), secure: scheme === 'https' }];
}
