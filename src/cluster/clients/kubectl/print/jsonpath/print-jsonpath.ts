import { encodeGoJson, quoteGo } from '../../../../objects/go-json.ts';
import { isObject, type Json } from '../../../../objects/json.ts';
import { goSyntax, goText } from '../go/go-text.ts';
import { printJson } from '../output/print-json.ts';
import { evaluateJsonpath } from './evaluate-jsonpath.ts';
import { JsonpathError } from './jsonpath-node.ts';
import { parseJsonpath } from './parse-jsonpath.ts';
import type { Found } from './walked.ts';

/** What was printed, or kubectl's complaint without its `error: ` and without the end of its last line. */
export type Printed =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly message: string };

export interface JsonpathOptions {
  /** `-o jsonpath-as-json`. */
  readonly asJson?: boolean;
  /** `--allow-missing-template-keys=false` refuses what is not there. */
  readonly allowMissingKeys?: boolean;
}

/** `-o jsonpath=TEMPLATE`: no line break at the end. Mirrors cli-runtime: printers/jsonpath.go. */
export function printJsonpath(template: string, object: Json, options: JsonpathOptions = {}): Printed {
  if (template === '') return { ok: false, message: 'template format specified but no template given' };
  const nodes = attempt(() => parseJsonpath(template));
  if (!nodes.ok) return { ok: false, message: `error parsing jsonpath ${template}, ${nodes.message}` };
  const results = attempt(() => evaluateJsonpath(nodes.value, object, options.allowMissingKeys ?? true));
  if (!results.ok) return { ok: false, message: executionError(template, object, results.message) };
  const print = options.asJson ? asJson : asText;
  return { ok: true, text: results.value.map(print).join('') };
}

/** Runs what may refuse a template; its words, when it does. */
export function attempt<Value>(
  run: () => Value,
): { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly message: string } {
  try {
    return { ok: true, value: run() };
  } catch (error) {
    if (error instanceof JsonpathError) return { ok: false, message: error.message };
    throw error;
  }
}

function asText(found: Found): string {
  return found.map(valueText).join(' ');
}

function valueText(value: Json | undefined): string {
  if (value === undefined) return '<no value>';
  if (value === null) return 'null';
  return isObject(value) || Array.isArray(value) ? encodeGoJson(value) : goText(value);
}

function asJson(found: Found): string {
  return printJson(found.map((value) => value ?? null));
}

function executionError(template: string, object: Json, message: string): string {
  return [
    `error executing jsonpath ${quoteGo(template)}: Error executing template: ${message}.`,
    ' Printing more information for debugging the template:\n',
    `\ttemplate was:\n\t\t${template}\n`,
    `\tobject given to jsonpath engine was:\n\t\t${goSyntax(object)}\n\n`,
  ].join('');
}
