import type { Millis } from '../../kernel/time/millis.ts';
import type { LabelRequirements } from '../objects/label-selector.ts';

/** Whoever fits all that is said; where nothing is said, anybody. */
export interface PathEnd {
  /** A machine, and the pods on it. */
  readonly nodes?: readonly string[];
  readonly pods?: { readonly namespace: string; readonly selector: LabelRequirements };
  /** Whoever is not in the cluster. */
  readonly outside?: true;
}

/** What becomes of packets that go one way: some are lost, or they take longer. */
export interface PathRow {
  /** In plain words: `pods/app=web to pods/app=db`. */
  readonly path: string;
  readonly from: PathEnd;
  readonly to: PathEnd;
  /** The same of what goes the other way. */
  readonly bothWays?: true;
  /** How large a part of the packets is lost, up to 1: all of them. */
  readonly lost?: number;
  /** By how much longer a packet takes. */
  readonly lateMs?: Millis;
}

/** How pods are written where a node may be named: `pods/app=web`. */
export const PODS = 'pods/';

export type PathHarm = 'cut' | 'lossy' | 'slow';

/** There is one row for each harm and path: any of them is mended by itself. */
export function pathKey(harm: PathHarm, path: string): string {
  return `${harm} ${path}`;
}

export type PathEvent =
  | ({ readonly type: 'PathHarmed'; readonly harm: PathHarm } & PathRow)
  /** Absent: of whatever it suffered, and on every path. */
  | { readonly type: 'PathMended'; readonly harm?: PathHarm; readonly path?: string };
