import type { View } from '../../cluster/contract/component.ts';
import type { Millis } from '../../kernel/time/millis.ts';

/** Whether something is so, and since which entry; if not, why not, in words. */
export type Verdict =
  | { readonly holds: true; readonly cause: number | null }
  | { readonly holds: false; readonly why: string; readonly cause?: number | null };

export interface Judging {
  readonly view: View;
  /** The id of the command that is spoken of. */
  readonly command?: string;
  readonly captured: Readonly<Record<string, string>>;
  /** The time as of which what only grows is judged; absent: as far as it is written down. */
  readonly at?: Millis;
}
