import type { Millis } from '../../kernel/time/millis.ts';

/** How a registry of images answers that does not do as it should. */
export type RegistryAnswer = 'unreachable' | 'unauthorized' | 'rateLimited' | 'serverError' | 'notFound';

/** A registry that fails or is slow, by its host (`docker.io`), or `*` for all; absent where all is well. */
export interface RegistryRow {
  readonly registry: string;
  /** Absent: it answers as it should. */
  readonly answers?: RegistryAnswer;
  /** By how much longer each pull takes. */
  readonly slowMs?: Millis;
}

export type RegistryEvent =
  | ({ readonly type: 'RegistryFailed' } & RegistryRow)
  | { readonly type: 'RegistryMended'; readonly registry: string };
