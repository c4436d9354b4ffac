import type { View } from '../../cluster/contract/component.ts';

/** Whether something is so, and since which entry; if not, why not, in words. */
export type Verdict =
  | { readonly holds: true; readonly cause: number | null }
  | { readonly holds: false; readonly why: string };

export interface Judging {
  readonly view: View;
  /** The id of the command that is spoken of. */
  readonly command?: string;
  readonly captured: Readonly<Record<string, string>>;
}
