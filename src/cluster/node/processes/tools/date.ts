import { civilOf, epochMsOf } from '../../../../kernel/time/rfc3339.ts';
import { formatDate } from '../../../tools/format-date.ts';
import { readOptions } from './options.ts';
import type { Tool, ToolIo } from './tool.ts';

const usage = 'date [OPTIONS] [+FMT] [[-s] TIME]';

export const date: Tool = {
  usage,
  run(io) {
    const long = { utc: 'u', universal: 'u', date: 'd', 'rfc-2822': 'R', 'iso-8601': 'i', reference: 'r' };
    const args = io.args.map((arg) => (/^-I\w*$/.test(arg) ? `--iso-8601=${arg.slice(2) || 'date'}` : arg));
    const options = readOptions({ ...io, args }, usage, { letters: 'ud:Rr:s:D:i:', long });
    if (!options) return 1;
    const shown = options.value('d') ?? options.value('s');
    const epochMs = shown === undefined ? timeOf(io, options.value('r')) : parseDate(io, shown);
    if (epochMs === undefined) {
      io.complain(`invalid date '${shown ?? ''}'`);
      return 1;
    }
    // The clock of a node is not to be set from inside of a container.
    if (options.has('s')) io.complain("can't set date: Operation not permitted");
    const format = options.operands.find((operand) => operand.startsWith('+'));
    io.out(
      `${formatDate(epochMs, format?.slice(1) ?? defaultFormat(options.has('R'), options.value('i')))}\n`,
    );
    return options.has('s') ? 1 : 0;
  },
};

function defaultFormat(isMail: boolean, iso: string | undefined): string {
  if (isMail) return '%a, %d %b %Y %H:%M:%S %z';
  switch (iso) {
    case undefined:
      return '%a %b %e %H:%M:%S %Z %Y';
    case 'hours':
      return '%Y-%m-%dT%H%:z';
    case 'minutes':
      return '%Y-%m-%dT%H:%M%:z';
    case 'seconds':
      return '%Y-%m-%dT%H:%M:%S%:z';
    default:
      return '%Y-%m-%d';
  }
}

function timeOf(io: ToolIo, file: string | undefined): number | undefined {
  const { epochMs } = io.machine.host;
  if (file === undefined) return epochMs + io.now;
  const node = io.files.node(io.files.resolve(file, io.task.cwd) ?? file);
  return node && epochMs + node.modifiedAt;
}

/** `@seconds`, `hh:mm[:ss]` and `YYYY-MM-DD [hh:mm[:ss]]`, as busybox reads them, and `now`. */
function parseDate(io: ToolIo, text: string): number | undefined {
  const now = io.machine.host.epochMs + io.now;
  if (text === 'now') return now;
  const seconds = /^@(-?\d+)/.exec(text);
  if (seconds) return Number(seconds[1]) * 1000;
  const found = /^(?:(\d{4})-(\d\d)-(\d\d))?[ T]?(?:(\d\d):(\d\d)(?::(\d\d))?)?Z?$/.exec(text);
  if (!found || text === '') return undefined;
  const today = civilOf(now);
  const [, year, month, day, hour, minute, second] = found.map((part) =>
    part === undefined ? undefined : Number(part),
  );
  return epochMsOf({
    year: year ?? today.year,
    month: month ?? today.month,
    day: day ?? today.day,
    hour: hour ?? 0,
    minute: minute ?? 0,
    second: second ?? 0,
    millisecond: 0,
  });
}
