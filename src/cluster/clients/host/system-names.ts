import { DAY, HOUR, MINUTE, SECOND } from '../../../kernel/time/millis.ts';
import { civilOf, epochMsOf, parseRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { Node } from '../../objects/kubernetes.ts';
import { formatDate } from '../../tools/format-date.ts';
import { atOnce } from '../at-once.ts';
import { readOptions } from '../pipes/read-options.ts';
import type { Call, Program, ProgramTable } from '../program.ts';
import { coresOf } from './measures.ts';

/** What the machines run, as their kubelets say it, too (node/node-object.ts). */
const KERNEL = '6.1.0-18-amd64';
const BUILT = '#1 SMP PREEMPT_DYNAMIC Debian 6.1.76-1 (2024-02-01)';
const SYSTEM = 'Debian GNU/Linux 12 (bookworm)';

/** `uname -r`, `uname -a`. */
export const uname: Program = {
  type: 'program',
  name: 'uname',
  isOfMachine: true,
  run: atOnce(({ args, machine = '', write }) => {
    const flags = args.join('');
    const parts: readonly (readonly [flag: RegExp, text: string])[] = [
      [/s|^$|kernel-name/, 'Linux'],
      [/n(?!e)|nodename/, machine],
      [/r(?!n)|kernel-release/, KERNEL],
      [/v|kernel-version/, BUILT],
      [/m|machine/, 'x86_64'],
      [/o|operating/, 'GNU/Linux'],
    ];
    const isAll = /^-\w*a|--all/.test(flags);
    const shown = parts
      .filter(([flag]) => isAll || flag.test(flags.replace(/^-+/, '')))
      .map(([, text]) => text);
    write('stdout', `${shown.join(' ')}\n`);
    return { exitCode: 0 };
  }),
};

export const nproc: Program = {
  type: 'program',
  name: 'nproc',
  isOfMachine: true,
  run: atOnce((call) => {
    call.write('stdout', `${coresOf(call)}\n`);
    return { exitCode: 0 };
  }),
};

export const hostnamectl: Program = {
  type: 'program',
  name: 'hostnamectl',
  isOfMachine: true,
  run: atOnce(({ view, machine = '', args, write }) => {
    if (args.length > 0 && args[0] !== 'status') return { exitCode: 0 };
    const info = view.objects.get<Node>('nodes', undefined, machine)?.status?.nodeInfo;
    const rows = [
      ['Static hostname', machine],
      ['Icon name', 'computer-vm'],
      ['Chassis', 'vm'],
      ['Machine ID', info?.machineID ?? ''],
      ['Boot ID', (info?.bootID ?? '').replaceAll('-', '')],
      ['Virtualization', 'kvm'],
      ['Operating System', info?.osImage ?? SYSTEM],
      ['Kernel', `Linux ${info?.kernelVersion ?? KERNEL}`],
      ['Architecture', 'x86-64'],
    ] as const;
    for (const [name, value] of rows) write('stdout', `${name.padStart(16)}: ${value}\n`);
    return { exitCode: 0 };
  }),
};

/** `date`, `date +%F`, `date -d '+1 year'`, `date -d '2026-01-01' +%s`. */
export const date: Program = {
  type: 'program',
  name: 'date',
  run: atOnce(({ view, machine, now, args, write }) => {
    const words = args.map((word) => (/^-I\w*$/.test(word) ? '--iso-8601' : word));
    const { given, operands } = readOptions(words, {
      flags: 'uRi',
      valued: 'ds',
      long: {
        utc: 'u',
        universal: 'u',
        date: 'd',
        set: 's',
        'iso-8601': 'i',
        'rfc-2822': 'R',
        'rfc-email': 'R',
      },
    });
    const ahead = machine === undefined ? 0 : (view.rows.row('machines', machine)?.aheadMs ?? 0);
    const here = view.settings.epochMs + now + ahead;
    const text = given.get('d');
    const epochMs = text === undefined ? here : dateIn(text, here);
    if (epochMs === undefined) {
      write('stderr', `date: invalid date '${text}'\n`);
      return { exitCode: 1 };
    }
    const format = operands.find((word) => word.startsWith('+'))?.slice(1);
    const usual = given.has('i')
      ? '%Y-%m-%d'
      : given.has('R')
        ? '%a, %d %b %Y %H:%M:%S %z'
        : '%a %b %e %H:%M:%S %Z %Y';
    write('stdout', `${formatDate(epochMs, format ?? usual)}\n`);
    return { exitCode: 0 };
  }),
};

const SPANS: Readonly<Record<string, number>> = {
  sec: SECOND,
  second: SECOND,
  min: MINUTE,
  minute: MINUTE,
  hour: HOUR,
  day: DAY,
  week: 7 * DAY,
  fortnight: 14 * DAY,
};

/** A date as people give it: a point, `now` or `yesterday`, with spans before or after it. */
function dateIn(text: string, now: number): number | undefined {
  const point = pointIn(text.trim(), now);
  let { at } = point;
  for (const [, sign, count = '1', unit = '', ago] of point.rest.matchAll(SPAN)) {
    if (unit === 'now' || unit === 'today') continue;
    const many = (unit === 'yesterday' ? -1 : Number(count)) * (sign === '-' || ago ? -1 : 1);
    const moved = movedBy(at, many, unit === 'yesterday' || unit === 'tomorrow' ? 'day' : unit);
    if (moved === undefined) return undefined;
    at = moved;
  }
  return at;
}

const SPAN = /([+-])? *(\d+)? *([a-z]+?)s?\b( +ago)?/g;

interface Point {
  readonly at: number;
  /** What stands behind it. */
  readonly rest: string;
}

/** `@1767225600`, `2026-01-01 10:00`, `Dec 30 23:58:00 2026 GMT` as openssl prints it; else now. */
function pointIn(text: string, now: number): Point {
  const [seconds] = /^@-?\d+/.exec(text) ?? [];
  if (seconds !== undefined) return { at: Number(seconds.slice(1)) * SECOND, rest: '' };
  const certificate = /^([A-Z][a-z]{2}) +(\d+) (\d\d:\d\d:\d\d) (\d{4}) GMT/.exec(text);
  if (certificate) {
    const [whole, month = '', day = '', clock = '', year = ''] = certificate;
    const number = 'JanFebMarAprMayJunJulAugSepOctNovDec'.indexOf(month) / 3 + 1;
    const two = (value: number | string): string => String(value).padStart(2, '0');
    const at = parseRfc3339(`${year}-${two(number)}-${two(day)}T${clock}Z`);
    return at === undefined ? { at: now, rest: text } : { at, rest: text.slice(whole.length) };
  }
  const [whole = '', day, time = '00:00'] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?))?Z?/.exec(text) ?? [];
  const at =
    day === undefined ? undefined : parseRfc3339(`${day}T${time.length === 5 ? `${time}:00` : time}Z`);
  return at === undefined ? { at: now, rest: text } : { at, rest: text.slice(whole.length) };
}

