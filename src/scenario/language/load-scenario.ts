import type { Files } from '../../cluster/clients/files.ts';
import { PROGRAMS } from '../../cluster/contract/control-plane-rows.ts';
import { type ClusterSettings, hasOwnControlPlane } from '../../cluster/contract/settings.ts';
import { sortedKeys } from '../../cluster/objects/json.ts';
import { hash64 } from '../../kernel/chance/draw.ts';
import type { Scenario } from '../scenario.ts';
import { checkCluster } from './check-cluster.ts';
import { checkDocument, checkFragment } from './check-document.ts';
import { checkWatches } from './check-expectation.ts';
import { checkFaults } from './check-faults.ts';
import { checkManifests } from './check-manifests.ts';
import { checkMatrix } from './check-matrix.ts';
import { checkSteps } from './check-steps.ts';
import { checkStories } from './check-stories.ts';
import { checkTraffic, clientsOf } from './check-traffic.ts';
import { compileCluster } from './compile-cluster.ts';
import { compileStory } from './compile-story.ts';
import { type Diagnostic, inReadingOrder } from './diagnostic.ts';
import { type Choice, type Expansion, expandScenario, type Given } from './expand/expand-scenario.ts';
import { knownResources } from './known-resources.ts';
import { knownWords } from './known-words.ts';
import { localized } from './localized.ts';
import type { YamlSource } from './read-yaml.ts';
import { type Report, reportTo } from './report.ts';
import type { ScenarioDocument } from './schema/scenario-schema.ts';
import { allSteps, type Story, storiesOf } from './stories.ts';
import { usedFiles } from './used-files.ts';

export interface Loaded {
  /** Absent when there is an error among the diagnostics. */
  readonly scenario?: Scenario;
  readonly diagnostics: readonly Diagnostic[];
}

export interface LoadOptions extends Choice {
  /** What came of reading it, where somebody has read it already. */
  readonly expansion?: Expansion;
  /** For a scenario that says none. */
  readonly name?: string;
}

/**
 * Reads a scenario out of the files of its folder. Whatever is in them, it comes back with a list, never a
 * throw.
 */
export function loadScenario(folder: Files, path: string, options: LoadOptions = {}): Loaded {
  const text = Object.hasOwn(folder, path) ? folder[path] : undefined;
  if (text === undefined) return { diagnostics: [missing(path)] };
  const { expansion = expandScenario(folder, path, options), name = 'scenario' } = options;
  const { source, fragments, asWritten } = expansion;
  const diagnostics: Diagnostic[] = [...expansion.diagnostics];
  const sorted = (): readonly Diagnostic[] => inReadingOrder(onceEach(diagnostics.map(asWritten)), path);
  if (!source || diagnostics.length > 0) return { diagnostics: sorted() };
  for (const each of fragments) checkFragment(each.value, reportTo(diagnostics, each));
  const document = checkDocument(source.value, reportTo(diagnostics, source), name);
  if (!document || diagnostics.length > 0) return { diagnostics: sorted() };
  const files = manifestsOf(folder, expansion);
  const used = usedFiles(linesOf(document), files);
  const settings = compileCluster(document, used);
  checkMeaning(document, { source, files, used, settings, diagnostics });
  const all = sorted();
  if (all.some(({ severity }) => severity === 'error')) return { diagnostics: all };
  return { scenario: compile(document, { folder, expansion, files: used, settings }), diagnostics: all };
}

/** What a scenario is made of is no manifest: `kubectl apply -f .` means the files that lie beside it. */
function manifestsOf(folder: Files, { parts, filled }: Expansion): Files {
  const others = Object.entries(folder).filter(([path]) => !parts.includes(path));
  return { ...Object.fromEntries(others), ...filled };
}

/** A fragment that is included twice has its mistakes once. */
function onceEach(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const places = new Map(
    diagnostics.map((each) => [
      `${each.file}:${each.line}:${each.column} ${each.code} ${each.message}`,
      each,
    ]),
  );
  return [...places.values()];
}

interface Meaning {
  readonly source: YamlSource;
  readonly files: Files;
  readonly used: Files;
  readonly settings: ClusterSettings;
  readonly diagnostics: Diagnostic[];
}

/** What a control plane on these machines is called in kube-system. */
function wordsOfPlanes(planes: readonly string[]): readonly string[] {
  if (planes.length === 0) return [];
  const pods = planes.flatMap((node) => PROGRAMS.map((program) => `${program}-${node}`));
  return [...PROGRAMS, ...pods, 'coredns', 'kube-dns', 'kube-proxy'];
}

