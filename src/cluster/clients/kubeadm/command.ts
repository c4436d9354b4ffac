import type { Doing } from '../../contract/doing.ts';
import type { Flag } from '../flags/flag.ts';
import type { Call, Outcome } from '../program.ts';
import type { Flags } from './flags.ts';

/** One command of kubeadm: `token create`, `upgrade apply`. */
export interface Command {
  readonly flags: readonly Flag[];
  run(call: Call, flags: Flags): Doing<Outcome>;
}
