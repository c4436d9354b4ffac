import { hasAddon } from '../../contract/settings.ts';
import type { Impersonated } from '../../contract/user.ts';
import { derived } from '../../objects/derived.ts';
import { METRICS_RESOURCES } from '../../objects/schema/aggregated-resources.ts';
import type { Resource } from '../../objects/schema/resources.ts';
import type { KubeVersion } from '../../objects/versions.ts';
import { packageVersion, serverVersion } from '../../world/installs.ts';
import { servedResources } from '../../world/served-resources.ts';
import type { Flag } from '../flags/flag.ts';
import { flagValues } from '../flags/flag-values.ts';
import { parseFlags } from '../flags/parse-flags.ts';
import type { Call, Program } from '../program.ts';
import type { Asking } from './asking.ts';
import { checkKubectl } from './check-kubectl.ts';
import { fail, failUsage, KubectlExit } from './failure.ts';
import { type FoundVerb, findVerb } from './find-verb.ts';
import { GLOBAL_FLAGS, HELP_FLAG } from './flags/common-flags.ts';
import { requestTimeout } from './flags/request-timeout.ts';
import { holdingRequests } from './held-request.ts';
import { withHelpFlag } from './help/ask-for-help.ts';
import { printHelp } from './help/print-help.ts';
import { impersonatedBy, speakingAs } from './impersonation.ts';
import { DONE, type Invocation, type Steps } from './invocation.ts';
import { type Speaker, speakerOf } from './kubeconfig/speaker.ts';
import { takeKustomization } from './kustomize/take-kustomization.ts';
import { suggestVerbs } from './suggest-verbs.ts';
import { VERBS } from './verbs.ts';

/** kubectl, of the version that is installed where it is typed. */
export const kubectl: Program = {
  type: 'program',
  name: 'kubectl',
  startup: (latencies) => latencies.kubectl,
  check: (args, context) => checkKubectl(args, context),
  *run(call) {
    try {
      return yield* holdingRequests(call, runVerb);
    } catch (thrown) {
      if (!(thrown instanceof KubectlExit)) throw thrown;
      if (thrown.message !== '') call.write('stderr', thrown.message.replace(/\n?$/, '\n'));
      return { exitCode: thrown.exitCode };
    }
  },
};

function* runVerb(call: Call): Steps {
  const version = ownVersion(call);
  const { found, flags, parsed } = readWords(call.args, version);
  const { verb, path } = found;
  if (parsed.typed.has('help') || (verb.subverbs !== undefined && parsed.args.length === 0 && !verb.run)) {
    call.write('stdout', printHelp(found, version.minor));
    return DONE;
  }
  if (verb.run === undefined) return fail(`${path} is not simulated`);
  if (call.memory === undefined) warnOfDeprecated(flags, parsed.typed, call);
  const warn = (text: string) => call.memory === undefined && call.write('stderr', text);
  const { files, typed } = takeKustomization(
    { files: call.files, typed: parsed.typed },
    { name: verb.name, minor: version.minor, warn },
  );
  const values = flagValues(flags, typed);
  requireGiven(found, typed);
  requestTimeout(values);
  const as = impersonatedBy(values);
  const isGlobal = (name: string) => verb.flags?.some((flag) => flag.name === name) !== true;
  const speaker = isOffline(path)
    ? { namespace: call.kubeconfig.namespace }
    : speakerOf(call, values, isGlobal);
  const asking = askingOf(speaker, as);
  const { args, dashAt } = parsed;
  const result = verb.run({
    ...invocationBase(call),
    ...(asking === undefined ? {} : { asking }),
    files,
    path,
    args,
    ...(dashAt === undefined ? {} : { dashAt }),
    flags: values,
    namespace: values.text('namespace') || speaker.namespace,
    isNamespaceGiven: values.isSet('namespace'),
  });
  if (!('next' in result)) return result;
  return yield* asking === undefined ? result : speakingAs(asking, result);
}

/** What was typed: it follows from the words alone, and a line that watches is gone on with many times. */
interface ReadWords {
  readonly found: FoundVerb;
  readonly flags: readonly Flag[];
  readonly parsed: ReturnType<typeof requireFlags>['parsed'];
}

const wordsRead = new Map<string, ReadWords>();
const LINES_MAX = 100;

