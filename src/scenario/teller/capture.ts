import { printJsonpath } from '../../cluster/clients/kubectl/print/jsonpath/print-jsonpath.ts';
import type { StoryEvent } from '../../cluster/contract/story-event.ts';
import type { Json } from '../../cluster/objects/json.ts';
import { regularExpression } from '../matching/regular-expression.ts';
import type { CaptureSource, Part } from '../scenario.ts';
import { quoteText } from './quote-text.ts';
import type { Judging } from './verdict.ts';

type CapturePart = Extract<Part, { kind: 'capture' }>;

/** What a capture finds in the output of the last command, or why it finds nothing. */
export function capture(
  { name, from }: CapturePart,
  place: { readonly step: number; readonly part: number },
  { view, command = '' }: Judging,
): StoryEvent {
  const output = view.rows.row('commands', command)?.stdout ?? '';
  const found = 'line' in from ? lineIn(output, from.line) : jsonpathIn(output, from.jsonpath);
  if ('value' in found) return { type: 'ValueCaptured', ...place, name, value: found.value };
  return {
    type: 'ExpectationMissed',
    ...place,
    what: `capture ${name}: ${sourceText(from)}`,
    why: found.why,
  };
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
  const printed = printJsonpath(template, json);
  if (!printed.ok) return { why: printed.message };
  return printed.text === '' ? { why: 'the output has nothing there' } : { value: printed.text };
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function sourceText(from: CaptureSource): string {
  return 'line' in from ? from.line : from.jsonpath;
}
