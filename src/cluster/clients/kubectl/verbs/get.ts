import type { JsonObject } from '../../../objects/json.ts';
import type { Resource } from '../../../objects/schema/resources.ts';
import { type Failure, fail, failUsage, failWith } from '../failure.ts';
import {
  ALL_NAMESPACES_FLAG,
  FIELD_SELECTOR_FLAG,
  FILE_FLAGS,
  PRINT_FLAGS,
  SELECTOR_FLAG,
} from '../flags/common-flags.ts';
import { bool, int, list, refused, text } from '../flags/flag.ts';
import { DONE, type Invocation, type Steps } from '../invocation.ts';
import { LIST_FORMATS, type OutputFormat, readOutputFormat } from '../output/output-format.ts';
import { listOf, shownObject } from '../output/shown-object.ts';
import { sortObjects } from '../print/output/sort-objects.ts';
import { type Listed, printTables, type TableOptions } from '../print/table/print-table.ts';
import { type Info, subjectOf } from '../resources/info.ts';
import { partVisited } from '../resources/read-files.ts';
import { type Selection, selectObjects } from '../resources/select-objects.ts';
import type { Verb } from '../verb.ts';
import { watchObjects } from './get-watch.ts';

export const get: Verb = {
  name: 'get',
  flags: [
    ...PRINT_FLAGS,
    ...FILE_FLAGS,
    SELECTOR_FLAG,
    FIELD_SELECTOR_FLAG,
    ALL_NAMESPACES_FLAG,
    bool('w,watch'),
    bool('watch-only'),
    bool('output-watch-events'),
    bool('ignore-not-found'),
    bool('no-headers'),
    bool('show-labels'),
    bool('show-kind'),
    bool('server-print', 'true'),
    list('L,label-columns'),
    text('sort-by'),
    int('chunk-size', '500'),
    ...refused(text('raw'), text('subresource')),
  ],
  run: getObjectsOf,
};

function* getObjectsOf(invocation: Invocation): Steps {
  const { args, flags, path } = invocation;
  const isWatching = flags.bool('watch') || flags.bool('watch-only');
  if (!isWatching && args.length === 0 && flags.list('filename').length === 0)
    failNothingNamed(invocation, path);
  const output = flags.text('output');
  if (flags.bool('show-labels') && output !== '' && output !== 'wide') {
    fail(`--show-labels option cannot be used with ${output} printer`);
  }
  if (flags.bool('output-watch-events') && !isWatching) {
    fail('--output-watch-events option can only be used with --watch or --watch-only');
  }
  if (isWatching) return yield* watchObjects(invocation);
  const selection = yield* selectObjects(invocation, { args, isTypeEnough: true, isLatest: true });
  const format = readOutputFormat(invocation, LIST_FORMATS);
  const { infos, failures } = partVisited(selection.visited);
  const serious = flags.bool('ignore-not-found') ? failures.filter(isNotMissing) : failures;
  if (format.type === 'human') printHuman(invocation, { infos, failures: serious, format, selection });
  else printGeneric(invocation, { infos, failures: serious, format, selection });
  return DONE;
}

interface Answer {
  readonly infos: readonly Info[];
  readonly failures: readonly Failure[];
  readonly format: OutputFormat;
  readonly selection: Selection;
}

function isNotMissing(failure: Failure): boolean {
  return !('status' in failure) || failure.status.reason !== 'NotFound';
}

function failNothingNamed(invocation: Invocation, path: string): never {
  const suggestion = 'Use "kubectl api-resources" for a complete list of supported resources.';
  invocation.err(`You must specify the type of resource to get. ${suggestion}\n\n`);
  const explain =
    'Use "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).';
  return failUsage(path, `Required resource not specified.\n${explain}`);
}

/** The tables, or that there is nothing (kubectl: get.go Run). */
function printHuman(invocation: Invocation, { infos, failures, format, selection }: Answer): void {
  const { flags } = invocation;
  const isWide = format.type === 'human' && format.isWide;
  const answers: readonly Listed[] =
    selection.listed.length === 0
      ? infos.map((info) => listed(info.resource, [info]))
      : selection.listed.map((resource) =>
          listed(resource, sortedBy(infos.filter(isOf(resource)), invocation)),
        );
  const tables = printTables(answers, tableOptions(invocation, isWide));
  invocation.out(tables);
  if (tables === '' && !flags.bool('ignore-not-found') && failures.length === 0) {
    const isEverywhere =
      flags.bool('all-namespaces') || selection.listed.some(({ isNamespaced }) => !isNamespaced);
    invocation.err(
      isEverywhere ? 'No resources found\n' : `No resources found in ${invocation.namespace} namespace.\n`,
    );
  }
  failWith(failures);
}

function isOf({ name }: Resource): (info: Info) => boolean {
  return ({ resource }) => resource.name === name;
}

function listed(resource: Resource, infos: readonly Info[]): Listed {
  return { resource, objects: infos.flatMap(({ object }) => (object === undefined ? [] : [object])) };
}

export function tableOptions({ flags, epochNow, version }: Invocation, isWide: boolean): TableOptions {
  return {
    now: epochNow,
    version,
    wide: isWide,
    noHeaders: flags.bool('no-headers'),
    showLabels: flags.bool('show-labels'),
    showKind: flags.bool('show-kind'),
    allNamespaces: flags.bool('all-namespaces'),
    labelColumns: flags.list('label-columns'),
  };
}

function sortedBy(infos: readonly Info[], { flags, version }: Invocation): readonly Info[] {
  const path = flags.text('sort-by');
  if (path === '') return infos;
  const places = new Map(
    infos.flatMap((info) => (info.object === undefined ? [] : [[info.object, info] as const])),
  );
  const sorted = sortObjects([...places.keys()], path, version);
  if (!sorted.ok) return fail(sorted.message);
  return sorted.value.flatMap((object) => places.get(object) ?? []);
}

/** The objects themselves: one where one was asked for, else a list (kubectl: get.go printGeneric). */
function printGeneric(invocation: Invocation, { infos, failures, format, selection }: Answer): void {
  const { flags } = invocation;
  if (failures.length > 0 && selection.isSingle) failWith(failures);
  if (infos.length === 0 && flags.bool('ignore-not-found')) {
    failWith(failures);
    return;
  }
  const sorted = sortedBy(infos, invocation);
  const objects = sorted.flatMap(({ object }): JsonObject[] =>
    object === undefined ? [] : [shownObject(object, flags.bool('show-managed-fields'))],
  );
  const [only] = objects;
  switch (format.type) {
    case 'name':
      invocation.out(sorted.map((info) => `${subjectOf(info)}\n`).join(''));
      break;
    case 'columns':
      invocation.out(format.print(objects, flags.bool('no-headers')));
      break;
    case 'object':
      invocation.out(format.print(selection.isSingle && only !== undefined ? only : listOf(objects)));
      break;
    case 'human':
      break;
  }
  failWith(failures);
}
