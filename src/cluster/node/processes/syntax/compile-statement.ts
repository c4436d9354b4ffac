import type {
  AndOr,
  CommandNode,
  Function as FunctionDeclaration,
  Pipeline,
  Redirected,
  Redirection,
  Statement,
  PipelineNode as UnbashPipeline,
} from 'unbash';
import { parse } from 'unbash';
import { compileCase, compileFor, compileIf, compileList, compileLoop } from './compile-compound.ts';
import { compileCondition } from './compile-condition.ts';
import { compileRedirects } from './compile-redirect.ts';
import { compileSimple } from './compile-simple.ts';
import { compileArithmetic } from './compile-word.ts';
import { addMistake, addNode, type Compiling, withSource } from './compiling.ts';
import type { Word } from './program.ts';

export function compileStatements(compiling: Compiling, statements: readonly Statement[]): number {
  const items = statements.map((statement) => {
    const body = compileAndOr(compiling, statement.command);
    if (!statement.background) return body;
    return addNode(compiling, { kind: 'background', body, line: compiling.lineAt(statement.pos) });
  });
  if (items.length === 1 && items[0] !== undefined) return items[0];
  return addNode(compiling, { kind: 'list', items, line: compiling.lineAt(statements[0]?.pos ?? 0) });
}

function compileAndOr(compiling: Compiling, command: AndOr | UnbashPipeline): number {
  if (command.type !== 'AndOr') return compileCommand(compiling, command);
  const items = command.commands.map((item) => compileCommand(compiling, item));
  return addNode(compiling, {
    kind: 'andOr',
    items,
    operators: command.operators,
    line: compiling.lineAt(command.pos),
  });
}

function compileCommand(compiling: Compiling, command: CommandNode | Pipeline): number {
  const line = compiling.lineAt(command.pos);
  switch (command.type) {
    case 'Pipeline':
      return compilePipeline(compiling, command);
    case 'Command':
      return compileSimple(compiling, command);
    case 'Redirected':
      return compileRedirected(compiling, command);
    case 'BraceGroup':
      return compileList(compiling, command.body);
    case 'Subshell':
      return addNode(compiling, { kind: 'subshell', body: compileList(compiling, command.body), line });
    case 'If':
      return compileIf(compiling, command);
    case 'While':
      return compileLoop(compiling, command);
    case 'For':
      return compileFor(compiling, command);
    case 'Case':
      return compileCase(compiling, command);
    case 'Function':
      return compileFunction(compiling, command);
    case 'TestCommand':
      return compileCondition(compiling, command);
    default:
      return compileBashOnly(compiling, command);
  }
}

function compileFunction(compiling: Compiling, command: FunctionDeclaration): number {
  const line = compiling.lineAt(command.pos);
  if (command.body.type === 'CompoundList')
    return addMistake(compiling, 'unexpected word (expecting "{")', line);
  const body = compileCommand(compiling, command.body);
  return addNode(compiling, { kind: 'function', name: command.name.value, body, line });
}

function compilePipeline(compiling: Compiling, command: Pipeline): number {
  const line = compiling.lineAt(command.pos);
  // Only bash knows `time` as a word of its own; to the others it is a command like any other.
  const isTimed = compiling.dialect !== 'bash' && command.prefixes.some((prefix) => prefix.type === 'Time');
  const items = command.commands.map((item, index) => {
    const isSimple = isTimed && index === 0 && item.type === 'Command';
    const body = isSimple ? compileSimple(compiling, item, [TIME]) : compileCommand(compiling, item);
    // `a |& b` is short for `a 2>&1 | b`.
    if (command.operators[index] !== '|&') return body;
    const redirects = [{ operator: '>&' as const, fd: 2, target: ERROR_TO_OUTPUT }];
    return addNode(compiling, { kind: 'redirected', body, redirects, line });
  });
  const first = items[0];
  let node =
    items.length === 1 && first !== undefined ? first : addNode(compiling, { kind: 'pipeline', items, line });
  for (const prefix of command.prefixes) {
    if (prefix.type === 'Negation') node = addNode(compiling, { kind: 'negation', body: node, line });
  }
  return node;
}

function compileRedirected(compiling: Compiling, command: Redirected): number {
  const body = compileCommand(compiling, command.command);
  const redirects = compileRedirects(compiling, command.redirects as readonly Redirection[]);
  return addNode(compiling, { kind: 'redirected', body, redirects, line: compiling.lineAt(command.pos) });
}

type BashOnly = Extract<CommandNode, { type: 'ArithmeticFor' | 'ArithmeticCommand' | 'Select' | 'Coproc' }>;

/** `(( ))` and the C-like `for` exist in bash only; `select` and `coproc` are not simulated at all. */
function compileBashOnly(compiling: Compiling, command: BashOnly): number {
  const line = compiling.lineAt(command.pos);
  if (command.type === 'Select' || command.type === 'Coproc') {
    return addMistake(compiling, `${command.type.toLowerCase()} is not simulated`, line);
  }
  if (compiling.dialect !== 'bash') {
    if (command.type === 'ArithmeticFor') return addMistake(compiling, 'bad for loop variable', line);
    // Elsewhere two parentheses are a subshell in a subshell.
    const inner = withSource(compiling, command.body, line);
    return addNode(compiling, {
      kind: 'subshell',
      body: compileStatements(inner, parse(command.body).commands),
      line,
    });
  }
  if (command.type === 'ArithmeticCommand') {
    return addNode(compiling, {
      kind: 'arithmetic',
      word: compileArithmetic(compiling, command.expression),
      line,
    });
  }
  return addNode(compiling, {
    kind: 'arithmeticFor',
    first: compileArithmetic(compiling, command.initialize),
    test: compileArithmetic(compiling, command.test),
    next: compileArithmetic(compiling, command.update),
    body: compileList(compiling, command.body),
    line,
  });
}

const ERROR_TO_OUTPUT: Word = { parts: [{ kind: 'text', text: '1', quoted: false }], source: '1' };

const TIME: Word = { parts: [{ kind: 'text', text: 'time', quoted: false }], source: 'time' };
