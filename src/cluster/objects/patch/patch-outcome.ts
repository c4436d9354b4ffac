import type { JsonObject } from '../json.ts';

/** A patched object, or why the patch cannot be applied. */
export type PatchOutcome = { readonly ok: true; readonly object: JsonObject } | PatchRefusal;

export interface PatchRefusal {
  readonly ok: false;
  /** HTTP status of the API server's answer. */
  readonly code: 400 | 422 | 500;
  readonly problem: string;
}

/** Thrown deep inside of a patch and caught where it began; it never leaves this folder. */
export class BadPatch extends Error {
  readonly code: PatchRefusal['code'];

  constructor(code: PatchRefusal['code'], message: string) {
    super(message);
    this.code = code;
  }
}

export function outcomeOf(apply: () => JsonObject): PatchOutcome {
  try {
    return { ok: true, object: apply() };
  } catch (thrown) {
    if (thrown instanceof BadPatch) return { ok: false, code: thrown.code, problem: thrown.message };
    throw thrown;
  }
}
