import { builtinModules } from 'node:module';
import ts from 'typescript';
import { nodesOf, parseSource, placeOf } from './parse-source.ts';

const CLOCK = 'virtual milliseconds (src/kernel/time), handed in as `now`';
const WAITING = 'due work: say when to look again (a wake), the loop does the waiting';
const TEXT_ORDER = 'code-unit order: `a < b ? -1 : a > b ? 1 : 0`';
const OUTSIDE = 'a value handed in by src/cli, src/tui or src/server';
const MEMORY = 'plain data; when something is collected is not deterministic';
const ROUNDING = 'whole-number arithmetic or a table; the last bit differs between engines';

/** Names that a pure file may not use unless it declares them itself, and what to use instead. */
const names: Readonly<Record<string, string>> = {
  Date: CLOCK,
  performance: CLOCK,
  Temporal: CLOCK,
  Intl: 'formatting by hand; there is no locale',
  setTimeout: WAITING,
  setInterval: WAITING,
  setImmediate: WAITING,
  queueMicrotask: WAITING,
  requestAnimationFrame: WAITING,
  process: OUTSIDE,
  console: 'a returned value or an event',
  fetch: OUTSIDE,
  Buffer: 'Uint8Array or string',
  crypto: 'keyed draws (src/kernel/chance)',
  TextEncoder: 'strings',
  TextDecoder: 'strings',
  structuredClone: 'immutable data, which needs no copies',
  globalThis: OUTSIDE,
  WeakRef: MEMORY,
  FinalizationRegistry: MEMORY,
  Atomics: 'one thread',
  SharedArrayBuffer: 'one thread',
  eval: 'data',
  Function: 'data',
  require: 'an import',
};

/** Members that may not be used, whatever object they are of. */
const members: Readonly<Record<string, string>> = {
  localeCompare: TEXT_ORDER,
  toLocaleString: 'formatting by hand; there is no locale',
  toLocaleLowerCase: 'toLowerCase',
  toLocaleUpperCase: 'toUpperCase',
  toLocaleDateString: 'src/kernel/time',
  toLocaleTimeString: 'src/kernel/time',
};

const inexactMath =
  'sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh exp expm1 log log1p log2 log10 cbrt pow';
const mathFunctions: Readonly<Record<string, string>> = {
  random: 'keyed draws (src/kernel/chance)',
  ...Object.fromEntries(inexactMath.split(' ').map((name) => [name, ROUNDING])),
};

/** Every use of the host in a file of the pure part, with what to use instead. */
export function findHostUses(file: string, text: string): string[] {
  const source = parseSource(file, text);
  const declared = declaredNames(source);
  return [...nodesOf(source)].flatMap((node) => {
    const found = hostUse(node, declared);
    return found ? `${placeOf(source, node)} uses ${found[0]}: use ${found[1]}` : [];
  });
}

function hostUse(node: ts.Node, declared: ReadonlySet<string>): readonly [string, string] | undefined {
  if (ts.isIdentifier(node)) return nameUse(node, declared);
  if (ts.isPropertyAccessExpression(node)) return memberUse(node.expression, node.name.text);
  if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression))
    return memberUse(node.expression, node.argumentExpression.text);
  if (ts.isMetaProperty(node)) return ['import.meta', OUTSIDE];
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return ['import(…)', 'a static import'];
  if (ts.isStringLiteral(node) && isModuleName(node) && isNodeModule(node.text)) return [node.text, OUTSIDE];
  return undefined;
}

function nameUse(node: ts.Identifier, declared: ReadonlySet<string>): readonly [string, string] | undefined {
  const instead = own(names, node.text);
  if (instead === undefined || declared.has(node.text) || isMemberName(node)) return undefined;
  return [node.text, instead];
}

function memberUse(object: ts.Expression, member: string): readonly [string, string] | undefined {
  const ofMath = ts.isIdentifier(object) && object.text === 'Math' ? own(mathFunctions, member) : undefined;
  if (ofMath !== undefined) return [`Math.${member}`, ofMath];
  const instead = own(members, member);
  return instead === undefined ? undefined : [member, instead];
}

const own = (table: Readonly<Record<string, string>>, key: string): string | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

/** Is the identifier the name of a property or of a declaration, and not a use of a variable or a type? */
function isMemberName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isQualifiedName(parent)) return parent.right === node;
  if (ts.isShorthandPropertyAssignment(parent)) return false;
  if (ts.isBindingElement(parent) || ts.isImportSpecifier(parent)) return parent.propertyName === node;
  return 'name' in parent && parent.name === node;
}

/** What the file itself gives a name to: a machine has processes, so `process` may be one of them. */
function declaredNames(source: ts.SourceFile): ReadonlySet<string> {
  const declared = [...nodesOf(source)].flatMap((node) =>
    (ts.isVariableDeclaration(node) ||
      ts.isParameter(node) ||
      ts.isBindingElement(node) ||
      ts.isImportSpecifier(node) ||
      ts.isImportClause(node) ||
      ts.isNamespaceImport(node) ||
      ts.isFunctionDeclaration(node) ||
      ts.isInterfaceDeclaration(node) ||
      ts.isTypeAliasDeclaration(node)) &&
    node.name &&
    ts.isIdentifier(node.name) &&
    !isAmbient(node)
      ? node.name.text
      : [],
  );
  return new Set(declared);
}

/** `declare const process: …` would only tell the compiler of the host's own. */
const isAmbient = (node: ts.Node): boolean =>
  ts.isVariableDeclaration(node) &&
  ts.isVariableStatement(node.parent.parent) &&
  (node.parent.parent.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.DeclareKeyword) ?? false);

const isModuleName = (node: ts.StringLiteral): boolean =>
  (ts.isImportDeclaration(node.parent) || ts.isExportDeclaration(node.parent)) &&
  node.parent.moduleSpecifier === node;

const isNodeModule = (name: string): boolean => name.startsWith('node:') || builtinModules.includes(name);
