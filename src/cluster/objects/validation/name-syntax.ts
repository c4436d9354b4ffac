/**
 * The syntax of names, with Kubernetes' own words for what is wrong (apimachinery:
 * util/validation/validation.go and api/validate/content). Every check answers a list of problems, empty when
 * there is none.
 */

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const KEY_NAME = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const CONFIG_KEY = '[-._a-zA-Z0-9]+';
const HEADER_NAME = '[-A-Za-z0-9]+';

const ALPHANUMERIC_ENDS = 'and must start and end with an alphanumeric character';
const KEY_NAME_RULE = `must consist of alphanumeric characters, '-', '_' or '.', ${ALPHANUMERIC_ENDS}`;

/** Names that need a list of other characters: `a.b-c`, at most 253 long. */
export function dnsSubdomainProblems(value: string): readonly string[] {
  const rule = `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', ${ALPHANUMERIC_ENDS}`;
  return [...tooLongProblem(value, 253), ...patternProblem(value, SUBDOMAIN, rule, ['example.com'])];
}

/** Names of namespaces, services, containers, volumes: at most 63 long, no dots. */
export function dnsLabelProblems(value: string): readonly string[] {
  const problems = tooLongProblem(value, 63);
  if (matches(value, LABEL)) return problems;
  if (matches(value, SUBDOMAIN)) return [...problems, 'must not contain dots'];
  const rule = `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', ${ALPHANUMERIC_ENDS}`;
  return [...problems, ...patternProblem(value, LABEL, rule, ['my-name', '123-abc'])];
}

/** Names of roles and their bindings: anything that can be one part of a path. */
export function pathSegmentProblems(value: string): readonly string[] {
  if (value === '.' || value === '..') return [`may not be '${value}'`];
  return ['/', '%'].filter((sign) => value.includes(sign)).map((sign) => `may not contain '${sign}'`);
}

/** Keys of labels and annotations, finalizers, names of resources: `example.com/my-name` or `my-name`. */
export function qualifiedNameProblems(value: string): readonly string[] {
  const parts = value.split('/');
  const examples = ['MyName', 'my.name', '123-abc'];
  if (parts.length > 2) {
    const rule = regexProblem(`a valid label key ${KEY_NAME_RULE}`, KEY_NAME, examples);
    return [`${rule} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  }
  const prefix = parts.length === 2 ? (parts[0] ?? '') : undefined;
  const name = parts.at(-1) ?? '';
  return [
    ...(prefix === undefined ? [] : prefixProblems(prefix)),
    ...(name === '' ? ['name part must be non-empty'] : []),
    ...(name.length > 63 ? ['name part must be no more than 63 bytes'] : []),
    ...patternProblem(name, KEY_NAME, KEY_NAME_RULE, examples).map((problem) => `name part ${problem}`),
  ];
}

function prefixProblems(prefix: string): readonly string[] {
  if (prefix === '') return ['prefix part must be non-empty'];
  const problems = dnsSubdomainProblems(prefix).map((problem) => `prefix part ${problem}`);
  return prefix.length > 253
    ? ['prefix part must be no more than 253 bytes', ...problems.slice(1)]
    : problems;
}

export function labelValueProblems(value: string): readonly string[] {
  const rule = `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', ${ALPHANUMERIC_ENDS}`;
  return [
    ...(value.length > 63 ? ['must be no more than 63 bytes'] : []),
    ...patternProblem(value, `(${KEY_NAME})?`, rule, ['MyValue', 'my_value', '12345']),
  ];
}

/** Keys of ConfigMaps and Secrets, which become names of files. */
export function configMapKeyProblems(value: string): readonly string[] {
  const rule = "a valid config key must consist of alphanumeric characters, '-', '_' or '.'";
  return [
    ...tooLongProblem(value, 253),
    ...patternProblem(value, CONFIG_KEY, rule, ['key.name', 'KEY_NAME', 'key-name']),
    ...parentFolderProblem(value),
  ];
}

/** Names of environment variables: any printable ASCII but `=` (since 1.34; before, a stricter pattern). */
export function envVarNameProblems(value: string): readonly string[] {
  if (value === '') return ['environment variable name must be non-empty'];
  if (/^[\x20-\x3c\x3e-\x7e]*$/.test(value)) return [];
  return ["a valid environment variable name must consist only of printable ASCII characters other than '='"];
}

/** Names of ports: at most 15 of `a-z`, `0-9` and single hyphens inside, one of them a letter. */
export function portNameProblems(value: string): readonly string[] {
  return [
    ...tooLongProblem(value, 15),
    ...(/^[-a-z0-9]+$/.test(value)
      ? []
      : ['must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)']),
    ...(/[a-z]/.test(value) ? [] : ['must contain at least one letter (a-z)']),
    ...(value.includes('--') ? ['must not contain consecutive hyphens'] : []),
    ...(value.startsWith('-') || value.endsWith('-') ? ['must not begin or end with a hyphen'] : []),
  ];
}

export function headerNameProblems(value: string): readonly string[] {
  const rule = "a valid HTTP header must consist of alphanumeric characters or '-'";
  return patternProblem(value, HEADER_NAME, rule, ['X-Header-Name']);
}

export function portNumberProblems(value: number): readonly string[] {
  return rangeProblems(value, 1, 65_535);
}

export function rangeProblems(value: number, low: number, high: number): readonly string[] {
  return value >= low && value <= high ? [] : [`must be between ${low} and ${high}, inclusive`];
}

/** What is appended to a prefix may make its last dash harmless, so that one is left out of the check. */
export function asPrefix(
  problems: (value: string) => readonly string[],
): (value: string) => readonly string[] {
  return (value) => problems(value.length > 1 && value.endsWith('-') ? `${value.slice(0, -2)}a` : value);
}

function parentFolderProblem(value: string): readonly string[] {
  if (value === '.') return ["must not be '.'"];
  if (value === '..') return ["must not be '..'"];
  return value.startsWith('..') ? ["must not start with '..'"] : [];
}

function tooLongProblem(value: string, max: number): readonly string[] {
  return value.length > max ? [`must be no more than ${max} characters`] : [];
}

function patternProblem(
  value: string,
  pattern: string,
  rule: string,
  examples: readonly string[],
): readonly string[] {
  return matches(value, pattern) ? [] : [regexProblem(rule, pattern, examples)];
}

// Compiling a pattern anew for every label would be most of the work of a check.
const compiled = new Map<string, RegExp>();

function matches(value: string, pattern: string): boolean {
  const known = compiled.get(pattern);
  const expression = known ?? new RegExp(`^${pattern}$`);
  if (known === undefined) compiled.set(pattern, expression);
  return expression.test(value);
}

/** The examples are joined as Go joins them: a comma after each, so there is one before `or` too. */
function regexProblem(rule: string, pattern: string, examples: readonly string[]): string {
  const listed = examples.map((example) => `'${example}', `).join(' or ');
  return `${rule} (e.g. ${listed}regex used for validation is '${pattern}')`;
}
