import { quoteGo } from '../../../objects/go-json.ts';
import type { Json } from '../../../objects/json.ts';
import { findFile } from '../../files.ts';
import { fail } from '../failure.ts';
import type { Invocation } from '../invocation.ts';
import { printTemplate } from '../print/go-template/print-template.ts';
import { printJsonpath } from '../print/jsonpath/print-jsonpath.ts';
import { printCustomColumns, printCustomColumnsFile } from '../print/output/print-custom-columns.ts';
import { printJson } from '../print/output/print-json.ts';
import { printYaml } from '../print/yaml/print-yaml.ts';

/** What -o asks for: a table (wide or not), a name, or a text made of the object alone. */
export type OutputFormat =
  | { readonly type: 'human'; readonly isWide: boolean }
  | { readonly type: 'name' }
  | { readonly type: 'columns'; print(objects: readonly Json[], noHeaders: boolean): string }
  | { readonly type: 'object'; print(object: Json): string };

const OBJECT_FORMATS = [
  'go-template',
  'go-template-file',
  'json',
  'jsonpath',
  'jsonpath-as-json',
  'jsonpath-file',
  'name',
  'template',
  'templatefile',
  'yaml',
];
/** Of `kubectl get`, which prints tables too. */
export const LIST_FORMATS: readonly string[] = [
  'custom-columns',
  'custom-columns-file',
  ...OBJECT_FORMATS.slice(0, -1),
  'wide',
  'yaml',
];

/** Reads -o, or ends the call with kubectl's complaint (cli-runtime: print_flags.go ToPrinter). */
export function readOutputFormat(
  invocation: Invocation,
  formats: readonly string[] = OBJECT_FORMATS,
): OutputFormat {
  const typed = withTemplate(invocation);
  if (typed === '') return { type: 'human', isWide: false };
  const [name = '', argument = ''] = typed.split(/=(.*)/s);
  if (name === 'jsonpath' && argument === '' && !typed.includes('=')) failEmptyTemplate();
  const isKnown = formats.includes(name) && (typed.includes('=') ? TEMPLATED.has(name) : true);
  if (!isKnown) {
    fail(
      `unable to match a printer suitable for the output format ${quoteGo(typed)}, ` +
        `allowed formats are: ${[...formatsOf(invocation, formats)].sort().join(',')}`,
    );
  }
  return formatNamed(name, argument, invocation);
}

const TEMPLATED = new Set([
  'jsonpath',
  'jsonpath-as-json',
  'jsonpath-file',
  'custom-columns',
  'custom-columns-file',
  'go-template',
  'go-template-file',
  'template',
  'templatefile',
]);

/** KYAML came with 1.34. */
function formatsOf({ version }: Invocation, formats: readonly string[]): readonly string[] {
  return version.minor >= 34 ? [...formats, 'kyaml'] : formats;
}

function formatNamed(name: string, argument: string, invocation: Invocation): OutputFormat {
  const allowMissingKeys = invocation.flags.bool('allow-missing-template-keys');
  switch (name) {
    case 'wide':
      return { type: 'human', isWide: true };
    case 'name':
      return { type: 'name' };
    case 'json':
      return { type: 'object', print: printJson };
    case 'yaml':
      return { type: 'object', print: printYaml };
    case 'jsonpath':
      return {
        type: 'object',
        print: (object) => printed(printJsonpath(argument, object, { allowMissingKeys })),
      };
    case 'jsonpath-as-json': {
      const options = { allowMissingKeys, asJson: true };
      return { type: 'object', print: (object) => printed(printJsonpath(argument, object, options)) };
    }
    case 'jsonpath-file': {
      const template = textOf(argument, invocation, '--template');
      return {
        type: 'object',
        print: (object) => printed(printJsonpath(template, object, { allowMissingKeys })),
      };
    }
    case 'go-template':
    case 'template': {
      if (argument === '') failEmptyTemplate();
      return templateFormat(argument, allowMissingKeys);
    }
    case 'go-template-file':
    case 'templatefile':
      return templateFormat(textOf(argument, invocation, 'template'), allowMissingKeys);
    case 'custom-columns':
      if (argument === '') failEmptyColumns();
      return {
        type: 'columns',
        print: (objects, noHeaders) => printed(printCustomColumns(argument, objects, noHeaders)),
      };
    case 'custom-columns-file': {
      const template = textOf(argument, invocation, 'template');
      return { type: 'columns', print: (objects) => printed(printCustomColumnsFile(template, objects)) };
    }
    default:
      return fail(`-o ${name} is not simulated`);
  }
}

/** --template stands for `-o go-template=…`, or for the template that -o names and does not give. */
function withTemplate({ flags }: Invocation): string {
  const typed = flags.text('output');
  const template = flags.has('template') ? flags.text('template') : '';
  if (template === '') return typed;
  if (typed === '') return `go-template=${template}`;
  return TEMPLATED.has(typed) ? `${typed}=${template}` : typed;
}

function templateFormat(template: string, allowMissingKeys: boolean): OutputFormat {
  return {
    type: 'object',
    print: (object) => printed(printTemplate(template, object, { allowMissingKeys })),
  };
}

function failEmptyTemplate(): never {
  return fail('template format specified but no template given');
}

function failEmptyColumns(): never {
  return fail('custom-columns format specified but no custom columns given');
}

function printed(
  result: { readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string },
): string {
  return result.ok ? result.text : fail(result.message);
}

function textOf(path: string, { files }: Invocation, what: string): string {
  const found = findFile(files, path);
  return found.type === 'file'
    ? found.text
    : fail(`error reading ${what} ${path}, open ${path}: no such file or directory`);
}
