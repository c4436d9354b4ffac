import type { Doing } from '../../contract/doing.ts';
import type { Call, Outcome } from '../program.ts';
import type { FlagSpec, Flags } from './read-flags.ts';

/** One command of kubeadm: `token create`, `upgrade apply`. */
export interface Command {
  readonly flags: FlagSpec;
  run(call: Call, flags: Flags): Doing<Outcome>;
}
