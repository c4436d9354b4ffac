import {
  type Document,
  isMap,
  isSeq,
  LineCounter,
  parseAllDocuments,
  visit,
  type YAMLError,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { encodeGoJson, quoteGo } from '../go-json.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { ShapePath } from '../shape/check-shape.ts';
import { goSyntax } from './go-syntax.ts';
import { kubernetesTags } from './kubernetes-tags.ts';
import { locateField } from './locate-field.ts';
import { makeValue } from './make-value.ts';
import type { Manifest, ManifestObject, ManifestProblem, TextPosition } from './manifest.ts';
import { readPlainly } from './read-plainly.ts';
import { describeYamlError, explainYamlError } from './yaml-errors.ts';

/**
 * Reads a file as kubectl does (cli-runtime: StreamVisitor): document by document, so that what stands before
 * a mistake is still there. Duplicate keys are a problem here, though kubectl silently takes the last of
 * them.
 */
export function readManifest(written: string, file: string): Manifest {
  const known = manifestsRead.get(file);
  if (known?.written === written) return known.manifest;
  const manifest = readAsIs(written, file) ?? readWithPlaces(written, file);
  // Those that were read longest ago make room.
  manifestsRead.delete(file);
  const [oldest] = manifestsRead.keys();
  if (manifestsRead.size >= MANIFESTS_MAX && oldest !== undefined) manifestsRead.delete(oldest);
  manifestsRead.set(file, { written, manifest });
  return manifest;
}

// What a text says follows from it alone; a scenario looks at each of its manifests several times.
const manifestsRead = new Map<string, { readonly written: string; readonly manifest: Manifest }>();
const MANIFESTS_MAX = 500;

/**
 * Most manifests have nothing wrong with them, and nobody asks where anything stands: they are read by the
 * parser that does not know it. Undefined where there is anything to tell.
 */
function readAsIs(written: string, file: string): Manifest | undefined {
  const values = readPlainly(withLastLine(written));
  if (!values) return undefined;
  const objects: ManifestObject[] = [];
  let placed: Manifest | undefined;
  const take = (value: unknown, isInList: boolean): boolean => {
    if (!isObject(value)) return false;
    const { kind, apiVersion } = value;
    if (typeof kind !== 'string' || kind === '' || typeof apiVersion !== 'string' || apiVersion === '')
      return false;
    const items = itemsOf(kind, value);
    if (items) return items.every((item) => take(item, true));
    const index = objects.length;
    objects.push({
      object: { ...(value as JsonObject), kind },
      isInList,
      positionOf(path) {
        placed ??= readWithPlaces(written, file);
        return placed.objects[index]?.positionOf(path) ?? { line: 1, column: 1 };
      },
    });
    return true;
  };
  const isWhole = values.every((value) => value === null || value === undefined || take(value, false));
  return isWhole ? { file, objects, problems: [] } : undefined;
}

/** kubectl ends the last line itself. */
function withLastLine(written: string): string {
  return written.endsWith('\n') ? written : `${written}\n`;
}

/** What a list of objects holds. */
function itemsOf(kind: string, value: Readonly<Record<string, unknown>>): readonly unknown[] | undefined {
  return kind.endsWith('List') && Array.isArray(value['items']) ? value['items'] : undefined;
}

/** The same, by the parser that knows where everything stands, and with all that is wrong. */
export function readWithPlaces(written: string, file: string): Manifest {
  const text = withLastLine(written);
  const lines = new LineCounter();
  const reading: Reading = { file, text, end: written.length, lines, objects: [], problems: [] };
  const documents = parseDocuments(text, lines);
  let failure: string | undefined;
  if (documents === undefined) {
    failure = `error parsing ${file}: error converting YAML to JSON: yaml: exceeded max depth of 10000`;
    reading.problems.push({ code: 'yamlSyntax', message: 'this is nested too deeply', line: 1, column: 1 });
  }
  for (const document of documents ?? []) {
    failure = readDocument(document, reading);
    if (failure !== undefined) break;
  }
  const { objects, problems, unreadable } = reading;
  return {
    file,
    objects,
    problems,
    ...(failure === undefined ? {} : { failure }),
    ...(unreadable === undefined ? {} : { unreadable }),
  };
}

/** Undefined when the text exhausts the library's stack: then it is nested thousands of levels deep. */
function parseDocuments(text: string, lineCounter: LineCounter): readonly Document.Parsed[] | undefined {
  try {
    const documents = parseAllDocuments(text, {
      version: '1.1',
      customTags: kubernetesTags,
      lineCounter,
      prettyErrors: false,
      logLevel: 'error',
    });
    return Array.isArray(documents) ? documents : [];
  } catch (thrown) {
    if (thrown instanceof RangeError) return undefined;
    throw thrown;
  }
}

interface Reading {
  readonly file: string;
  readonly text: string;
  /** Where the file itself ends: the text may be a line end longer. */
  readonly end: number;
  readonly lines: LineCounter;
  readonly objects: ManifestObject[];
  readonly problems: ManifestProblem[];
  unreadable?: JsonObject;
}

/** Takes in the objects of one document; returns why reading has to end with it, if it has to. */
function readDocument(document: Document.Parsed, reading: Reading): string | undefined {
  const { file, problems } = reading;
  const fatal = document.errors.find((error) => error.code !== 'DUPLICATE_KEY');
  for (const error of document.errors) {
    // What comes after the first mistake of syntax mostly follows from it.
    if (error === fatal || error.code === 'DUPLICATE_KEY') problems.push(problemOf(error, reading));
  }
  const start = positionAt(document.contents?.range?.[0] ?? document.range[0], reading.lines);
  if (fatal !== undefined) {
    const { words, offset, isOfScanner } = describeYamlError(fatal, reading.text);
    // go-yaml counts from 0 where its parser complains, from 1 where its scanner does, and never says 0 or 1.
    const row = positionAt(offset, reading.lines).line - lineBefore(document, reading) - 1;
    const where = row === 0 ? '' : `line ${isOfScanner ? row + 1 : row}: `;
    return `error parsing ${file}: error converting YAML to JSON: yaml: ${where}${words}`;
  }
  const key = MAY_HAVE_COLLECTION_KEY.test(reading.text) ? collectionKey(document) : undefined;
  if (key !== undefined) {
    const message = 'a key must be a word';
    const hint = 'put text that begins with "{" or "[" in quotes';
    problems.push({ code: 'yamlSyntax', message, hint, ...positionAt(key.range?.[0] ?? 0, reading.lines) });
    const written = goSyntax(key.toJS(document) as Json);
    return `error parsing ${file}: error converting YAML to JSON: yaml: invalid map key: ${written}`;
  }
  const made = makeValue(document);
  if (made.problem !== undefined) {
    problems.push({ ...made.problem, ...(brokenAlias(document, reading) ?? start) });
    return `error parsing ${file}: error converting YAML to JSON: ${made.failure}`;
  }
  if (made.value === null || made.value === undefined) return undefined;
  return takeObject(made.value, reading, { document, start, prefix: [] });
}

interface Place {
  readonly document: Document.Parsed;
  /** The path of the object in its document: lists hold others. */
  readonly prefix: ShapePath;
  readonly start: TextPosition;
}

function takeObject(value: unknown, reading: Reading, place: Place): string | undefined {
  const { file, problems, lines } = reading;
  const { document, prefix, start } = place;
  if (!isObject(value)) {
    const message = `${Array.isArray(value) ? 'a list' : 'a single value'} stands where a Kubernetes object should be`;
    problems.push({
      code: 'notAnObject',
      message,
      hint: 'an object begins with apiVersion and kind',
      ...start,
    });
    const found = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
    return `unable to decode ${quoteGo(file)}: json: cannot unmarshal ${found} into Go value of type unstructured.detector`;
  }
  const { kind, apiVersion } = value;
  if (typeof kind !== 'string' || kind === '') {
    problems.push({
      code: 'missingKind',
      message: 'the object has no kind',
      hint: 'for example: kind: Pod',
      ...start,
    });
    reading.unreadable = value as JsonObject;
    return `unable to decode ${quoteGo(file)}: Object 'Kind' is missing in '${encodeGoJson(value)}'`;
  }
  if (typeof apiVersion !== 'string' || apiVersion === '') {
    const message = 'the object has no apiVersion';
    problems.push({ code: 'missingApiVersion', message, hint: 'for example: apiVersion: v1', ...start });
  }
  const items = itemsOf(kind, value);
  if (items === undefined) {
    reading.objects.push({
      object: { ...(value as JsonObject), kind },
      isInList: prefix.length > 0,
      positionOf: (path) => locateField(document, [...prefix, ...path], lines) ?? start,
    });
    return undefined;
  }
  for (const [index, item] of items.entries()) {
    const path = [...prefix, 'items', index];
    const itemStart = locateField(document, path, lines) ?? start;
    const failure = takeObject(item, reading, { ...place, prefix: path, start: itemStart });
    if (failure !== undefined) return failure;
  }
  return undefined;
}

/** What a key that is a list or a map has around it: looking for one takes long. */
const MAY_HAVE_COLLECTION_KEY = /\?|[}\]]\s*:|[{,]\s*[{[]/;

/** Where a key stands that is a list or a map, which JSON does not have. */
function collectionKey(document: Document.Parsed): YAMLMap | YAMLSeq | undefined {
  let found: YAMLMap | YAMLSeq | undefined;
  visit(document, {
    Pair(_key, { key }) {
      if (!isMap(key) && !isSeq(key)) return undefined;
      found = key;
      return visit.BREAK;
    },
  });
  return found;
}

function brokenAlias(document: Document.Parsed, { lines }: Reading): TextPosition | undefined {
  let found: TextPosition | undefined;
  visit(document, {
    Alias(_key, node) {
      if (node.resolve(document) !== undefined || node.range == null) return undefined;
      found = positionAt(node.range[0], lines);
      return visit.BREAK;
    },
  });
  return found;
}

function problemOf(error: YAMLError, { lines, text, end }: Reading): ManifestProblem {
  const position = positionAt(Math.min(error.pos[0], end), lines);
  return { ...explainYamlError(error, text), ...position };
}

function positionAt(offset: number, lines: LineCounter): TextPosition {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

/** kubectl cuts a file at its `---` lines and counts lines anew in each piece. */
function lineBefore(document: Document.Parsed, { lines, text }: Reading): number {
  const content = document.contents?.range?.[0] ?? document.range[0];
  const separator = text.lastIndexOf('\n---', content);
  if (separator >= 0) return positionAt(separator + 1, lines).line;
  return text.startsWith('---') && content > 0 ? 1 : 0;
}
