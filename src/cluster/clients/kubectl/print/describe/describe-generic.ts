import { isObject, type Json, sortedKeys } from '../../../../objects/json.ts';
import type { KubeObject } from '../../../../objects/kube-object.ts';
import type { CoreEvent } from '../../../../objects/kubernetes.ts';
import { goText } from '../go/go-text.ts';
import type { PrintContext } from '../print-context.ts';
import { printsSince } from '../prints-since.ts';
import { describeEvents } from './describe-events.ts';
import { alignDescription, annotationLines, field, indented, type Lines, labelLines } from './description.ts';

/** Said in the head already, or not at all. */
const SKIPPED = new Set([
  '.metadata.managedFields',
  '.metadata.name',
  '.metadata.namespace',
  '.metadata.labels',
  '.metadata.annotations',
]);

/**
 * How kubectl describes kinds that it knows nothing about: every field, with a title made of its name.
 * Mirrors kubectl: describe.go genericDescriber.
 */
export function describeGeneric(
  object: KubeObject,
  events: readonly CoreEvent[] | undefined,
  context: PrintContext,
): string {
  const { metadata } = object;
  const { summary, table } = describeEvents(events, context);
  const lines = [
    field('Name', metadata.name),
    field('Namespace', metadata.namespace),
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    ...contentLines(object as unknown as Readonly<Record<string, Json>>, '', context),
    ...summary,
  ];
  return alignDescription(lines, table);
}

function contentLines(content: Readonly<Record<string, Json>>, path: string, context: PrintContext): Lines {
  return sortedKeys(content).flatMap((name) => {
    const value = content[name] ?? null;
    const here = `${path}.${name}`;
    if (SKIPPED.has(here)) return [];
    const title = titleOf(name, context);
    if (Array.isArray(value)) {
      return [
        `${title}:`,
        ...indented(
          1,
          value.flatMap((item) => itemLines(item, here, context)),
        ),
      ];
    }
    if (isObject(value)) return [`${title}:`, ...indented(1, contentLines(value, here, context))];
    return [field(title, goText(value))];
  });
}

function itemLines(item: Json, path: string, context: PrintContext): Lines {
  return isObject(item) ? contentLines(item, path, context) : [goText(item)];
}

/** `apiVersion` → `API Version`. Mirrors kubectl: describe.go smartLabelFor. */
function titleOf(name: string, { version }: PrintContext): string {
  if (/[^\p{L}-]/u.test(name)) return name;
  const isNew = printsSince(version, 'mergedAcronyms');
  const acronyms = isNew ? ACRONYMS : [...ACRONYMS, 'OSB'];
  const words = isNew ? mergedAcronyms(camelWords(name)) : camelWords(name);
  return words.map((word) => titleWord(word, acronyms, isNew)).join(' ');
}

const ACRONYMS = ['API', 'URL', 'UID', 'GUID'];

function titleWord(word: string, acronyms: readonly string[], isNew: boolean): string {
  if (acronyms.includes(word.toUpperCase())) return word.toUpperCase();
  if (isNew && word !== word.toLowerCase()) return word;
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/**
 * `PDFLoader` → `PDF`, `Loader`: of upper-case letters the last belongs to the lower-case ones that follow.
 */
function camelWords(name: string): string[] {
  const runs = name.match(/\p{Ll}+|\p{Lu}+|[^\p{Ll}\p{Lu}]+/gu) ?? [];
  const words: string[] = [];
  runs.forEach((run, index) => {
    const next = runs[index + 1] ?? '';
    if (/^\p{Lu}/u.test(run) && /^\p{Ll}/u.test(next)) {
      runs[index + 1] = run.slice(-1) + next;
      if (run.length > 1) words.push(run.slice(0, -1));
    } else {
      words.push(runs[index] ?? run);
    }
  });
  return words;
}

/** A word in upper case joins the one that follows it: `URLPath`. */
function mergedAcronyms(words: readonly string[]): string[] {
  const merged: string[] = [];
  for (let i = 0; i < words.length; i += 1) {
    const [word = '', next = ''] = [words[i], words[i + 1]];
    const isAcronym = word.length >= 2 && word === word.toUpperCase();
    if (isAcronym && /^\p{Lu}/u.test(next)) {
      merged.push(word + next);
      i += 1;
    } else {
      merged.push(word);
    }
  }
  return merged;
}
