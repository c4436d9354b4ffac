import { stringify } from 'yaml';
import type { Millis } from '../../kernel/time/millis.ts';
import { formatRfc3339Micro } from '../../kernel/time/rfc3339.ts';
import type { Diagnostic } from '../../scenario/language/diagnostic.ts';
import { loadScenario } from '../../scenario/language/load-scenario.ts';
import { printDiagnostic } from '../../scenario/language/print-diagnostic.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { MODERN_MINOR } from '../lags.ts';
import { withCapturedPods } from './captured-pods.ts';
import { withEditedFiles } from './edited-files.ts';
import { recordedNodes } from './recorded-cluster.ts';
import { faultsOf, kubeletStarts, type RecordedFault } from './recorded-faults.ts';
import { controlPlaneFaultsOf } from './recorded-restore.ts';
import type { Recording } from './recording.ts';

export interface RecordingScenario {
  readonly scenario: Scenario;
  /** Which of the recording's commands each step types; absent for others. */
  readonly commandOfStep: readonly (number | undefined)[];
  /** Commands that can't be typed here, and why: by their index. */
  readonly leftOut: ReadonlyMap<number, string>;
}

interface StepDraft {
  /** Absent: after what comes before. */
  readonly at?: Millis;
  readonly command?: number;
  readonly step: Readonly<Record<string, unknown>>;
}

/** A recording that can't be played here at all, for a reason that stands in the message. */
export class NotPlayable extends Error {
  override readonly name = 'NotPlayable';
}

/** The scenario that types what was typed in a recording, at the same times, and lasts as long. */
export function recordingScenario(recording: Recording): RecordingScenario {
  const { files, lines } = withEditedFiles({ ...recording, files: readable(recording.files) });
  const leftOut = new Map<number, string>();
  const all = draftsOf(recording, lines);
  for (;;) {
    const drafts = all.filter(({ command }) => command === undefined || !leftOut.has(command));
    const { text, stepOfLine } = documentText(recording, drafts);
    const named = { ...files, 'scenario.yaml': text };
    const { scenario, diagnostics } = loadScenario(named, 'scenario.yaml');
    if (scenario) return { scenario, commandOfStep: drafts.map(({ command }) => command), leftOut };
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    const blamed = errors.flatMap((error): (readonly [number, string])[] => {
      const command = commandOf(error, drafts, { files, stepOfLine });
      return command === undefined ? [] : [[command, error.message]];
    });
    // What can't be typed is left out: that it printed nothing is told where outputs are compared.
    if (blamed.length === 0)
      throw new NotPlayable(errors.map((each) => printDiagnostic(each, named)).join('\n'));
    for (const [command, why] of blamed) leftOut.set(command, why);
  }
}

/** The recorder's paths were taken out of volumes, and left a number where a text has to be. */
function readable(files: Recording['files']): Recording['files'] {
  const texts = Object.entries(files).map(([name, text]) => [
    name,
    text.replace(/\bpath: (\d+)(?=[,}\s])/g, 'path: "$1"'),
  ]);
  return Object.fromEntries(texts);
}

interface DocumentText {
  readonly text: string;
  /** The 0-based index of the step that a 1-based line is of; undefined for those before. */
  readonly stepOfLine: readonly (number | undefined)[];
}

/** One step after the other, so that it is known which of them a line is of. */
function documentText(recording: Recording, drafts: readonly StepDraft[]): DocumentText {
  const { steps: _, ...head } = scenarioDocument(recording);
  const parts = [`${stringify(head)}steps:\n`];
  for (const { at, step } of drafts) {
    parts.push(
      stringify([{ ...(at !== undefined && { at: `${Math.round(at)}ms` }), ...step }]).replace(
        /^(?=.)/gm,
        '  ',
      ),
    );
  }
  const stepOfLine = parts.flatMap((part, index) =>
    part
      .split('\n')
      .slice(1)
      .map(() => (index === 0 ? undefined : index - 1)),
  );
  return { text: parts.join(''), stepOfLine: [undefined, ...stepOfLine] };
}

interface Blame {
  readonly files: Readonly<Record<string, string>>;
  readonly stepOfLine: DocumentText['stepOfLine'];
}

/** The command that an error is about: it stands in the command's step, or in a manifest that it uses. */
function commandOf(
  { file, line }: Diagnostic,
  drafts: readonly StepDraft[],
  { stepOfLine }: Blame,
): number | undefined {
  if (file === 'scenario.yaml') return drafts[stepOfLine[line] ?? -1]?.command;
  return drafts.find(({ step }) => String(step['run']).includes(file))?.command;
}

/** So long one waits at most from a command that took longer than in the recording to the next. */
const PAUSE_MS = 2000;
/** A command that takes so much longer than it did puts off nothing: its start-up alone varies by more. */
const JITTER_MS = 150;

/**
 * Each command is typed when it was, and not before as long after the one before it: whoever recorded slept
 * in between, also where a command took longer than another time.
 */
