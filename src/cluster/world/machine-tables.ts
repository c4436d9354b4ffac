import type { StoreShape } from '../../kernel/table/store.ts';
import type { MachineRows } from '../contract/machine-rows.ts';

/** The indexes of the machines' tables. */
export const machineTables: StoreShape<MachineRows> = {};