function movedBy(at: number, count: number, unit: string): number | undefined {
  const span = SPANS[unit];
  if (span !== undefined) return at + count * span;
  if (unit !== 'month' && unit !== 'year') return undefined;
  const civil = civilOf(at);
  const months = civil.year * 12 + civil.month - 1 + count * (unit === 'year' ? 12 : 1);
  return epochMsOf({ ...civil, year: Math.floor(months / 12), month: (months % 12) + 1 });
}

/** What a shell does itself, and has no file. */
const BUILTINS: ReadonlySet<string> = new Set(
  'alias cd echo exit export false fg jobs kill logout printf test true type command wait :'.split(' '),
);

/** Where packages of Kubernetes and of etcd put their programs. */
function pathOf(name: string): string {
  if (name === 'etcdctl' || name === 'etcdutl') return `/usr/local/bin/${name}`;
  return /^(?:ip|iptables|sysctl|modprobe|reboot|poweroff|shutdown|swapoff|swapon|ipvsadm)$/.test(name)
    ? `/usr/sbin/${name}`
    : `/usr/bin/${name}`;
}

/** `which etcdctl`, `type etcdctl`, `command -v etcdctl`. */
function seeker(name: 'which' | 'type' | 'command', programs: () => ProgramTable): Program {
  return {
    type: 'program',
    name,
    run: atOnce((call) => {
      let exitCode = 0;
      for (const word of call.args.filter((each) => !each.startsWith('-'))) {
        const isThere = isInstalled(call, word, programs());
        const isBuiltin = BUILTINS.has(word) && name !== 'which';
        if (!isThere) {
          exitCode = 1;
          if (name === 'type') call.write('stderr', `bash: type: ${word}: not found\n`);
        } else if (name === 'type')
          call.write('stdout', isBuiltin ? `${word} is a shell builtin\n` : `${word} is ${pathOf(word)}\n`);
        else call.write('stdout', `${isBuiltin ? word : pathOf(word)}\n`);
      }
      return { exitCode };
    }),
  };
}

/** What is one of the machines' own is there only. */
function isInstalled({ machine }: Call, word: string, programs: ProgramTable): boolean {
  if (word === 'kubelet' || word === 'containerd') return machine !== undefined;
  const program = programs.get(word);
  return program !== undefined && !(program.isOfMachine && machine === undefined);
}

export const whichFor = (programs: () => ProgramTable): Program => seeker('which', programs);
export const typeFor = (programs: () => ProgramTable): Program => seeker('type', programs);
export const commandFor = (programs: () => ProgramTable): Program => seeker('command', programs);
