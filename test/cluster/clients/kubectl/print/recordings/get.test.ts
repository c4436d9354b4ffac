import { describe, expect, test } from 'vitest';
import { sortObjects } from '../../../../../../src/cluster/clients/kubectl/print/output/sort-objects.ts';
import { printTables } from '../../../../../../src/cluster/clients/kubectl/print/table/print-table.ts';
import { matchesFields, parseFieldSelector } from '../../../../../../src/cluster/objects/field-selector.ts';
import type { KubeObject } from '../../../../../../src/cluster/objects/kube-object.ts';
import { matchesLabels, parseLabelSelector } from '../../../../../../src/cluster/objects/label-selector.ts';
import { type Resource, resourceOf } from '../../../../../../src/cluster/objects/schema/resources.ts';
import { printAs } from '../print-as.ts';
import { statesOf } from './cluster-at.ts';
import { type GetLine, readGetLine } from './get-line.ts';
import {
  hasRecordings,
  type RecordedCommand,
  type Recording,
  readRecording,
  recordingNames,
} from './recording.ts';

/** What cannot be reproduced, because the recording does not hold what the command saw. */
const GAPS: Readonly<Record<string, readonly string[]>> = {
  // The volumes were watched from a later moment on.
  'v1.36/g-statefulset': ['87.705 kubectl get pvc,pv: persistentvolumes'],
  'v1.20/g-statefulset': ['179.278 kubectl get pvc,pv: persistentvolumes'],
  // 755 events come in two answers, each with its own now.
  'v1.36/i-scheduler': ['87.201 kubectl get events: events'],
  // The watches of this recording end before its commands do.
  'v1.20/b1-liveness-exec-solo': [
    '157.000 kubectl get pod liveness-exec: pods',
    '172.052 kubectl get pod liveness-exec: pods',
    '187.106 kubectl get pod liveness-exec: pods',
    '202.173 kubectl get pod liveness-exec: pods',
    '202.337 kubectl get events: events',
  ],
};

describe.skipIf(!hasRecordings)('kubectl get prints what it printed on real clusters', () => {
  test.each(hasRecordings ? recordingNames() : ['no recordings beside the project'])('%s', (name) => {
    const recording = readRecording(name);
    const missed = recording.commands.flatMap((command) => {
      const line = readGetLine(command.line);
      return line === undefined || !hasOutput(command) ? [] : missedParts(recording, command, line);
    });
    expect(missed).toEqual(GAPS[name] ?? []);
  });
});

function hasOutput({ output }: RecordedCommand): boolean {
  return output !== '' && !/^(No resources found|The connection to the server|error: )/.test(output);
}

/** The parts of an output, one a kind, that no state of the cluster at that time yields. */
function missedParts(recording: Recording, command: RecordedCommand, line: GetLine): string[] {
  const output = command.output.replace(/^(Warning: |Error from server \(NotFound\): ).*\n/gm, '');
  const parts = line.output.startsWith('jsonpath') ? [output] : output.replace(/\n$/, '').split('\n\n');
  const missed: string[] = [];
  if (output === '') return missed;
  for (const word of line.kinds) {
    const resource = resourceOf(word);
    if (resource === undefined) throw new Error(`${word} is no resource`);
    const [part] = parts;
    const outcome = reproduce({ recording, command, line, resource }, part);
    if (outcome !== 'nothing there') parts.shift();
    if (outcome === 'missed') {
      missed.push(`${(command.beginMs / 1000).toFixed(3)} ${command.line}: ${resource.name}`);
    }
  }
  return missed;
}

interface Case {
  readonly recording: Recording;
  readonly command: RecordedCommand;
  readonly line: GetLine;
  readonly resource: Resource;
}

type Outcome = 'reproduced' | 'missed' | 'nothing there' | 'not known';

function reproduce(one: Case, expected = ''): Outcome {
  const { recording, command, resource } = one;
  let isPerhapsEmpty = false;
  for (const state of statesOf(recording, resource.kind, command.beginMs, command.endMs)) {
    const objects = state.filter((object) => isShown(object, one));
    if (objects.length === 0) isPerhapsEmpty = true;
    else if (isPrinted(objects, one, expected)) return 'reproduced';
  }
  if (isPerhapsEmpty && resource.kind === 'Node') return 'not known';
  const isOfOtherKind = one.line.kinds.length > 1 && !expected.includes(`${kindOf(resource)}/`);
  return isPerhapsEmpty && isOfOtherKind ? 'nothing there' : 'missed';
}

function kindOf({ kind, group }: Resource): string {
  return group === '' ? kind.toLowerCase() : `${kind.toLowerCase()}.${group}`;
}

function isShown(object: KubeObject, { recording, line, resource }: Case): boolean {
  const labels = parseLabelSelector(line.selector);
  const fields = parseFieldSelector(line.fieldSelector);
  return (
    (!resource.isNamespaced || object.metadata.namespace === recording.namespace) &&
    (line.name === undefined || object.metadata.name === line.name) &&
    labels.ok &&
    matchesLabels(labels.requirements, object.metadata.labels) &&
    fields.ok &&
    matchesFields(fields.requirements, object)
  );
}

/** Whether some millisecond between the command's beginning and its end makes the text. */
function isPrinted(objects: readonly KubeObject[], one: Case, expected: string): boolean {
  const { recording, command, line } = one;
  if (line.output !== '' && line.output !== 'wide') {
    const printed = printFormat(objects, one).trimEnd();
    return printed === expected.trimEnd() || isPartOf(printed, expected, one);
  }
  for (let atMs = command.beginMs; atMs <= command.endMs; atMs += 1) {
    const printed = printTable(objects, one, recording.startMs + atMs);
    if (printed === expected || isPartOf(printed, expected, one)) return true;
  }
  return false;
}

function printTable(
  objects: readonly KubeObject[],
  { recording, line, resource }: Case,
  now: number,
): string {
  const options = {
    now,
    version: recording.version,
    wide: line.output === 'wide',
    labelColumns: line.labelColumns,
    showKind: line.kinds.length > 1,
  };
  return printTables([{ resource, objects }], options).replace(/\n$/, '');
}

/**
 * Of the nodes a recording holds only those that changed; their rows must be among the real ones, in order.
 */
function isPartOf(printed: string, expected: string, { resource }: Case): boolean {
  if (resource.kind !== 'Node') return false;
  const rows = expected.split('\n').map(withoutWidths);
  const places = printed.split('\n').map((row) => rows.indexOf(withoutWidths(row)));
  return places.every((place, index) => place > (places[index - 1] ?? -1));
}

function withoutWidths(row: string): string {
  return row.replace(/ {2,}/g, '\t').trimEnd();
}

function printFormat(objects: readonly KubeObject[], { recording, line }: Case): string {
  const sorted = line.sortBy === undefined ? undefined : sortObjects(objects, line.sortBy, recording.version);
  const items = sorted?.ok ? sorted.value : objects;
  const printed = printAs(line.output, items, { noHeaders: line.noHeaders });
  return printed.ok ? printed.text : printed.message;
}
