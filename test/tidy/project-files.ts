import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Written by a program from Kubernetes' own documents, so no budget of ours applies. */
const generatedFiles: readonly string[] = [
  'src/cluster/objects/kubernetes.ts',
  'src/cluster/objects/protobuf/field-numbers.ts',
  'src/cluster/objects/schema-table.ts',
  'src/cluster/objects/go-layout/go-layout-table.ts',
];

/** All files of the project, tracked or about to be, as sorted paths from its root. */
export const projectFiles: readonly string[] = execFileSync(
  'git',
  ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
  { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
)
  .split('\0')
  .filter((file) => file !== '' && existsSync(join(root, file)))
  .sort();

/** The TypeScript and JavaScript that people write here. */
export const sourceFiles = projectFiles.filter(
  (file) => /\.(ts|tsx|mjs)$/.test(file) && !generatedFiles.includes(file),
);

const isText = (file: string): boolean => !/\.(gz|png|gif|ico|woff2)$/.test(file);

/** Texts of other people (recordings, manifests) or of the simulation (snapshots), which keep their words. */
const isQuoted = (file: string): boolean => /^(scenarios|snapshots)\/|\/fixtures\//.test(file);

export const texts = projectFiles.filter(isText);
export const ourTexts = texts.filter((file) => !isQuoted(file) && !generatedFiles.includes(file));

export const read = (file: string): string => readFileSync(join(root, file), 'utf8');
export const sizeOf = (file: string): number => statSync(join(root, file)).size;

/** Every line of these files that matches, with its place. */
export function linesMatching(files: readonly string[], pattern: RegExp): string[] {
  return files.flatMap((file) => {
    const lines = read(file).split('\n');
    return lines.flatMap((line, index) => (pattern.test(line) ? `${file}:${index + 1}: ${line.trim()}` : []));
  });
}
