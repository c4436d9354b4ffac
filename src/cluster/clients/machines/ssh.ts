import type { Deed } from '../../contract/component.ts';
import type { Response } from '../../contract/response.ts';
import { areInTouch } from '../../world/reach.ts';
import type { LineState, Place } from '../command-line/line-state.ts';
import { FIRST_STATE } from '../command-line/line-state.ts';
import { parseLine } from '../command-line/parse-line.ts';
import { runLine } from '../command-line/run-line.ts';
import { HOME } from '../files.ts';
import type { Call, CheckContext, Outcome, Program, ProgramTable, TypedWord } from '../program.ts';
import { UNKNOWN_TEXT } from '../program.ts';
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
      const place = call.machine === undefined ? {} : { machine: call.machine, folder: '/' };
      return yield* runInner(call.args[1] ?? '', call, { place, programs: programs() });
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

interface Inner {
  readonly place: Place;
  readonly programs: ProgramTable;
}

/** A line in a shell of its own: how far it has got is what the program that runs it remembers. */
function* runInner(line: string, call: Call, { place, programs }: Inner): Generator<Deed, Outcome, Response> {
  const { view, now, write, kubeconfig, environment } = call;
  const parsed = parseLine(line);
  if ('problem' in parsed) {
    write('stderr', `bash: ${parsed.problem.message}\n`);
    return { exitCode: 2 };
  }
  const { machine } = place;
  const shell = {
    command: `${call.command}/${call.instance}`,
    view,
    now,
    folder: {},
    session: { kubeconfig, variables: environment, exported: Object.keys(environment), files: {} },
    place,
    ...(machine === undefined ? {} : { machine }),
    programOf: (name: string) => programs.get(name),
    write,
  };
  const state = (call.memory as LineState | undefined) ?? FIRST_STATE;
  const outcome = yield* runLine(parsed.line, state, shell);
  if ('exitCode' in outcome) return { exitCode: outcome.exitCode };
  const { watches, awaits } = outcome.state.running ?? {};
  const { wakeAt } = outcome;
  return {
    pause: {
      memory: outcome.state,
      ...(watches === undefined ? {} : { watches }),
      ...(awaits === undefined ? {} : { awaits }),
      ...(wakeAt === undefined ? {} : { wakeAt }),
    },
  };
}
