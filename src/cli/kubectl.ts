import { shellQuoted } from '../cluster/clients/command-line/shell-quoted.ts';
import type { Instant } from '../replay/place.ts';
import { type Answer, askKubectl } from '../report/ask-kubectl.ts';
import { jsonText } from '../report/json-text.ts';
import { printable } from '../report/printable.ts';
import { wordsIn } from '../words/words-in.ts';
import { BadInput, EXIT } from './exit.ts';
import { momentIn, openTimeline, type Travelled } from './open-timeline.ts';
import type { Which } from './which.ts';
import { tellBeside, writeOut } from './write-out.ts';

export interface KubectlOptions extends Which {
  readonly at?: Instant;
  readonly lang: string;
  readonly json?: boolean;
}

/** `kubereel kubectl`: what a command that reads would have answered at an instant, and its exit code. */
export async function kubectlCommand(
  what: string,
  typed: readonly string[],
  options: KubectlOptions,
): Promise<number> {
  const args = typed[0] === 'kubectl' ? typed.slice(1) : typed;
  if (args.length === 0) throw new BadInput(({ wrong }) => wrong.noCommand);
  const line = lineOf(['kubectl', ...args]);
  const answer = answerAt(openTimeline(what, options), { line, at: options.at, what });
  return printAnswer(answer, { line, options });
}

interface Question {
  readonly line: string;
  readonly at: Instant | undefined;
  /** What was opened, as the reader named it. */
  readonly what: string;
}

type Answered = Exclude<Answer, { readonly refusal: string }>;

/** Throws BadInput for a line that would write, or that can't be played. */
export function answerAt({ timeline }: Travelled, { line, at, what }: Question): Answered {
  const { cursor, clock } = momentIn(timeline, at);
  const world = timeline.worldAt(cursor);
  const answer = askKubectl(world, line, { now: Math.max(clock, world.at) });
  if (!('refusal' in answer)) return answer;
  const { refusal, changes } = answer;
  throw new BadInput(({ wrong }) => {
    if (changes === undefined) return refusal;
    const place = cursor === 0 ? 'start' : String(cursor);
    const fork = `kubereel fork ${shellQuoted(what)} --at ${place} --run ${shellQuoted(line)}`;
    return `${wrong.wouldWrite(changes)}\n${wrong.tryFork(fork)}`;
  });
}

interface Printing {
  readonly line: string;
  readonly options: { readonly lang: string; readonly json?: boolean };
}

export async function printAnswer(answer: Answered, { line, options }: Printing): Promise<number> {
  const goesOn = 'goesOn' in answer;
  const exitCode = goesOn ? EXIT.ok : answer.exitCode;
  if (options.json) {
    const { stdout, stderr } = answer;
    await writeOut([`${jsonText({ line, stdout, stderr, exitCode, ...(goesOn && { goesOn }) })}\n`]);
    return exitCode;
  }
  await writeOut([printable(answer.stdout)]);
  tellBeside(printable(answer.stderr));
  if (goesOn) tellBeside(`${wordsIn(options.lang).wrong.goesOn}\n`);
  return exitCode;
}

/** Words as a line of the shell that says them again. */
export function lineOf(words: readonly string[]): string {
  return words.map(shellQuoted).join(' ');
}
