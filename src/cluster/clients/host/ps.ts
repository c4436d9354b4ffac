import { DAY } from '../../../kernel/time/millis.ts';
import type { Deed } from '../../contract/component.ts';
import { KUBELET_RESTART_MS } from '../../kubeadm/kubelet-unit.ts';
import { formatDate } from '../../tools/format-date.ts';
import { atOnce } from '../at-once.ts';
import type { Call, Outcome, Program } from '../program.ts';
import { type HostProcess, processesOn, processName } from './host-processes.ts';
import { coresOf, memoryKib, memoryUse, uptimeText } from './measures.ts';

/** `ps aux`, `ps -ef`, `ps -eo pid,cmd`, `ps -C kubelet` (procps). */
export const ps: Program = {
  type: 'program',
  name: 'ps',
  isOfMachine: true,
  run: atOnce((call) => {
    const { args, write } = call;
    const value = (...names: readonly string[]): string | undefined => {
      const at = args.findIndex((word) => names.includes(word.replace(/=.*/, '')));
      return at < 0 ? undefined : (/=(.*)/.exec(args[at] ?? '')?.[1] ?? args[at + 1]);
    };
    const flags = args.filter((word) => /^-?[a-zA-Z]+$/.test(word)).join('');
    const name = value('-C');
    const pid = value('-p', '--pid');
    const isAll = /[eAax]/.test(flags.replace(/-?-C.*/, '')) || name !== undefined || pid !== undefined;
    const wanted = processesOn(call).filter(
      (each) =>
        (name === undefined || processName(each) === name) &&
        (pid === undefined || pid.split(',').includes(String(each.pid))),
    );
    const shown = sorted(isAll ? wanted : [shellOf(call)], value('--sort'));
    const format = value('-o', '-eo', '-Ao', '-axo', '--format', 'o');
    if (format !== undefined) write('stdout', asked(call, shown, format));
    else if (/u/.test(flags)) write('stdout', userTable(call, shown));
    else if (/f/.test(flags)) write('stdout', fullTable(call, shown));
    else write('stdout', shortTable(shown));
    return { exitCode: shown.length === 0 ? 1 : 0 };
  }),
};

function shellOf({ now }: Call): HostProcess {
  return {
    pid: 98_123,
    parent: 560,
    user: 'root',
    startedAt: now,
    command: '-bash',
    residentKib: 5200,
    load: 0,
  };
}

function sorted(processes: readonly HostProcess[], order: string | undefined): readonly HostProcess[] {
  const isDown = order?.startsWith('-') === true;
  const field = order?.replace(/^[-+]/, '').replace('%', '');
  if (field === undefined) return processes;
  const of = ({ residentKib, load, pid, startedAt }: HostProcess): number =>
    field === 'mem' || field === 'rss'
      ? residentKib
      : field === 'cpu' || field === 'pcpu'
        ? load
        : field.startsWith('start')
          ? startedAt
          : pid;
  return [...processes].sort((a, b) => (isDown ? of(b) - of(a) : of(a) - of(b)) || a.pid - b.pid);
}

const share = (tenths: number): string => (tenths / 10).toFixed(1);

function memoryShare(call: Call, { residentKib }: HostProcess): string {
  return share(Math.round((1000 * residentKib) / memoryKib(call)));
}

/** `09:30`, or `Nov21` of one that was started on another day. */
function startText({ view, now }: Call, { startedAt }: HostProcess): string {
  const { epochMs } = view.settings;
  return formatDate(epochMs + startedAt, now - startedAt < DAY ? '%H:%M' : '%b%d');
}

/** The time that it had a core. */
function cpuSeconds({ now }: Call, { startedAt, load }: HostProcess): number {
  return Math.floor((((now - startedAt) / 1000) * load) / 1000);
}

const two = (value: number): string => String(value).padStart(2, '0');

/** `12:05` of minutes and seconds. */
function minutesText(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
}

/** What it has asked for of the memory, in KiB; most of it it never touches. */
function virtualKib({ residentKib }: HostProcess): number {
  return residentKib * 5 + 700_000;
}

