import { Environment } from '@marcbachmann/cel-js';
import { isObject } from '../json.ts';
import { extend } from './extensions.ts';

/** What an expression came to, or why to nothing, in the words of cel-go. */
export type Evaluated =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly why: string };

type Compiled = ReturnType<Environment['parse']>;

// Both follow from the expressions alone.
const environments = new Map<string, Environment>();
const programs = new Map<string, Compiled | { readonly problem: string }>();
let base: Environment | undefined;

function environmentWith(names: readonly string[]): Environment {
  const key = names.join(' ');
  let environment = environments.get(key);
  if (environment === undefined) {
    base ??= extend(new Environment({ homogeneousAggregateLiterals: false, enableOptionalTypes: true }));
    environment = base.clone();
    for (const name of names) environment.registerVariable(name, 'dyn');
    environments.set(key, environment);
  }
  return environment;
}

/** The library asks the host for these: which day it is depends on where the program runs. */
const OF_THE_HOST =
  /\.getDayOfYear\s*\(|\.get(?:FullYear|Month|Date|DayOfMonth|DayOfWeek|Hours|Minutes|Seconds|Milliseconds)\s*\(\s*[^)\s]/;
const HOST_PROBLEM = 'compilation failed: days of a year, and times in a time zone, are not simulated';

function compile(expression: string, names: readonly string[]): Compiled | { readonly problem: string } {
  const key = `${names.join(' ')}\n${expression}`;
  let program = programs.get(key);
  if (program === undefined) {
    if (OF_THE_HOST.test(expression)) return { problem: HOST_PROBLEM };
    try {
      const parsed = environmentWith(names).parse(expression);
      const { valid, error } = parsed.check();
      program = valid || isUnknowable(error) ? parsed : { problem: compileWords(expression, error) };
    } catch (error) {
      program = { problem: compileWords(expression, error) };
    }
    programs.set(key, program);
  }
  return program;
}

/** What is found only because nothing is known of the objects' types is left to the evaluation. */
function isUnknowable(error: unknown): boolean {
  return !/^Unknown variable|no matching overload/.test(messageOf(error));
}

/** Why an expression is none; undefined for one that is. */
export function expressionProblem(expression: string, names: readonly string[]): string | undefined {
  const program = compile(expression, names);
  return 'problem' in program ? program.problem : undefined;
}

/** Evaluates an expression; `variables` hold JSON, or what expressions made. */
export function evaluate(expression: string, variables: Readonly<Record<string, unknown>>): Evaluated {
  const program = compile(expression, Object.keys(variables));
  if ('problem' in program) return { ok: false, why: program.problem };
  try {
    return { ok: true, value: program({ ...variables }) };
  } catch (error) {
    return { ok: false, why: evaluationWords(error) };
  }
}

function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n', 1)[0] ?? '';
}

function evaluationWords(error: unknown): string {
  const words = messageOf(error);
  const index = /index out of bounds, index (-?\d+)/.exec(words);
  if (index) return `index out of bounds: ${index[1]}`;
  if (words.startsWith('No such key')) return `no such key${words.slice('No such key'.length)}`;
  return /^no such overload|overload for/.test(words) ? 'no such overload' : words;
}

/** As cel-go shows where an expression goes wrong. */
function compileWords(expression: string, error: unknown): string {
  const words = messageOf(error);
  const unknown = /^Unknown variable: (\S+)/.exec(words)?.[1];
  const column = unknown === undefined ? placeIn(error) : expression.indexOf(unknown);
  const what =
    unknown === undefined
      ? `Syntax error: ${words}`
      : `undeclared reference to '${unknown}' (in container '')`;
  const pointer = `${'.'.repeat(Math.max(0, column))}^`;
  return `compilation failed: ERROR: <input>:1:${column + 1}: ${what}\n | ${expression}\n | ${pointer}`;
}

function placeIn(error: unknown): number {
  const lines = error instanceof Error ? error.message.split('\n') : [];
  const last = lines.at(-1) ?? '';
  const opening = (lines.find((line) => line.startsWith('>')) ?? '').indexOf('|') + 2;
  return Math.max(0, last.indexOf('^') - opening);
}

/** JSON as the language has it: whole numbers are integers. */
export function celValue(value: unknown): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(celValue);
  if (!isObject(value)) return value ?? null;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([key, member]) => [key, celValue(member)]));
}
