import { drawWhole } from '../../../kernel/chance/draw.ts';
import { DAY, HOUR, MINUTE } from '../../../kernel/time/millis.ts';
import { hostFileSystem } from '../../contract/file-key.ts';
import { wholeValue } from '../../objects/quantity.ts';
import { formatDate } from '../../tools/format-date.ts';
import { atOnce } from '../at-once.ts';
import { findFile } from '../files.ts';
import { factsOfFile } from '../machines/facts-of-file.ts';
import { namedIn, shownBelow } from '../machines/file-tree.ts';
import { humanSize } from '../pipes/human-size.ts';
import { readOptions } from '../pipes/read-options.ts';
import type { Call, Program } from '../program.ts';
import { bootedAt, processesOn } from './host-processes.ts';

const KIB = 1024;
const GIB = 1 << 30;

/** `8Gi`, as the machine has it of a resource. */
function capacityOf({ view, machine = '' }: Call, resource: string, otherwise: string): number {
  const { nodes } = view.settings;
  const own =
    nodes.find(({ name }) => name === machine) ?? view.rows.row('machines', machine)?.joined?.settings;
  return wholeValue(own?.capacity[resource] ?? otherwise);
}

export function memoryKib(call: Call): number {
  return Math.floor(capacityOf(call, 'memory', '8Gi') / KIB);
}

export function coresOf(call: Call): number {
  return Math.max(1, capacityOf(call, 'cpu', '4'));
}

/** Used by programs, and by the kernel and its caches, in KiB. */
export function memoryUse(call: Call): { readonly used: number; readonly cached: number } {
  const resident = processesOn(call).reduce((sum, { residentKib }) => sum + residentKib, 0);
  const total = memoryKib(call);
  const used = Math.min(total * 0.95, resident + 210_000);
  return { used: Math.round(used), cached: Math.round(Math.min(total - used, 1_600_000) * 0.8) };
}

/** Bytes on the one disk: the system, images, and files whose size is known. */
function diskUse(call: Call): { readonly size: number; readonly used: number } {
  const { view, machine = '' } = call;
  const size = capacityOf(call, 'ephemeral-storage', '50Gi');
  const images = view.rows
    .rowsBy('images', 'node', machine)
    .reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const files = view.rows
    .rowsBy('files', 'fileSystem', hostFileSystem(machine))
    .reduce((sum, { sizeBytes = 0 }) => sum + sizeBytes, 0);
  return { size, used: Math.min(size, Math.min(4 * GIB, size / 10) + images + files) };
}

/** `df -h`, `df -h /var/lib/etcd`. */
export const df: Program = {
  type: 'program',
  name: 'df',
  isOfMachine: true,
  run: atOnce((call) => {
    const { given, operands } = readOptions(call.args, {
      flags: 'hikmTaPl',
      valued: 'tx',
      long: { 'human-readable': 'h', inodes: 'i' },
    });
    const inodes = given.has('i');
    const { size, used } = diskUse(call);
    const memory = memoryKib(call) * KIB;
    const all: readonly (readonly [name: string, type: string, size: number, used: number, at: string])[] = [
      ['udev', 'devtmpfs', memory / 2, 0, '/dev'],
      ['tmpfs', 'tmpfs', memory / 10, 1_200_000, '/run'],
      ['/dev/sda1', 'ext4', size, used, '/'],
      ['tmpfs', 'tmpfs', memory / 2, 0, '/dev/shm'],
      ['tmpfs', 'tmpfs', 5 << 20, 0, '/run/lock'],
    ];
    const missing = operands.filter((path) => findFile(call.files, path).type === 'missing');
    for (const path of missing) call.write('stderr', `df: ${path}: No such file or directory\n`);
    const isWanted = operands.length > missing.length;
    const shown = operands.length === 0 ? all : isWanted ? all.filter(([, , , , at]) => at === '/') : [];
    if (shown.length === 0) return { exitCode: 1 };
    const isHuman = given.has('h');
    const amount = (bytes: number): string =>
      inodes
        ? String(Math.round(bytes / 16_384))
        : isHuman
          ? humanSize(Math.round(bytes))
          : String(Math.round(bytes / KIB));
    const what = inodes
      ? ['Inodes', 'IUsed', 'IFree', 'IUse%']
      : [isHuman ? 'Size' : '1K-blocks', 'Used', isHuman ? 'Avail' : 'Available', 'Use%'];
    const rows = shown.map(([name, type, whole, taken, at]) => {
      // A twentieth is root's alone.
      const free = Math.max(0, whole * (name.startsWith('/') ? 0.95 : 1) - taken);
      const share = taken + free === 0 ? 0 : Math.ceil((100 * taken) / (taken + free));
      return [
        name,
        ...(given.has('T') ? [type] : []),
        amount(whole),
        amount(taken),
        amount(free),
        `${share}%`,
        at,
      ];
    });
    const head = ['Filesystem', ...(given.has('T') ? ['Type'] : []), ...what, 'Mounted on'];
    call.write('stdout', columns([head, ...rows], given.has('T') ? 2 : 1));
    return { exitCode: missing.length > 0 ? 1 : 0 };
  }),
};

