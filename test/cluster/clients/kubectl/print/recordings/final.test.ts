import { describe, expect, test } from 'vitest';
import { listOf } from '../../../../../../src/cluster/clients/kubectl/output/shown-object.ts';
import { sortObjects } from '../../../../../../src/cluster/clients/kubectl/print/output/sort-objects.ts';
import { printYaml } from '../../../../../../src/cluster/clients/kubectl/print/yaml/print-yaml.ts';
import type { Json } from '../../../../../../src/cluster/objects/json.ts';
import { printAs } from '../print-as.ts';
import { type KindState, statesOf } from './cluster-at.ts';
import { isDescribed, nameIn, splitDescriptions, withoutOwners } from './described.ts';
import { hasRecordings, type Recording, readRecording, recordingNames } from './recording.ts';

const COLUMNS =
  'FIRST:.firstTimestamp,LAST:.lastTimestamp,COUNT:.count,TYPE:.type,REASON:.reason,' +
  'OBJ:.involvedObject.kind,NAME:.involvedObject.name,FROM:.source.component,MSG:.message';
const BY_CREATION = '.metadata.creationTimestamp';
const EVENTS = `kubectl get events --sort-by=${BY_CREATION} -o custom-columns=${COLUMNS}`;
const ALL = [
  'Pod',
  'Service',
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'HorizontalPodAutoscaler',
];

/** What cannot be reproduced, because the recording does not hold what the command saw. */
const GAPS: Readonly<Record<string, readonly string[]>> = {
  // The watches of this recording end before its commands do.
  'v1.20/b1-liveness-exec-solo': ['events', 'pods as YAML', 'describe liveness-exec'],
};

// What final.txt holds was printed after the last command and before the end.
describe.skipIf(!hasRecordings)('what a recording ends with is printed as it was on a real cluster', () => {
  test.each(hasRecordings ? recordingNames() : ['no recordings beside the project'])('%s', (name) => {
    const recording = readRecording(name);
    const span = { beginMs: recording.lastMs, endMs: recording.endMs };
    const missed = [
      ...(isAnyPrinted(recording, 'Event', (state) => isEventTable(state, recording)) ? [] : ['events']),
      ...(isAnyPrinted(recording, 'Pod', (state) => isPodYaml(state, recording)) ? [] : ['pods as YAML']),
      ...descriptionsOf(recording).flatMap((text, _, texts) =>
        isDescribed({ recording, text, count: texts.length, ...span }, ALL)
          ? []
          : [`describe ${nameIn(text)}`],
      ),
    ];
    expect(missed).toEqual(GAPS[name] ?? []);
  });
});

function isAnyPrinted(recording: Recording, kind: string, isPrinted: (state: KindState) => boolean): boolean {
  const states = statesOf(recording, kind, recording.lastMs, recording.endMs);
  return states.some((state) =>
    isPrinted(state.filter(({ metadata }) => metadata.namespace === recording.namespace)),
  );
}

function isEventTable(events: KindState, { final, version }: Recording): boolean {
  const sorted = sortObjects(events, BY_CREATION, version);
  if (!sorted.ok) return false;
  const printed = printAs(`custom-columns=${COLUMNS}`, sorted.value);
  return printed.ok && printed.text.trimEnd() === final.get(EVENTS)?.trimEnd();
}

function isPodYaml(pods: KindState, { final, version }: Recording): boolean {
  const printed = printYaml(listOf(pods as unknown as readonly Json[], version));
  return withoutManifest(printed) === withoutManifest(final.get('kubectl get pods -o yaml') ?? '');
}

/**
 * The recorder's watches left out the manifest that was applied and what 1.20 shows of the owners of fields.
 */
function withoutManifest(text: string): string {
  return withoutOwners(text)
    .replace(/^ {4}- apiVersion: v1\n {6}fieldsType: FieldsV1\n(?: {6,}.*\n)*/gm, '')
    .replace(/ +kubectl\.kubernetes\.io\/last-applied-configuration: \|\n(?: +\{.*\n)?/g, '')
    .replace(/annotations: \{\}/g, 'annotations:')
    .trimEnd();
}

function descriptionsOf({ final }: Recording): readonly string[] {
  const output = (final.get('kubectl describe all') ?? '').replace(/^Error from .*\n/gm, '').trimEnd();
  return output === '' || output.startsWith('No resources') ? [] : splitDescriptions(`${output}\n`);
}
