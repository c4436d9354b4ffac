import {
  type Assignment,
  type Command,
  type CompoundList,
  type DoubleQuotedChild,
  type AndOr as ParsedAndOr,
  type Pipeline as ParsedPipeline,
  type Word as ParsedWord,
  type PipelineNode,
  parse,
  type Script,
  type WordPart,
} from 'unbash';
import { expandBraces } from '../../tools/expand-braces.ts';
import type { CommandProblem, Span } from './command-problem.ts';
import { readRedirect } from './read-redirect.ts';
import type {
  AndOrList,
  Compound,
  Piece,
  Pipeline,
  ShellLine,
  SimpleCommand,
  Step,
  Word,
} from './shell-line.ts';
import { refuse, ShellRefusal, spanOf } from './shell-refusal.ts';

export type ParsedLine = { readonly line: ShellLine } | { readonly problem: CommandProblem };

/**
 * Reads a line as bash does. What a shell can do beyond calling programs, in loops and by choice (functions,
 * arithmetic), is named, not ignored.
 */
export function parseLine(text: string): ParsedLine {
  let parsed = parsedLines.get(text);
  if (!parsed) {
    parsed = readLine(text);
    if (parsedLines.size >= KEPT_LINES) parsedLines.clear();
    parsedLines.set(text, parsed);
  }
  return parsed;
}

// A line that waits is looked at with everything that it waits for.
const parsedLines = new Map<string, ParsedLine>();
const KEPT_LINES = 200;

function readLine(text: string): ParsedLine {
  const script = parse(text);
  const [error] = script.errors ?? [];
  if (error !== undefined) {
    const problem = { code: 'shellSyntax', message: `the shell cannot read this: ${error.message}` } as const;
    const offset = Math.min(error.pos, text.length);
    return { problem: { ...problem, offset, length: Math.min(1, text.length - offset) } };
  }
  try {
    return { line: readScript(script, text) };
  } catch (thrown) {
    if (thrown instanceof ShellRefusal) return { problem: thrown.problem };
    throw thrown;
  }
}

/** What is left to itself must stand in the line as it is, and in nothing: then it is a line, too. */
function readScript({ commands }: Pick<Script, 'commands'> | CompoundList, text?: string): ShellLine {
  const lists = commands.map(({ command, background, pos, end }) => {
    const list = readList(command);
    if (!background) return list;
    if (text === undefined)
      return refuse(spanOf({ pos, end }), 'a command in the background (&) in a loop or a substitution');
    return { ...list, job: text.slice(pos, end).replace(/\s*&$/, '') };
  });
  return { lists };
}

function readList(node: PipelineNode | ParsedAndOr): AndOrList {
  if (node.type !== 'AndOr') return { first: readStep(node), rest: [] };
  const [first, ...others] = node.commands;
  if (first === undefined) return refuse(spanOf(node), 'an empty list');
  const rest = others.map((command, index) => ({
    operator: node.operators[index] ?? '&&',
    step: readStep(command),
  }));
  return { first: readStep(first), rest };
}

function readStep(node: PipelineNode): Step {
  return readCompound(node) ?? readPipeline(node);
}

/** Loops and choices, as a whole: what leads into them or out of them by a pipe is not simulated. */
function readCompound(node: PipelineNode): Compound | undefined {
  switch (node.type) {
    case 'BraceGroup':
      return { type: 'group', body: readScript(node.body) };
    case 'If': {
      const branches = [node, ...node.elif].map(({ clause, then }) => ({
        condition: readScript(clause),
        body: readScript(then),
      }));
      const otherwise = node.else && readScript(node.else);
      return { type: 'if', branches, ...(otherwise === undefined ? {} : { otherwise }) };
    }
    case 'For': {
      if (node.wordlist === undefined) return refuse(spanOf(node), 'a `for` without words');
      const words = node.wordlist.flatMap(readEach);
      return { type: 'for', name: node.name.value, words, body: readScript(node.body) };
    }
    case 'While': {
      const condition = readScript(node.clause);
      return { type: 'while', isUntil: node.kind === 'until', condition, body: readScript(node.body) };
    }
    default:
      return undefined;
  }
}

function readPipeline(node: PipelineNode): Pipeline {
  if (node.type !== 'Pipeline') return { type: 'pipeline', isNegated: false, stages: [readCommand(node)] };
  const timed = node.prefixes.find((prefix) => prefix.type === 'Time');
  if (timed !== undefined) refuse(spanOf(timed), '`time`');
  return { type: 'pipeline', isNegated: node.prefixes.length % 2 === 1, stages: readStages(node) };
}

