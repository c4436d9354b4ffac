import { fail } from './failure.ts';

/** Arguments that name resources, and the `key=value` or `key-` behind them. */
export interface PairArgs {
  readonly resources: readonly string[];
  readonly pairs: readonly string[];
}

/** kubectl: helpers.go GetResourcesAndPairs. */
export function partPairs(args: readonly string[], what: string): PairArgs {
  const isPair = (arg: string) =>
    (arg.includes('=') && !arg.startsWith('=')) || (arg.endsWith('-') && arg !== '-');
  const first = args.findIndex(isPair);
  if (first < 0) return { resources: args, pairs: [] };
  const pairs = args.slice(first);
  const stray = pairs.find((arg) => !isPair(arg));
  if (stray !== undefined) fail(`all resources must be specified before ${what} changes: ${stray}`);
  return { resources: args.slice(0, first), pairs };
}

export interface PairChanges {
  /** In the order in which they were typed. */
  readonly set: ReadonlyMap<string, string>;
  readonly removed: readonly string[];
}

/** kubectl: helpers.go ParsePairs. */
export function readPairs(pairs: readonly string[], what: string, canRemove: boolean): PairChanges {
  const set = new Map<string, string>();
  const removed: string[] = [];
  const invalid: string[] = [];
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals > 0) set.set(pair.slice(0, equals), pair.slice(equals + 1));
    else if (canRemove && pair.endsWith('-') && pair !== '-') removed.push(pair.slice(0, -1));
    else invalid.push(pair);
  }
  if (invalid.length > 0) fail(`invalid ${what} format: ${invalid.join(', ')}`);
  return { set, removed };
}
