import { budgets, type Measure, type Measurement } from './budgets.ts';

type Exceptions = Readonly<Record<string, Partial<Readonly<Record<Measure, number>>>>>;

const noun: Readonly<Record<Measure, string>> = {
  fileLines: 'lines',
  functionLines: 'lines',
  parameters: 'parameters',
  columns: 'columns',
};

/** What is over its budget or its exception, and which exceptions could be smaller or are of nothing. */
export function checkBudgets(measurements: readonly Measurement[], exceptions: Exceptions): string[] {
  const largest = new Map<string, Measurement>();
  for (const one of measurements) {
    const key = `${one.of} ${one.measure}`;
    if (one.value > (largest.get(key)?.value ?? -1)) largest.set(key, one);
  }
  const tooLarge = [...largest.values()].flatMap((one) => {
    const limit = exceptions[one.of]?.[one.measure] ?? budgets[one.measure];
    if (one.value <= limit) return [];
    return `${one.of} has ${one.value} ${noun[one.measure]} at line ${one.line}: ${limit} at most`;
  });
  return [...tooLarge, ...looseExceptions(largest, exceptions)];
}

function looseExceptions(largest: ReadonlyMap<string, Measurement>, exceptions: Exceptions): string[] {
  return Object.entries(exceptions).flatMap(([of, limits]) =>
    (Object.keys(limits) as Measure[]).flatMap((measure) => {
      const limit = limits[measure] ?? budgets[measure];
      const value = largest.get(`${of} ${measure}`)?.value ?? 0;
      if (value <= budgets[measure]) return `${of} fits its budget of ${measure}: take it off exceptions.ts`;
      return value < limit ? `${of} shrank to ${value} ${noun[measure]}: say so in exceptions.ts` : [];
    }),
  );
}