function readStages({ commands, operators }: ParsedPipeline): readonly SimpleCommand[] {
  return commands.map((command, index) => {
    const stage = readCommand(command);
    if (operators[index] !== '|&') return stage;
    return { ...stage, redirects: [...stage.redirects, { type: 'join', from: 'stderr', to: 'stdout' }] };
  });
}

function readCommand(node: PipelineNode): SimpleCommand {
  if (node.type !== 'Command') {
    return refuse(
      spanOf(node),
      `a shell's \`${node.type.toLowerCase()}\``,
      'write one command after another',
    );
  }
  const assignments = node.prefix
    .filter((part): part is Assignment => part.type === 'Assignment')
    .map((part) => {
      if (part.value.type !== 'Word' || part.append) return refuse(spanOf(part), 'an array');
      return { name: part.name, value: readWord(part.value) };
    });
  return {
    ...spanOf(node),
    assignments,
    words: readWords(node),
    redirects: node.redirects.map((redirect) => readRedirect(redirect, readWord)),
  };
}

function readWords({ name, args }: Command): readonly Word[] {
  const words = name === undefined ? [] : [...readEach(name)];
  for (const argument of args) {
    if (argument.type === 'Word') words.push(...readEach(argument));
    else words.push(readText(argument.text, spanOf(argument)));
  }
  return words;
}

/** What looks like an assignment behind a program is its argument: `--labels app=x` and `env A=b`. */
function readText(text: string, span: Span): Word {
  const [statement] = parse(`: ${text}`).commands;
  const command = statement?.command;
  const word = command?.type === 'Command' ? command.args[0] : undefined;
  const pieces: readonly Piece[] = word?.type === 'Word' ? readWord(word).pieces : [{ type: 'text', text }];
  return { ...span, pieces };
}

/** A word, or the words that a list in its braces stands for: `etcd.yaml{,.bak}` (bash: Brace Expansion). */
function readEach(word: ParsedWord): readonly Word[] {
  const { parts } = word;
  if (!parts?.some(({ type }) => type === 'BraceExpansion')) return [readWord(word)];
  let all: readonly (readonly Piece[])[] = [[]];
  for (const part of parts) {
    const ways =
      part.type === 'BraceExpansion'
        ? expandBraces(part.text).map((text) => readText(text, spanOf(part)).pieces)
        : [readPart(part)];
    all = all.flatMap((before) => ways.map((pieces) => [...before, ...pieces]));
  }
  return all.map((pieces) => ({ ...spanOf(word), pieces }));
}

function readWord(word: ParsedWord): Word {
  const pieces = word.parts?.flatMap(readPart) ?? [{ type: 'text' as const, text: word.value }];
  return { ...spanOf(word), pieces };
}

function readPart(part: WordPart): readonly Piece[] {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return [{ type: 'text', text: part.value }];
    case 'DoubleQuoted':
    case 'LocaleString':
      return part.parts.length === 0
        ? [{ type: 'text', text: '' }]
        : part.parts.map((child) => readExpansion(child, true));
    case 'Glob':
      return [{ type: 'pattern', text: part.value }];
    case 'SimpleExpansion':
    case 'ParameterExpansion':
    case 'CommandExpansion':
    case 'ArithmeticExpansion':
      return [readExpansion(part, false)];
    case 'BraceExpansion':
      return refuse(spanOf(part), 'a list in braces', 'write the words out, or put the braces in quotes');
    default:
      return refuse(spanOf(part), `the shell's ${part.type}`);
  }
}

function readExpansion(part: DoubleQuotedChild, isQuoted: boolean): Piece {
  switch (part.type) {
    case 'Literal':
      return { type: 'text', text: part.value };
    case 'SimpleExpansion':
      return { type: 'variable', name: part.text.slice(1), isQuoted };
    case 'ParameterExpansion': {
      const { operation } = part;
      const isPlain = part.prefix === undefined && part.index === undefined;
      if (isPlain && operation?.type === 'Default' && /^:?-$/.test(operation.operator)) {
        const otherwise = readWord(operation.operand).pieces;
        return { type: 'variable', name: part.parameter, isQuoted, otherwise };
      }
      if (!isPlain || operation !== undefined)
        refuse(spanOf(part), 'a variable that is changed as it is read', `write \${${part.parameter}}`);
      return { type: 'variable', name: part.parameter, isQuoted };
    }
    case 'CommandExpansion': {
      const [error] = part.script?.errors ?? [];
      if (part.script === undefined || error !== undefined) return refuse(spanOf(part), 'this substitution');
      return { type: 'output', line: readScript(part.script), isQuoted };
    }
    case 'ArithmeticExpansion':
      return refuse(spanOf(part), 'arithmetic');
  }
}
