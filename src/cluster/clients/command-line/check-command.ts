import { nearMiss } from '../../objects/shape/near-miss.ts';
import { type Files, writablePath } from '../files.ts';
import { readSsh } from '../machines/ssh-target.ts';
import { type CheckContext, type ProgramTable, type TypedWord, UNKNOWN_TEXT } from '../program.ts';
import { PROGRAMS } from '../programs.ts';
import { bareCall } from './bare-call.ts';
import type { CommandProblem } from './command-problem.ts';
import { parseLine } from './parse-line.ts';
import type { ShellLine, SimpleCommand, Step, Word } from './shell-line.ts';

/**
 * What keeps a line from being played, as far as it can be told before anything runs: an unknown program,
 * verb or flag, something that is not simulated, a file that is not there. Without `files` paths are not
 * looked at.
 */
export function checkCommand(line: string, files?: Files, onMachine = false): CommandProblem | undefined {
  const parsed = parseLine(line);
  if ('problem' in parsed) return parsed.problem;
  return checkLine(parsed.line, {
    programs: PROGRAMS,
    onMachine,
    checkInner: (inner, context) => checkCommand(inner, undefined, context.onMachine),
    ...(files === undefined ? {} : { files: onMachine ? { ...files, '/': '' } : files }),
  });
}

/** Whether somebody is elsewhere after a line: relative paths mean something else from then on. */
export function leavesFolder(line: string): boolean {
  const parsed = parseLine(line);
  if ('problem' in parsed) return false;
  return commandsOf(parsed.line).some(({ words }) => {
    const texts = words.map((word) => typedWord(word).text);
    const [name, ...args] = texts.slice(bareCall(texts).skipped);
    return name === 'cd' || (name === 'ssh' && readSsh(args).command.length === 0);
  });
}

interface Checking extends CheckContext {
  readonly programs: ProgramTable;
}

function checkLine(line: ShellLine, checking: Checking): CommandProblem | undefined {
  let known = checking;
  for (const command of commandsOf(line)) {
    const problem = checkSubstitutions(command.words, known) ?? checkCall(command, known);
    if (problem !== undefined) return problem;
    if (known.files !== undefined) known = { ...known, files: { ...known.files, ...written(command) } };
  }
  return undefined;
}

/** The files that a line writes, as far as their names can be told; what will be in them cannot. */
export function filesWritten(line: string): Files {
  const parsed = parseLine(line);
  if ('problem' in parsed) return {};
  return Object.assign({}, ...commandsOf(parsed.line).map(written));
}

function written({ redirects }: SimpleCommand): Files {
  const paths = redirects.flatMap((redirect) => {
    const name = redirect.type === 'into' ? typedWord(redirect.file).text : UNKNOWN_TEXT;
    const target = name.includes(UNKNOWN_TEXT)
      ? undefined
      : writablePath({}, name.slice(name.lastIndexOf('/') + 1));
    return target !== undefined && 'path' in target ? [name.replace(/^(?:\.\/)+/, '')] : [];
  });
  return Object.fromEntries(paths.map((path) => [path, '']));
}

/** A command of a line, with what it reads. */
interface Placed extends SimpleCommand {
  readonly hasInput?: boolean;
}

function commandsOf({ lists }: ShellLine): readonly Placed[] {
  return lists.flatMap(({ first, rest }) => [first, ...rest.map(({ step }) => step)].flatMap(commandsIn));
}

function commandsIn(step: Step): readonly Placed[] {
  switch (step.type) {
    case 'pipeline':
      return step.stages.map((stage, index) => ({ ...stage, hasInput: index > 0 || isFed(stage) }));
    case 'group':
      return commandsOf(step.body);
    case 'if': {
      const bodies = step.branches.flatMap(({ condition, body }) => [condition, body]);
      return [...bodies, ...(step.otherwise === undefined ? [] : [step.otherwise])].flatMap(commandsOf);
    }
    case 'while':
      return [...commandsOf(step.condition), ...commandsOf(step.body)];
    case 'for': {
      // The words of a `for` are looked at as if they were a command's.
      const words: SimpleCommand = {
        words: step.words,
        assignments: [],
        redirects: [],
        offset: 0,
        length: 0,
      };
      return [{ ...words, isList: true }, ...commandsOf(step.body)];
    }
  }
}

function isFed({ redirects }: SimpleCommand): boolean {
  return redirects.some(({ type }) => type === 'given' || type === 'from');
}

function checkSubstitutions(words: readonly Word[], checking: Checking): CommandProblem | undefined {
  for (const { pieces } of words) {
    for (const piece of pieces) {
      const problem = piece.type === 'output' ? checkLine(piece.line, checking) : undefined;
      if (problem !== undefined) return problem;
    }
  }
  return undefined;
}

function checkCall(
  { words, isList, hasInput = false }: Placed,
  checking: Checking,
): CommandProblem | undefined {
  if (isList === true) return undefined;
  const typed = words.map(typedWord);
  const [name, ...args] = typed.slice(bareCall(typed.map(({ text }) => text)).skipped);
  if (name === undefined || name.text.includes(UNKNOWN_TEXT)) return undefined;
  const program = checking.programs.get(name.text);
  const { text, offset, length } = name;
  if (program?.isOfMachine && !checking.onMachine) {
    const hint = `say on which: ssh NODE ${text} …, or on: NODE at the step`;
    return { code: 'unknownProgram', message: `${text} is on the cluster's machines`, hint, offset, length };
  }
  if (program !== undefined) return program.check?.(args, { ...checking, hasInput });
  const near = nearMiss(text, checking.programs.keys());
  const hint =
    text === 'helm'
      ? 'render the chart (helm template NAME CHART > rendered.yaml), and let kubectl apply that'
      : near === undefined
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
