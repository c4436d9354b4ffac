/** `npm run fix [-- PATH…]`: formats, mends what the linter can mend, and wraps comments. */
import { execFileSync, spawnSync } from 'node:child_process';
import { wrapComments } from './wrap-comments.mjs';

const paths = process.argv.slice(2);
const listed = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '--', ...paths],
  {
    encoding: 'utf8',
  },
);
wrapComments(listed.split('\n').filter((file) => /\.(ts|tsx|mjs)$/.test(file)));
const { status } = spawnSync('npx', ['biome', 'check', '--write', ...paths], { stdio: 'inherit' });
process.exitCode = status ?? 1;
