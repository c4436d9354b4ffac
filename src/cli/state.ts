import { resourceOf } from '../cluster/objects/schema/resources.ts';
import { nearMiss } from '../cluster/objects/shape/near-miss.ts';
import type { World } from '../cluster/world/world.ts';
import { kindWords } from '../replay/object-named.ts';
import type { Instant } from '../replay/place.ts';
import { resourcesEver } from '../replay/resources-ever.ts';
import type { Timeline } from '../replay/timeline.ts';
import { jsonText } from '../report/json-text.ts';
import { stateText } from '../report/state-text.ts';
import { wordsIn } from '../words/words-in.ts';
import { BadInput, EXIT } from './exit.ts';
import { answerAt, lineOf, printAnswer } from './kubectl.ts';
import { momentIn, openTimeline, type Travelled } from './open-timeline.ts';
import type { Which } from './which.ts';
import { writeOut } from './write-out.ts';

export interface StateOptions extends Which {
  readonly at?: Instant;
  readonly lang: string;
  readonly json?: boolean;
  readonly namespace?: string;
  readonly allNamespaces?: boolean;
  /** Of a table, as kubectl's. */
  readonly output?: string;
  readonly selector?: string;
}

/**
 * `kubereel state`: the world at an instant, in short, as objects, or as kubectl shows a kind or an object.
 */
export async function stateCommand(
  what: string,
  resources: readonly string[],
  options: StateOptions,
): Promise<number> {
  const travelled = openTimeline(what, options);
  if (resources.length > 0) return printResources(travelled, { what, resources, options });
  if (options.output !== undefined || options.selector !== undefined)
    throw new BadInput(({ wrong }) => wrong.resourceFirst);
  await writeOut([options.json ? listText(travelled, options) : summaryText(travelled, options)]);
  return EXIT.ok;
}

interface Printing {
  readonly what: string;
  readonly resources: readonly string[];
  readonly options: StateOptions;
}

/** As `kubectl get` shows them. */
async function printResources(travelled: Travelled, { what, resources, options }: Printing): Promise<number> {
  for (const words of resources.flatMap((each) => each.split(',')))
    checkKind(words.split('/')[0] ?? '', travelled.timeline);
  const { namespace, allNamespaces, json, output = json ? 'json' : undefined, selector, at } = options;
  const line = lineOf([
    'kubectl',
    'get',
    ...resources,
    ...(namespace === undefined ? [] : ['-n', namespace]),
    ...(allNamespaces ? ['-A'] : []),
    ...(selector === undefined ? [] : ['-l', selector]),
    ...(output === undefined ? [] : ['-o', output]),
  ]);
  const answer = answerAt(travelled, { line, at, what });
  return printAnswer(answer, { line, options: { lang: options.lang } });
}

function checkKind(word: string, timeline: Timeline): void {
  if (resourceOf(word, resourcesEver(timeline)) !== undefined || word === 'all' || word === '') return;
  throw new BadInput(({ wrong }) => wrong.kind(word, nearMiss(word, kindWords())));
}

/** Every object in etcd, in the order of their keys, as `kubectl get … -o json` prints a list. */
function listText({ timeline }: Travelled, { at, namespace }: StateOptions): string {
  const { cursor } = momentIn(timeline, at);
  if (namespace !== undefined) checkNamespace(timeline.worldAt(cursor), namespace);
  const { tables } = timeline.worldAt(cursor).store;
  const rows = [...tables.objects.rows(cursor)].sort(([a], [b]) => (a < b ? -1 : 1));
  const items = rows
    .map(([, object]) => object)
    .filter(({ metadata }) => namespace === undefined || metadata.namespace === namespace);
  const resourceVersion = String(tables.counters.read('revision', cursor)?.value ?? 0);
  return `${jsonText({ apiVersion: 'v1', kind: 'List', metadata: { resourceVersion }, items }, 2)}\n`;
}

function summaryText({ name, timeline }: Travelled, { at, lang, namespace }: StateOptions): string {
  const moment = momentIn(timeline, at);
  if (namespace !== undefined) checkNamespace(timeline.worldAt(moment.cursor), namespace);
  const words = wordsIn(lang);
  return stateText(timeline, moment, { name, words, ...(namespace !== undefined && { namespace }) });
}

/** A namespace is there if it is, or anything is in it: a recording may not tell of it. */
function checkNamespace({ store, seq }: World, namespace: string): void {
  const known = new Set<string>();
  for (const [, { kind, metadata }] of store.tables.objects.rows(seq)) {
    const name = kind === 'Namespace' ? metadata.name : metadata.namespace;
    if (name !== undefined) known.add(name);
  }
  if (known.has(namespace)) return;
  throw new BadInput(({ wrong }) => wrong.noneOf('--namespace', namespace, nearMiss(namespace, known)));
}