function checkMeaning(
  document: ScenarioDocument,
  { source, files, used, settings, diagnostics }: Meaning,
): void {
  const { cluster = {}, matrix } = document;
  const report = reportTo(diagnostics, source);
  const nodes = settings.nodes.map(({ name }) => name);
  const planes = settings.nodes.filter(({ controlPlane }) => controlPlane).map(({ name }) => name);
  const steps = allSteps(document);
  const joining = steps.flatMap(({ join }) => (join ? [join.name] : []));
  const resources = knownResources(files, settings);
  const words = knownWords({
    lines: [...linesOf(document), cluster.namespace ?? ''],
    files: used,
    nodes: [...nodes, ...joining, ...wordsOfPlanes(planes)],
    resources,
  });
  checkCluster(cluster, report);
  if (matrix) checkMatrix(matrix, report);
  checkStories(document, report);
  const clients = clientsOf(steps);
  const onMachine = hasOwnControlPlane(settings);
  const zones = settings.nodes.flatMap(({ labels }) => labels['topology.kubernetes.io/zone'] ?? []);
  for (const story of storiesOf(document)) {
    const own = reportOfStory(story, report);
    const told = story.steps.map(({ step }) => step);
    checkSteps(story.steps, { report: own, words, files, clients, onMachine, nodes: [...nodes, ...joining] });
    checkTraffic(story.steps, { report: own, words });
    checkFaults(story.steps, { report: own, nodes, planes, zones, words, resources });
    const captured = new Set(told.flatMap(({ capture }) => Object.keys(capture ?? {})));
    checkWatches(story, { report, words, clients, captured });
  }
  diagnostics.push(...checkManifests(steps, files, resources));
}

/** What a branch shares with the story is told of the story. */
function reportOfStory({ steps, shared }: Story, report: Report): Report {
  const own = new Set(
    steps.slice(shared).map(({ path }) => path.slice(0, steps[shared]?.path.length).join('/')),
  );
  return (code, path, words) => {
    const length = steps[shared]?.path.length ?? 0;
    if (shared === 0 || own.has(path.slice(0, length).join('/'))) report(code, path, words);
  };
}

function linesOf(document: ScenarioDocument): readonly string[] {
  return allSteps(document).flatMap(({ run }) => (run === undefined ? [] : [run]));
}

interface Compiling {
  readonly folder: Files;
  readonly expansion: Expansion;
  readonly files: Files;
  readonly settings: ClusterSettings;
}

function compile(document: ScenarioDocument, { folder, expansion, files, settings }: Compiling): Scenario {
  const { name, title = name, description, tags = [] } = document.metadata;
  const around = { settings, resources: knownResources(files, settings) };
  const { chosen, given } = expansion;
  const texts = expansion.parts.map((path) => folder[path] ?? '');
  return {
    name,
    title: localized(title),
    ...(description === undefined ? {} : { description: localized(description) }),
    tags,
    curriculum: document.curriculum ?? [],
    digest: digestOf(texts, files, given),
    ...(chosen.title !== '' && { case: chosen.title }),
    ...(Object.keys(given).length > 0 && { given }),
    settings,
    files,
    ...compileStory(document, around),
  };
}

/**
 * Each file is named and counted, so that no two sets of files have the same text. What a scenario teaches is
 * left out: nothing that is played depends on it, and who sorts it in anew need not play it anew.
 */
function digestOf([written = '', ...included]: readonly string[], files: Files, given: Given): string {
  const text = written.replace(CURRICULUM, '');
  const values = sortedKeys(given).map((name) => `${name}=${JSON.stringify(given[name])}`);
  const parts = Object.keys(files)
    .sort()
    .map((path) => `${path}\0${files[path]?.length}\0${files[path]}`);
  const others = included.map((each) => `${each.length}\0${each}`);
  const words = hash64([`${text.length}\0${text}`, ...parts, ...others, ...values].join('\0'));
  return words.map((word) => word.toString(16).padStart(8, '0')).join('');
}

const CURRICULUM = /^curriculum:.*\n(?:[ -].*\n)*/m;

function missing(path: string): Diagnostic {
  const message = `there is no file ${path}`;
  return { code: 'missing-file', severity: 'error', message, file: path, line: 1, column: 1, length: 1 };
}
