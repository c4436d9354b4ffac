import { quoteGo } from '../../../objects/go-json.ts';
import { sortedKeys } from '../../../objects/json.ts';
import type { KubeObject } from '../../../objects/kube-object.ts';
import { labelValueProblems } from '../../../objects/validation/name-syntax.ts';
import { bool, type Flag, refused, text } from '../../flags/flag.ts';
import { patchBetween, sendPatch } from '../change-object.ts';
import { type Failure, fail } from '../failure.ts';
import {
  ALL_NAMESPACES_FLAG,
  DRY_RUN_FLAG,
  FIELD_MANAGER_FLAG,
  FIELD_SELECTOR_FLAG,
  FILE_FLAGS,
  PRINT_FLAGS,
  RECORD_FLAG,
  SELECTOR_FLAG,
} from '../flags/common-flags.ts';
import type { Invocation, Steps } from '../invocation.ts';
import { type DryRun, readDryRun } from '../output/dry-run.ts';
import { reportObject } from '../output/report-object.ts';
import { type PairChanges, partPairs } from '../pair-args.ts';
import { CHANGE_CAUSE, recorded } from '../record.ts';
import type { Info } from '../resources/info.ts';
import { selectObjects } from '../resources/select-objects.ts';
import type { Verb } from '../verb.ts';
import { visitEach } from '../visit.ts';

/** Of `label` and `annotate`. */
export const METADATA_FLAGS: readonly Flag[] = [
  ...PRINT_FLAGS,
  ...FILE_FLAGS,
  SELECTOR_FLAG,
  FIELD_SELECTOR_FLAG,
  ALL_NAMESPACES_FLAG,
  DRY_RUN_FLAG,
  FIELD_MANAGER_FLAG,
  RECORD_FLAG,
  bool('all'),
  bool('list'),
  bool('overwrite'),
  ...refused(bool('local'), text('resource-version')),
];

export const label: Verb = { name: 'label', flags: METADATA_FLAGS, run: labelObjects };

function* labelObjects(invocation: Invocation): Steps {
  const { args, flags } = invocation;
  const dryRun = readDryRun(invocation);
  const { resources, pairs } = partPairs(args, 'label');
  const changes = readLabels(pairs);
  checkMetadataCall(invocation, { resources, changes, what: 'label' });
  const { visited, isSingle } = yield* selectObjects(invocation, {
    args: resources,
    isTypeEnough: false,
    isLatest: true,
  });
  return yield* visitEach(visited, (info) =>
    flags.bool('list')
      ? listMetadata(invocation, info, { isSingle, what: 'labels', changes })
      : labelOne(invocation, info, { changes, dryRun }),
  );
}

export interface MetadataCall {
  readonly resources: readonly string[];
  readonly changes: PairChanges;
  readonly what: 'label' | 'annotation';
}

export function checkMetadataCall({ flags }: Invocation, { resources, changes, what }: MetadataCall): void {
  if (flags.bool('list') && flags.text('output') !== '')
    fail('--list and --output may not be specified together');
  if (flags.bool('all') && flags.text('selector') !== '')
    fail('cannot set --all and --selector at the same time');
  if (flags.bool('all') && flags.text('field-selector') !== '') {
    fail('cannot set --all and --field-selector at the same time');
  }
  if (resources.length === 0 && flags.list('filename').length === 0) {
    fail('one or more resources must be specified as <resource> <name> or <resource>/<name>');
  }
  if (changes.set.size === 0 && changes.removed.length === 0 && !flags.bool('list')) {
    fail(`at least one ${what} update is required`);
  }
}

function readLabels(pairs: readonly string[]): PairChanges {
  const set = new Map<string, string>();
  const removed: string[] = [];
  for (const pair of pairs) {
    const [key = '', value, more] = pair.split('=');
    if (value === undefined) {
      removed.push(pair.slice(0, -1));
      continue;
    }
    if (more !== undefined) fail(`invalid label spec: ${pair}`);
    const problems = labelValueProblems(value);
    if (problems.length > 0) fail(`invalid label value: ${quoteGo(pair)}: ${problems.join(';')}`);
    set.set(key, value);
  }
  if (removed.some((key) => set.has(key))) fail('can not both modify and remove a label in the same command');
  return { set, removed };
}

