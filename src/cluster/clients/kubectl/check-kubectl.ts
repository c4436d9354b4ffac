import { nearMiss } from '../../objects/shape/near-miss.ts';
import { checkFile } from '../check-file.ts';
import type { CommandProblem } from '../command-line/command-problem.ts';
import type { Flag } from '../flags/flag.ts';
import { type FlagProblem, type ParsedFlags, parseFlags } from '../flags/parse-flags.ts';
import { type CheckContext, type TypedWord, UNKNOWN_TEXT } from '../program.ts';
import { type FoundVerb, findVerb } from './find-verb.ts';
import { GLOBAL_FLAGS, HELP_FLAG } from './flags/common-flags.ts';
import { withHelpFlag } from './help/ask-for-help.ts';
import { actsAside } from './impersonation.ts';
import type { Verb } from './verb.ts';
import { VERBS } from './verbs.ts';

/** What can be said of a call of kubectl before it is made. */
export function checkKubectl(typed: readonly TypedWord[], context: CheckContext): CommandProblem | undefined {
  const [first] = typed;
  const args = first === undefined ? typed : withHelpFlag(typed, textOf, { ...first, text: '--help' });
  return checkCall(args, context);
}

function textOf({ text }: TypedWord): string {
  return text;
}

function checkCall(args: readonly TypedWord[], context: CheckContext): CommandProblem | undefined {
  const search = findVerb(args.map(textOf), VERBS);
  if ('unknown' in search) {
    const { unknown, index, path, known } = search;
    return unknownCommand(unknown, args[index], { path, known });
  }
  const { verb, path, place, indexes, words } = search.found;
  const verbWord = args[place ?? 0];
  if (!isSimulated(verb)) {
    return at(verbWord, { code: 'notSimulated', message: `${path} is not simulated`, ...hint(verb.instead) });
  }
  const places = indexes.map((index) => args[index]);
  const flags = [...(verb.flags ?? []), ...GLOBAL_FLAGS, HELP_FLAG];
  const read = parseFlags(words, flags);
  if ('problem' in read) return flagProblem(read.problem, { flags, path, word: places[read.problem.index] });
  const { args: operands, typed } = read.parsed;
  if (typed.has('help')) return undefined;
  if (verb.run === undefined) {
    const said = { message: `${path} needs a command`, hint: `it has ${namesOf(verb.subverbs)}` };
    return at(verbWord, { code: 'unknownCommand', ...said });
  }
  const [unknown] = operands;
  if (verb.subverbs?.some(isSimulated) && unknown !== undefined && !typed.has('filename')) {
    const word = places.find((each) => each?.text === unknown);
    return unknownCommand(unknown, word, { path, known: verb.subverbs });
  }
  const aside = actsAside(path, words) ? places[read.parsed.places.get('as') ?? 0] : undefined;
  if (aside !== undefined && typed.has('as')) {
    return at(aside, { code: 'notSimulated', message: `--as of ${path} is not simulated`, hint: ASK_FIRST });
  }
  const refusal = verb.refusal?.(args, context);
  if (refusal !== undefined) {
    const { word, what, hint: advice } = refusal;
    return at(word, { code: 'notSimulated', message: `${what} is not simulated`, hint: advice });
  }
  return (
    checkRefused(read.parsed, search.found, places) ??
    checkOutput(read.parsed, places) ??
    checkPaths(read.parsed, search.found, { places, context })
  );
}

const ASK_FIRST = 'ask whether one may: kubectl auth can-i VERB RESOURCE --as=NAME';

interface Known {
  readonly path: string;
  readonly known: readonly Verb[];
}

function unknownCommand(
  unknown: string,
  word: TypedWord | undefined,
  { path, known }: Known,
): CommandProblem | undefined {
  if (unknown.includes(UNKNOWN_TEXT)) return undefined;
  const near = nearMiss(
    unknown,
    known.map(({ name }) => name),
  );
  return at(word, {
    code: 'unknownCommand',
    message: `${path} has no command "${unknown}"`,
    hint: near === undefined ? `it has ${namesOf(known)}` : `did you mean ${path} ${near}?`,
  });
}

