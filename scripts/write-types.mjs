/**
 * Writes the types of what programs import into `dist/types`: what the compiler says of the sources, as far
 * as they are named there. What the schema of scenarios means is written out, so that nobody needs its
 * library.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
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
  const files = paths.map((path) => join(root, 'src', path.replace(/\.d\.ts$/, '.ts')));
  const { config } = ts.readConfigFile(join(root, 'src/tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, join(root, 'src'));
  const program = ts.createProgram(files, { ...options, composite: false, noEmit: true });
  const checker = program.getTypeChecker();
  const flags = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.InTypeAlias;
  return files.map((file, index) => {
    const source = program.getSourceFile(file);
    const aliases = source?.statements.filter(ts.isTypeAliasDeclaration) ?? [];
    const lines = aliases.map((alias) => {
      const type = checker.typeToString(checker.getTypeAtLocation(alias.name), alias, flags);
      return `export type ${alias.name.text} = ${type};\n`;
    });
    return [paths[index] ?? relative(root, file), shared(lines.join(''))];
  });
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
