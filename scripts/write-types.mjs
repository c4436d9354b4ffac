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
    return [paths[index] ?? relative(root, file), lines.join('')];
  });
}

/** @param {string} path @param {string} text */
async function write(path, text) {
  await mkdir(dirname(join(WRITTEN, path)), { recursive: true });
  await writeFile(join(WRITTEN, path), text);
}
