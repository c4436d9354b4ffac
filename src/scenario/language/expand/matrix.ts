import { isObject } from '../../../cluster/objects/json.ts';
import { isScalar, type Scalar } from './parameters.ts';

/** One of the runs that a scenario stands for. */
export interface MatrixCase {
  /** `nodes=3, surge=1`; empty for a scenario without a matrix. */
  readonly title: string;
  /** By the name of the parameter. */
  readonly values: Readonly<Record<string, Scalar>>;
  /** Where the matrix says which seeds. */
  readonly seed?: string;
}

/** More cases than these are nobody's wish. */
export const MOST_CASES = 512;

const ONLY: readonly MatrixCase[] = [{ title: '', values: {} }];

/** The names of a matrix that are no parameters. */
const RESERVED: ReadonlySet<string> = new Set(['exclude', 'seeds']);

/**
 * The cases of a scenario, in the order of its matrix, the last name turning fastest. A parameter that is set
 * has that one value. Whatever is not well-formed is left to the check of the document's shape.
 */
export function casesOf(
  document: unknown,
  set: Readonly<Record<string, string>> = {},
): readonly MatrixCase[] {
  const matrix = isObject(document) ? document['matrix'] : undefined;
  if (!isObject(matrix)) return ONLY;
  const excludes = excludesOf(matrix);
  let cases: readonly (readonly (readonly [string, Scalar])[])[] = [[]];
  for (const [name, values] of axesOf(matrix)) {
    const given = Object.hasOwn(set, name) ? set[name] : undefined;
    const among = given === undefined ? values : [values.find((each) => String(each) === given) ?? given];
    cases = cases
      .flatMap((before) => among.map((value) => [...before, [name, value] as const]))
      .filter((each) => !excludes.some((excluded) => isExcluded(each, excluded)));
    if (cases.length > MOST_CASES) return cases.slice(0, MOST_CASES + 1).map((each) => caseOf(each));
  }
  const seeds = seedsOf(matrix['seeds']);
  if (seeds === undefined) return cases.map((each) => caseOf(each));
  return cases.flatMap((each) => seeds.map((seed) => caseOf(each, seed)));
}

/** The parameters of a matrix with their values. */
export function axesOf(matrix: Readonly<Record<string, unknown>>): readonly (readonly [string, Scalar[]])[] {
  return Object.entries(matrix).flatMap(([name, values]) =>
    !RESERVED.has(name) && Array.isArray(values) ? [[name, values.filter(isScalar)] as const] : [],
  );
}

/** What is left out of a matrix: cases that have all these values. */
export function excludesOf(
  matrix: Readonly<Record<string, unknown>>,
): readonly Readonly<Record<string, unknown>>[] {
  const { exclude } = matrix;
  return Array.isArray(exclude) ? exclude.filter(isObject) : [];
}

/** The cases that a person means by some of their values: `nodes=3,surge=1`. */
export function casesNamed(cases: readonly MatrixCase[], text: string): readonly MatrixCase[] {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return cases.filter(({ title }) => {
    const own = title.split(', ');
    return parts.every((part) => own.includes(part));
  });
}

function isExcluded(
  values: readonly (readonly [string, Scalar])[],
  excluded: Readonly<Record<string, unknown>>,
): boolean {
  const wanted = Object.entries(excluded);
  return wanted.every(([name, value]) => values.some(([own, has]) => own === name && has === value));
}

/** A number means as many, counted from 1. */
function seedsOf(seeds: unknown): readonly string[] | undefined {
  if (typeof seeds === 'number' && Number.isInteger(seeds) && seeds > 0)
    return Array.from({ length: Math.min(seeds, MOST_CASES) }, (_, index) => String(index + 1));
  return Array.isArray(seeds) ? seeds.map(String) : undefined;
}

function caseOf(values: readonly (readonly [string, Scalar])[], seed?: string): MatrixCase {
  const parts = [
    ...values.map(([name, value]) => `${name}=${value}`),
    ...(seed === undefined ? [] : [`seed=${seed}`]),
  ];
  return {
    title: parts.join(', '),
    values: Object.fromEntries(values),
    ...(seed !== undefined && { seed }),
  };
}