interface Labeling {
  readonly changes: PairChanges;
  readonly dryRun: DryRun;
}

function* labelOne(
  invocation: Invocation,
  info: Info,
  { changes, dryRun }: Labeling,
): Steps<Failure | undefined> {
  const { object } = info;
  if (object === undefined) throw new Error('what is labeled has been read');
  const labels = { ...object.metadata.labels };
  if (dryRun === 'none') {
    for (const key of changes.removed)
      if (labels[key] === undefined) invocation.out(`label ${quoteGo(key)} not found.\n`);
  }
  const taken = takenLabels(invocation, labels, changes);
  if (taken) return taken;
  const added = [...changes.set].filter(([key, value]) => labels[key] !== value);
  const removed = changes.removed.filter((key) => labels[key] !== undefined);
  for (const [key, value] of added) labels[key] = value;
  for (const key of removed) delete labels[key];
  const operation = operationOf(added.length > 0, removed.length > 0);
  const labeled: KubeObject = { ...object, metadata: { ...object.metadata, labels } };
  const changed = recorded(invocation, labeled, METADATA_FLAGS);
  if (operation !== 'not labeled' && dryRun !== 'client') {
    const patch = patchBetween(object, changed, 'merge');
    const outcome = yield* sendPatch(invocation, { info, patch, kind: 'merge', dryRun });
    if (!('object' in outcome)) return outcome;
  }
  reportObject(invocation, { name: info.name, object: changed, operation, dryRun });
  return undefined;
}

/** Why labels may not be given; undefined where they may. */
function takenLabels(
  { flags }: Invocation,
  labels: Readonly<Record<string, string>>,
  { set }: PairChanges,
): Failure | undefined {
  const taken = [...set].filter(([key, value]) => labels[key] !== undefined && labels[key] !== value);
  if (taken.length === 0 || flags.bool('overwrite')) return undefined;
  const complaints = taken.map(
    ([key]) => `'${key}' already has a value (${labels[key]}), and --overwrite is false`,
  );
  return { message: complaints.length === 1 ? complaints.join('') : `[${complaints.join(', ')}]` };
}

/** The same of annotations; why a thing has changed is told anew each time. */
export function takenAnnotations(
  { flags }: Invocation,
  annotations: Readonly<Record<string, string>>,
  { set }: PairChanges,
): Failure | undefined {
  const taken = [...set].filter(
    ([key, value]) => key !== CHANGE_CAUSE && annotations[key] !== undefined && annotations[key] !== value,
  );
  if (taken.length === 0 || flags.bool('overwrite')) return undefined;
  const complaints = taken.map(([key]) => `'${key}' already has a value (${annotations[key]})`);
  const prefix = '--overwrite is false but found the following declared annotation(s): ';
  return { message: prefix + complaints.join('; ') };
}

function operationOf(hasAdded: boolean, hasRemoved: boolean): string {
  if (hasAdded) return hasRemoved ? 'modified' : 'labeled';
  return hasRemoved ? 'unlabeled' : 'not labeled';
}

export interface MetadataListing {
  readonly isSingle: boolean;
  readonly what: 'labels' | 'annotations';
  readonly changes: PairChanges;
}

/**
 * `--list`: as they would be with the changes, which are sent nowhere (kubectl: label.go RunLabel). Go ranges
 * over a map in any order; here it is that of the keys.
 */
export function listMetadata(
  invocation: Invocation,
  { object, resource, name }: Info,
  { isSingle, what, changes }: MetadataListing,
): Failure | undefined {
  const { out } = invocation;
  const map = { ...object?.metadata[what] };
  const taken = (what === 'labels' ? takenLabels : takenAnnotations)(invocation, map, changes);
  if (taken) return taken;
  for (const [key, value] of changes.set) map[key] = value;
  for (const key of changes.removed) delete map[key];
  if (!isSingle) out(`Listing ${what} for ${resource.kind}.${resource.group}/${name}:\n`);
  for (const key of sortedKeys(map)) out(`${isSingle ? '' : ' '}${key}=${map[key]}\n`);
  return undefined;
}
