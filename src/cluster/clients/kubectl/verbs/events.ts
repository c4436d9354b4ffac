import { parseRfc3339 } from '../../../../kernel/time/rfc3339.ts';
import { quoteGo } from '../../../objects/go-json.ts';
import type { Json } from '../../../objects/json.ts';
import type { KubeObject } from '../../../objects/kube-object.ts';
import type { CoreEvent } from '../../../objects/kubernetes.ts';
import { resourceOf } from '../../../objects/schema/resources.ts';
import { bool, int, list, text } from '../../flags/flag.ts';
import { fail, KubectlExit } from '../failure.ts';
import { ALL_NAMESPACES_FLAG, PRINT_FLAGS } from '../flags/common-flags.ts';
import { DONE, demand, type Invocation, type Steps } from '../invocation.ts';
import { type OutputFormat, readOutputFormat } from '../output/output-format.ts';
import { shownObject } from '../output/shown-object.ts';
import { eventInterval } from '../print/describe/describe-events.ts';
import { escapeTerminal } from '../print/escape-terminal.ts';
import { goSorted } from '../print/go/go-sort.ts';
import { alignColumns, TABLE_ALIGNMENT } from '../print/table/align-columns.ts';
import type { Verb } from '../verb.ts';

export const events: Verb = {
  name: 'events',
  flags: [
    ...PRINT_FLAGS,
    ALL_NAMESPACES_FLAG,
    bool('w,watch'),
    bool('no-headers'),
    text('for'),
    list('types'),
    int('chunk-size', '500'),
  ],
  run: showEvents,
};

/** What a running `events -w` remembers. */
interface WatchMemory {
  readonly revision: number;
  readonly widths: readonly number[];
  readonly isHeaderPrinted: boolean;
}

/** Events by when they happened last, or as they come (kubectl: cmd/events/events.go Run). */
function* showEvents(invocation: Invocation): Steps {
  const { flags, err, namespace } = invocation;
  const isMeant = matcherOf(invocation);
  const format = readOutputFormat(invocation);
  if (flags.bool('watch')) return yield* watchEvents(invocation, format, isMeant);
  const isEverywhere = flags.bool('all-namespaces');
  const { items = [] } = yield* demand(invocation, {
    verb: 'list',
    resource: 'events',
    ...(isEverywhere ? {} : { namespace }),
  });
  const found = (items as readonly CoreEvent[]).filter(isMeant);
  if (found.length === 0) {
    err(isEverywhere ? 'No events found.\n' : `No events found in ${namespace} namespace.\n`);
    return DONE;
  }
  const sorted = goSorted(found, (a, b) => timeOf(a) < timeOf(b), invocation.version);
  if (format.type === 'human')
    printRows(invocation, sorted, { revision: 0, widths: [], isHeaderPrinted: false });
  // A list of events has no name to print, and its members are not gone through.
  else if (format.type !== 'name') printObjects(invocation, format, sorted);
  return DONE;
}

type IsMeant = (event: CoreEvent) => boolean;

function matcherOf({ flags, resources }: Invocation): IsMeant {
  const about = flags.text('for');
  const slashes = about.split('/').length - 1;
  if (slashes > 1) fail('arguments in resource/name form may not have more than one slash');
  if (about !== '' && slashes === 0) fail('--for must be in resource/name form');
  const [word = '', name] = about.split('/');
  const resource = about === '' ? undefined : resourceOf(word, resources);
  if (about !== '' && resource === undefined)
    throw new KubectlExit(`the server doesn't have a resource type ${quoteGo(word.toLowerCase())}`);
  const types = flags.list('types').map((type) => type.toLowerCase());
  if (types.some((type) => type !== 'normal' && type !== 'warning'))
    fail('valid --types are Normal or Warning');
  return ({ type = '', involvedObject: of }) =>
    (types.length === 0 || types.includes(type.toLowerCase())) &&
    (resource === undefined ||
      name === '' ||
      (of.kind === resource.kind && of.apiVersion === resource.apiVersion && of.name === name));
}

/** A time that is not set is the earliest of all. */
function timeOf({ series, lastTimestamp, eventTime }: CoreEvent): number {
  return (
    parseRfc3339(series?.lastObservedTime || lastTimestamp || eventTime || '') ?? Number.NEGATIVE_INFINITY
  );
}

function printRows(
  invocation: Invocation,
  shown: readonly CoreEvent[],
  before: WatchMemory,
): Pick<WatchMemory, 'widths' | 'isHeaderPrinted'> {
  const { flags, epochNow: now, version, out } = invocation;
  const isEverywhere = flags.bool('all-namespaces');
  const head = ['LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'];
  const rows = shown.map((event) => {
    const { kind, name } = event.involvedObject;
    const told = [event.type, event.reason, `${kind}/${name}`, (event.message ?? '').trim()];
    const cells = [eventInterval(event, { now, version }), ...told.map((cell) => escapeTerminal(cell ?? ''))];
    return isEverywhere ? [event.metadata.namespace ?? '', ...cells] : cells;
  });
  const headers = flags.bool('no-headers') || before.isHeaderPrinted ? [] : [head];
  const lines = [...headers.map((cells) => (isEverywhere ? ['NAMESPACE', ...cells] : cells)), ...rows];
  const { text: table, widths } = alignColumns(`${lines.map((cells) => cells.join('\t')).join('\n')}\n`, {
    ...TABLE_ALIGNMENT,
    remembered: before.widths,
  });
  out(table);
  return { widths, isHeaderPrinted: true };
}

function printObjects(
  { flags, out }: Invocation,
  format: Exclude<OutputFormat, { type: 'human' | 'name' }>,
  shown: readonly CoreEvent[],
): void {
  const items = shown.map(
    (event): Json => shownObject(event as KubeObject, flags.bool('show-managed-fields')),
  );
  if (format.type === 'columns') out(format.print(items, false));
  else out(format.print({ apiVersion: 'v1', items, kind: 'EventList', metadata: {} }));
}

function* watchEvents(invocation: Invocation, format: OutputFormat, isMeant: IsMeant): Steps {
  const { flags, namespace, view, call, out } = invocation;
  const place = { resource: 'events', ...(flags.bool('all-namespaces') ? {} : { namespace }) };
  let memory = call.memory as WatchMemory | undefined;
  let shown: readonly CoreEvent[];
  if (memory === undefined) {
    const { items = [], revision } = yield* demand(invocation, { verb: 'list', ...place });
    shown = items as readonly CoreEvent[];
    memory = { revision, widths: [], isHeaderPrinted: false };
  } else {
    const changes = view.objects.changesAfter({ ...place, revision: memory.revision });
    shown = changes.filter(({ type }) => type !== 'DELETED').map(({ object }) => object as CoreEvent);
    const last = changes.reduce(
      (seen, { object }) => Math.max(seen, Number(object.metadata.resourceVersion)),
      0,
    );
    memory = { ...memory, revision: Math.max(memory.revision, last) };
  }
  for (const event of shown.filter(isMeant)) {
    if (format.type === 'human') memory = { ...memory, ...printRows(invocation, [event], memory) };
    else if (format.type === 'name') out(`event/${event.metadata.name}\n`);
    else if (format.type === 'object')
      out(format.print(shownObject(event as KubeObject, flags.bool('show-managed-fields'))));
    else out(format.print([shownObject(event as KubeObject)], false));
  }
  return { pause: { memory, watches: [place] } };
}
