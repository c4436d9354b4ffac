import type { Millis } from '../../../kernel/time/millis.ts';
import type { ClusterSettings } from '../../contract/settings.ts';
import type { Transaction } from '../store/transaction.ts';

/** Where and when somebody shows credentials. */
export interface Asked {
  readonly store: Pick<Transaction, 'read'>;
  readonly settings: ClusterSettings;
  readonly at: Millis;
}
