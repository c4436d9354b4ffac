import type { Document } from 'yaml';
import type { ManifestProblem } from './manifest.ts';

interface Made {
  readonly value?: unknown;
  readonly problem?: Pick<ManifestProblem, 'code' | 'message' | 'hint'>;
  /** go-yaml's words. */
  readonly failure?: string;
}

/** Aliases are followed only so far: a few lines can stand for more text than there are atoms. */
const ALIASES_MAX = 100;

/** What a document stands for as JSON, or why it stands for nothing that JSON has. */
export function makeValue(document: Document.Parsed): Made {
  try {
    const value: unknown = document.toJS({ maxAliasCount: ALIASES_MAX });
    const infinite = findNotFinite(value);
    if (infinite === undefined) return { value };
    const word = Number.isNaN(infinite) ? 'NaN' : infinite > 0 ? '+Inf' : '-Inf';
    const message = `${word} is a number that JSON does not have`;
    return {
      problem: { code: 'yamlSyntax', message, hint: 'put it in quotes' },
      failure: `json: unsupported value: ${word}`,
    };
  } catch (thrown) {
    const text = thrown instanceof Error ? thrown.message : String(thrown);
    const anchor = /Unresolved alias.*: (\S+)$/.exec(text)?.[1];
    if (anchor !== undefined) {
      const message = `the alias *${anchor} names an anchor that is not there`;
      return {
        problem: { code: 'yamlSyntax', message, hint: `set &${anchor} before it` },
        failure: `yaml: unknown anchor '${anchor}' referenced`,
      };
    }
    if (!/Excessive alias/.test(text)) throw thrown;
    const message = 'its aliases stand for far more text than the file has';
    return {
      problem: { code: 'aliasBomb', message, hint: 'write the values out instead of nesting aliases' },
      failure: 'yaml: document contains excessive aliasing',
    };
  }
}

function findNotFinite(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : value;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const member of Object.values(value)) {
    const found = findNotFinite(member);
    if (found !== undefined) return found;
  }
  return undefined;
}
