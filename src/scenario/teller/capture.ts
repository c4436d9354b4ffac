import { printJsonpath } from '../../cluster/clients/kubectl/print/jsonpath/print-jsonpath.ts';
import type { StoryEvent } from '../../cluster/contract/story-event.ts';
import type { Json } from '../../cluster/objects/json.ts';
import { withCaptured } from '../language/captured-names.ts';
import { regularExpression } from '../matching/regular-expression.ts';
import type { CaptureSource, Part } from '../scenario.ts';
import { parseJson } from './judge-fields.ts';
import { judgeResource, objectsLike } from './judge-resource.ts';
import { quoteText } from './quote-text.ts';
import type { Judging } from './verdict.ts';

type CapturePart = Extract<Part, { kind: 'capture' }>;

/** What a capture finds in the output of the last command, or in an object, or why it finds nothing. */
export function capture(
  { name, from }: CapturePart,
  place: { readonly step: number; readonly part: number },
  judging: Judging,
): { readonly event: StoryEvent; readonly cause: number | null } {
  const found = foundIn(from, judging);
  const cause = judging.view.rows.changedAt('commands', judging.command ?? '');
  if ('value' in found)
    return { event: { type: 'ValueCaptured', ...place, name, value: found.value }, cause: null };
  const what = `capture ${name}: ${sourceText(from)}`;
  return { event: { type: 'ExpectationMissed', ...place, what, why: found.why }, cause };
}

function foundIn(from: CaptureSource, judging: Judging): Found {
  const { view, command = '', captured } = judging;
  const row = view.rows.row('commands', command);
  if ('all' in from) {
    if (from.all !== 'exitCode') return { value: row?.[from.all] ?? '' };
    return row?.exitCode === undefined ? { why: 'the command still runs' } : { value: String(row.exitCode) };
  }
  if ('line' in from) return lineIn(row?.stdout ?? '', from.line);
  const template = withCaptured(from.jsonpath, captured);
  if (!from.resource) return jsonpathIn(row?.stdout ?? '', template);
  const [object] = objectsLike(from.resource, judging);
  if (object) return printedOf(template, object as unknown as Json, 'the object has nothing there');
  const verdict = judgeResource(from.resource, judging);
  return { why: verdict.holds ? 'there is no such object' : verdict.why };
}

type Found = { readonly value: string } | { readonly why: string };

function lineIn(output: string, pattern: string): Found {
  const expression = regularExpression(pattern);
  for (const line of output.split('\n')) {
    const match = expression.exec(line);
    if (match) return { value: match[1] ?? match[0] };
  }
  return { why: `no line of the output matches:\n${quoteText(output)}` };
}

function jsonpathIn(output: string, template: string): Found {
  const json = parseJson(output);
  if (json === undefined) return { why: `the output is not JSON (use -o json):\n${quoteText(output)}` };
  return printedOf(template, json, 'the output has nothing there');
}

function printedOf(template: string, json: Json, none: string): Found {
  const printed = printJsonpath(template, json);
  if (!printed.ok) return { why: printed.message };
  return printed.text === '' ? { why: none } : { value: printed.text };
}

function sourceText(from: CaptureSource): string {
  if ('all' in from) return from.all;
  return 'line' in from ? from.line : from.jsonpath;
}
