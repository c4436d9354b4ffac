import { formatRfc1123z, parseRfc3339 } from '../../../../../kernel/time/rfc3339.ts';
import { utf8Length } from '../../../../objects/base64.ts';
import { compareText, sortedKeys } from '../../../../objects/json.ts';
import type { Taint, Toleration } from '../../../../objects/kubernetes.ts';
import { LAST_APPLIED } from '../../../../objects/last-applied.ts';
import { escapeTerminal } from '../escape-terminal.ts';
import { alignColumns, DESCRIBE_ALIGNMENT } from '../table/align-columns.ts';

/** A description before its columns are aligned: lines whose cells end in a tab. */
export type Lines = readonly string[];

/** Aligns a description's columns. The table of events aligns apart from what is above it. */
export function alignDescription(lines: Lines, events: Lines = []): string {
  return [lines, events].map(alignLines).join('');
}

function alignLines(lines: Lines): string {
  if (lines.length === 0) return '';
  return alignColumns(`${escapeTerminal(lines.join('\n'))}\n`, DESCRIBE_ALIGNMENT).text;
}

/** `Name:<tab>web`. A value that is not there shows as nothing. */
export function field(title: string, value: string | number | boolean | undefined): string {
  return `${title}:\t${value ?? ''}`;
}

/** Further in, two blanks a level. */
export function indented(level: number, lines: Lines): string[] {
  return lines.map((line) => '  '.repeat(level) + line);
}

/** A title with several values below each other, `<none>` without any. */
export function multiline(title: string, values: Lines, indent = ''): string[] {
  if (values.length === 0) return [`${indent}${title}:\t<none>`];
  return values.map((value, index) => (index === 0 ? `${indent}${title}:\t${value}` : `${indent}\t${value}`));
}

/** `app=web`, one a line, sorted. */
export function labelLines(
  title: string,
  labels: Readonly<Record<string, string>> = {},
  indent = '',
): string[] {
  const values = sortedKeys(labels).map((key) => `${key}=${labels[key]}`);
  return multiline(title, values, indent);
}

/** Longest annotation, in bytes, that stands on one line with its key. */
const ANNOTATION_BYTES = 140;

/**
 * A line of several values as kubectl writes it four blanks further in: each of its writes is indented, so
 * the value is too, and what stands below the title twice. Mirrors kubectl: describe.go nestedPrefixWriter.
 */
export function nestedLine(line: string): string {
  const [title = '', value = ''] = line.split(/\t(.*)/s);
  return `${title === '' ? '    ' : title}\t    ${value}`;
}

/** Annotations without kubectl's own; a long or a multi-line one stands below its key, cut. */
export function annotationLines(title: string, annotations: Readonly<Record<string, string>> = {}): string[] {
  const keys = sortedKeys(annotations).filter((key) => key !== LAST_APPLIED);
  const values = keys.flatMap((key) => annotationText(key, (annotations[key] ?? '').replace(/\n$/, '')));
  return multiline(title, values);
}

function annotationText(key: string, value: string): string[] {
  const isShort = utf8Length(value) + utf8Length(key) + 2 <= ANNOTATION_BYTES && !value.includes('\n');
  if (isShort) return [`${key}: ${value}`];
  return [`${key}:`, ...value.split('\n').map((line) => `  ${shorten(line, ANNOTATION_BYTES - 2)}`)];
}

/** Cut to so many bytes, at a whole character. */
function shorten(text: string, bytes: number): string {
  if (utf8Length(text) <= bytes) return text;
  let kept = '';
  for (const character of text) {
    if (utf8Length(kept + character) > bytes) break;
    kept += character;
  }
  return `${kept}...`;
}

/** `key=value:NoSchedule`, sorted by effect and key. */
export function taintLines(taints: readonly Taint[] = []): string[] {
  const sortKey = ({ effect, key }: Taint) => `${effect},${key}`;
  const sorted = [...taints].sort((a, b) => compareText(sortKey(a), sortKey(b)));
  return multiline('Taints', sorted.map(taintText));
}

function taintText({ key, value, effect }: Taint): string {
  if (!effect) return value ? `${key}=${value}:` : key;
  return value ? `${key}=${value}:${effect}` : `${key}:${effect}`;
}

/** `node.kubernetes.io/not-ready:NoExecute op=Exists for 300s`, sorted by key. */
export function tolerationLines(title: string, tolerations: readonly Toleration[] = []): string[] {
  const sorted = [...tolerations].sort((a, b) => compareText(a.key ?? '', b.key ?? ''));
  return multiline(title, sorted.map(tolerationText));
}

function tolerationText({ key = '', value, effect, operator, tolerationSeconds }: Toleration): string {
  const subject = key + (value ? `=${value}` : '') + (effect ? `:${effect}` : '');
  const exists = operator === 'Exists' && !value ? (subject === '' ? 'op=Exists' : ' op=Exists') : '';
  const limit = tolerationSeconds === undefined ? '' : ` for ${tolerationSeconds}s`;
  return subject + exists + limit;
}

/** Go's zero time, which kubectl prints where none is set. */
const ZERO_TIME = 'Mon, 01 Jan 0001 00:00:00 +0000';

/** `Sat, 21 Nov 2026 05:08:16 +0000`. */
export function timeText(timestamp: string | null | undefined): string {
  const at = parseRfc3339(timestamp ?? '');
  return at === undefined ? ZERO_TIME : formatRfc1123z(at);
}
