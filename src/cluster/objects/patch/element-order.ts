import { isEqualJson, isObject, type Json } from '../json.ts';

/**
 * The order of merged lists (apimachinery: strategicpatch normalizeElementOrder): elements that the patch
 * names stand in its order; the others, which only the server knows, keep their places between them as well
 * as they can.
 */
export function orderElements(
  elements: readonly Json[],
  order: { readonly byPatch: readonly Json[]; readonly byServer: readonly Json[] },
  mergeKey: string | undefined,
): Json[] {
  const isNamed = (element: Json): boolean => indexIn(order.byPatch, element, mergeKey) >= 0;
  const named = sortByOrder(elements.filter(isNamed), order.byPatch, mergeKey);
  const others = sortByOrder(
    elements.filter((element) => !isNamed(element)),
    order.byServer,
    mergeKey,
  );
  return interleave(others, named, order.byServer, mergeKey);
}

/** Sorts elements as they stand in another list; those marked for deletion come last. */
export function sortByOrder(
  elements: readonly Json[],
  order: readonly Json[],
  mergeKey: string | undefined,
): Json[] {
  const isDeletion = (element: Json): boolean => isObject(element) && element['$patch'] === 'delete';
  const place = (element: Json): number => {
    const index = indexIn(order, element, mergeKey);
    return index < 0 ? order.length : index;
  };
  const kept = elements.filter((element) => !isDeletion(element)).sort((a, b) => place(a) - place(b));
  return [...kept, ...elements.filter(isDeletion)];
}

/** The place of the element with the same merge key, or of the same scalar; -1 if there is none. */
export function indexIn(list: readonly Json[], element: Json, mergeKey: string | undefined): number {
  const wanted = identityOf(element, mergeKey);
  return list.findIndex((other) => isEqualJson(identityOf(other, mergeKey), wanted));
}

function identityOf(element: Json, mergeKey: string | undefined): Json {
  return mergeKey !== undefined && isObject(element)
    ? ((element[mergeKey] as Json | undefined) ?? null)
    : element;
}

function interleave(
  others: readonly Json[],
  named: readonly Json[],
  serverOrder: readonly Json[],
  mergeKey: string | undefined,
): Json[] {
  const result: Json[] = [];
  const waiting = [...named];
  for (const other of others) {
    const place = indexIn(serverOrder, other, mergeKey);
    while (waiting.length > 0) {
      const next = indexIn(serverOrder, waiting[0] ?? null, mergeKey);
      if (place >= 0 && next >= 0 && place < next) break;
      result.push(...waiting.splice(0, 1));
    }
    result.push(other);
  }
  return [...result, ...waiting];
}
