/** What a template of Go's text/template is made of. */
export type TemplateNode =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'print'; readonly pipe: Pipe }
  | {
      readonly type: 'if' | 'with' | 'range';
      readonly pipe: Pipe;
      readonly body: readonly TemplateNode[];
      readonly otherwise: readonly TemplateNode[];
    }
  | { readonly type: 'break' | 'continue' };

/** Commands, the value of each the last argument of the next; variables that are set to what comes out. */
export interface Pipe {
  readonly variables: readonly string[];
  /** `=` in place of `:=`: the variable is there already. */
  readonly isAssigned: boolean;
  readonly commands: readonly (readonly Operand[])[];
}

export type Operand =
  | { readonly type: 'value'; readonly value: string | number | boolean | null }
  | { readonly type: 'function'; readonly name: string }
  /** `.a.b`, `$x.a`, `(…).a`. */
  | { readonly type: 'path'; readonly root: PathRoot; readonly fields: readonly string[] };

export type PathRoot =
  | { readonly type: 'dot' }
  | { readonly type: 'variable'; readonly name: string }
  | { readonly type: 'pipe'; readonly pipe: Pipe };

/** Ends the reading or the running of a template; the message is Go's. */
export class TemplateError extends Error {}
