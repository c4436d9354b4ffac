import { quoteGo } from '../../../objects/go-json.ts';
import type { JsonObject } from '../../../objects/json.ts';
import type { Resource } from '../../../objects/schema/resources.ts';
import type { KubeVersion } from '../../../objects/versions.ts';
import { type Failure, fail, failListed, failWith } from '../failure.ts';
import { type Invocation, showsManagers } from '../invocation.ts';
import type { OutputFormat } from '../output/output-format.ts';
import { listOf, shownObject } from '../output/shown-object.ts';
import { tableOptions } from '../output/table-options.ts';
import { sortObjects } from '../print/output/sort-objects.ts';
import { type Listed, printTables } from '../print/table/print-table.ts';
import { type Info, subjectOf } from '../resources/info.ts';
import type { Selection } from '../resources/select-objects.ts';

/** What the server answered to a `get`, to be printed in a format. */
export interface Answer {
  readonly infos: readonly Info[];
  readonly failures: readonly Failure[];
  readonly format: OutputFormat;
  readonly selection: Selection;
}

/** The tables, or that there is nothing (kubectl: get.go Run). */
export function printHuman(invocation: Invocation, { infos, failures, format, selection }: Answer): void {
  const { flags } = invocation;
  const isWide = format.type === 'human' && format.isWide;
  const answers =
    selection.listed.length === 0
      ? infos.map((info) => listed(info.resource, [info]))
      : selection.listed.map((resource) => listed(resource, infos.filter(isOf(resource))));
  const sorted = sortedTables(answers, flags.text('sort-by'), invocation.version);
  const tables = printTables(sorted, tableOptions(invocation, isWide));
  invocation.out(tables);
  if (tables === '' && !flags.bool('ignore-not-found') && failures.length === 0) {
    const isEverywhere =
      flags.bool('all-namespaces') || selection.listed.some(({ isNamespaced }) => !isNamespaced);
    invocation.err(
      isEverywhere ? 'No resources found\n' : `No resources found in ${invocation.namespace} namespace.\n`,
    );
  }
  failListed(failures);
}

/**
 * The rows of a table in the order of a path. kubectl looks for the path in the tables themselves when there
 * are several, where it is not, and shows an empty table when its rows have no such field (kubectl: get.go
 * SortingPrinter).
 */
function sortedTables(answers: readonly Listed[], path: string, version: KubeVersion): readonly Listed[] {
  if (path === '') return answers;
  if (answers.length > 1) {
    const relaxed = quoteGo(`{${path.replace(/^\{|\}$/g, '')}}`);
    fail(`couldn't find any field with path ${relaxed} in the list of objects`);
  }
  return answers.map(({ resource, objects }) => {
    if (objects.length < 2) return { resource, objects };
    const sorted = sortObjects(objects, path, version);
    return { resource, objects: sorted.ok ? sorted.value : [] };
  });
}

function isOf({ name }: Resource): (info: Info) => boolean {
  return ({ resource }) => resource.name === name;
}

function listed(resource: Resource, infos: readonly Info[]): Listed {
  return { resource, objects: infos.flatMap(({ object }) => (object === undefined ? [] : [object])) };
}

/** The objects themselves: one where one was asked for, else a list (kubectl: get.go printGeneric). */
export function printGeneric(invocation: Invocation, { infos, failures, format, selection }: Answer): void {
  const { flags } = invocation;
  if (failures.length > 0 && selection.isSingle) failWith(failures);
  if (infos.length === 0 && flags.bool('ignore-not-found')) {
    failListed(failures);
    return;
  }
  const sorted = sortedBy(infos, invocation);
  const objects = sorted.flatMap(({ object }): JsonObject[] =>
    object === undefined ? [] : [shownObject(object, showsManagers(flags))],
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
      invocation.out(
        format.print(selection.isSingle && only !== undefined ? only : listOf(objects, invocation.version)),
      );
      break;
    case 'human':
      break;
  }
  failListed(failures);
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
