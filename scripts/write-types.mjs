/**
 * Writes the types of what programs import into `dist/types`: what the compiler says of the sources, as far
 * as they are named there. What the schema of scenarios means is written out, so that nobody needs its
 * library.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { API, root } from './bundle-cli.mjs';

const DECLARED = join(root, '.cache/types');
const WRITTEN = join(root, 'dist/types');
const SCHEMA = 'scenario/language/schema/';
/** Shapes that are shorter than this are written where they stand. */
const SHORTEST = 60;

const compiler = join(root, 'node_modules/typescript/bin/tsc');
execFileSync(process.execPath, [compiler, '-b', join(root, 'src/tsconfig.edge.json')], { stdio: 'inherit' });
await rm(WRITTEN, { recursive: true, force: true });
const schemas = await copyNamed(Object.keys(API).map((path) => `${path}.d.ts`));
for (const [path, text] of writtenOut(schemas)) await write(path, text);

/**
 * Copies declarations and all that they name.
 *
 * @param {readonly string[]} entries paths in the folder of the declarations
 * @returns {Promise<readonly string[]>} those of the schema, which are not copied
 */
async function copyNamed(entries) {
  const wanted = new Set(entries);
  for (const path of wanted) {
    if (path.startsWith(SCHEMA)) continue;
    const text = await readFile(join(DECLARED, path), 'utf8');
    // What stands beside a declaration is called as the program that it is of.
    await write(path, text.replaceAll(/(['"])(\.\.?\/[^'"]+)\.tsx?\1/g, '$1$2.js$1'));
    for (const [, named = ''] of text.matchAll(/['"](\.\.?\/[^'"]+)\.tsx?['"]/g))
      wanted.add(join(dirname(path), `${named}.d.ts`));
  }
  return [...wanted].filter((path) => path.startsWith(SCHEMA));
}

/**
 * The exported types of files of the schema, each as the compiler reads it.
 *
 * @param {readonly string[]} paths
 * @returns {readonly (readonly [path: string, text: string])[]}
 */
function writtenOut(paths) {
  const { config } = ts.readConfigFile(join(root, 'src/tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, join(root, 'src'));
  const roots = paths.map(sourceOf);
  const program = ts.createProgram(roots, { ...options, composite: false, noEmit: true });
  const wanted = new Set(paths);
  /** @type {(readonly [path: string, text: string])[]} */
  const written = [];
  for (const path of wanted) {
    const text = typesOf(program, sourceOf(path));
    // What tells of itself has its name even when it is written out, so its file is written as well.
    const named = text.replaceAll(/import\("(\.\/[^"]+)\.ts"\)/g, (_, name) => {
      wanted.add(join(dirname(path), `${name}.d.ts`));
      return `import("${name}.js")`;
    });
    written.push([path, shared(named)]);
  }
  return written;
}

/** @param {string} path of a declaration */
function sourceOf(path) {
  return join(root, 'src', path.replace(/\.d\.ts$/, '.ts'));
}

/**
 * The exported types of a file, with all that they are made of.
 *
 * @param {ts.Program} program @param {string} file
 */
function typesOf(program, file) {
  const checker = program.getTypeChecker();
  const flags = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.InTypeAlias;
  const lines = (program.getSourceFile(file)?.statements ?? []).flatMap((statement) => {
    if (ts.isTypeAliasDeclaration(statement)) {
      const type = checker.getTypeAtLocation(statement.name);
      return `export type ${statement.name.text} = ${checker.typeToString(type, statement, flags)};\n`;
    }
    if (!ts.isInterfaceDeclaration(statement)) return [];
    const properties = checker.getTypeAtLocation(statement.name).getProperties();
    const members = properties.map((property) => {
      const type = checker.typeToString(checker.getTypeOfSymbol(property), statement, flags);
      return `${property.name}${property.flags & ts.SymbolFlags.Optional ? '?' : ''}: ${type}; `;
    });
    return `export type ${statement.name.text} = { ${members.join('')}};\n`;
  });
  return lines.join('');
}

/**
 * Types in which the same shapes stand many times, with each of these written once, under a name of its own.
 * What is inside of a shape comes before it, so that it is found in there by that name.
 *
 * @param {string} text
 */
function shared(text) {
  /** @type {Map<string, string>} shapes by what they are */
  const names = new Map();
  /** @type {string[][]} what stands before each brace that is open */
  const open = [[]];
  for (const piece of text.split(/([{}])/)) {
    if (piece === '{') open.push([]);
    else if (piece !== '}') open.at(-1)?.push(piece);
    else {
      const shape = `{${(open.pop() ?? []).join('')}}`;
      const name = names.get(shape) ?? `Shape${names.size + 1}`;
      if (shape.length >= SHORTEST) names.set(shape, name);
      open.at(-1)?.push(shape.length >= SHORTEST ? name : shape);
    }
  }
  const whole = (open[0] ?? []).join('');
  const shapes = [...names].map(([shape, name]) => `type ${name} = ${shape};\n`);
  return inlined(shapes, whole);
}

/**
 * What is named once is written where it is named.
 *
 * @param {readonly string[]} shapes @param {string} whole
 */
function inlined(shapes, whole) {
  const uses = new Map();
  for (const [name] of [...shapes.map((line) => line.replace(/^type \w+ = /, '')), whole]
    .join('')
    .matchAll(/\bShape\d+\b/g))
    uses.set(name, (uses.get(name) ?? 0) + 1);
  const bodies = new Map(
    shapes.map(
      (line) =>
        /** @type {[string, string]} */ ([
          line.slice(5, line.indexOf(' =')),
          line.slice(line.indexOf('= ') + 2, -2),
        ]),
    ),
  );
  /** @param {string} text @returns {string} */
  const filled = (text) =>
    text.replace(/\bShape\d+\b/g, (name) => (uses.get(name) === 1 ? filled(bodies.get(name) ?? '') : name));
  const kept = [...bodies].filter(([name]) => uses.get(name) !== 1);
  return `${kept.map(([name, body]) => `type ${name} = ${filled(body)};\n`).join('')}${filled(whole)}`;
}

/** @param {string} path @param {string} text */
async function write(path, text) {
  await mkdir(dirname(join(WRITTEN, path)), { recursive: true });
  await writeFile(join(WRITTEN, path), text);
}
