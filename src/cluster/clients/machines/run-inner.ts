import type { Deed } from '../../contract/component.ts';
import type { Response } from '../../contract/response.ts';
import type { LineState, Place } from '../command-line/line-state.ts';
import { FIRST_STATE } from '../command-line/line-state.ts';
import { parseLine } from '../command-line/parse-line.ts';
import { runLine } from '../command-line/run-line.ts';
import type { Call, Outcome, ProgramTable } from '../program.ts';

/** Where a program that calls others was called itself. */
export function placeHere({ machine }: Call): Place {
  return machine === undefined ? {} : { machine, folder: '/' };
}

/** Where an inner line is played, and what it can call. */
export interface Inner {
  readonly place: Place;
  readonly programs: ProgramTable;
}

/** A line in a shell of its own: how far it has got is what the program that runs it remembers. */
export function* runInner(
  line: string,
  call: Call,
  { place, programs }: Inner,
): Generator<Deed, Outcome, Response> {
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
