import { SECOND } from '../../../kernel/time/millis.ts';
import type { Program } from '../program.ts';

/** Until a machine that was told to reboot is without power; then it starts again. */
const POWER_CYCLE_MS = 5 * SECOND;

export const reboot: Program = {
  type: 'program',
  name: 'reboot',
  isOfMachine: true,
  *run({ machine = '', now }) {
    yield { type: 'MachineStopped', node: machine, until: now + POWER_CYCLE_MS };
    return { exitCode: 0 };
  },
};

/** `shutdown now`, `poweroff`; `shutdown -r` is a reboot. */
export function powerOff(name: string): Program {
  return {
    type: 'program',
    name,
    isOfMachine: true,
    *run({ machine = '', args, now }) {
      const isReboot = args.includes('-r');
      yield { type: 'MachineStopped', node: machine, ...(isReboot && { until: now + POWER_CYCLE_MS }) };
      return { exitCode: 0 };
    },
  };
}
