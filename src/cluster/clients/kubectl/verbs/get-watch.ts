import type { Change } from '../../../contract/api-event.ts';
import { matchesFields, parseFieldSelector } from '../../../objects/field-selector.ts';
import type { KubeObject } from '../../../objects/kube-object.ts';
import { matchesLabels, parseLabelSelector } from '../../../objects/label-selector.ts';
import { type Resource, resourceNamed } from '../../../objects/schema/resources.ts';
import type { Outcome, Watched } from '../../program.ts';
import { fail, failWith } from '../failure.ts';
import { requestTimeout } from '../flags/request-timeout.ts';
import { ask, DONE, demand, type Invocation, type Steps, showsManagers } from '../invocation.ts';
import { LIST_FORMATS, type OutputFormat, readOutputFormat } from '../output/output-format.ts';
import { shownObject } from '../output/shown-object.ts';
import { tableOptions } from '../output/table-options.ts';
import { kindWithGroup } from '../print/kind-text.ts';
import {
  NOTHING_WATCHED,
  printWatched,
  type WatchedChange,
  type WatchOutput,
} from '../print/table/print-watch.ts';
import { partVisited, readFiles } from '../resources/read-files.ts';
import { type ResourceArgs, readResourceArgs } from '../resources/resource-args.ts';
import { listRequest } from '../resources/select-objects.ts';

/** What a running `get -w` remembers. */
interface WatchMemory {
  readonly resource: string;
  /** Set when one object is watched. */
  readonly name?: string;
  readonly revision: number;
  readonly printed: WatchOutput;
  readonly endsAt?: number;
}

/**
 * Prints what there is, and then each change as it comes, until the request's timeout (kubectl: get.go
 * watch).
 */
export function* watchObjects(invocation: Invocation): Steps {
  const memory = invocation.call.memory as WatchMemory | undefined;
  if (memory === undefined) return yield* begin(invocation);
  // A definition that has gone took all that was watched with it.
  const resource = resourceNamed(memory.resource, invocation.resources);
  if (resource === undefined) return DONE;
  const all = invocation.view.objects.changesAfter({
    ...watchedBy(invocation, resource),
    revision: memory.revision,
  });
  const changes = all
    .filter(({ object }) => memory.name === undefined || object.metadata.name === memory.name)
    .flatMap((change) => asSelected(change, invocation));
  return proceed(invocation, { ...memory, revision: revisionAfter(memory.revision, all) }, changes);
}

function* begin(invocation: Invocation): Steps {
  const { flags } = invocation;
  if (flags.text('sort-by') !== '') {
    const what = flags.bool('watch') ? 'will be ignored for watch events received' : 'will be ignored';
    invocation.err(`warning: --watch${flags.bool('watch') ? '' : '-only'} requested, --sort-by ${what}\n`);
  }
  const { resource, name } = watchTarget(invocation);
  const timeout = requestTimeout(flags);
  const endsAt = timeout > 0 ? { endsAt: invocation.call.now + timeout } : {};
  const base = { resource: resource.name, printed: NOTHING_WATCHED, ...endsAt };
  if (name === undefined) {
    const { items = [], revision } = yield* demand(invocation, listRequest(invocation, resource));
    const shown = flags.bool('watch-only') ? [] : items.map(added);
    return proceed(invocation, { ...base, revision }, shown);
  }
  const { namespace } = watchedBy(invocation, resource);
  const response = yield* ask(invocation, {
    verb: 'get',
    resource: resource.name,
    name,
    ...(namespace === undefined ? {} : { namespace }),
  });
  if (!response.ok) {
    if (response.status.reason === 'NotFound' && flags.bool('ignore-not-found')) return DONE;
    failWith([{ status: response.status }]);
    return DONE;
  }
  const { object, revision } = response;
  const shown = flags.bool('watch-only') || object === undefined ? [] : [added(object)];
  return proceed(invocation, { ...base, name, revision }, shown);
}

function watchTarget(invocation: Invocation): { readonly resource: Resource; readonly name?: string } {
  if (invocation.flags.list('filename').length > 0) {
    const { infos, failures } = partVisited(readFiles(invocation).visited);
    failWith(failures);
    const [first, second] = infos;
    if (first === undefined || second !== undefined) fail('you may only specify a single resource type');
    else return { resource: first.resource, name: first.name };
  }
  return oneOf(readResourceArgs(invocation.args, invocation.resources));
}

