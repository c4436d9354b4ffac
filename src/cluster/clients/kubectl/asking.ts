import type { Credentials, Impersonated } from '../../contract/user.ts';

/** Who asks: with what credentials, and whom he wants to be taken for. */
export interface Asking {
  readonly credentials?: Credentials;
  readonly as?: Impersonated;
}
