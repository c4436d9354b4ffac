import type * as z from 'zod';
import { isObject } from '../../cluster/objects/json.ts';
import { nearMiss } from '../../cluster/objects/shape/near-miss.ts';
import type { DiagnosticCode } from './diagnostic.ts';
import type { Report } from './report.ts';
import { fragmentSchema } from './schema/fragment-schema.ts';
import { type ScenarioDocument, scenarioSchema } from './schema/scenario-schema.ts';
import type { Path } from './span-at.ts';

/**
 * A scenario's YAML against the schema: the document if it fits, else everything that does not is reported.
 */
export function checkDocument(written: unknown, report: Report, name: string): ScenarioDocument | undefined {
  const value = withHead(written, name);
  const result = scenarioSchema.safeParse(value, { error: wordsFor });
  if (result.success) return result.data;
  const manifest = manifestKindOf(value);
  if (manifest !== undefined) {
    report('wrong-value', ['kind'], {
      message: `this is a manifest, of a ${manifest}, and not a scenario`,
      hint: 'a scenario has steps, and a manifest beside it is used by one: `- run: kubectl apply -f FILE`',
      aim: 'value',
    });
    return undefined;
  }
  tellProblems(result.error.issues, value, report);
  return undefined;
}

/** The head of what is included; its steps are checked where they come to stand. */
export function checkFragment(value: unknown, report: Report): void {
  const result = fragmentSchema.safeParse(value, { error: wordsFor });
  if (!result.success) tellProblems(result.error.issues, value, report);
}

function tellProblems(issues: readonly Issue[], value: unknown, report: Report): void {
  const problems = issues.flatMap((issue) => problemsOf(issue, [], value));
  const meant = new Set(problems.flatMap(({ meant: key }) => key ?? []));
  for (const problem of problems) {
    // A misspelt key is one mistake, not two.
    if (problem.code === 'missing-key' && meant.has(placeOf(problem.path))) continue;
    report(problem.code, problem.path, {
      message: problem.message,
      ...(problem.hint === undefined ? {} : { hint: problem.hint }),
      aim: problem.code === 'unknown-key' || problem.code === 'missing-key' ? 'key' : 'value',
    });
  }
}

/** A scenario may begin with its steps: then it is one of today's, called as its folder is. */
function withHead(value: unknown, name: string): unknown {
  if (!isObject(value) || !('steps' in value)) return value;
  if ('apiVersion' in value || 'kind' in value || 'metadata' in value) return value;
  return { apiVersion: 'kubereel.dev/v1', kind: 'Scenario', metadata: { name }, ...value };
}

/** Whoever names one of his manifests need not hear all that it lacks. */
function manifestKindOf(value: unknown): string | undefined {
  if (!isObject(value) || 'steps' in value) return undefined;
  const { apiVersion, kind } = value as Readonly<Record<string, unknown>>;
  const isKubernetes = typeof apiVersion === 'string' && !apiVersion.startsWith('kubereel.dev/');
  return isKubernetes && typeof kind === 'string' && kind !== 'Scenario' ? kind : undefined;
}

interface Problem {
  readonly code: DiagnosticCode;
  readonly path: Path;
  readonly message: string;
  readonly hint?: string;
  /** The place of the known key that an unknown one probably stands for. */
  readonly meant?: string;
}

type Issue = z.core.$ZodIssue;

function problemsOf(issue: Issue, outer: Path, root: unknown): readonly Problem[] {
  const path = [...outer, ...issue.path];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(key, path, issue.message.split(' ')));
    case 'invalid_union': {
      const branch = branchMeant(issue.errors, typeof valueAt(root, path) === 'object');
      if (branch) return branch.flatMap((inner) => problemsOf(inner, path, root));
      return [typeProblem(issue.message, path, root)];
    }
    case 'invalid_type':
      return [typeProblem(issue.message, path, root)];
    case 'invalid_key':
      return [badKey(issue.issues[0]?.message ?? issue.message, path, root)];
    case 'invalid_value':
      return [oneOf(issue.values.map(String), path, root)];
    default:
      return [{ code: 'wrong-value', path, message: issue.message }];
  }
}

