/**
 * Tries public sets of manifests, and prints `docs/real-manifests.md`:
 * `node scripts/run.mjs scripts/real-manifests.ts CHECKOUT…`. A checkout is a folder with the files of one of
 * the repositories in `real-manifests/sets.ts`, called as that (Sock Shop's: `sock-shop`; those of
 * `more-sets.ts` and `latest-sets.ts`: `owner+name`); what is not given is left out.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { LATEST_SETS } from './real-manifests/latest-sets.ts';
import { MORE_SETS } from './real-manifests/more-sets.ts';
import { checkoutOf, type ManifestSet, SETS } from './real-manifests/sets.ts';
import { type Outcome, tryLines } from './real-manifests/try-lines.ts';

const HEAD = `# Public manifests that were tried

Each set below is what somebody published, without an edit, in a new cluster of four machines: the lines are typed where
the files lie, and five minutes later it is looked at what there is. None of these files are kept here. The page is
printed by a script, which anybody can run on checkouts of the repositories; it comes to the same each time:

\`\`\`sh
node scripts/run.mjs scripts/real-manifests.ts ../examples ../argo-cd … > docs/real-manifests.md
\`\`\`

Under *pods* are those that are ready or have ended well. *Guessed* says of how many images nothing, or not all, is known:
what they are started with runs, and answers on the ports that their pods declare; a notice names each. What is refused is
refused as the API server of that version does it, in the words of kubectl. A chart can be tried once it is rendered;
those of which only the templates are published are not here. Notices that many objects share are told in one line: kinds
that no controller here acts on are kept and checked, and webhooks that no scenario answers for allow all.
`;

/** What is told of many objects in the same words, in one line. */
const FOLDS: readonly (readonly [text: RegExp, one: string, many: string])[] = [
  [
    /^\w+ objects are kept and checked/,
    'a kind that no controller here acts on',
    'kinds that no controller here acts on',
  ],
  [/^the scenario does not say what the webhook/, 'a webhook that allows all', 'webhooks that allow all'],
  [
    /^the class's parameters/,
    'a class whose parameters make no difference',
    'classes whose parameters make no difference',
  ],
];

const checkouts = new Map(process.argv.slice(2).map((path) => [basename(resolve(path)), resolve(path)]));
const lines = [HEAD];
let repository = '';
for (const set of [...SETS, ...MORE_SETS, ...LATEST_SETS]) {
  const root = checkouts.get(checkoutOf(set));
  const folder = root === undefined ? undefined : join(root, set.folder);
  if (folder === undefined || !existsSync(folder)) continue;
  if (set.repository !== repository) {
    lines.push(
      `\n## ${set.repository}\n\n| folder | typed | objects | pods | guessed | what else |\n|---|---|---|---|---|---|`,
    );
  }
  repository = set.repository;
  try {
    const row = set.isEach
      ? rowOfEach(set, folder)
      : rowOf(set, tryLines(filesBelow(folder), set.lines, set.version));
    lines.push(row);
    process.stderr.write(`${row}\n`);
  } catch (thrown) {
    // A checkout of another day may lack a file that the lines name.
    process.stderr.write(`${set.repository}/${set.folder}: ${thrown}\n`);
    process.exitCode = 1;
  }
}
process.stdout.write(`${lines.join('\n')}\n`);

function rowOf(
  { folder, lines: typed, version }: ManifestSet,
  { created, pods, up, down, notices, refusals }: Outcome,
): string {
  const guessed = notices.filter(({ message }) => /nothing is known of|of this image only/.test(message));
  const others = folded(notices.filter((each) => !guessed.includes(each)).map(({ message }) => message));
  const notes = [
    ...(version === undefined ? [] : [`in a cluster of ${version}`]),
    ...counted(refusals.map((text) => `refused: ${text}`)),
    ...counted(down.map(whyNotUp)),
    ...others,
  ];
  const commands = typed.map((line) => `\`${line}\``).join('<br>');
  const images = guessed.length === 0 ? '' : guessed.length;
  return `| ${folder || '.'} | ${commands} | ${created} | ${up}/${pods} | ${images} | ${cell(notes)} |`;
}

/** Of many files: which of them are refused. */
function rowOfEach({ folder, lines: [line = ''] }: ManifestSet, path: string): string {
  const files = Object.entries(filesBelow(path)).filter(
    ([name, text]) => /\.(?:ya?ml|json)$/.test(name) && /^\s*"?kind"?:/m.test(text),
  );
  const outcomes = files.map(([name, text]) => {
    const file = basename(name);
    return tryLines({ [file]: text }, [`${line} ${file}`]);
  });
  const refused = outcomes.filter(({ created, refusals }) => created === 0 || refusals.length > 0);
  const pods = outcomes.reduce((sum, each) => sum + each.pods, 0);
  const up = outcomes.reduce((sum, each) => sum + each.up, 0);
  const created = outcomes.reduce((sum, each) => sum + each.created, 0);
  const reasons = counted(refused.flatMap(({ refusals }) => refusals.map((text) => `refused: ${text}`)));
  const notes = [
    `${files.length} files, each alone; ${refused.length} refused in whole or in part`,
    ...reasons,
    ...counted(outcomes.flatMap((each) => each.down.map(whyNotUp))),
  ];
  return `| ${folder} | each file: \`${line} FILE\` | ${created} | ${up}/${pods} | | ${cell(notes)} |`;
}

/** With the number of those that are told the same. */
function folded(messages: readonly string[]): readonly string[] {
  const lines = FOLDS.flatMap(([text, one, many]) => {
    const count = messages.filter((message) => text.test(message)).length;
    return count === 0 ? [] : [count === 1 ? one : `${count} ${many}`];
  });
  return [...messages.filter((message) => !FOLDS.some(([text]) => text.test(message))), ...lines];
}

/** Without names: many lack something of the same kind. */
function whyNotUp(text: string): string {
  return text.replace(/^.*?: /, 'not up: ').replace(/ "[^"]*"/g, '');
}

/** The same text several times is one with its number. */
function counted(texts: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].map(([text, count]) => (count === 1 ? text : `${text} (${count})`));
}

function cell(notes: readonly string[]): string {
  return notes.map((note) => note.replace(/\|/g, '\\|').replace(/</g, '&lt;')).join('<br>');
}

/** Texts below a folder, by path; what a link leads to is as if it were there. */
function filesBelow(folder: string, below = ''): Record<string, string> {
  const files: Record<string, string> = {};
  for (const name of readdirSync(join(folder, below)).sort()) {
    const path = below === '' ? name : `${below}/${name}`;
    const whole = join(folder, path);
    if (!existsSync(whole)) continue;
    const found = statSync(whole);
    if (found.isDirectory()) Object.assign(files, filesBelow(folder, path));
    else if (found.isFile()) files[path] = readFileSync(whole, 'utf8');
  }
  return files;
}
