/** Whether an unpacked package has what it promises, and nothing that is nobody's business. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder = ''] = process.argv.slice(2);
const { bin, exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** @param {unknown} value @returns {readonly string[]} all paths in a map of exports */
const pathsIn = (value) =>
  typeof value === 'string' ? [value] : Object.values(value ?? {}).flatMap(pathsIn);

const promised = [
  ...pathsIn(bin),
  ...pathsIn(exports),
  'scenarios/liveness-failure/scenario.yaml',
  'LICENSE',
];
const missing = promised.filter((path) => !existsSync(join(folder, path)));

const expected = ['LICENSE', 'README.md', 'dist', 'package.json', 'scenarios'];
const files = readdirSync(folder, { recursive: true }).map(String);
const others = readdirSync(folder).filter((name) => !expected.includes(name) && !/^README/.test(name));
const ours = files.filter((path) => /\.test\.|(^|\/)(test|src|node_modules)\/|(?<!\.d)\.tsx?$/.test(path));

const problems = [
  ...missing.map((path) => `missing: ${path}`),
  ...[...others, ...ours].map((path) => `is not to be published: ${path}`),
];
process.stdout.write(
  `${[...problems, `${files.length} files, ${promised.length} of them promised`].join('\n')}\n`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
