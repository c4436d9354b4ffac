import { shellQuoted } from '../cluster/clients/command-line/shell-quoted.ts';
import { viewOf } from '../cluster/world/view-of.ts';
import { formatClock } from '../report/clock.ts';
import { transcriptOf } from '../report/transcript.ts';
import type { ConditionDocument } from '../scenario/language/schema/scenario-schema.ts';
import { commandOfStep } from '../scenario/teller/command-of-step.ts';
import { judge } from '../scenario/teller/judge.ts';
import type { ApplyOptions, Cluster, CommandResult, RunOptions } from './cluster.ts';
import type { GrowingStory } from './growing-story.ts';
import type { Inside } from './inside.ts';
import type { Moment } from './moment.ts';
import { momentOf } from './moment-of.ts';
import { converge, passUntil } from './pass-until.ts';
import { branchAt, momentBefore } from './past.ts';
import { type Manifests, placeManifests } from './place-manifests.ts';
import { reasonFor } from './reason-for.ts';
import { Refused } from './refused.ts';
import { saveLog, saveScenario } from './save.ts';
import { freeClient, trafficOf } from './traffic-of.ts';

const insides = new WeakMap<Cluster, Inside>();

/** Throws where something else than a cluster is given. */
export function insideOf(cluster: unknown): Inside {
  const found = insides.get(cluster as Cluster);
  if (!found) throw new Refused('this matcher wants a cluster, as cluster({…}) makes one');
  return found;
}

/** A cluster, as its users see it. */
export function clusterOf(inside: Inside): Cluster {
  const { story } = inside;
  const present = (): Moment => momentOf(story.world(), story.now());
  const run = (line: string, options: RunOptions = {}): CommandResult => runLine(inside, line, options);
  const made: Cluster = {
    get seed() {
      return String(story.document().seed);
    },
    get now() {
      return story.now();
    },
    get time() {
      return formatClock(story.now());
    },
    get: (kind, name, where) => present().get(kind, name, where),
    list: (kind, which) => present().list(kind, which),
    events: (like) => present().events(like),
    logs: (pod, which) => present().logs(pod, which),
    ask: (line) => present().ask(line),
    run,
    apply: (manifests, options = {}) => run(applyLine(inside, manifests, options)),
    advance: (duration) => inside.tell({ wait: duration }),
    until: (condition, { within = '5m' } = {}) =>
      typeof condition === 'function'
        ? passUntil(inside, condition, within)
        : inside.tell({ expect: { ...condition, within } }),
    converge: ({ within = '5m' } = {}) => converge(inside, within),
    whyNot: (condition) => whyNot(story, condition),
    traffic(options) {
      const { client = freeClient(story.document()) } = options;
      inside.tell({ traffic: { ...options, client } });
      const stop = (): void => inside.tell({ traffic: { client, stop: true } });
      return trafficOf({ story, client, cluster: made }, stop);
    },
    fault: (fault) => inside.tell({ fault }),
    join: (node) => inside.tell({ join: node }),
    at(instant) {
      const moment = momentBefore(inside, instant);
      const { cursor, clock } = moment;
      const world = { ...inside.timeline().worldAt(cursor), at: clock };
      const fork = (): Cluster => clusterOf(inside.branch(branchAt(story, moment)));
      return { ...momentOf(world, clock), fork };
    },
    fork: () => clusterOf(inside.branch(story.branch())),
    why: (what, namespace) => reasonFor(inside.timeline(), what, namespace),
    story: () => [...transcriptOf(story.log(), 'en')].join(''),
    save: (path) => saveLog(story, path),
    saveScenario: (folder) => saveScenario(story, folder),
  };
  insides.set(made, inside);
  return made;
}

function runLine({ story, tell }: Inside, line: string, options: RunOptions): CommandResult {
  const { on, background, timeout, exitCode = 0 } = options;
  tell(
    {
      run: line,
      ...(on !== undefined && { on }),
      ...(background && { background }),
      ...(timeout !== undefined && { timeout }),
      ...(exitCode !== 0 && exitCode !== 'any' && { expect: { exitCode } }),
    },
    { mayFail: exitCode === 'any' },
  );
  const row = viewOf(story.world())?.rows.row('commands', commandOfStep(story.document().steps.length));
  return { line, stdout: row?.stdout ?? '', stderr: row?.stderr ?? '', exitCode: row?.exitCode };
}

function applyLine(
  { story, around }: Inside,
  manifests: Manifests | readonly string[],
  { namespace, serverSide }: ApplyOptions,
): string {
  const all = isTexts(manifests) ? manifests : [manifests];
  if (all.length === 0) throw new Refused('there is nothing to apply');
  const placed = all.map((each) => {
    const { files, argument } = placeManifests(each, around.root, story.files());
    story.place(files);
    return argument;
  });
  return [
    'kubectl apply',
    ...(namespace === undefined ? [] : ['-n', shellQuoted(namespace)]),
    ...(serverSide ? ['--server-side'] : []),
    ...placed,
  ].join(' ');
}

function isTexts(manifests: Manifests | readonly string[]): manifests is readonly string[] {
  return Array.isArray(manifests) && manifests.every((each) => typeof each === 'string');
}

function whyNot(story: GrowingStory, condition: ConditionDocument): string | undefined {
  const [part] = story.compiled({ expect: condition }).steps.at(-1)?.parts ?? [];
  const view = viewOf(story.world());
  if (!view || part?.kind !== 'expect') throw new Refused('nothing is asked');
  const verdict = judge(part.conditions, { view, at: story.now(), captured: {} });
  return verdict.holds ? undefined : verdict.why;
}
