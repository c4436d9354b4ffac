import { parseRfc3339 } from '../../../../../kernel/time/rfc3339.ts';
import { derived } from '../../../../objects/derived.ts';
import { encodeGoJson } from '../../../../objects/go-json.ts';
import type { Json } from '../../../../objects/json.ts';
import type {
  CustomResourceColumnDefinition,
  CustomResourceDefinitionVersion,
} from '../../../../objects/kubernetes.ts';
import { ageOf } from '../age.ts';
import { goText } from '../go/go-text.ts';
import { evaluateJsonpath } from '../jsonpath/evaluate-jsonpath.ts';
import { parseJsonpath } from '../jsonpath/parse-jsonpath.ts';
import { attempt } from '../jsonpath/print-jsonpath.ts';
import type { PrintContext } from '../print-context.ts';
import type { Cell, Column } from '../table/column.ts';
import { ageColumn, nameColumn } from './common-columns.ts';

/** The columns of a definition's version (apiextensions: registry/customresource/tableconvertor). */
export const customColumns = derived(
  ({ additionalPrinterColumns: more = [] }: CustomResourceDefinitionVersion): readonly Column[] =>
    more.length === 0 ? [nameColumn, ageColumn] : [nameColumn, ...more.map(columnOf)],
);

function columnOf(column: CustomResourceColumnDefinition): Column {
  return {
    name: column.name,
    ...((column.priority ?? 0) > 0 && { wide: true }),
    cell: (object, context) => cellOf(column, object as unknown as Json, context),
  };
}

function cellOf(
  { jsonPath, type }: CustomResourceColumnDefinition,
  object: Json,
  { now }: PrintContext,
): Cell {
  const found = attempt(() => evaluateJsonpath(parseJsonpath(`{${jsonPath}}`), object, true));
  const value = found.ok ? found.value[0]?.[0] : undefined;
  if (value === undefined || value === null) return undefined;
  switch (type) {
    case 'string':
      return typeof value === 'object' ? encodeGoJson(value) : goText(value);
    case 'integer':
      return typeof value === 'number' ? Math.trunc(value) : undefined;
    case 'number':
      return typeof value === 'number' ? value : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'date':
      if (typeof value !== 'string') return undefined;
      return parseRfc3339(value) === undefined ? '<invalid>' : ageOf(value, now);
    default:
      return undefined;
  }
}
