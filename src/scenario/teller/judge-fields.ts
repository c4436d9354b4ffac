import { printJsonpath } from '../../cluster/clients/kubectl/print/jsonpath/print-jsonpath.ts';
import type { Json } from '../../cluster/objects/json.ts';
import type { FieldWanted, OutputFieldsCondition } from '../condition.ts';
import { valueWithCaptured, withCaptured } from '../language/captured-names.ts';
import { matchPrinted } from '../matching/match-text.ts';
import type { Miss } from '../matching/match-value.ts';
import { showValue } from '../matching/show-value.ts';
import { quoteText } from './quote-text.ts';
import type { Judging, Verdict } from './verdict.ts';

/** Where what a template prints of an object is not as wanted. */
export function fieldMisses(
  { template, wanted }: FieldWanted,
  object: Json,
  captured: Judging['captured'],
): readonly Miss[] {
  const text = textAt(template, object, captured);
  const misses = matchPrinted(valueWithCaptured(wanted, captured), text);
  return misses.map((miss) => ({ ...miss, path: withCaptured(template, captured) }));
}

/** What a template prints of an object, as it is told. */
export function printedField({ template }: FieldWanted, object: Json, captured: Judging['captured']): string {
  const text = textAt(template, object, captured);
  return text === '' ? 'nothing' : showValue(text);
}

/** Of what is not there nothing is printed. */
function textAt(template: string, object: Json, captured: Judging['captured']): string {
  const printed = printJsonpath(withCaptured(template, captured), object);
  return printed.ok ? printed.text : '';
}

/** The same of what a command has printed. */
export function judgeOutputFields(
  { fields, command: named }: OutputFieldsCondition,
  { view, command = '', captured }: Judging,
): Verdict {
  const id = named ?? command;
  const cause = view.rows.changedAt('commands', id);
  const output = view.rows.row('commands', id)?.stdout ?? '';
  const json = parseJson(output);
  if (json === undefined) {
    const found = output === '' ? 'it is empty' : `it is:\n${quoteText(output)}`;
    return { holds: false, why: `the output is not JSON (use -o json): ${found}`, cause };
  }
  const misses = fields.flatMap((field) => fieldMisses(field, json, captured));
  if (misses.length === 0) return { holds: true, cause };
  const differences = misses.map(({ path, found, wanted }) => `${path} is ${found}, wanted ${wanted}`);
  return { holds: false, why: differences.join('; '), cause };
}

export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
