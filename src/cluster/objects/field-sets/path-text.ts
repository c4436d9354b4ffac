import { quoteGo } from '../go-json.ts';
import type { Path } from './field-set.ts';

/** A place as conflicts name it: `.spec.containers[name="c"].image` (structured-merge-diff: fieldpath). */
export function pathText(path: Path): string {
  return path.map(elementText).join('');
}

function elementText(element: string): string {
  const rest = element.slice(2);
  if (element.startsWith('f:')) return `.${rest}`;
  if (element.startsWith('v:')) return `[=${rest}]`;
  const keys = Object.entries(JSON.parse(rest) as Record<string, unknown>);
  return `[${keys.map(([key, value]) => `${key}=${literal(value)}`).join(',')}]`;
}

function literal(value: unknown): string {
  return typeof value === 'string' ? quoteGo(value) : JSON.stringify(value);
}
