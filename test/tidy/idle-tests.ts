import ts from 'typescript';
import { nodesOf, parseSource, placeOf } from './parse-source.ts';

const runners = new Set(['test', 'it', 'describe', 'suite']);

/** Tests that keep others from running, do not run themselves, or cannot fail. */
export function findIdleTests(file: string, text: string): string[] {
  const source = parseSource(file, text);
  return [...nodesOf(source)].flatMap((node) => {
    const complaint = complaintOf(node);
    return complaint ? `${placeOf(source, node)}: ${complaint}` : [];
  });
}

function complaintOf(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node) && runners.has(rootNameOf(node.expression))) {
    if (node.name.text === 'only') return 'with .only no other test runs';
    if (node.name.text === 'skip' || node.name.text === 'todo')
      return `.${node.name.text} hides a test: mend or remove it, or say when it cannot run with skipIf`;
  }
  if (!ts.isCallExpression(node)) return undefined;
  const [first] = node.arguments;
  const called = node.expression;
  if (ts.isIdentifier(called) && called.text === 'expect' && first && isLiteral(first))
    return 'a literal is expected, so the test cannot fail';
  if (
    ts.isPropertyAccessExpression(called) &&
    called.name.text === 'skip' &&
    !(first && ts.isStringLiteralLike(first))
  )
    return 'skip() without a reason';
  return undefined;
}

/** `test` of `test.concurrent.each`. */
function rootNameOf(node: ts.Expression): string {
  if (ts.isPropertyAccessExpression(node)) return rootNameOf(node.expression);
  return ts.isIdentifier(node) ? node.text : '';
}

const isLiteral = (node: ts.Expression): boolean =>
  ts.isLiteralExpression(node) ||
  node.kind === ts.SyntaxKind.TrueKeyword ||
  node.kind === ts.SyntaxKind.FalseKeyword ||
  node.kind === ts.SyntaxKind.NullKeyword;
