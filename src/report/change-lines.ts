import { parseAllDocuments } from 'yaml';
import { parseLine } from '../cluster/clients/command-line/parse-line.ts';
import type { Redirect, SimpleCommand, Word } from '../cluster/clients/command-line/shell-line.ts';
import { type Files, findFile } from '../cluster/clients/files.ts';
import { sessionIn } from '../cluster/clients/kubectl-client.ts';
import type { KubeObject } from '../cluster/objects/kube-object.ts';
import { viewOf } from '../cluster/world/view-of.ts';
import type { World } from '../cluster/world/world.ts';
import type { Millis } from '../kernel/time/millis.ts';
import { stopAtTime } from '../replay/seek.ts';
import type { Timeline } from '../replay/timeline.ts';
import { valueAt } from '../replay/value-at.ts';
import type { FieldChange, FieldPath } from './field-path.ts';

/** The line that changes a field of an object that is there. */
export function patchLine(object: KubeObject, change: FieldChange, { store, seq }: World): string {
  const { name = '', namespace } = object.metadata;
  const context = store.tables.settings.read('cluster', seq)?.namespace ?? 'default';
  const place = namespace === undefined || namespace === context ? '' : ` -n ${namespace}`;
  const path = pointerOf(change.path);
  const isThere = valueAt(object, path) !== undefined;
  const { value } = change;
  const patch =
    value === undefined ? { op: 'remove', path } : { op: isThere ? 'replace' : 'add', path, value };
  const what = `${object.kind.toLowerCase()}/${name}${place}`;
  return `kubectl patch ${what} --type=json -p ${quoted(JSON.stringify([patch]))}`;
}

function pointerOf(path: FieldPath): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** A line typed once more, with something in it otherwise, and from where on. */
export interface Retyped {
  readonly line: string;
  /** seq of the place before it was typed. */
  readonly at: number;
  /** Virtual milliseconds before which it is not typed. */
  readonly time: Millis;
}

export interface Making {
  /** The object's key in etcd. */
  readonly key: string;
  /** seq at which it is there. */
  readonly seq: number;
  /** What lies in the folder where lines are typed. */
  readonly files: Files;
}

/**
 * The line that made an object out of a manifest, with the manifest changed: what is changed stands in the
 * line itself. Undefined for an object that was made in another way.
 */
export function retypedLine(timeline: Timeline, making: Making, change: FieldChange): Retyped | undefined {
  const typed = madeBy(timeline, making);
  const object = timeline.worldAt(making.seq).store.tables.objects.read(making.key, making.seq);
  if (!typed || !object) return undefined;
  // A story that types something at that very instant would do so first.
  const at = stopAtTime(timeline, typed.at - 1);
  if (at === 0) return undefined;
  const line = changedLine(typed.line, filesAt(timeline.worldAt(at), making.files), { object, change });
  return line === undefined ? undefined : { line, at, time: typed.at - 1 };
}

/** The line in which kubectl made the object that is there. */
function madeBy(
  { worldAt, entries, facts, story }: Timeline,
  { key, seq }: Making,
): { readonly line: string; readonly at: Millis } | undefined {
  const { type } = facts;
  const writes = worldAt(seq).store.tables.objects.writesOf(key, seq);
  const creation = entries.of(writes.findLast((each) => type.textAt(each) === 'ObjectCreated') ?? 0);
  if (creation?.actor !== 'kubectl') return undefined;
  for (const each of story) {
    const entry = entries.of(each);
    if (entry?.event.type === 'CommandTyped' && entry.event.command === creation.key)
      return { line: entry.event.line, at: entry.at };
  }
  return undefined;
}

/** The files of the folder, with what lines have written since. */
function filesAt(world: World, files: Files): Files {
  const view = viewOf(world);
  return view ? { ...files, ...sessionIn(view).files } : files;
}

interface Changing {
  readonly object: KubeObject;
  readonly change: FieldChange;
}

function changedLine(line: string, files: Files, changing: Changing): string | undefined {
  const command = onlyCommand(line);
  if (!command) return undefined;
  const { words, redirects } = command;
  const given = redirects.find((redirect) => redirect.type === 'given');
  for (const source of sourcesIn(words)) {
    const text = source.file === '-' ? givenText(given) : textIn(files, source.file);
    const changed = text === undefined ? undefined : changedManifest(text, changing);
    if (changed !== undefined) return withManifest(line, { words, source, text: changed });
  }
  return undefined;
}

/** The command of a line that does nothing else. */
function onlyCommand(line: string): SimpleCommand | undefined {
  const parsed = parseLine(line);
  const [list, ...others] = 'line' in parsed ? parsed.line.lists : [];
  if (!list || others.length > 0 || list.rest.length > 0 || list.first.type !== 'pipeline') return undefined;
  const [command, ...filters] = list.first.stages;
  const isOther = command?.redirects.some(({ type }) => type !== 'given') ?? true;
  return filters.length > 0 || isOther ? undefined : command;
}

interface Source {
  /** The word that names it, and the part before the name. */
  readonly word: Word;
  readonly flag: string;
  readonly file: string;
}

/** What `-f` names. */
function sourcesIn(words: readonly Word[]): readonly Source[] {
  return words.flatMap((word, index): Source[] => {
    const text = textOf(word);
    const [, flag = '', file] = /^(-f=?|--filename=)(.+)$/.exec(text) ?? [];
    if (file !== undefined) return [{ word, flag, file }];
    const before = words[index - 1];
    return before && /^(?:-f|--filename)$/.test(textOf(before)) ? [{ word, flag: '', file: text }] : [];
  });
}

function textOf({ pieces }: Word): string {
  return pieces.map((piece) => ('text' in piece ? piece.text : '')).join('');
}

function givenText(redirect: Redirect | undefined): string | undefined {
  return redirect?.type === 'given' ? textOf(redirect.text) : undefined;
}

function textIn(files: Files, path: string): string | undefined {
  const found = findFile(files, path);
  return found.type === 'file' ? found.text : undefined;
}

/** The manifest with the object in it changed, its comments kept; undefined when the object is not in it. */
function changedManifest(text: string, { object, change }: Changing): string | undefined {
  const documents = parseAllDocuments(text);
  if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0)) return undefined;
  const { kind, metadata } = object;
  const meant = documents.find(
    (document) => document.get('kind') === kind && document.getIn(['metadata', 'name']) === metadata.name,
  );
  if (!meant) return undefined;
  if (change.value === undefined) meant.deleteIn(change.path);
  else meant.setIn(change.path, meant.createNode(change.value));
  // Lists stand as deep as they stood.
  const indentSeq = !/^( *)[\w-]+:\n\1- /m.test(text);
  return documents.map((document) => document.toString({ lineWidth: 0, indentSeq })).join('---\n');
}

function withManifest(
  line: string,
  { words, source: { word, flag }, text }: { words: readonly Word[]; source: Source; text: string },
): string {
  const [first, last] = [words[0], words.at(-1)];
  const from = first?.offset ?? 0;
  const to = last ? last.offset + last.length : line.length;
  const start = line.slice(from, word.offset);
  const end = line.slice(word.offset + word.length, to);
  const mark = /^EOF$/m.test(text) ? 'MANIFEST' : 'EOF';
  return `${start}${flag}-${end} <<'${mark}'\n${text.trimEnd()}\n${mark}`;
}
