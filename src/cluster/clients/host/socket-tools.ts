import { atOnce } from '../at-once.ts';
import type { Call, Outcome, Program } from '../program.ts';
import { type HostSocket, socketReached, socketsOn } from './host-sockets.ts';

/** `ss -tlnp`, `ss -lntp | grep 2379` (iproute2). */
export const ss: Program = {
  type: 'program',
  name: 'ss',
  isOfMachine: true,
  run: atOnce((call) => {
    const flags = call.args.filter((word) => word.startsWith('-')).join('');
    const port = /:(\d+)$/.exec(call.args.at(-1) ?? '')?.[1];
    const [showsType, showsOwner] = [!/t/.test(flags) || /u/.test(flags), /p/.test(flags)];
    const shown =
      /u/.test(flags) && !/t/.test(flags)
        ? []
        : socketsOn(call).filter((each) => port === undefined || String(each.port) === port);
    const head = `${showsType ? 'Netid ' : ''}State  Recv-Q Send-Q Local Address:Port  Peer Address:Port${showsOwner ? 'Process' : ''}\n`;
    if (!/H/.test(flags)) call.write('stdout', head);
    for (const socket of shown) {
      const { address, port: at, name, process } = socket;
      const local = `${address.padStart(13)}:${String(at).padEnd(5)}`;
      const peer = `${address === '*' ? '*' : '0.0.0.0'}:*`.padStart(16);
      const owner = showsOwner ? `    users:(("${name}",pid=${process.pid},fd=${descriptorOf(socket)}))` : '';
      call.write('stdout', `${showsType ? 'tcp   ' : ''}LISTEN 0      4096   ${local}${peer}${owner}\n`);
    }
    return { exitCode: 0 };
  }),
};

function descriptorOf({ port }: HostSocket): number {
  return 3 + (port % 9);
}

/** `netstat -tulpn`, `netstat -plnt | grep etcd` (net-tools). */
export const netstat: Program = {
  type: 'program',
  name: 'netstat',
  isOfMachine: true,
  run: atOnce((call) => {
    const flags = call.args.filter((word) => word.startsWith('-')).join('');
    const showsOwner = /p/.test(flags);
    const isOpen = /[la]/.test(flags);
    call.write(
      'stdout',
      `Active Internet connections (${/a/.test(flags) ? 'servers and established' : isOpen ? 'only servers' : 'w/o servers'})\n`,
    );
    call.write(
      'stdout',
      `Proto Recv-Q Send-Q Local Address           Foreign Address         State      ${showsOwner ? ' PID/Program name    ' : ''}\n`,
    );
    for (const { address, port, name, process } of isOpen ? socketsOn(call) : []) {
      const isAny = address === '*';
      const local = `${isAny ? ':::' : `${address}:`}${port}`;
      const owner = showsOwner ? ` ${`${process.pid}/${name}`.slice(0, 19).padEnd(20)}` : '';
      call.write(
        'stdout',
        `${isAny ? 'tcp6 ' : 'tcp  '} ${'0'.padStart(6)} ${'0'.padStart(6)} ${local.padEnd(23)} ${(isAny ? ':::*' : '0.0.0.0:*').padEnd(23)} LISTEN     ${owner}\n`,
      );
    }
    return { exitCode: 0 };
  }),
};

/** `lsof -i :6443`. */
export const lsof: Program = {
  type: 'program',
  name: 'lsof',
  isOfMachine: true,
  run: atOnce((call) => {
    const port = /:(\d+)/.exec(call.args.join(' '))?.[1];
    const found = socketsOn(call).filter((each) => port === undefined || String(each.port) === port);
    if (found.length === 0) return { exitCode: 1 };
    call.write('stdout', 'COMMAND     PID USER   FD   TYPE DEVICE SIZE/OFF NODE NAME\n');
    for (const socket of found) {
      const { name, process, address, port: at } = socket;
      const device = 20_000 + (process.pid % 9000);
      call.write(
        'stdout',
        `${name.slice(0, 9).padEnd(9)} ${String(process.pid).padStart(5)} ${process.user} ${String(descriptorOf(socket)).padStart(4)}u  IPv${address === '*' ? 6 : 4}  ${device}      0t0  TCP ${address}:${at} (LISTEN)\n`,
      );
    }
    return { exitCode: 0 };
  }),
};

/** Whether somebody listens: `nc -zv 127.0.0.1 6443`, `telnet 127.0.0.1 2379`. */
function knocker(name: 'nc' | 'telnet'): Program {
  return {
    type: 'program',
    name,
    isOfMachine: true,
    run: atOnce((call) => knock(call, name)),
  };
}

export const nc = knocker('nc');
export const telnet = knocker('telnet');

function knock(call: Call, name: 'nc' | 'telnet'): Outcome {
  const words = call.args.filter(
    (word, at) => !word.startsWith('-') && !/^-w$/.test(call.args[at - 1] ?? ''),
  );
  const [host = '', port = '23'] = words;
  const isOpen = socketReached(call, host, Number(port))?.socket !== undefined;
  if (name === 'telnet') {
    call.write('stdout', `Trying ${host}...\n`);
    if (!isOpen) call.write('stderr', 'telnet: Unable to connect to remote host: Connection refused\n');
    else
      call.write(
        'stdout',
        `Connected to ${host}.\nEscape character is '^]'.\nConnection closed by foreign host.\n`,
      );
    return { exitCode: isOpen ? 0 : 1 };
  }
  const isVerbose = call.args.some((word) => /^-\w*v/.test(word));
  if (isVerbose) {
    const place = `${host === 'localhost' ? 'localhost (127.0.0.1)' : host} ${port} port [tcp/*]`;
    call.write(
      'stderr',
      isOpen
        ? `Connection to ${place} succeeded!\n`
        : `nc: connect to ${host} port ${port} (tcp) failed: Connection refused\n`,
    );
  }
  return { exitCode: isOpen ? 0 : 1 };
}