function draftsOf(recording: Recording, typed: readonly (string | undefined)[]): readonly StepDraft[] {
  const { lines, captures, listings } = withCapturedPods(recording, typed);
  let endMs = 0;
  const pause = (beginMs: Millis): readonly StepDraft[] => {
    const gapMs = Math.min(PAUSE_MS, Math.round(beginMs - endMs - JITTER_MS));
    return gapMs > 0 ? [{ step: { wait: `${gapMs}ms` } }] : [];
  };
  const drafts = recording.commands.flatMap((typedCommand, command): StepDraft[] => {
    const { beginMs: at, exitCode, output } = typedCommand;
    const [line, capture, listing] = [lines[command], captures.get(command), listings.get(command)];
    if (line === undefined) return [];
    const before = pause(at);
    endMs = typedCommand.endMs;
    const [noFile] = exitCode === 0 ? [] : (/\bdoes not exist\b|\bno such file\b/i.exec(output) ?? []);
    const expect = { exitCode, ...(noFile !== undefined && { stderr: { contains: noFile } }) };
    const step = { run: line, ...(capture && { capture }), expect };
    const listed = listing ? [{ at, step: { run: 'kubectl get pods', capture: listing } }] : [];
    return [...before, ...listed, { at, command, step }];
  });
  return [
    ...withFaults(drafts, faultsIn(recording)),
    ...pause(recording.endMs),
    { at: recording.endMs, step: { say: 'The recording ends.' } },
  ];
}

/** Only what befell a node of the cluster as it is played. */
function faultsIn(recording: Recording): readonly RecordedFault[] {
  const nodes = recordedNodes(recording).map(({ name }) => name);
  const told = { nodes, starts: kubeletStarts(recording.changes) };
  return [...faultsOf(recording.remarks, told), ...controlPlaneFaultsOf(recording)].filter(
    ({ node }) => node === undefined || nodes.includes(node),
  );
}

/** What was done to the machines comes where it was done, between what was typed before and after. */
function withFaults(drafts: readonly StepDraft[], faults: readonly RecordedFault[]): readonly StepDraft[] {
  const merged = [...drafts];
  for (const { atMs, step } of faults) {
    const next = merged.findIndex(({ at = 0, command }) => command !== undefined && at >= atMs);
    // The pause before a command belongs to it.
    const place = next > 0 && merged[next - 1]?.step['wait'] !== undefined ? next - 1 : next;
    merged.splice(next < 0 ? merged.length : place, 0, { at: atMs, step });
  }
  return merged;
}

/** Images that could not be pulled, with what their registry answered then. */
function failingImages(changes: Recording['changes']): Readonly<Record<string, unknown>> {
  const answers = changes.flatMap(({ object }) => {
    const message = 'message' in object ? String(object.message) : '';
    const [, image, error] = /^Failed to pull image "(.+?)": (.+)$/.exec(message) ?? [];
    return image === undefined ? [] : [[image, { pull: { error } }] as const];
  });
  return Object.fromEntries(answers);
}

/** Those that the recording says are already present. */
function presentImages(changes: Recording['changes']): readonly string[] {
  const messages = changes.map(({ object }) => ('message' in object ? String(object.message) : ''));
  const images = messages.map((text) => /^Container image "(.+?)" already present/.exec(text)?.[1] ?? '');
  return [...new Set(images)].filter((image) => image !== '').sort();
}

function scenarioDocument(recording: Recording) {
  const { name, minor, namespace, startMs, changes } = recording;
  const present = presentImages(changes);
  const servers = present.filter((image) => image.startsWith('nginx:'));
  const images = {
    ...Object.fromEntries(servers.map((image) => [image, QUICK_SERVER])),
    ...failingImages(changes),
  };
  return {
    apiVersion: 'kubereel.dev/v1',
    kind: 'Scenario',
    metadata: { name: name.replace(/^.*\//, '') },
    cluster: {
      version: `1.${minor}.2`,
      namespace,
      epoch: formatRfc3339Micro(startMs).replace('000Z', 'Z'),
      nodes: recordedNodes(recording),
      presentImages: present,
      ...(hasNoMetrics(recording) && { addons: { metricsServer: false } }),
      // Only where etcd is turned back does it matter how fast revisions go by.
      ...(controlPlaneFaultsOf(recording).length > 0 && { leaderLeases: true }),
      latencies: { registry: minor >= MODERN_MINOR ? ['800ms', '870ms'] : ['5s', '10s'] },
    },
    ...(Object.keys(images).length > 0 && { images }),
    steps: [],
  };
}

/** Clusters are made without metrics-server: `kubectl top` says so of the recorded one. */
function hasNoMetrics({ commands }: Recording): boolean {
  return commands.some(({ output }) => output.includes('Metrics API not available'));
}

/**
 * The recorded nginx is a tag of busybox whose httpd listens at once: nearly every first probe succeeds
 * (README 1.36, 3.0.5).
 */
const QUICK_SERVER = {
  files: { '/usr/share/nginx/html/index.html': 'It works\n' },
  program: {
    startup: '0s',
    listens: [{ port: 80, protocol: 'http', answers: [{ status: 200 }] }],
    onSignal: { TERM: { code: 0, after: '10ms' } },
  },
};
