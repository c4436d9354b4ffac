import { existsSync } from 'node:fs';
import { type Instant, parsePlace } from '../replay/place.ts';
import { BadInput } from './exit.ts';

/** A log and, behind an `@`, an instant of it: `run.log@30s`. */
export interface Side {
  readonly what: string;
  readonly at?: Instant;
}

/** Reads a side. A file may have an `@` in its name. */
export function sideOf(text: string): Side {
  const split = text.lastIndexOf('@');
  if (split <= 0 || existsSync(text)) return { what: text };
  const at = parsePlace(text.slice(split + 1));
  if (!at) throw new BadInput(({ wrong }) => `${text.slice(split + 1)}: ${wrong.instant}`);
  return { what: text.slice(0, split), at };
}
