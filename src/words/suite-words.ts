/** What a run of tests says. */
export interface SuiteWords {
  readonly outcomes: { readonly passed: string; readonly failed: string; readonly broken: string };
  readonly step: (step: number) => string;
  readonly branch: (name: string) => string;
  readonly phases: { readonly setup: string; readonly teardown: string };
  readonly seed: (seed: string) => string;
  readonly wanted: string;
  readonly found: string;
  readonly at: string;
  readonly because: string;
  readonly see: string;
  readonly heldUntil: (time: string, seq: number) => string;
  readonly neverHeld: string;
  /** The log is not the one that was kept. */
  readonly snapshotDiffers: (file: string) => string;
  readonly snapshotMissing: (file: string) => string;
  /** How a snapshot is made, or made anew. */
  readonly update: string;
  readonly rewritten: string;
  readonly kept: string;
  readonly now: string;
  readonly obsolete: (count: number) => string;
  readonly removed: (count: number) => string;
  readonly written: (count: number) => string;
  readonly totals: (totals: SuiteTotals) => string;
  /** How long the stories were, and how long they took here. */
  readonly times: (virtual: string, wall: string) => string;
  readonly slowest: string;
  readonly noScenarios: (where: string) => string;
  readonly noneSelected: (found: number) => string;
  readonly twoOfOneName: (name: string, files: readonly string[]) => string;
  readonly reporter: (name: string, known: readonly string[]) => string;
  readonly notWithCi: string;
  readonly watching: (folders: number) => string;
  readonly changed: (file: string) => string;
}

export interface SuiteTotals {
  readonly passed: number;
  readonly failed: number;
  readonly broken: number;
  /** Not run any more, since enough had failed. */
  readonly left: number;
}
