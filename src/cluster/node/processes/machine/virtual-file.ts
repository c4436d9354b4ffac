import type { FileNode } from '../../images/file-node.ts';
import type { Machine } from './machine.ts';
import { envOf } from './run-program.ts';

/** Files that the kernel makes up, and those that every container has without its image bringing them. */
export function virtualFile(machine: Machine, path: string): FileNode | undefined {
  const content = path.startsWith('/proc/')
    ? procText(machine, path)
    : path.startsWith('/etc/')
      ? etcText(machine, path)
      : undefined;
  if (content !== undefined) return { kind: 'file', mode: 0o444, modifiedAt: machine.now, content };
  return DEVICES.includes(path) ? { kind: 'file', mode: 0o666, modifiedAt: 0, content: '' } : undefined;
}

const DEVICES = ['/dev/null', '/dev/zero', '/dev/random', '/dev/urandom', '/dev/full'];

/** The kubelet mounts these with more in them; where it has not, they say the least that is true. */
function etcText({ host }: Machine, path: string): string | undefined {
  switch (path) {
    case '/etc/hostname':
      return `${host.hostname}\n`;
    case '/etc/hosts':
      return `127.0.0.1\tlocalhost\n${host.ip === undefined ? '' : `${host.ip}\t${host.hostname}\n`}`;
    case '/etc/passwd':
      return host.image.userland === 'none'
        ? undefined
        : 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n';
    default:
      return undefined;
  }
}

function procText(machine: Machine, path: string): string | undefined {
  const { now, state } = machine;
  switch (path) {
    case '/proc/uptime':
      return `${((now + 86_400_000) / 1000).toFixed(2)} ${((now + 86_400_000) / 1000).toFixed(2)}\n`;
    case '/proc/loadavg':
      return `0.00 0.00 0.00 1/100 ${state.nextPid}\n`;
    case '/proc/meminfo':
      return 'MemTotal:        8388608 kB\nMemFree:         2516582 kB\nMemAvailable:    4865392 kB\n';
    case '/proc/sys/kernel/hostname':
      return `${machine.host.hostname}\n`;
    case '/proc/version':
      return 'Linux version 6.1.0 (gcc (Debian 12.2.0-14) 12.2.0) #1 SMP PREEMPT_DYNAMIC\n';
    default:
  }
  const found = /^\/proc\/(\d+|self)\/(cmdline|environ|comm|status)$/.exec(path);
  if (found?.[2] === 'status' && found[1] === '1' && !state.tasks['1']) return statusOf('app', 1, 0);
  const task = found && state.tasks[found[1] === 'self' ? state.root : (found[1] ?? '')];
  if (!task) return undefined;
  if (found[2] === 'cmdline') return task.argv.map((arg) => `${arg}\0`).join('');
  const comm = (task.argv[0] ?? '').split('/').at(-1)?.slice(0, 15) ?? '';
  if (found[2] === 'comm') return `${comm}\n`;
  if (found[2] === 'status') return statusOf(comm, task.pid, task.parent ?? 0);
  const env = task.kind === 'shell' ? state.env : envOf(machine, task);
  return Object.entries(env)
    .map(([name, value]) => `${name}=${value}\0`)
    .join('');
}

/** proc(5), as far as anybody looks at it. */
function statusOf(name: string, pid: number, parent: number): string {
  return `Name:\t${name}\nState:\tS (sleeping)\nTgid:\t${pid}\nPid:\t${pid}\nPPid:\t${parent}\n`;
}
