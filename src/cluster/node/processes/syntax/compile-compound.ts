import type { Case, CompoundList, For, If, While } from 'unbash';
import { compileWord, compileWords } from './compile-word.ts';
import { addMistake, addNode, type Compiling } from './compiling.ts';

export function compileIf(compiling: Compiling, command: If): number {
  const branches = [command, ...command.elif];
  return addNode(compiling, {
    kind: 'if',
    tests: branches.map((branch) => compileList(compiling, branch.clause)),
    bodies: branches.map((branch) => compileList(compiling, branch.then)),
    ...(command.else && { otherwise: compileList(compiling, command.else) }),
    line: compiling.lineAt(command.pos),
  });
}

export function compileLoop(compiling: Compiling, command: While): number {
  return addNode(compiling, {
    kind: 'loop',
    until: command.kind === 'until',
    test: compileList(compiling, command.clause),
    body: compileList(compiling, command.body),
    line: compiling.lineAt(command.pos),
  });
}

export function compileFor(compiling: Compiling, command: For): number {
  const line = compiling.lineAt(command.pos);
  if (!/^[A-Za-z_]\w*$/.test(command.name.text)) return addMistake(compiling, 'bad for loop variable', line);
  return addNode(compiling, {
    kind: 'for',
    name: command.name.text,
    ...(command.wordlist && { words: command.wordlist.flatMap((word) => compileWords(compiling, word)) }),
    body: compileList(compiling, command.body),
    line,
  });
}

export function compileCase(compiling: Compiling, command: Case): number {
  return addNode(compiling, {
    kind: 'case',
    word: compileWord(compiling, command.word),
    arms: command.items.map((item) => ({
      patterns: item.pattern.map((pattern) => compileWord(compiling, pattern)),
      body: compileList(compiling, item.body),
      fallsThrough: item.terminator === ';&',
    })),
    line: compiling.lineAt(command.pos),
  });
}

export const compileList = (compiling: Compiling, list: CompoundList): number =>
  compiling.compileStatements(compiling, list.commands);