function oneOf(args: ResourceArgs): { readonly resource: Resource; readonly name?: string } {
  switch (args.form) {
    case 'types': {
      const [resource, other] = args.resources;
      return resource === undefined || other !== undefined ? failSeveral() : { resource };
    }
    case 'names': {
      const [name, other] = args.names;
      return name === undefined || other !== undefined ? failSeveral() : { resource: args.resource, name };
    }
    case 'pairs': {
      const [pair, other] = args.pairs;
      return pair === undefined || other !== undefined ? failSeveral() : pair;
    }
    case 'none':
      return fail('Required resource not specified.');
  }
}

function failSeveral(): never {
  return fail('you may only specify a single resource type');
}

function added(object: KubeObject): WatchedChange {
  return { type: 'ADDED', object };
}

function watchedBy(
  { flags, namespace }: Invocation,
  resource: Resource,
): { resource: string; namespace?: string } {
  const isInNamespace = resource.isNamespaced && !flags.bool('all-namespaces');
  return { resource: resource.name, ...(isInNamespace ? { namespace } : {}) };
}

/**
 * An object that comes under the selector was added, one that leaves it was deleted (apiserver:
 * cache_watcher.go).
 */
function asSelected(change: Change, { flags }: Invocation): readonly WatchedChange[] {
  const labels = parseLabelSelector(flags.text('selector'));
  const fields = parseFieldSelector(flags.text('field-selector'));
  if (!labels.ok || !fields.ok) return [];
  const isIn = (object: KubeObject | undefined) =>
    object !== undefined &&
    matchesLabels(labels.requirements, object.metadata.labels) &&
    matchesFields(fields.requirements, object);
  const wasIn = change.type !== 'ADDED' && isIn(change.before);
  const isNowIn = change.type !== 'DELETED' && isIn(change.object);
  if (isNowIn) return [{ type: wasIn ? 'MODIFIED' : 'ADDED', object: change.object }];
  return wasIn ? [{ type: 'DELETED', object: change.object }] : [];
}

function revisionAfter(revision: number, changes: readonly Change[]): number {
  return changes.reduce(
    (last, { object }) => Math.max(last, Number(object.metadata.resourceVersion)),
    revision,
  );
}

function proceed(invocation: Invocation, memory: WatchMemory, changes: readonly WatchedChange[]): Outcome {
  // A definition that has gone took all that was watched with it.
  const resource = resourceNamed(memory.resource, invocation.resources);
  if (resource === undefined) return DONE;
  const printed = printChanges(invocation, { resource, changes, before: memory.printed });
  const { endsAt } = memory;
  if (endsAt !== undefined && invocation.call.now >= endsAt) return DONE;
  const watched: Watched = {
    ...watchedBy(invocation, resource),
    ...(memory.name === undefined ? {} : { name: memory.name }),
  };
  const wake = endsAt === undefined ? {} : { wakeAt: endsAt };
  return { pause: { memory: { ...memory, printed }, watches: [watched], ...wake } };
}

interface Printing {
  readonly resource: Resource;
  readonly changes: readonly WatchedChange[];
  readonly before: WatchOutput;
}

function printChanges(invocation: Invocation, { resource, changes, before }: Printing): WatchOutput {
  const { flags } = invocation;
  const format = readOutputFormat(invocation, LIST_FORMATS);
  if (format.type !== 'human') {
    invocation.out(printObjects(invocation, format, { resource, changes, before }));
    return { ...before, isHeaderPrinted: before.isHeaderPrinted || changes.length > 0 };
  }
  const options = {
    ...tableOptions(invocation, format.isWide),
    outputWatchEvents: flags.bool('output-watch-events'),
  };
  let output = before;
  // The list that a watch begins with is aligned as a whole, each later change for itself.
  const portions = before.isHeaderPrinted ? changes.map((change) => [change]) : [changes];
  for (const portion of portions) {
    const printed = printWatched(resource, portion, options, output);
    invocation.out(printed.text);
    output = printed.output;
  }
  return output;
}

function printObjects(
  { flags }: Invocation,
  format: Exclude<OutputFormat, { type: 'human' }>,
  { resource, changes, before }: Printing,
): string {
  const objects = changes.map(({ object }) => shownObject(object, showsManagers(flags)));
  switch (format.type) {
    case 'name':
      return changes.map(({ object }) => `${kindWithGroup(resource)}/${object.metadata.name}\n`).join('');
    case 'columns':
      return objects.length === 0
        ? ''
        : format.print(objects, flags.bool('no-headers') || before.isHeaderPrinted);
    case 'object':
      return objects.map((object) => format.print(object)).join('');
  }
}
