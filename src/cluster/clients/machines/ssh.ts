import { areInTouch } from '../../world/reach.ts';
import { HOME } from '../files.ts';
import type { CheckContext, Program, ProgramTable, TypedWord } from '../program.ts';
import { UNKNOWN_TEXT } from '../program.ts';
import { placeHere, runInner } from './run-inner.ts';
import { readSsh, unreachable } from './ssh-target.ts';

/** Logging in: keys are exchanged, a shell starts. */
const LOGIN_MS = [180, 320] as const;

/** Plays a line on another machine; which programs there are, it is told by whoever has the list. */
export function sshFor(programs: () => ProgramTable): Program {
  return {
    type: 'program',
    name: 'ssh',
    startup: () => LOGIN_MS,
    check(args, { checkInner }) {
      const words = readSsh(args.map(({ text }) => text)).command;
      return checkOf(
        words.join(' '),
        args.at(-1),
        checkInner && ((line) => checkInner(line, { onMachine: true })),
      );
    },
    *run(call) {
      const { view, machine, args, write } = call;
      const { host = '', command } = readSsh(args);
      const target = unreachable(view.rows, host, (node) => areInTouch(view.rows, machine, node));
      if ('problem' in target) {
        write('stderr', `${target.problem}\n`);
        return { exitCode: 255 };
      }
      const place = { machine: target.node, folder: HOME };
      return yield* runInner(command.join(' '), call, { place, programs: programs() });
    },
  };
}

/** `bash -c 'line'` and `sh -c 'line'`, where the line is typed. */
export function bashFor(programs: () => ProgramTable, name: string): Program {
  return {
    type: 'program',
    name,
    check(args, { checkInner, onMachine = false }) {
      const [flag, line] = args;
      if (flag?.text.match(/^-\w*c$/) && line)
        return checkOf(line.text, line, checkInner && ((text) => checkInner(text, { onMachine })));
      const [{ offset, length } = { offset: 0, length: 0 }] = args;
      return { code: 'notSimulated', message: `${name} without -c is not simulated`, offset, length };
    },
    *run(call) {
      return yield* runInner(call.args[1] ?? '', call, { place: placeHere(call), programs: programs() });
    },
  };
}

function checkOf(
  line: string,
  word: TypedWord | undefined,
  check: ((line: string) => ReturnType<NonNullable<CheckContext['checkInner']>>) | undefined,
) {
  const problem = line.includes(UNKNOWN_TEXT) ? undefined : check?.(line);
  if (problem === undefined) return undefined;
  return { ...problem, offset: word?.offset ?? 0, length: word?.length ?? 0 };
}
