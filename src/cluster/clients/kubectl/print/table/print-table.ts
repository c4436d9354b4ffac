import type { KubeObject } from '../../../../objects/kube-object.ts';
import { columnsOf } from '../columns/columns-of.ts';
import { escapeTerminal } from '../escape-terminal.ts';
import { kindWithGroup, type PrintedResource } from '../kind-text.ts';
import { formatLabels } from '../label-text.ts';
import type { PrintContext } from '../print-context.ts';
import { alignColumns, TABLE_ALIGNMENT } from './align-columns.ts';
import { type Cell, type Column, columnsIn } from './column.ts';

/** What `kubectl get` was asked to show in its tables. */
export interface TableOptions extends PrintContext {
  /** `-o wide`. */
  readonly wide?: boolean;
  readonly noHeaders?: boolean;
  readonly showLabels?: boolean;
  /** `-L`: labels that get a column. */
  readonly labelColumns?: readonly string[];
  /** `-A`: namespaced objects get a NAMESPACE column. */
  readonly allNamespaces?: boolean;
  /** `--show-kind`, and when several kinds are printed: `pod/web`. */
  readonly showKind?: boolean;
}

/** Objects of one resource, in the order in which they are to be shown. */
export interface Listed {
  readonly resource: PrintedResource;
  readonly objects: readonly KubeObject[];
}

/**
 * The tables of one `kubectl get`, a blank line between resources; empty when there is nothing to show
 * (kubectl then says so on its error output). One entry is one answer of the server: a list, or an object
 * asked for by name. Mirrors kubectl: get.go Run.
 */
export function printTables(answers: readonly Listed[], options: TableOptions): string {
  const kinds = new Set(answers.map(({ resource }) => kindWithGroup(resource)));
  const shown = { ...options, showKind: options.showKind === true || kinds.size > 1 };
  const tables = joinedAnswers(answers)
    .filter(({ objects }) => objects.length > 0)
    .map((table) => printTable(table, shown));
  return tables.join(options.noHeaders ? '' : '\n');
}

function printTable({ resource, objects }: Listed, options: TableOptions): string {
  const columns = shownColumns(resource, options);
  const rows = objects.map((object) => rowText(columns, object, options));
  const lines = options.noHeaders ? rows : [headerText(columns), ...rows];
  return alignColumns(`${lines.join('\n')}\n`, TABLE_ALIGNMENT).text;
}

/** Answers of the same resource that follow each other share a table. */
function joinedAnswers(answers: readonly Listed[]): Listed[] {
  const joined: Listed[] = [];
  for (const answer of answers) {
    const last = joined.at(-1);
    if (last?.resource.name === answer.resource.name) {
      joined.splice(-1, 1, { ...last, objects: [...last.objects, ...answer.objects] });
    } else {
      joined.push(answer);
    }
  }
  return joined;
}

/** The columns that are visible, with those that kubectl adds to the server's. */
export function shownColumns(resource: PrintedResource, options: TableOptions): Column<never>[] {
  const served = columnsIn(columnsOf(resource), options.version).filter(
    ({ wide }) => options.wide === true || wide !== true,
  );
  const prefix = options.showKind === true ? `${kindWithGroup(resource)}/` : '';
  const columns: Column<never>[] = served.map((column) =>
    column.names === true && prefix !== ''
      ? { ...column, cell: (object, context) => `${prefix}${column.cell(object, context)}` }
      : column,
  );
  if (options.allNamespaces === true && resource.isNamespaced) columns.unshift(namespaceColumn);
  for (const label of options.labelColumns ?? []) columns.push(labelColumn(label));
  if (options.showLabels === true) columns.push(labelsColumn);
  return columns;
}

const namespaceColumn: Column = { name: 'Namespace', cell: ({ metadata }) => metadata.namespace };
const labelsColumn: Column = { name: 'Labels', cell: ({ metadata }) => formatLabels(metadata.labels) };

function labelColumn(label: string): Column {
  return { name: label.split('/').at(-1) ?? label, cell: ({ metadata }) => metadata.labels?.[label] };
}

export function headerText(columns: readonly Column<never>[]): string {
  return columns.map(({ name }) => name.toUpperCase()).join('\t');
}

/** One row, its cells separated by tabs. The columns have been chosen for the object's resource. */
export function rowText(
  columns: readonly Column<never>[],
  object: KubeObject,
  context: PrintContext,
): string {
  return columns.map(({ cell }) => cellText(cell(object as never, context))).join('\t');
}

/** A cell is cut at its first line break. Mirrors cli-runtime: printers/tableprinter.go printTable. */
function cellText(cell: Cell): string {
  const text = cell === undefined ? '' : String(cell);
  const lineBreak = text.search(/[\f\n\r]/);
  return lineBreak < 0 ? escapeTerminal(text) : `${escapeTerminal(text.slice(0, lineBreak))}...`;
}
