/** One piece of a template: text outside braces, or what stands in one pair of braces. */
export type JsonpathNode =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'list'; readonly nodes: readonly JsonpathNode[] }
  | { readonly type: 'field'; readonly name: string }
  | { readonly type: 'wildcard' }
  | { readonly type: 'recursive' }
  /** `range` and `end`; anything else is refused when it is evaluated. */
  | { readonly type: 'identifier'; readonly name: string }
  | { readonly type: 'number'; readonly value: number; readonly isFloat: boolean }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'slice'; readonly start: Bound; readonly end: Bound; readonly step: Bound }
  | { readonly type: 'union'; readonly branches: readonly JsonpathList[] }
  | {
      readonly type: 'filter';
      readonly left: JsonpathList;
      readonly operator: string;
      readonly right: JsonpathList;
    };

export type JsonpathList = Extract<JsonpathNode, { type: 'list' }>;

/** A number of `[start:end:step]`; absent where the template leaves it open. */
export interface Bound {
  readonly value?: number;
  /** The end that follows from a single index: `[-1]` is `[-1:0]`, where 0 means the list's length. */
  readonly isDerived?: boolean;
}

/** A template is refused with the words that kubectl has for it. */
export class JsonpathError extends Error {
  override readonly name = 'JsonpathError';
}
