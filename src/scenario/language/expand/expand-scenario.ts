import type { Files } from '../../../cluster/clients/files.ts';
import { isObject } from '../../../cluster/objects/json.ts';
import type { Diagnostic, DiagnosticCode } from '../diagnostic.ts';
import { readYaml, type YamlReading, type YamlSource } from '../read-yaml.ts';
import { filled, type Scope } from './fill.ts';
import { partsOf, type Reading } from './include.ts';
import { axesOf, casesNamed, casesOf, type MatrixCase, MOST_CASES } from './matrix.ts';
import { merged } from './merge.ts';
import { memberOf, originOf, sourceOf, spanOfOrigin, type Written, withMembers } from './origin.ts';
import {
  type Parameter,
  type ParameterProblem,
  parametersOf,
  type Scalar,
  typeOf,
  valuesOf,
} from './parameters.ts';
import { fillTemplates } from './templates.ts';

export type Given = Readonly<Record<string, Scalar>>;

/** Which of the runs that a scenario stands for. */
export interface Choice {
  /** Parameters, as they are typed: `nodes=3`. */
  readonly set?: Readonly<Record<string, string>>;
  /** A case of its matrix by its values, or enough of them: `nodes=3, surge=1`. Absent: the first. */
  readonly case?: string;
}

/** A scenario with its includes, parameters and matrix resolved: one plain document. */
export interface Expansion {
  /** Absent where it can't be told. Its places are those in the files as they are written. */
  readonly source?: YamlSource;
  readonly diagnostics: readonly Diagnostic[];
  /** What was included, each with its places. */
  readonly fragments: readonly YamlSource[];
  /** The paths of the files that it is made of: they are no manifests. */
  readonly parts: readonly string[];
  /** Texts of files in which placeholders were filled in. */
  readonly filled: Files;
  readonly asWritten: (diagnostic: Diagnostic) => Diagnostic;
  /** The case that it is, among all that the scenario has. */
  readonly chosen: MatrixCase;
  /** The values of the parameters that somebody gave, and that the case has. */
  readonly given: Given;
  readonly cases: readonly MatrixCase[];
}

/**
 * Reads a scenario and all that it includes. Nothing is thrown, and nothing is checked but what it is made
 * of.
 */
export function expandScenario(
  files: Files,
  entry: string,
  choice: Choice = {},
  read?: YamlReading,
): Expansion {
  const reading = read ?? readYaml(files[entry] ?? '', entry);
  const { source } = reading;
  if (!source) return { ...UNREAD, diagnostics: reading.diagnostics };
  const diagnostics: Diagnostic[] = [];
  const problem = reportIn(diagnostics);
  const raw: Written = { value: source.value, origin: { source, path: [], via: [] } };
  const { set = {} } = choice;
  const cases = casesOf(raw.value, set);
  if (cases.length > MOST_CASES) {
    const at = originOf(raw.origin, 'matrix');
    const message = `there are more than ${MOST_CASES} cases`;
    problem({ code: 'too-large', at, aim: 'key', message, hint: 'take values away, or exclude some' });
    return { ...UNREAD, diagnostics };
  }
  const chosen = choose(cases, choice, { raw, problem });
  const parameters = allParameters(raw.value, chosen);
  const given = new Map<string, Written>();
  const matrix = memberOf(raw, 'matrix');
  for (const [name, value] of Object.entries(chosen.values))
    given.set(name, { value, origin: originOf(matrix?.origin ?? raw.origin, name) });
  const values = valuesOf({ parameters, document: raw, given, typed: set }, problem);
  const scope: Scope = { values, names: parameters.map(({ name }) => name), used: new Set(), problem };
  const templates = fillTemplates(raw, files, scope);
  const document = filledDocument(raw, scope, chosen);
  const unusedOnce = new Set<string>();
  const unused = (of: Written, within: Scope): void => {
    for (const name of within.names) {
      const key = `${of.origin.source.file} ${name}`;
      if (within.used.has(name) || unusedOnce.has(key)) continue;
      unusedOnce.add(key);
      problem(unusedProblem(of, name));
    }
  };
  const inner: Reading = { files, readings: new Map(), diagnostics, problem, unused, count: 0 };
  const parts = isObject(document.value) ? partsOf(document, inner, [entry]) : NO_PARTS;
  unused(raw, scope);
  const whole = isObject(document.value) ? merged(document, parts, problem) : document;
  return {
    source: sourceOf(whole),
    diagnostics: [...diagnostics, ...templates.diagnostics],
    fragments: parts.fragments.map(sourceOf),
    parts: [entry, ...inner.readings.keys()],
    filled: templates.files,
    asWritten: templates.asWritten,
    chosen,
    given: givenOf(values, [...given.keys(), ...Object.keys(set)]),
    cases,
  };
}

