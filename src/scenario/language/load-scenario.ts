import type { Files } from '../../cluster/clients/files.ts';
import { PROGRAMS } from '../../cluster/contract/control-plane-rows.ts';
import { type ClusterSettings, hasOwnControlPlane } from '../../cluster/contract/settings.ts';
import { hash64 } from '../../kernel/chance/draw.ts';
import type { Scenario } from '../scenario.ts';
import { checkCluster } from './check-cluster.ts';
import { checkDocument } from './check-document.ts';
import { checkWatches } from './check-expectation.ts';
import { checkFaults } from './check-faults.ts';
import { checkManifests } from './check-manifests.ts';
import { checkSteps } from './check-steps.ts';
import { checkTraffic, clientsOf } from './check-traffic.ts';
import { compileCluster } from './compile-cluster.ts';
import { withMeasures } from './compile-measures.ts';
import { compileSteps } from './compile-steps.ts';
import { compileWatches } from './compile-watches.ts';
import { type Diagnostic, inReadingOrder } from './diagnostic.ts';
import { knownResources } from './known-resources.ts';
import { knownWords } from './known-words.ts';
import { localized } from './localized.ts';
import { readYaml, type YamlReading, type YamlSource } from './read-yaml.ts';
import { reportTo } from './report.ts';
import type { ScenarioDocument } from './schema/scenario-schema.ts';
import { usedFiles } from './used-files.ts';

export interface Loaded {
  /** Absent when there is an error among the diagnostics. */
  readonly scenario?: Scenario;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a scenario out of the files of its folder. Whatever is in them, it comes back with a list, never a
 * throw. Whoever has read the scenario's own file already gives what came of it; `name` is for one that says
 * none.
 */
export function loadScenario(folder: Files, path: string, reading?: YamlReading, name = 'scenario'): Loaded {
  const text = Object.hasOwn(folder, path) ? folder[path] : undefined;
  if (text === undefined) return { diagnostics: [missing(path)] };
  const { source, diagnostics: ofText } = reading ?? readYaml(text, path);
  if (!source) return { diagnostics: ofText };
  const diagnostics: Diagnostic[] = [];
  // The scenario itself is no manifest: `kubectl apply -f .` means those that lie beside it.
  const { [path]: _, ...files } = folder;
  const document = checkDocument(source.value, reportTo(diagnostics, source), name);
  if (!document) return { diagnostics: inReadingOrder(diagnostics, path) };
  const used = usedFiles(linesOf(document), files);
  const settings = compileCluster(document, used);
  checkMeaning(document, { source, files, used, settings, diagnostics });
  const sorted = inReadingOrder(diagnostics, path);
  if (sorted.some(({ severity }) => severity === 'error')) return { diagnostics: sorted };
  return { scenario: compile(document, { text, files: used, settings }), diagnostics: sorted };
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
  const { steps, cluster = {} } = document;
  const report = reportTo(diagnostics, source);
  const nodes = settings.nodes.map(({ name }) => name);
  const planes = settings.nodes.filter(({ controlPlane }) => controlPlane).map(({ name }) => name);
  const joining = steps.flatMap(({ join }) => (join ? [join.name] : []));
  const resources = knownResources(files, settings);
  const words = knownWords({
    lines: [...linesOf(document), cluster.namespace ?? ''],
    files: used,
    nodes: [...nodes, ...joining, ...wordsOfPlanes(planes)],
    resources,
  });
  checkCluster(cluster, report);
  const clients = clientsOf(steps);
  const onMachine = hasOwnControlPlane(settings);
  checkSteps(steps, { report, words, files, clients, onMachine, nodes: [...nodes, ...joining] });
  checkTraffic(steps, { report, words });
  const zones = settings.nodes.flatMap(({ labels }) => labels['topology.kubernetes.io/zone'] ?? []);
  checkFaults(steps, { report, nodes, planes, zones, words, resources });
  const captured = new Set(steps.flatMap(({ capture }) => Object.keys(capture ?? {})));
  checkWatches(document, { report, words, clients, captured });
  diagnostics.push(...checkManifests(steps, files, resources));
}

function linesOf({ steps }: ScenarioDocument): readonly string[] {
  return steps.flatMap(({ run }) => (run === undefined ? [] : [run]));
}

interface Compiling {
  readonly text: string;
  readonly files: Files;
  readonly settings: ClusterSettings;
}

function compile(document: ScenarioDocument, { text, files, settings }: Compiling): Scenario {
  const { name, title = name, description, tags = [] } = document.metadata;
  const around = { settings, resources: knownResources(files, settings) };
  const watches = compileWatches(document, around);
  return {
    name,
    title: localized(title),
    ...(description === undefined ? {} : { description: localized(description) }),
    tags,
    curriculum: document.curriculum ?? [],
    digest: digestOf(text, files),
    settings,
    files,
    steps: withMeasures(compileSteps(document, around), watches),
    watches,
  };
}

/**
 * Each file is named and counted, so that no two sets of files have the same text. What a scenario teaches is
 * left out: nothing that is played depends on it, and who sorts it in anew need not play it anew.
 */
function digestOf(written: string, files: Files): string {
  const text = written.replace(CURRICULUM, '');
  const parts = Object.keys(files)
    .sort()
    .map((path) => `${path}\0${files[path]?.length}\0${files[path]}`);
  const words = hash64([`${text.length}\0${text}`, ...parts].join('\0'));
  return words.map((word) => word.toString(16).padStart(8, '0')).join('');
}

const CURRICULUM = /^curriculum:.*\n(?:[ -].*\n)*/m;

function missing(path: string): Diagnostic {
  const message = `there is no file ${path}`;
  return { code: 'missing-file', severity: 'error', message, file: path, line: 1, column: 1, length: 1 };
}
