import { quoteGo } from '../../../../objects/go-json.ts';
import { compareText, type Json } from '../../../../objects/json.ts';
import { compareQuantities, parseQuantity } from '../../../../objects/quantity.ts';
import type { KubeVersion } from '../../../../objects/versions.ts';
import { goSorted } from '../go/go-sort.ts';
import { goType } from '../go/go-text.ts';
import { isNaturallyLess } from '../go/natural-order.ts';
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
    return goSorted(keyed, (a, b) => isLess(a.key, b.key, { path: template, version }), version).map(
      ({ item }) => item,
    );
  });
}

interface Sorting {
  readonly path: string;
  readonly version: KubeVersion;
}

function isLess(a: Json | undefined, b: Json | undefined, { path, version }: Sorting): boolean {
  if (a === undefined) return true;
  if (b === undefined) return false;
  if (typeof a === 'number' && typeof b === 'number') return a < b;
  if (typeof a === 'string' && typeof b === 'string') return isTextLess(a, b, version);
  if (a === null || b === null) return a === null && b !== null;
  const type = `unsortable type: ${goType(a)}`;
  throw new JsonpathError(
    `Field ${path} in *unstructured.Unstructured is an unsortable type: interface, err: ${type}`,
  );
}

/** Up to 1.30 the numbers in texts count as numbers (oracle: kubectl 1.20 to 1.30, and 1.31 to 1.35). */
function isTextLess(a: string, b: string, { minor }: KubeVersion): boolean {
  if (parseQuantity(a) !== undefined && parseQuantity(b) !== undefined) return compareQuantities(a, b) < 0;
  return minor < 31 ? isNaturallyLess(a, b) : compareText(a, b) < 0;
}
