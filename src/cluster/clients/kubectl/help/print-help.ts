import { compareText } from '../../../objects/json.ts';
import type { Flag } from '../../flags/flag.ts';
import type { FoundVerb } from '../find-verb.ts';
import { GLOBAL_FLAGS } from '../flags/common-flags.ts';
import type { Verb } from '../verb.ts';
import { HELP_TEXTS } from './help-texts.ts';

interface HelpText {
  readonly usage: string;
  readonly about: string;
  readonly examples: readonly string[];
}

/** What `--help` prints of a verb; of kubectl itself where `path` is no more than that. */
export function printHelp({ verb, path }: Pick<FoundVerb, 'verb' | 'path'>, minor: number): string {
  const isTop = path === 'kubectl';
  const text = isTop ? OF_ALL : (texts().get(path) ?? { usage: '', about: '', examples: [] });
  const below = (verb.subverbs ?? []).filter(isSimulated);
  const flags = isTop
    ? []
    : (verb.flags ?? []).filter(({ since = 0, until = minor + 1 }) => minor >= since && minor < until);
  const usage = isTop ? '[flags]' : [text.usage, '[options]'].filter((word) => word !== '').join(' ');
  return [
    text.about,
    section(
      'Examples',
      text.examples.map((example) => `  ${example}`),
    ),
    section(
      'Commands',
      below.map((each) => rowOf(each, path)),
    ),
    section('Options', optionLines(flags)),
    section('Usage', [`  ${path} ${usage}`]),
    missing(verb, flags),
    below.length > 0 ? `Use "${path} COMMAND --help" to read of one command.` : '',
    'Use "kubectl options" to list the flags that every command takes.',
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

/** What `kubectl options` prints. */
export function printOptions(): string {
  return `${section('Every command takes these', optionLines(GLOBAL_FLAGS))}\n`;
}

const OF_ALL: HelpText = {
  about: 'kubectl tells the API server of a cluster what is wanted, and asks it what is so.',
  usage: '',
  examples: [],
};

let known: ReadonlyMap<string, HelpText> | undefined;

function texts(): ReadonlyMap<string, HelpText> {
  if (known !== undefined) return known;
  const found = new Map<string, HelpText>();
  for (const entry of HELP_TEXTS.trim().split(/\n(?=\S)/)) {
    const [head = '', about = '', ...examples] = entry.split('\n');
    const [path = '', usage = ''] = head.split(/ : ?/);
    found.set(`kubectl ${path}`, { usage, about: about.trim(), examples: examples.map(exampleOf) });
  }
  known = found;
  return found;
}

/** An example that begins with a variable says itself where kubectl stands. */
function exampleOf(line: string): string {
  const words = line.replace(/^ *\$ /, '');
  return /^[A-Z]+=/.test(words) ? words : `kubectl ${words}`;
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${title}:\n${lines.join('\n')}`;
}

function isSimulated({ instead }: Verb): boolean {
  return instead === undefined;
}

function rowOf({ name }: Verb, path: string): string {
  return `  ${name.padEnd(20)}${texts().get(`${path} ${name}`)?.about ?? ''}`.trimEnd();
}

function optionLines(flags: readonly Flag[]): readonly string[] {
  return flags
    .filter(({ isRefused }) => isRefused !== true)
    .sort((a, b) => compareText(a.name, b.name))
    .map(
      (flag) => `    ${flag.short === undefined ? '' : `-${flag.short}, `}--${flag.name}=${defaultOf(flag)}`,
    );
}

function defaultOf({ kind, byDefault }: Flag): string {
  switch (kind) {
    case 'bool':
      return byDefault ?? 'false';
    case 'text':
      return `'${byDefault ?? ''}'`;
    case 'int':
      return byDefault ?? '0';
    case 'duration':
      return byDefault ?? '0s';
    default:
      return '[]';
  }
}

function missing({ subverbs = [] }: Verb, flags: readonly Flag[]): string {
  const verbs = subverbs.filter((each) => !isSimulated(each)).map(({ name }) => name);
  const named = flags.filter(({ isRefused }) => isRefused === true).map(({ name }) => `--${name}`);
  const all = [...verbs, ...named];
  return all.length === 0 ? '' : `Not simulated: ${all.join(', ')}.`;
}
