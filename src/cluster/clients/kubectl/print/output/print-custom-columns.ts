import type { Json } from '../../../../objects/json.ts';
import { escapeTerminal } from '../escape-terminal.ts';
import { goText } from '../go/go-text.ts';
import { evaluateJsonpath } from '../jsonpath/evaluate-jsonpath.ts';
import { JsonpathError, type JsonpathNode } from '../jsonpath/jsonpath-node.ts';
import { parseJsonpath } from '../jsonpath/parse-jsonpath.ts';
import { attempt, type Printed } from '../jsonpath/print-jsonpath.ts';
import { relaxedPath } from '../jsonpath/relaxed-path.ts';
import { alignColumns, TABLE_ALIGNMENT } from '../table/align-columns.ts';

interface CustomColumn {
  readonly header: string;
  readonly nodes: readonly JsonpathNode[];
}

/** `-o custom-columns=NAME:.metadata.name,…`. Mirrors kubectl: get/customcolumn.go. */
export function printCustomColumns(spec: string, objects: readonly Json[], noHeaders = false): Printed {
  return printColumns(() => columnsOfSpec(spec), objects, noHeaders);
}

/**
 * `-o custom-columns-file=FILE`, of which the text is given: a line of headers and a line of paths, in
 * columns.
 * `--no-headers` makes no difference to it.
 */
export function printCustomColumnsFile(template: string, objects: readonly Json[]): Printed {
  return printColumns(() => columnsOfTemplate(template), objects, false);
}

function printColumns(
  readColumns: () => CustomColumn[],
  objects: readonly Json[],
  noHeaders: boolean,
): Printed {
  const printed = attempt(() => {
    const columns = readColumns();
    const rows = objects.map((object) => columns.map(({ nodes }) => cellText(nodes, object)));
    const lines = noHeaders ? rows : [columns.map(({ header }) => header), ...rows];
    return lines.map((cells) => `${cells.join('\t')}\n`).join('');
  });
  return printed.ok ? { ok: true, text: alignColumns(printed.value, TABLE_ALIGNMENT).text } : printed;
}

/** Blanks belong to the header or to the path, as they stand: `NAME:{metadata.name}, IP:{status.podIP}`. */
function columnsOfSpec(spec: string): CustomColumn[] {
  if (spec === '') throw new JsonpathError('custom-columns format specified but no custom columns given');
  return spec.split(',').map((part) => {
    const colon = part.indexOf(':');
    if (colon < 0) {
      throw new JsonpathError(`unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`);
    }
    return columnOf(part.slice(0, colon), part.slice(colon + 1));
  });
}

function columnsOfTemplate(template: string): CustomColumn[] {
  const lines = template.split(/\r?\n/);
  const missing = (line: string) =>
    new JsonpathError(
      `invalid template, missing ${line} line. Expected format is one line of space separated headers, one line of space separated column specs.`,
    );
  if (template === '') throw missing('header');
  if (lines.length < 2 || (lines.length === 2 && lines[1] === '')) throw missing('spec');
  const [headers = [], paths = []] = lines.map((line) => line.split(/\s+/).filter((word) => word !== ''));
  if (headers.length !== paths.length) {
    throw new JsonpathError(
      `number of headers (${headers.length}) and field specifications (${paths.length}) don't match`,
    );
  }
  return headers.map((header, index) => columnOf(header, paths[index] ?? ''));
}

function columnOf(header: string, path: string): CustomColumn {
  return { header, nodes: parseJsonpath(relaxedPath(path)) };
}

function cellText(nodes: readonly JsonpathNode[], object: Json): string {
  const results = evaluateJsonpath(nodes, object, true);
  const values = results.flatMap((found) => found.map((value) => escapeTerminal(goText(value ?? null))));
  const isNothing = results.length === 0 || results[0]?.length === 0;
  return [...(isNothing ? ['<none>'] : []), ...values].join(',');
}