function givenOf(values: ReadonlyMap<string, Scalar>, names: readonly string[]): Given {
  return Object.fromEntries(
    [...new Set(names)].flatMap((name) => {
      const value = values.get(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

const NO_CASE: MatrixCase = { title: '', values: {} };
const NO_PARTS = { setup: [], steps: [], teardown: [], fragments: [] };
const UNREAD: Expansion = {
  diagnostics: [],
  fragments: [],
  parts: [],
  filled: {},
  asWritten: (diagnostic) => diagnostic,
  chosen: NO_CASE,
  given: {},
  cases: [NO_CASE],
};

/** What is declared, and what the matrix has values for. */
function allParameters(document: unknown, chosen: MatrixCase): readonly Parameter[] {
  const declared = parametersOf(document);
  const matrix = isObject(document) ? document['matrix'] : undefined;
  const axes = isObject(matrix) ? axesOf(matrix) : [];
  const others = axes.flatMap(([name, values]): Parameter[] => {
    const [type, ...more] = new Set(values.map(typeOf));
    if (declared.some((each) => each.name === name) || type === undefined) return [];
    // Of a name with values of several types each is what it is.
    const own = chosen.values[name];
    return [{ name, type: more.length > 0 && own !== undefined ? typeOf(own) : type }];
  });
  return [...declared, ...others];
}

/** The declarations themselves hold no placeholders. */
const DECLARATIONS = ['parameters', 'matrix'] as const;

function filledDocument(raw: Written, scope: Scope, { seed }: MatrixCase): Written {
  if (!isObject(raw.value)) return raw;
  const declared = DECLARATIONS.flatMap((key) => {
    const member = memberOf(raw, key);
    return member ? [[key, member] as const] : [];
  });
  const without = Object.fromEntries(
    Object.entries(raw.value).filter(([key]) => !DECLARATIONS.some((each) => each === key)),
  );
  const rest = filled({ value: without, origin: raw.origin }, scope);
  const members = new Map<string, Written>(declared);
  const matrix = memberOf(raw, 'matrix');
  if (seed !== undefined && matrix)
    members.set('seed', { value: seed, origin: originOf(matrix.origin, 'seeds') });
  return withMembers(rest, members);
}

interface Choosing {
  readonly raw: Written;
  readonly problem: (problem: ParameterProblem) => void;
}

function choose(
  cases: readonly MatrixCase[],
  { case: asked }: Choice,
  { raw, problem }: Choosing,
): MatrixCase {
  const [first = NO_CASE] = cases;
  if (asked === undefined) return first;
  const found = casesNamed(cases, asked);
  if (found.length === 1 && found[0]) return found[0];
  const at = memberOf(raw, 'matrix')?.origin ?? raw.origin;
  const titles = (found.length === 0 ? cases : found).map(({ title }) => title).slice(0, 8);
  const isMatrix = cases.length > 1 || first.title !== '';
  problem({
    code: 'matches-nothing',
    at,
    aim: 'key',
    message: found.length === 0 ? `there is no case "${asked}"` : `several cases are "${asked}"`,
    hint: isMatrix ? `there are ${titles.map((title) => `"${title}"`).join(', ')}` : 'it has no matrix',
  });
  return first;
}

function unusedProblem(document: Written, name: string): ParameterProblem {
  const declared = memberOf(document, 'parameters');
  const matrix = memberOf(document, 'matrix');
  const within = declared && memberOf(declared, name) ? declared : (matrix ?? document);
  return {
    code: 'unused-parameter',
    at: originOf(within.origin, name),
    aim: 'key',
    message: `nothing uses the parameter "${name}"`,
    hint: `write \${{ ${name} }} where its value belongs, or take it away`,
  };
}

function reportIn(diagnostics: Diagnostic[]): (problem: ParameterProblem) => void {
  return ({ code, at, aim, message, hint }) => {
    const severity: Diagnostic['severity'] = 'error';
    const words: { code: DiagnosticCode; message: string; hint?: string } = {
      code,
      message,
      ...(hint && { hint }),
    };
    diagnostics.push({ ...words, severity, file: at.source.file, ...spanOfOrigin(at, aim) });
  };
}
