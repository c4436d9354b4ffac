import { readOptions } from './options.ts';
import type { Tool, ToolIo } from './tool.ts';

const usage = 'sysctl [-enq] { -a | -p [FILE]... | [-w] [KEY[=VALUE]]... }';

/** What a node of the size that is usual says, of what manifests look at or change. */
const VALUES: Readonly<Record<string, string>> = {
  'fs.file-max': '9223372036854775807',
  'fs.inotify.max_user_instances': '128',
  'fs.inotify.max_user_watches': '65536',
  'kernel.ostype': 'Linux',
  'kernel.pid_max': '4194304',
  'net.core.somaxconn': '4096',
  'net.ipv4.ip_forward': '1',
  'net.ipv4.ip_local_port_range': '32768\t60999',
  'net.ipv4.tcp_syncookies': '1',
  'vm.max_map_count': '65530',
  'vm.overcommit_memory': '1',
  'vm.swappiness': '60',
};

/**
 * Reads the kernel's parameters, and sets them where `/proc/sys` may be written: in privileged containers.
 */
export const sysctl: Tool = {
  usage,
  run(io) {
    const options = readOptions(io, usage, { letters: 'enqwap' });
    if (!options) return 1;
    const keys = options.has('a') ? Object.keys(VALUES) : options.operands;
    let code = 0;
    for (const operand of keys) {
      const [key = '', value] = operand.split(/=(.*)/s);
      const shown = value === undefined ? readKey(io, key) : setKey(io, key, value);
      if (shown === undefined) code = options.has('e') ? code : 1;
      else if (!options.has('q')) io.out(options.has('n') ? `${shown}\n` : `${dotted(key)} = ${shown}\n`);
    }
    return code;
  },
};

const dotted = (key: string): string => key.replaceAll('/', '.');
const fileOf = (key: string): string => `/proc/sys/${dotted(key).replaceAll('.', '/')}`;

function readKey(io: ToolIo, key: string): string | undefined {
  const value = io.files.named(fileOf(key))?.content?.trimEnd() ?? VALUES[dotted(key)];
  if (value === undefined) io.complain(`error: '${key.replaceAll('.', '/')}' is an unknown key`);
  return value;
}

/** Any key may be set that could be one: not all are listed here. */
function setKey(io: ToolIo, key: string, value: string): string | undefined {
  if (!io.machine.host.isPrivileged) {
    io.complain(`error setting key '${dotted(key)}': Read-only file system`);
    return undefined;
  }
  io.files.write(fileOf(key), { kind: 'file', mode: 0o644, content: `${value}\n` });
  return value;
}
