import type { Millis } from '../../../kernel/time/millis.ts';
import { civilOf } from '../../../kernel/time/rfc3339.ts';

/** What may stand in braces in a body or a log line of a program. */
export interface TemplateValues {
  readonly epochMs: Millis;
  readonly hostname: string;
  readonly env: Readonly<Record<string, string>>;
  readonly argv: readonly string[];
  readonly ip?: string;
  readonly request?: {
    readonly method: string;
    readonly path: string;
    readonly client: string;
    readonly agent: string;
    readonly status: number;
    readonly bytes: number;
    readonly number: number;
  };
}

/**
 * `{hostname}`, `{ip}`, `{method}`, `{path}`, `{client}`, `{agent}`, `{status}`, `{bytes}`, `{requests}`,
 * `{args}`,
 * `{env:NAME}`, and the time as `{iso}`, `{clf}` (of access logs), `{nginx}`, `{log}`, `{redis}` or `{unix}`.
 * Anything else in braces stays as it is.
 */
export function expandTemplate(template: string, values: TemplateValues): string {
  let expanded = '';
  for (const { before, whole, name, variable, fallback } of partsOf(template)) {
    const value =
      name === 'env' && variable ? (values.env[variable] ?? fallback ?? '') : templateValue(name, values);
    expanded += before + (value ?? whole);
  }
  return expanded;
}

/** What stands in braces, and the text before it; the last has nothing in braces. */
interface Part {
  readonly before: string;
  readonly whole: string;
  readonly name: string;
  readonly variable?: string | undefined;
  readonly fallback?: string | undefined;
}

// Images have a few templates, and a log line is made of one with every request.
const partsKnown = new Map<string, readonly Part[]>();
const PARTS_MAX = 1000;

function partsOf(template: string): readonly Part[] {
  let parts = partsKnown.get(template);
  if (!parts) {
    parts = split(template);
    if (partsKnown.size >= PARTS_MAX) partsKnown.clear();
    partsKnown.set(template, parts);
  }
  return parts;
}

function split(template: string): readonly Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const found of template.matchAll(/\{([a-z]+)(?::(\w+))?(?:=([^}]*))?\}/g)) {
    const [whole, name = '', variable, fallback] = found;
    parts.push({ before: template.slice(from, found.index), whole, name, variable, fallback });
    from = found.index + whole.length;
  }
  return [...parts, { before: template.slice(from), whole: '', name: '' }];
}

function templateValue(name: string, values: TemplateValues): string | undefined {
  const { request } = values;
  switch (name) {
    case 'hostname':
      return values.hostname;
    case 'ip':
      return values.ip ?? '127.0.0.1';
    case 'args':
      return values.argv.slice(1).join(' ');
    case 'iso':
    case 'clf':
    case 'nginx':
    case 'log':
    case 'redis':
    case 'unix':
      return timeText(name, values.epochMs);
    case 'method':
    case 'path':
    case 'client':
    case 'agent':
      return request?.[name] ?? '';
    case 'status':
    case 'bytes':
      return String(request?.[name] ?? '');
    case 'requests':
      return String(request?.number ?? 0);
    default:
      return undefined;
  }
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function timeText(form: 'iso' | 'clf' | 'nginx' | 'log' | 'redis' | 'unix', epochMs: Millis): string {
  if (form === 'unix') return String(Math.floor(epochMs / 1000));
  const t = civilOf(epochMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  const clock = `${two(t.hour)}:${two(t.minute)}:${two(t.second)}`;
  const date = `${t.year}-${two(t.month)}-${two(t.day)}`;
  switch (form) {
    case 'iso':
      return `${date}T${clock}.${String(t.millisecond).padStart(3, '0')}Z`;
    case 'clf':
      return `${two(t.day)}/${MONTHS[t.month - 1] ?? ''}/${t.year}:${clock} +0000`;
    case 'nginx':
      return `${date.replaceAll('-', '/')} ${clock}`;
    case 'redis':
      return `${two(t.day)} ${MONTHS[t.month - 1] ?? ''} ${t.year} ${clock}.${String(t.millisecond).padStart(3, '0')}`;
    case 'log':
      return `${date} ${clock}`;
  }
}
