import { nearMiss } from '../../objects/shape/near-miss.ts';
import type { Files } from '../files.ts';
import { type CheckContext, type TypedWord, UNKNOWN_TEXT } from '../program.ts';
import { ALIASES, type ProgramTable, programsWith } from '../programs.ts';
import type { CommandProblem } from './command-problem.ts';
import { parseLine } from './parse-line.ts';
import type { ShellLine, SimpleCommand, Word } from './shell-line.ts';

/**
 * What keeps a line from being played, as far as it can be told before anything runs: an unknown program,
 * verb or flag, something that is not simulated, a file that is not there. Without `files` paths are not
 * looked at.
 */
export function checkCommand(line: string, files?: Files): CommandProblem | undefined {
  const parsed = parseLine(line);
  if ('problem' in parsed) return parsed.problem;
  const programs = programsWith(files ?? {});
  return checkLine(parsed.line, { programs, ...(files === undefined ? {} : { files }) });
}

interface Checking extends CheckContext {
  readonly programs: ProgramTable;
}

function checkLine(line: ShellLine, checking: Checking): CommandProblem | undefined {
  for (const command of commandsOf(line)) {
    const problem = checkSubstitutions(command, checking) ?? checkCall(command, checking);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function commandsOf({ lists }: ShellLine): readonly SimpleCommand[] {
  return lists.flatMap(({ first, rest }) =>
    [first, ...rest.map(({ pipeline }) => pipeline)].flatMap(({ stages }) => stages),
  );
}

function checkSubstitutions({ words }: SimpleCommand, checking: Checking): CommandProblem | undefined {
  for (const { pieces } of words) {
    for (const piece of pieces) {
      const problem = piece.type === 'output' ? checkLine(piece.line, checking) : undefined;
      if (problem !== undefined) return problem;
    }
  }
  return undefined;
}

function checkCall({ words }: SimpleCommand, checking: Checking): CommandProblem | undefined {
  const [name, ...args] = words.map(typedWord);
  if (name === undefined || name.text.includes(UNKNOWN_TEXT)) return undefined;
  const program = checking.programs.get(name.text);
  if (program !== undefined) return program.check?.(args, checking);
  const { text, offset, length } = name;
  const near = ALIASES[text] ?? nearMiss(text, checking.programs.keys());
  const hint =
    near === undefined
      ? `simulated are ${[...checking.programs.keys()].join(', ')}`
      : `did you mean ${near}?`;
  const message = `${text} is not simulated: no such program can be called here`;
  return { code: 'unknownProgram', message, hint, offset, length };
}

function typedWord({ pieces, offset, length }: Word): TypedWord {
  const texts = pieces.map((piece) =>
    piece.type === 'text' || piece.type === 'pattern' ? piece.text : UNKNOWN_TEXT,
  );
  return { text: texts.join(''), offset, length };
}
