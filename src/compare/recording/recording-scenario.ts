import { stringify } from 'yaml';
import type { ObjectMeta } from '../../cluster/objects/kubernetes.ts';
import { formatRfc3339Micro } from '../../kernel/time/rfc3339.ts';
import { loadScenario } from '../../scenario/language/load-scenario.ts';
import { printDiagnostic } from '../../scenario/language/print-diagnostic.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import type { Recording } from './recording.ts';

export interface RecordingScenario {
  readonly scenario: Scenario;
  /** Which of the recording's commands each step types; absent for others. */
  readonly commandOfStep: readonly (number | undefined)[];
}

interface StepDraft {
  readonly at: number;
  readonly command?: number;
  readonly step: Readonly<Record<string, unknown>>;
}

/** The scenario that types what was typed in a recording, at the same times, and lasts as long. */
export function recordingScenario(recording: Recording): RecordingScenario {
  let drafts: readonly StepDraft[] = [
    ...withCaptures(recording),
    { at: recording.endMs, step: { say: 'The recording ends.' } },
  ].sort((a, b) => a.at - b.at);
  for (;;) {
    const text = stringify(scenarioDocument(recording, drafts));
    const { scenario, diagnostics } = loadScenario(
      { ...recording.files, 'scenario.yaml': text },
      'scenario.yaml',
    );
    if (scenario) return { scenario, commandOfStep: drafts.map(({ command }) => command) };
    // Commands that only look can be left out: that their output is missing is told where outputs are
    // compared.
    const lines = diagnostics
      .filter(({ code }) => code === 'not-simulated')
      .map(({ line }) => text.split('\n')[line - 1]);
    const left = drafts.filter(
      ({ step }) => !lines.some((line) => line?.includes(`run: ${String(step['run'])}`)),
    );
    if (left.length === drafts.length)
      throw new Error(
        diagnostics
          .map((each) => printDiagnostic(each, { ...recording.files, 'scenario.yaml': text }))
          .join('\n'),
      );
    drafts = left;
  }
}

/**
 * What was typed; generated names are read from an output that lists them first, as whoever typed them did.
 */
function withCaptures({ commands, changes }: Recording): readonly StepDraft[] {
  const names = new Set(
    changes.flatMap(({ object: { kind, metadata } }) =>
      kind === 'Pod' && isDrawn(metadata) ? [metadata.name ?? ''] : [],
    ),
  );
  const captures = new Map<number, Record<string, { line: string }>>();
  const lines = commands.map(({ line }, index) => {
    const name = [...names].find((one) => line.includes(one));
    if (name === undefined) return line;
    const listing = commands.findLastIndex((each) => each.index < index && each.output.includes(name));
    const family = name.replace(/-.*$/, '');
    const first = new RegExp(`${family}-[a-z0-9]+-[a-z0-9]{5}`);
    if (first.exec(commands[listing]?.output ?? '')?.[0] !== name)
      throw new Error(`${name} is not listed first`);
    const captured = `pod${index}`;
    captures.set(listing, { ...captures.get(listing), [captured]: { line: `/${first.source}/` } });
    return line.replaceAll(name, `\${${captured}}`);
  });
  return commands.map(({ beginMs, exitCode }, command): StepDraft => {
    const capture = captures.get(command);
    return {
      at: beginMs,
      command,
      step: { run: lines[command], ...(capture && { capture }), expect: { exitCode } },
    };
  });
}

/** The pods of a StatefulSet have a base for their names, and yet names of their own. */
function isDrawn({ generateName, ownerReferences = [] }: ObjectMeta): boolean {
  return generateName !== undefined && !ownerReferences.some(({ kind }) => kind === 'StatefulSet');
}

/** Those that the recording says are already present. */
function presentImages(changes: Recording['changes']): readonly string[] {
  const messages = changes.map(({ object }) => ('message' in object ? String(object.message) : ''));
  const images = messages.map((text) => /^Container image "(.+?)" already present/.exec(text)?.[1] ?? '');
  return [...new Set(images)].filter((image) => image !== '').sort();
}

function scenarioDocument(
  { name, minor, namespace, startMs, changes }: Recording,
  drafts: readonly StepDraft[],
) {
  const present = presentImages(changes);
  const servers = present.filter((image) => image.startsWith('nginx:'));
  const images = {
    ...Object.fromEntries(servers.map((image) => [image, QUICK_SERVER])),
    ...(minor === 20 && { 'nosuchimage:v1': { pull: { error: NO_REGISTRY } } }),
  };
  return {
    apiVersion: 'kubereel.dev/v1',
    kind: 'Scenario',
    metadata: { name: name.replace(/^.*\//, '') },
    cluster: {
      version: `1.${minor}.2`,
      namespace,
      epoch: formatRfc3339Micro(startMs).replace('000Z', 'Z'),
      // README: the real node. No recorded pod of these scenarios runs on the hollow ones.
      nodes: [{ name: 'node-1', cpu: 2, memory: '24Gi' }],
      presentImages: present,
      latencies: { registry: minor === 36 ? ['800ms', '870ms'] : ['5s', '10s'] },
    },
    ...(Object.keys(images).length > 0 && { images }),
    steps: drafts.map(({ at, step }) => ({ at: `${Math.round(at)}ms`, ...step })),
  };
}

/**
 * The recorded nginx is a tag of busybox whose httpd listens at once: nearly every first probe succeeds
 * (README 1.36, 3.0.5).
 */
const QUICK_SERVER = {
  program: {
    startup: '0s',
    listens: [{ port: 80, protocol: 'http', answers: [{ status: 200 }] }],
    onSignal: { TERM: { code: 0, after: '10ms' } },
  },
};

/**
 * README 1.20, 3.12: names of registries were not found. (1.36 asked a registry that knows no image: 0.8 s.)
 */
const NO_REGISTRY =
  'rpc error: code = Unknown desc = failed to pull and unpack image "docker.io/library/nosuchimage:v1": failed to resolve reference "docker.io/library/nosuchimage:v1": failed to do request: Head "https://registry-1.docker.io/v2/library/nosuchimage/manifests/v1": dial tcp: lookup registry-1.docker.io on 10.255.255.53:53: read udp 10.99.0.1:35474->10.255.255.53:53: i/o timeout';
