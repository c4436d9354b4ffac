import { type Machine, spend } from '../machine/machine.ts';
import type { ShellTask } from '../process-state.ts';
import { arrayItems, getVariable, isVariableName, variableOf } from '../shell/variables.ts';

/**
 * One attempt at expanding a word. Command substitutions take time, so an attempt that needs the output of
 * one that has not run is given up, and made again from the start of the word with one more result. What it
 * assigned meanwhile (`${x:=1}`, `$((i++))`) is kept aside and counts only once the word is whole.
 */
export interface Expansion {
  readonly machine: Machine;
  readonly task: ShellTask;
  /** Lines before the command, for `$LINENO`. */
  readonly line: number;
  readonly results: readonly string[];
  used: number;
  /** Node of the command substitution whose output is needed first. */
  needs?: number;
  /** What went wrong; the shell says it and, if it is not interactive, ends. */
  problem?: string;
  readonly assigned: Record<string, string>;
  /** What stands before it among the assignments of the same command: `a=1 b=$a`. */
  readonly earlier?: Readonly<Record<string, string>>;
}

/** Texts may not grow beyond what a script could reasonably hold. */
export const LONGEST_TEXT = 1 << 20;

export function fail(expansion: Expansion, problem: string): string {
  if (expansion.needs === undefined) expansion.problem ??= problem;
  return '';
}

export function assign(expansion: Expansion, name: string, value: string): boolean {
  if (!isVariableName(name) || variableOf(expansion.machine.state, expansion.task, name)?.readonly)
    return false;
  if (value.length > LONGEST_TEXT) return false;
  spend(expansion.machine, value.length >> 6);
  expansion.assigned[name] = value;
  return true;
}

/** The value of a parameter; undefined where it is not set. `@` and `*` are joined by the first of IFS. */
export function parameterValue(expansion: Expansion, name: string): string | undefined {
  const { task, machine } = expansion;
  if (/^\d+$/.test(name)) return name === '0' ? task.name : task.args[Number(name) - 1];
  switch (name) {
    case '#':
      return String(task.args.length);
    case '?':
      return String(task.status);
    case '$':
      return String(task.shellPid ?? task.pid);
    case '!':
      return task.background === undefined ? undefined : String(task.background);
    case '-':
      return task.options.replace('p', '');
    case '@':
      return task.args.length > 0 ? task.args.join(' ') : undefined;
    case '*':
      return task.args.length > 0 ? task.args.join(separator(expansion)) : undefined;
    default:
      return (
        valueIn(expansion.assigned, name) ??
        valueIn(expansion.earlier, name) ??
        getVariable(machine.state, task, name) ??
        dynamicVariable(expansion, name)
      );
  }
}

/** The elements of an array; of a plain variable, its value. */
export function itemsOf({ task, machine }: Expansion, name: string): Readonly<Record<string, string>> {
  return arrayItems(machine.state, task, name);
}

export function separator(expansion: Expansion): string {
  return (parameterValue(expansion, 'IFS') ?? ' ').slice(0, 1);
}

/** Variables that the shell makes up when they are read; unsetting them makes them ordinary. */
function dynamicVariable(expansion: Expansion, name: string): string | undefined {
  const { task, machine, line } = expansion;
  if (Object.hasOwn(task.vars, name) && task.vars[name] === null) return undefined;
  switch (name) {
    case 'RANDOM':
      return task.dash ? undefined : randomNumber(machine);
    case 'LINENO':
      return String(line + (task.script || task.bash ? 1 : 0));
    case 'PPID':
      return String(task.parent);
    case 'SECONDS':
      return task.bash ? String(Math.floor((machine.now - task.startedAt) / 1000)) : undefined;
    case 'FUNCNAME': {
      const call = task.frames.findLast((frame) => frame.op === 'call');
      return call?.op === 'call' ? call.name : undefined;
    }
    case 'HOSTNAME':
      return machine.host.hostname;
    case 'UID':
    case 'EUID':
      return task.bash ? String(machine.host.uid ?? machine.host.image.uid) : undefined;
    default:
      return undefined;
  }
}

function randomNumber(machine: Machine): string {
  const drawn = machine.host.draw(machine.state.draws);
  machine.state.draws += 1;
  return String(Math.floor(drawn * 32_768));
}

const valueIn = (record: Readonly<Record<string, string>> | undefined, name: string): string | undefined =>
  record && Object.hasOwn(record, name) ? record[name] : undefined;