/** The alternative whose type the value has: the one that does not already fail at the value as a whole. */
function branchMeant(
  branches: readonly (readonly Issue[])[],
  hasKeys: boolean,
): readonly Issue[] | undefined {
  // What has keys is none of a few words, whatever is wrong with its keys.
  const isOther = (code: Issue['code']): boolean =>
    code === 'invalid_type' || code === 'invalid_union' || (hasKeys && code === 'invalid_value');
  const fitting = branches.filter((issues) =>
    issues.every(({ code, path }) => path.length > 0 || !isOther(code)),
  );
  return fitting.reduce<readonly Issue[] | undefined>(
    (best, each) => (best === undefined || each.length < best.length ? each : best),
    undefined,
  );
}

/** `{ en: One, two }` has the keys `en` and `two`. */
const NEEDS_QUOTES = 'write a text; one with a comma or a colon in it needs quotes';

/** Where the next line begins as far left as the key, it is no part of it. */
const NOT_BELOW = 'what belongs to it is indented below it';

function typeProblem(wanted: string, path: Path, root: unknown): Problem {
  const found = valueAt(root, path);
  if (found === undefined) return missingKey(path, wanted);
  const unit =
    typeof found === 'number' && wanted.includes('duration') ? `did you mean ${found}s?` : undefined;
  const hint = found === null ? (wanted.includes('a text') ? NEEDS_QUOTES : NOT_BELOW) : unit;
  return {
    code: 'wrong-type',
    path,
    message: `${wanted}, found ${nameOf(found)}`,
    ...(hint === undefined ? {} : { hint }),
  };
}

function missingKey(path: Path, hint: string): Problem {
  return { code: 'missing-key', path, message: `"${String(path.at(-1) ?? '')}" is missing`, hint };
}

function unknownKey(key: string, path: Path, known: readonly string[]): Problem {
  const near = nearMiss(key, known);
  return {
    code: 'unknown-key',
    path: [...path, key],
    message: `unknown key "${key}"`,
    hint: near === undefined ? `known here: ${known.join(', ')}` : `did you mean "${near}"?`,
    ...(near === undefined ? {} : { meant: placeOf([...path, near]) }),
  };
}

function badKey(message: string, path: Path, root: unknown): Problem {
  const isText = valueAt(root, path) === null;
  return { code: 'unknown-key', path, message, ...(isText ? { hint: NEEDS_QUOTES } : {}) };
}

function oneOf(values: readonly string[], path: Path, root: unknown): Problem {
  const found = valueAt(root, path);
  const wanted = values.map((value) => `"${value}"`).join(values.length > 2 ? ', ' : ' or ');
  if (found === undefined) return missingKey(path, `write ${wanted}`);
  const near = typeof found === 'string' ? nearMiss(found, values) : undefined;
  return {
    code: 'wrong-value',
    path,
    message: `wanted ${wanted}, found ${nameOf(found)}`,
    ...(near === undefined ? {} : { hint: `did you mean "${near}"?` }),
  };
}

/**
 * Words for what the schema leaves without any. For unknown keys they are the keys that are known, because
 * only here the object's schema is at hand.
 */
function wordsFor(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys': {
      const schema = issue.inst as z.core.$ZodObject | undefined;
      return Object.keys(schema?._zod.def.shape ?? {}).join(' ');
    }
    case 'invalid_type':
      return `wanted ${TYPE_NAMES[issue.expected as string] ?? issue.expected}`;
    case 'too_small':
      return `wanted at least ${issue.minimum}${issue.origin === 'string' ? ' character' : ''}`;
    case 'too_big':
      return `wanted at most ${issue.maximum}`;
    default:
      return 'this is not what was wanted here';
  }
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'keys with values',
  record: 'keys with values',
  array: 'a list',
  tuple: 'a list of two',
};

function nameOf(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (isObject(value)) return 'keys with values';
  if (typeof value === 'string') return `the text ${JSON.stringify(value)}`;
  return typeof value === 'number' ? `the number ${value}` : `the value ${String(value)}`;
}

function valueAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[step];
  }
  return value;
}

function placeOf(path: Path): string {
  return path.map(String).join('/');
}