function namesOf(verbs: readonly Verb[] = []): string {
  return verbs
    .filter(isSimulated)
    .map(({ name }) => name)
    .join(', ');
}

function isSimulated({ instead, run, subverbs }: Verb): boolean {
  return instead === undefined && (run !== undefined || subverbs !== undefined);
}

type Said = Pick<CommandProblem, 'code' | 'message' | 'hint'>;

function at(word: TypedWord | undefined, said: Said): CommandProblem {
  return { ...said, offset: word?.offset ?? 0, length: word?.length ?? 0 };
}

function hint(text: string | undefined): { readonly hint?: string } {
  return text === undefined || text === '' ? {} : { hint: text };
}

interface FlagPlace {
  readonly flags: readonly Flag[];
  readonly path: string;
  readonly word: TypedWord | undefined;
}

function flagProblem(
  { kind, message, name }: FlagProblem,
  { flags, path, word }: FlagPlace,
): CommandProblem | undefined {
  if (name.includes(UNKNOWN_TEXT)) return undefined;
  if (kind === 'bad') return at(word, { code: 'badFlag', message: `${path}: ${message}` });
  const near = nearMiss(
    name,
    flags.filter(({ isRefused }) => isRefused !== true).map((flag) => flag.name),
  );
  const meant = near === undefined || name.length === 1 ? undefined : `did you mean --${near}?`;
  return at(word, { code: 'unknownFlag', message: `${path}: ${message}`, ...hint(meant) });
}

function checkRefused(
  { typed, places }: ParsedFlags,
  { verb, path }: FoundVerb,
  words: readonly (TypedWord | undefined)[],
): CommandProblem | undefined {
  const own = verb.flags ?? [];
  // `--user` of a binding is not the one of the kubeconfig.
  const common = GLOBAL_FLAGS.filter((flag) => !own.some(({ name }) => name === flag.name));
  for (const { name, isRefused } of [...own, ...common]) {
    if (isRefused !== true || !typed.has(name)) continue;
    return at(words[places.get(name) ?? 0], {
      code: 'notSimulated',
      message: `--${name} of ${path} is not simulated`,
    });
  }
  return undefined;
}

const REFUSED_OUTPUTS = ['kyaml'];

function checkOutput(
  { typed, places }: ParsedFlags,
  words: readonly (TypedWord | undefined)[],
): CommandProblem | undefined {
  const [format = ''] = (typed.get('output')?.at(-1) ?? '').split('=');
  if (!REFUSED_OUTPUTS.includes(format)) return undefined;
  const word = words[places.get('output') ?? 0];
  return at(word, { code: 'notSimulated', message: `-o ${format} is not simulated`, hint: 'use -o yaml' });
}

interface PathPlaces {
  readonly places: readonly (TypedWord | undefined)[];
  readonly context: CheckContext;
}

function checkPaths(
  { typed, places: flagPlaces }: ParsedFlags,
  { verb }: FoundVerb,
  { places, context }: PathPlaces,
): CommandProblem | undefined {
  const { files } = context;
  const folder = verb.name === 'kustomize' ? undefined : typed.get('kustomize')?.at(-1);
  if (files !== undefined && folder !== undefined && !folder.includes(UNKNOWN_TEXT)) {
    const problem = checkFile(folder, files);
    const word = places.find((each) => each?.text.endsWith(folder));
    if (problem !== undefined) return at(word ?? places[flagPlaces.get('kustomize') ?? 0], problem);
  }
  if (files === undefined || verb.flags?.some(({ name }) => name === 'filename') !== true) return undefined;
  const flag = places[flagPlaces.get('filename') ?? 0];
  for (const value of typed.get('filename') ?? []) {
    const word = places.find((each) => each?.text.endsWith(value)) ?? flag;
    for (const path of value.split(',')) {
      if (path === '-' || path.includes(UNKNOWN_TEXT)) continue;
      const problem = checkFile(path, files);
      if (problem !== undefined) return at(word, problem);
    }
  }
  return undefined;
}
