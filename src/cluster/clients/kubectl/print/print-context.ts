import type { KubeVersion } from '../../../objects/versions.ts';

/** What a printed line depends on besides the objects. */
export interface PrintContext {
  /** Milliseconds since 1970-01-01 UTC: ages are counted up to here. */
  readonly now: number;
  readonly version: KubeVersion;
}