function readWords(args: readonly string[], { minor }: KubeVersion): ReadWords {
  const text = [minor, ...args].join('\0');
  const known = wordsRead.get(text);
  if (known) return known;
  const search = findVerb(
    withHelpFlag(args, (word) => word, '--help'),
    VERBS,
  );
  if ('unknown' in search) return failUnknownVerb(search.unknown, search.path);
  const { verb, path, words } = search.found;
  const flags = [...(verb.flags ?? []), ...GLOBAL_FLAGS, HELP_FLAG].filter((flag) => isIn(flag, minor));
  const { parsed } = requireFlags(words, flags, { verb, path });
  const read = { found: search.found, flags, parsed };
  if (wordsRead.size >= LINES_MAX) wordsRead.clear();
  wordsRead.set(text, read);
  return read;
}

/** That of the package on the machine that it is typed on. */
function ownVersion({ machine, view: { rows, settings } }: Call): KubeVersion {
  if (machine === undefined) return settings.version;
  return packageVersion(rows, settings, { node: machine, name: 'kubectl' });
}

/** Verbs that look at the kubeconfig, and ask nobody. */
function isOffline(path: string): boolean {
  return /^kubectl (?:config|options|plugin|kustomize)(?: |$)/.test(path);
}

function askingOf({ credentials }: Speaker, as: Impersonated | undefined): Asking | undefined {
  if (credentials === undefined && as === undefined) return undefined;
  return { ...(credentials && { credentials }), ...(as && { as }) };
}

function isIn({ since = 0, until = Number.POSITIVE_INFINITY }: Flag, minor: number): boolean {
  return minor >= since && minor < until;
}

type Base = Pick<
  Invocation,
  'call' | 'files' | 'view' | 'version' | 'serverVersion' | 'resources' | 'epochNow' | 'out' | 'err'
>;

function invocationBase(call: Call): Base {
  const { view, now, files } = call;
  return {
    call,
    files,
    view,
    version: ownVersion(call),
    serverVersion: serverVersion(view.rows, view.settings),
    resources: discovered(view),
    epochNow: view.settings.epochMs + now,
    out: (text) => call.write('stdout', text),
    err: (text) => call.write('stderr', text),
  };
}

const withMetrics = derived((served: readonly Resource[]): readonly Resource[] => [
  ...served,
  // One without a name in the singular goes by its kind (client-go: restmapper/discovery.go).
  ...METRICS_RESOURCES.map((each) => ({ ...each, singular: each.kind.toLowerCase() })),
]);

/** What discovery finds: what the server serves, and those behind it. */
function discovered({ objects, settings }: Call['view']): readonly Resource[] {
  const served = servedResources(objects);
  return hasAddon(settings, 'metricsServer') ? withMetrics(served) : served;
}

function failUnknownVerb(word: string, path: string): never {
  if (path === 'kubectl')
    throw new KubectlExit(`error: unknown command "${word}" for "kubectl"${suggested(word)}`);
  return failUsage(path, `unknown command "${word}"`);
}

function suggested(word: string): string {
  const near = suggestVerbs(
    word,
    VERBS.map(({ name }) => name),
  );
  return near.length === 0 ? '' : `\n\nDid you mean this?\n${near.map((name) => `\t${name}\n`).join('')}`;
}

function requireFlags(
  words: readonly string[],
  flags: readonly Flag[],
  { verb, path }: Pick<FoundVerb, 'verb' | 'path'>,
) {
  const read = parseFlags(words, flags);
  if ('problem' in read) {
    verb.flagProblem?.(read.problem.message);
    throw new KubectlExit(`error: ${read.problem.message}\nSee '${path} --help' for usage.`);
  }
  return read;
}

function warnOfDeprecated(flags: readonly Flag[], typed: ReadonlyMap<string, unknown>, call: Call): void {
  for (const { name, deprecated } of flags) {
    if (deprecated === undefined || !typed.has(name)) continue;
    if (ownVersion(call).minor >= deprecated.since) call.write('stderr', `${deprecated.text}\n`);
  }
}

/** cobra: ValidateRequiredFlags. */
function requireGiven({ verb }: FoundVerb, typed: ReadonlyMap<string, unknown>): void {
  const missing = (verb.required ?? []).filter((name) => !typed.has(name));
  if (missing.length > 0) fail(`required flag(s) ${missing.map((name) => `"${name}"`).join(', ')} not set`);
}