function clock(seconds: number): string {
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

function userTable(call: Call, processes: readonly HostProcess[]): string {
  const rows = processes.map((process) => {
    const { user, pid, load, residentKib, command } = process;
    const state = pid < 1000 || command === '-bash' || command === '/pause' ? 'Ss' : 'Ssl';
    return `${user.padEnd(8)} ${String(pid).padStart(7)} ${share(load).padStart(4)} ${memoryShare(call, process).padStart(4)} ${String(virtualKib(process)).padStart(6)} ${String(residentKib).padStart(5)} ?        ${state.padEnd(4)} ${startText(call, process).padStart(5)} ${minutesText(cpuSeconds(call, process)).padStart(6)} ${command}\n`;
  });
  return `USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\n${rows.join('')}`;
}

function fullTable(call: Call, processes: readonly HostProcess[]): string {
  const rows = processes.map((process) => {
    const { user, pid, parent, load, command } = process;
    return `${user.padEnd(8)} ${String(pid).padStart(7)} ${String(parent).padStart(7)} ${String(Math.floor(load / 10)).padStart(2)} ${startText(call, process).padStart(5)} ?        ${clock(cpuSeconds(call, process))} ${command}\n`;
  });
  return `UID          PID    PPID  C STIME TTY          TIME CMD\n${rows.join('')}`;
}

function shortTable(processes: readonly HostProcess[]): string {
  const rows = processes.map(
    (process) => `${String(process.pid).padStart(7)} ?        00:00:00 ${processName(process)}\n`,
  );
  return `    PID TTY          TIME CMD\n${rows.join('')}`;
}

/** `-o pid,comm,%mem`: columns, of which the last is as wide as it comes. */
function asked(call: Call, processes: readonly HostProcess[], format: string): string {
  const names = format.split(',').map((name) => name.replace(/=.*/, ''));
  const cells = processes.map((process) => names.map((name) => cellOf(call, process, name)));
  const isBare = /=$/.test(format);
  const titles = names.map((name) => TITLES[name] ?? name.toUpperCase());
  const rows = isBare ? cells : [titles, ...cells];
  const widths = names.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows
    .map((row) => {
      const padded = row.map((cell, at) =>
        LEFT.has(names[at] ?? '')
          ? at === names.length - 1
            ? cell
            : cell.padEnd(widths[at] ?? 0)
          : cell.padStart(widths[at] ?? 0),
      );
      return `${padded.join(' ')}\n`;
    })
    .join('');
}

const LEFT: ReadonlySet<string> = new Set([
  'cmd',
  'args',
  'command',
  'comm',
  'user',
  'euser',
  'ucmd',
  'stat',
]);
const TITLES: Readonly<Record<string, string>> = {
  args: 'COMMAND',
  comm: 'COMMAND',
  pcpu: '%CPU',
  pmem: '%MEM',
};

function cellOf(call: Call, process: HostProcess, name: string): string {
  const cells: Readonly<Record<string, () => string>> = {
    pid: () => String(process.pid),
    ppid: () => String(process.parent),
    user: () => process.user,
    rss: () => String(process.residentKib),
    vsz: () => String(virtualKib(process)),
    pcpu: () => share(process.load),
    pmem: () => memoryShare(call, process),
    comm: () => processName(process),
    time: () => clock(cpuSeconds(call, process)),
    etime: () => clock(Math.floor((call.now - process.startedAt) / 1000)),
    stat: () => 'Ssl',
    start: () => startText(call, process),
  };
  const known = cells[name.replace('%', 'p')];
  return known ? known() : process.command;
}

/** `pgrep -a kubelet`, `pidof kube-apiserver`. */
function finder(name: 'pgrep' | 'pidof'): Program {
  return {
    type: 'program',
    name,
    isOfMachine: true,
    run: atOnce((call) => {
      const [pattern = ''] = call.args.filter((word) => !word.startsWith('-'));
      const found = processesNamed(call, pattern, name === 'pidof');
      const shows = call.args.some((word) => /^-\w*a/.test(word));
      if (name === 'pidof' && found.length > 0)
        call.write(
          'stdout',
          `${[...found]
            .reverse()
            .map(({ pid }) => pid)
            .join(' ')}\n`,
        );
      else
        for (const { pid, command } of found) call.write('stdout', `${pid}${shows ? ` ${command}` : ''}\n`);
      return { exitCode: found.length > 0 ? 0 : 1 };
    }),
  };
}

export const pgrep = finder('pgrep');
export const pidof = finder('pidof');

function processesNamed(call: Call, pattern: string, isExact: boolean): readonly HostProcess[] {
  const isFull = call.args.some((word) => /^-\w*f/.test(word));
  return processesOn(call).filter((process) => {
    const name = isFull ? process.command : processName(process).slice(0, isExact ? undefined : 15);
    return isExact || call.args.includes('-x') ? name === pattern : name.includes(pattern);
  });
}

/** `pkill kube-scheduler`, `killall kubelet`. */
function ender(name: 'pkill' | 'killall'): Program {
  return {
    type: 'program',
    name,
    isOfMachine: true,
    *run(call) {
      const words = call.args.filter((word) => !word.startsWith('-'));
      const found = words.flatMap((word) => processesNamed(call, word, name === 'killall'));
      if (found.length === 0 && name === 'killall') call.write('stderr', `${words[0]}: no process found\n`);
      for (const process of found) yield* endProcess(call, process, /9|KILL/.test(call.args.join(' ')));
      return { exitCode: found.length > 0 ? 0 : 1 };
    },
  };
}

export const pkill = ender('pkill');
export const killall = ender('killall');

/** Ends a process of the machine; what keeps it running starts it again (kubelet.service: Restart=always). */
function* endProcess(call: Call, { of }: HostProcess, isHard: boolean): Generator<Deed, void, unknown> {
  const { machine: node = '', now } = call;
  if (!of) return;
  if ('container' in of) {
    const { id, pod } = of.container;
    yield { type: 'SignalSent', node, pod, container: id, signal: isHard ? 'KILL' : 'TERM' };
  } else if (of.unit === 'kubelet') yield { type: 'KubeletStopped', node, until: now + KUBELET_RESTART_MS };
}

/** `top -bn1`. */
export const top: Program = {
  type: 'program',
  name: 'top',
  isOfMachine: true,
  run: atOnce((call): Outcome => {
    const all = sorted(processesOn(call), '-cpu');
    const total = memoryKib(call);
    const { used, cached } = memoryUse(call);
    const mib = (kib: number): string => (kib / 1024).toFixed(1).padStart(8);
    const busy = all.reduce((sum, { load }) => sum + load, 0) / 10 / coresOf(call);
    const system = busy / 3;
    call.write('stdout', `top -${uptimeText(call)}\n`);
    call.write(
      'stdout',
      `Tasks: ${String(all.length + 92).padStart(3)} total,   1 running, ${String(all.length + 91).padStart(3)} sleeping,   0 stopped,   0 zombie\n`,
    );
    call.write(
      'stdout',
      `%Cpu(s): ${(busy - system).toFixed(1).padStart(4)} us, ${system.toFixed(1).padStart(4)} sy,  0.0 ni, ${(100 - busy).toFixed(1)} id,  0.0 wa,  0.0 hi,  0.0 si,  0.0 st\n`,
    );
    call.write(
      'stdout',
      `MiB Mem : ${mib(total)} total, ${mib(total - used - cached)} free, ${mib(used)} used, ${mib(cached)} buff/cache\n`,
    );
    call.write(
      'stdout',
      `MiB Swap:      0.0 total,      0.0 free,      0.0 used. ${mib(total - used)} avail Mem\n\n`,
    );
    call.write('stdout', '    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND\n');
    for (const process of all) {
      const { pid, user, residentKib, load } = process;
      const time = `${minutesText(cpuSeconds(call, process))}.00`;
      call.write(
        'stdout',
        `${String(pid).padStart(7)} ${user.padEnd(8)}  20   0 ${String(virtualKib(process)).padStart(7)} ${String(residentKib).padStart(6)} ${String(Math.round(residentKib * 0.6)).padStart(6)} S ${share(load).padStart(5)} ${memoryShare(call, process).padStart(5)} ${time.padStart(9)} ${processName(process)}\n`,
      );
    }
    return { exitCode: 0 };
  }),
};