/** Numbers to the right, names to the left, the last column as it is. */
function columns(rows: readonly (readonly string[])[], names: number): string {
  const count = rows[0]?.length ?? 0;
  const widths = Array.from({ length: count }, (_, at) =>
    Math.max(...rows.map((row) => row[at]?.length ?? 0)),
  );
  return rows
    .map((row) => {
      const cells = row.map((cell, at) => {
        if (at === count - 1) return cell;
        return at < names
          ? cell.padEnd(at === 0 ? Math.max(14, widths[at] ?? 0) : (widths[at] ?? 0))
          : cell.padStart(Math.max(at === count - 2 ? 4 : 5, widths[at] ?? 0));
      });
      return `${cells.join(' ').trimEnd()}\n`;
    })
    .join('');
}

/** `du -sh /var/lib/etcd`, `du -h --max-depth=1 /var/lib`. */
export const du: Program = {
  type: 'program',
  name: 'du',
  isOfMachine: true,
  run: atOnce((call) => {
    const { given, operands } = readOptions(call.args, {
      flags: 'ahskmcxb',
      valued: 'd',
      long: { all: 'a', 'human-readable': 'h', summarize: 's', total: 'c', 'max-depth': 'd', bytes: 'b' },
    });
    const amount = (bytes: number): string =>
      given.has('h') ? humanSize(bytes) : String(Math.ceil(bytes / (given.has('m') ? KIB * KIB : KIB)));
    const most = given.has('s') ? 0 : Number(given.get('d') ?? Number.POSITIVE_INFINITY);
    let exitCode = 0;
    for (const operand of operands.length > 0 ? operands : ['.']) {
      const all = namedIn(call.files, operand);
      if (all.length === 0) {
        call.write('stderr', `du: cannot access '${operand}': No such file or directory\n`);
        exitCode = 1;
      }
      const sized = all.map((one) => ({ ...one, bytes: blocks(factsOfFile(call, one.path).bytes) }));
      for (const { below, isFolder } of [...all].reverse()) {
        const depth = below.split('/').length - 1;
        if (depth > most || (depth > 0 && !isFolder && !given.has('a'))) continue;
        const bytes = sized
          .filter((one) => one.below === below || one.below.startsWith(`${below}/`))
          .reduce((sum, one) => sum + one.bytes, 0);
        call.write('stdout', `${amount(bytes)}\t${shownBelow(operand, below)}\n`);
      }
    }
    return { exitCode };
  }),
};

function blocks(bytes: number): number {
  return Math.ceil(bytes / (4 * KIB)) * 4 * KIB;
}

/** `free -h`, `free -m`. */
export const free: Program = {
  type: 'program',
  name: 'free',
  isOfMachine: true,
  run: atOnce((call) => {
    const { given } = readOptions(call.args, {
      flags: 'hmgkbtw',
      valued: 's',
      long: { human: 'h', mebi: 'm', gibi: 'g', total: 't' },
    });
    const total = memoryKib(call);
    const { used, cached } = memoryUse(call);
    const unit = given.has('g') ? KIB * KIB : given.has('m') ? KIB : 1;
    const text = (kib: number): string => {
      if (!given.has('h')) return String(Math.floor(kib / unit));
      if (kib === 0) return '0B';
      const [size, letter] = kib >= KIB * KIB ? [kib / KIB / KIB, 'Gi'] : [kib / KIB, 'Mi'];
      return `${size < 10 ? size.toFixed(1) : Math.round(size)}${letter}`;
    };
    const line = (name: string, amounts: readonly number[]): string =>
      `${name.padEnd(8)}${amounts.map((amount) => text(amount).padStart(12)).join('')}\n`;
    const head = ['total', 'used', 'free', 'shared', 'buff/cache', 'available'];
    call.write('stdout', `${' '.repeat(8)}${head.map((name) => name.padStart(12)).join('')}\n`);
    call.write('stdout', line('Mem:', [total, used, total - used - cached, 1300, cached, total - used]));
    call.write('stdout', line('Swap:', [0, 0, 0]));
    return { exitCode: 0 };
  }),
};

export const uptime: Program = {
  type: 'program',
  name: 'uptime',
  isOfMachine: true,
  run: atOnce((call) => {
    call.write('stdout', `${uptimeText(call)}\n`);
    return { exitCode: 0 };
  }),
};

/** ` 10:00:00 up 1 day,  2:02,  1 user,  load average: 0.42, 0.35, 0.30`. */
export function uptimeText(call: Call): string {
  const { view, now, machine = '' } = call;
  const ms = now - bootedAt(call);
  const days = Math.floor(ms / DAY);
  const [hours, minutes] = [Math.floor((ms % DAY) / HOUR), Math.floor((ms % HOUR) / MINUTE)];
  const many = days === 0 ? '' : `${days} day${days === 1 ? '' : 's'}, `;
  const clock =
    hours === 0 ? `${minutes} min` : `${String(hours).padStart(2)}:${String(minutes).padStart(2, '0')}`;
  const loads = [1, 5, 15].map((span) =>
    (
      drawWhole(view.chance, 18, 62, 'load of a machine', machine, span, Math.floor(now / (span * MINUTE))) /
      100
    ).toFixed(2),
  );
  return ` ${formatDate(view.settings.epochMs + now, '%H:%M:%S')} up ${many}${clock},  1 user,  load average: ${loads.join(', ')}`;
}
