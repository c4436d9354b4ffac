import { isEqualJson, isObject } from '../../../cluster/objects/json.ts';
import type { Parts } from './include.ts';
import { elementsOf, listOf, memberOf, type Written, withMembers } from './origin.ts';
import type { ParameterProblem } from './parameters.ts';

/** What fragments bring besides steps: what the scenario says itself decides. */
const KEYED = ['cluster', 'images', 'webhooks'] as const;

/** A scenario with all that it includes, as if it were written in it. */
export function merged(
  document: Written,
  { setup, steps, teardown, fragments }: Parts,
  problem: (problem: ParameterProblem) => void,
): Written {
  const members = new Map<string, Written>();
  for (const [key, items] of Object.entries({ setup, steps, teardown })) {
    const own = memberOf(document, key);
    // A list that is none is left to the check of the document's shape.
    if (own ? Array.isArray(own.value) : items.length > 0)
      members.set(key, listOf(items, own?.origin ?? document.origin));
  }
  for (const key of KEYED) {
    const found = keyed(key, document, { fragments, problem });
    if (found) members.set(key, found);
  }
  const always = fragments.flatMap((fragment) => elementsOf(memberOf(fragment, 'always')));
  const own = memberOf(document, 'always');
  if (always.length > 0 && (own === undefined || Array.isArray(own.value)))
    members.set('always', listOf([...elementsOf(own), ...always], own?.origin ?? document.origin));
  return withMembers(document, members);
}

interface Bringing {
  readonly fragments: readonly Written[];
  readonly problem: (problem: ParameterProblem) => void;
}

function keyed(key: string, document: Written, { fragments, problem }: Bringing): Written | undefined {
  const brought = fragments.flatMap((fragment) => memberOf(fragment, key) ?? []);
  const own = memberOf(document, key);
  if (brought.length === 0 || (own && !isObject(own.value))) return undefined;
  const decided = new Set(Object.keys(own?.value ?? {}));
  const taken = new Map<string, Written>();
  for (const each of brought) {
    for (const name of isObject(each.value) ? Object.keys(each.value) : []) {
      const member = memberOf(each, name);
      const before = taken.get(name);
      if (!member || decided.has(name)) continue;
      if (before && !isEqualJson(before.value, member.value)) {
        problem({
          code: 'conflicting-keys',
          at: member.origin,
          aim: 'key',
          message: `"${key}.${name}" is otherwise in ${before.origin.source.file}, which is included too`,
          hint: 'say it in the scenario itself, which decides',
        });
      }
      taken.set(name, before ?? member);
    }
  }
  const [first] = brought;
  return withMembers(own ?? { value: {}, origin: first?.origin ?? document.origin }, taken);
}
