import ts from 'typescript';
import { nodesOf, parseSource } from './parse-source.ts';

/** What a file or function may measure at most, unless `exceptions.ts` says otherwise. */
export const budgets = { fileLines: 300, functionLines: 60, parameters: 4, columns: 110 } as const;

export type Measure = keyof typeof budgets;

/**
 * What was measured of one thing: a file (`src/cli/main.ts`) or a function in it (`src/cli/main.ts#main`).
 */
export interface Measurement {
  readonly of: string;
  readonly measure: Measure;
  readonly value: number;
  readonly line: number;
}

export function measureFile(file: string, text: string): Measurement[] {
  const source = parseSource(file, text);
  const lines = text.endsWith('\n') ? text.slice(0, -1).split('\n') : text.split('\n');
  return [
    { of: file, measure: 'fileLines', value: lines.length, line: 1 },
    longestLine(file, lines, source),
    ...[...nodesOf(source)].flatMap((node) => (hasBody(node) ? measureFunction(file, source, node) : [])),
  ];
}

type FunctionNode = ts.FunctionLikeDeclaration & { readonly body: ts.Node };

const hasBody = (node: ts.Node): node is FunctionNode =>
  ts.isFunctionLike(node) && 'body' in node && node.body !== undefined;

function measureFunction(file: string, source: ts.SourceFile, node: FunctionNode): Measurement[] {
  const lineOf = (position: number): number => source.getLineAndCharacterOfPosition(position).line;
  const first = lineOf(node.getStart(source));
  const at = { of: `${file}#${nameOf(node)}`, line: first + 1 };
  const parameters: Measurement = { ...at, measure: 'parameters', value: node.parameters.length };
  const length: Measurement = { ...at, measure: 'functionLines', value: lineOf(node.getEnd()) - first + 1 };
  const calledBy = ts.isCallExpression(node.parent) ? node.parent.expression.getText() : '';
  // The callback of `describe` is a heading, and that of `test.each` has the columns of its table.
  return [
    ...(/^describe\b/.test(calledBy) ? [] : [length]),
    ...(/\.each\b/.test(calledBy) ? [] : [parameters]),
  ];
}

/** A function's own name, or that of what it is assigned or handed to. */
function nameOf(node: FunctionNode): string {
  if (ts.isConstructorDeclaration(node)) return 'constructor';
  if (node.name) return node.name.getText();
  const { parent } = node;
  if ((ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)) && parent.name)
    return parent.name.getText();
  if (ts.isCallExpression(parent)) return `${parent.expression.getText().slice(0, 40)}()`;
  return 'anonymous';
}

/**
 * Of the lines that a person could break. The formatter breaks code; what it cannot break is a text or a
 * pattern, and Kubernetes' own messages are longer than our lines.
 */
function longestLine(file: string, lines: readonly string[], source: ts.SourceFile): Measurement {
  const unbreakable = linesWithLongText(source);
  let longest = { of: file, measure: 'columns' as const, value: 0, line: 1 };
  lines.forEach((text, index) => {
    const columns = [...text].length;
    if (columns > longest.value && !unbreakable.has(index))
      longest = { ...longest, value: columns, line: index + 1 };
  });
  return longest;
}

/** Lines, counted from 0, on which a text or pattern crosses the last column. */
function linesWithLongText(source: ts.SourceFile): ReadonlySet<number> {
  const crossing = new Set<number>();
  for (const node of nodesOf(source)) {
    const isText =
      ts.isStringLiteralLike(node) ||
      ts.isTemplateExpression(node) ||
      ts.isRegularExpressionLiteral(node) ||
      ts.isJsxText(node);
    if (!isText) continue;
    const from = source.getLineAndCharacterOfPosition(node.getStart(source));
    const to = source.getLineAndCharacterOfPosition(node.getEnd());
    for (let line = from.line; line <= to.line; line++)
      if (line < to.line || to.character > budgets.columns) crossing.add(line);
  }
  return crossing;
}
