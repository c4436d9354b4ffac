import { decide } from '../cluster/apiserver/decide.ts';
import { checkCommand } from '../cluster/clients/command-line/check-command.ts';
import { FIRST_STATE, type LineState } from '../cluster/clients/command-line/line-state.ts';
import { parseLine } from '../cluster/clients/command-line/parse-line.ts';
import { type LineOutcome, runLine } from '../cluster/clients/command-line/run-line.ts';
import type { Stream } from '../cluster/clients/command-line/shell-line.ts';
import type { Files } from '../cluster/clients/files.ts';
import { standingOf } from '../cluster/clients/kubectl-client.ts';
import { PROGRAMS } from '../cluster/clients/programs.ts';
import type { Deed } from '../cluster/contract/component.ts';
import type { Request } from '../cluster/contract/request.ts';
import type { Response } from '../cluster/contract/response.ts';
import { hasOwnControlPlane } from '../cluster/contract/settings.ts';
import { viewOf } from '../cluster/world/view-of.ts';
import type { World } from '../cluster/world/world.ts';
import type { Millis } from '../kernel/time/millis.ts';

/** What a command line answers, as a terminal shows it. */
export type Answer =
  | (Printed & { readonly exitCode: number })
  /** It would go on printing, as a watch does. */
  | (Printed & { readonly goesOn: true })
  /** It cannot be played at all: why not. What it would change, where that is why: `delete pods`. */
  | { readonly refusal: string; readonly changes?: string };

interface Printed {
  /** Both streams, as they come on a terminal. */
  readonly text: string;
  readonly stdout: string;
  readonly stderr: string;
}

/** When and where a line is asked. */
export interface Asked {
  /** Virtual milliseconds; the world may stand still for a while. */
  readonly now?: Millis;
  /** What lies in the folder where it is typed. */
  readonly files?: Files;
}

/**
 * What a line that only reads would have answered at an instant: the kubectl that types in scenarios, asked
 * of a world that is past. Nothing is written, whatever the line says.
 */
export function askKubectl(world: World, line: string, { now = world.at, files = {} }: Asked = {}): Answer {
  const view = viewOf(world);
  if (view === undefined) return { refusal: 'there is no cluster yet' };
  const problem = checkCommand(line, undefined, hasOwnControlPlane(view.settings));
  const parsed = parseLine(line);
  if (problem || 'problem' in parsed) {
    const { message, hint } = problem ?? { message: 'this is no command line', hint: undefined };
    return { refusal: hint === undefined ? message : `${message}: ${hint}` };
  }
  const printed = { text: '', stdout: '', stderr: '' };
  const shell = {
    command: 'ask',
    view,
    folder: files,
    ...standingOf(view),
    programOf: (name: string) => PROGRAMS.get(name),
    write: (stream: Stream, piece: string) => {
      printed.text += piece;
      printed[stream] += piece;
    },
  };
  const outcome = played(world, (state, at) => runLine(parsed.line, state, { ...shell, now: at }), now);
  if (typeof outcome === 'string') return refused(outcome);
  if (leavesSomething(outcome)) return refused(LEAVES);
  return 'exitCode' in outcome ? { ...printed, exitCode: outcome.exitCode } : { ...printed, goesOn: true };
}

function refused(changes: string): Answer {
  return { refusal: `it would ${changes}: what is past can only be read`, changes };
}

const LEAVES = 'leave a file, a variable or a context behind';

function leavesSomething(outcome: LineOutcome): boolean {
  const session = 'exitCode' in outcome ? outcome.session : outcome.state.session;
  return session !== undefined;
}

type Look = (state: LineState, now: Millis) => Generator<Deed, LineOutcome, Response>;

/** A later program of a line begins a little later; what waits for anything else waits for ever. */
function played(world: World, look: Look, now: Millis): LineOutcome | string {
  let at = now;
  let outcome = answered(world, look(FIRST_STATE, at), at);
  while (typeof outcome === 'object' && 'state' in outcome) {
    const { state, wakeAt } = outcome;
    if (wakeAt === undefined || wakeAt <= at || state.running?.startsAt !== wakeAt) break;
    at = wakeAt;
    outcome = answered(world, look(state, at), at);
  }
  return outcome;
}

/** Leads requests to the API server as it is; a text says what would have been changed. */
function answered(
  world: World,
  work: Generator<Deed, LineOutcome, Response>,
  at: Millis,
): LineOutcome | string {
  for (let next = work.next(undefined as never); ; ) {
    if (next.done) return next.value;
    const deed = next.value;
    if ('type' in deed || !isReading(deed)) return wouldChange(deed);
    next = work.next(decide(world, deed, { actor: 'kubectl', at }).response);
  }
}

function isReading({ verb, dryRun }: Request): boolean {
  return verb === 'get' || verb === 'list' || dryRun === true;
}

function wouldChange(deed: Deed): string {
  if (!('type' in deed)) return `${deed.verb} ${deed.resource}`;
  if (deed.type === 'FileWritten') return 'write a file';
  return deed.type === 'ExecRequested' ? 'run something in a container' : 'change something on a machine';
}
