import { quoteGo } from '../../../../objects/go-json.ts';
import { compareText, type Json } from '../../../../objects/json.ts';
import { compareQuantities, parseQuantity } from '../../../../objects/quantity.ts';
import type { KubeVersion } from '../../../../objects/versions.ts';
import { goSorted } from '../go/go-sort.ts';
import { goType } from '../go/go-text.ts';
import { evaluateJsonpath } from '../jsonpath/evaluate-jsonpath.ts';
import { JsonpathError } from '../jsonpath/jsonpath-node.ts';
import { parseJsonpath } from '../jsonpath/parse-jsonpath.ts';
import { attempt } from '../jsonpath/print-jsonpath.ts';
import { relaxedPath } from '../jsonpath/relaxed-path.ts';

/**
 * Objects in the order of `--sort-by=PATH`, or kubectl's complaint. Mirrors kubectl: get/sorter.go. A value
 * that is missing sorts first; texts that are quantities sort by amount.
 */
export function sortObjects<Item>(
  items: readonly Item[],
  path: string,
  version: KubeVersion,
): { readonly ok: true; readonly value: readonly Item[] } | { readonly ok: false; readonly message: string } {
  return attempt(() => {
    const template = relaxedPath(path);
    const nodes = parseJsonpath(template);
    const keyed = items.map((item) => ({
      item,
      key: evaluateJsonpath(nodes, item as unknown as Json, true)[0]?.[0],
    }));
    if (items.length > 0 && keyed.every(({ key }) => key === undefined)) {
      throw new JsonpathError(
        `couldn't find any field with path ${quoteGo(template)} in the list of objects`,
      );
    }
    return goSorted(keyed, (a, b) => isLess(a.key, b.key, template), version).map(({ item }) => item);
  });
}

function isLess(a: Json | undefined, b: Json | undefined, path: string): boolean {
  if (a === undefined) return true;
  if (b === undefined) return false;
  if (typeof a === 'number' && typeof b === 'number') return a < b;
  if (typeof a === 'string' && typeof b === 'string') return isTextLess(a, b);
  if (a === null || b === null) return a === null && b !== null;
  const type = `unsortable type: ${goType(a)}`;
  throw new JsonpathError(
    `Field ${path} in *unstructured.Unstructured is an unsortable type: interface, err: ${type}`,
  );
}

function isTextLess(a: string, b: string): boolean {
  const areQuantities = parseQuantity(a) !== undefined && parseQuantity(b) !== undefined;
  return (areQuantities ? compareQuantities(a, b) : compareText(a, b)) < 0;
}
