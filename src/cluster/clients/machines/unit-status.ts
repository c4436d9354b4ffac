import { drawWhole } from '../../../kernel/chance/draw.ts';
import { DAY, HOUR, MINUTE, type Millis, SECOND } from '../../../kernel/time/millis.ts';
import type { Call } from '../program.ts';
import { journalOf } from './journal.ts';
import { commandOfUnit } from './unit-lists.ts';
import { activeState, pidOf, stateOfUnit, subState, type Unit, unitTime } from './units.ts';

/** Lines of the journal below a status. */
const LINES = 10;

/** `systemctl status`, as Debian 12's systemd lays it out (systemctl-show.c print_status_info). */
export function statusText(call: Call, node: string, unit: Unit): string {
  const { view, now } = call;
  const state = stateOfUnit(view.rows, node, unit);
  const { runs, since, enabled, failure } = state;
  const restarts = !runs && state.restartsAt !== undefined;
  const pid = pidOf(view.chance, node, unit.name, since);
  const time = `${unitTime(view, since)}; ${ago(now - since)}`;
  const head = [
    `${runs || restarts ? '●' : '○'} ${unit.name}.service - ${unit.description}`,
    `     Loaded: loaded (/lib/systemd/system/${unit.name}.service; ${enabled ? 'enabled' : 'disabled'}; preset: enabled)`,
    ...(unit.dropIn === undefined
      ? []
      : [`    Drop-In: /usr/lib/systemd/system/${unit.name}.service.d`, `             └─${unit.dropIn}`]),
    `     Active: ${activeState(state)} (${subState(state)})${restarts && failure ? ' (Result: exit-code)' : ''} since ${time}`,
    `       Docs: ${unit.docs}`,
  ];
  const [program = ''] = unit.command.split(' ');
  const name = program.slice(program.lastIndexOf('/') + 1);
  const tasks = drawWhole(view.chance, 10, 18, 'tasks of a unit', node, unit.name, since);
  const memory = drawWhole(view.chance, 320, 620, 'memory of a unit', node, unit.name, since) / 10;
  const code = failure?.exitCode ?? 0;
  const exit = `${code}/${code === 0 ? 'SUCCESS' : code === 203 ? 'EXEC' : 'FAILURE'}`;
  const called = commandOfUnit(call, unit, !runs);
  const body = runs
    ? [
        `   Main PID: ${pid} (${name})`,
        `      Tasks: ${tasks} (limit: 9430)`,
        `     Memory: ${memory.toFixed(1)}M`,
        `     CGroup: /system.slice/${unit.name}.service`,
        `             └─${pid} ${called}`,
      ]
    : [
        `    Process: ${pid} ExecStart=${called} (code=exited, status=${exit})`,
        `   Main PID: ${pid} (code=exited, status=${exit})`,
      ];
  const journal = journalOf(call, node, unit.name)
    .slice(-LINES)
    .map(({ text }) => text);
  return `${[...head, ...body, ...(journal.length > 0 ? ['', ...journal] : [])].join('\n')}\n`;
}

/** As systemd says how long ago something was (time-util.c format_timestamp_relative): two units at most. */
function ago(ms: Millis): string {
  const many = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;
  const [days, hours, minutes, seconds] = [DAY, HOUR, MINUTE, SECOND].map((unit) =>
    Math.floor(ms / unit),
  ) as [number, number, number, number];
  if (days >= 14) return `${Math.floor(days / 7)} weeks ago`;
  if (days >= 2) return `${many(days, 'day')} ago`;
  if (hours >= 24) return `1 day ${hours - 24}h ago`;
  if (hours >= 1) return `${hours}h${minutes % 60 === 0 ? '' : ` ${minutes % 60}min`} ago`;
  if (minutes >= 5) return `${minutes}min ago`;
  if (minutes >= 1) return `${minutes}min${seconds % 60 === 0 ? '' : ` ${seconds % 60}s`} ago`;
  return seconds >= 1 ? `${seconds}s ago` : `${Math.max(0, Math.round(ms))}ms ago`;
}
