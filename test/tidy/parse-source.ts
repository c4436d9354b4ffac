import ts from 'typescript';

/** A place in a file, as editors and terminals link it: `src/kernel/run/run.ts:12`. */
export type Place = string;

export function parseSource(file: string, text: string): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true);
}

export function placeOf(source: ts.SourceFile, node: ts.Node): Place {
  return `${source.fileName}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1}`;
}

/** All nodes of a file, parents before their children, in the order of the text. */
export function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  const children: ts.Node[] = [];
  node.forEachChild((child) => void children.push(child));
  for (const child of children) yield* nodesOf(child);
}
