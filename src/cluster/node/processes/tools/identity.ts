import { readOptions } from './options.ts';
import type { Tool, ToolIo } from './tool.ts';

/** The name of a user, from `/etc/passwd` where it is there. */
function userName(io: ToolIo, uid: number): string | undefined {
  const passwd = io.files.node('/etc/passwd')?.content ?? '';
  const line = passwd.split('\n').find((one) => one.split(':')[2] === String(uid));
  return line?.split(':')[0] ?? (uid === 0 ? 'root' : undefined);
}

const uidOf = (io: ToolIo): number => io.machine.host.uid ?? io.machine.host.image.uid;

export const whoami: Tool = {
  usage: 'whoami',
  run(io) {
    const name = userName(io, uidOf(io));
    if (name !== undefined) {
      io.out(`${name}\n`);
      return 0;
    }
    io.complain(`unknown uid ${uidOf(io)}`);
    return 1;
  },
};

export const id: Tool = {
  usage: 'id [-ugGnr] [USER]',
  run(io) {
    const options = readOptions(io, this.usage, { letters: 'ugGnr' });
    if (!options) return 1;
    const uid = uidOf(io);
    const gid = io.machine.host.gid ?? (uid === 0 ? 0 : uid);
    const name = userName(io, uid);
    if (options.has('u')) io.out(`${options.has('n') ? (name ?? uid) : uid}\n`);
    else if (options.has('g') || options.has('G'))
      io.out(`${options.has('n') && gid === 0 ? 'root' : gid}\n`);
    else {
      const named = (number: number, text: string | undefined): string =>
        text === undefined ? String(number) : `${number}(${text})`;
      const group = named(gid, gid === 0 ? 'root' : undefined);
      io.out(`uid=${named(uid, name)} gid=${group} groups=${group}\n`);
    }
    return 0;
  },
};

export const hostname: Tool = {
  usage: 'hostname [-sidf] [HOSTNAME | -F FILE]',
  run(io) {
    const options = readOptions(io, this.usage, { letters: 'sidfIF:' });
    if (!options) return 1;
    const { hostname: name, ip } = io.machine.host;
    if (options.operands.length > 0) {
      io.complain('sethostname: Operation not permitted');
      return 1;
    }
    if (options.has('i') || options.has('I')) io.out(`${ip ?? '127.0.0.1'}${options.has('I') ? ' ' : ''}\n`);
    else if (options.has('d'))
      io.out(`${name.includes('.') ? `${name.slice(name.indexOf('.') + 1)}\n` : ''}`);
    else io.out(`${options.has('s') ? name.split('.')[0] : name}\n`);
    return 0;
  },
};

/** The machine is the one that the recordings ran on. */
const UNAME = {
  s: 'Linux',
  r: '6.1.0',
  v: '#1 SMP PREEMPT_DYNAMIC',
  m: 'x86_64',
  p: 'unknown',
  i: 'unknown',
  o: 'GNU/Linux',
} as const;

export const uname: Tool = {
  usage: 'uname [-amnrspvio]',
  run(io) {
    const options = readOptions(io, this.usage, { letters: 'amnrspvio', long: { all: 'a' } });
    if (!options) return 1;
    const texts: Readonly<Record<string, string>> = { ...UNAME, n: io.machine.host.hostname };
    const asked = [...'snrvmpio'].filter((letter) => options.has(letter));
    const shown = options.has('a') ? [...'snrvmo'] : asked.length > 0 ? asked : ['s'];
    io.out(`${shown.map((letter) => texts[letter]).join(' ')}\n`);
    return 0;
  },
};

export const arch: Tool = {
  usage: 'arch',
  run(io) {
    io.out('x86_64\n');
    return 0;
  },
};
