import type { View } from '../contract/component.ts';
import type { HindranceRow } from '../contract/hindrance-row.ts';
import type { MachineEvent } from '../contract/machine-event.ts';
import { nodesNamed } from './nodes-named.ts';

/** Something keeps a program from its work, or does so no more. */
export type HindranceFault = {
  readonly of: 'program';
  readonly does: 'is hindered' | 'is relieved';
  /** Names of machines, and zones; absent: wherever it runs. */
  readonly nodes?: readonly string[];
  readonly hindrance: Omit<HindranceRow, 'since' | 'node'>;
};

export function hindranceEvents(
  { does, nodes, hindrance }: HindranceFault,
  view: View,
): readonly MachineEvent[] {
  const places = nodes?.flatMap((node) => nodesNamed(node, view)) ?? [undefined];
  const { of, program } = hindrance;
  return places.map((node): MachineEvent => {
    const where = node === undefined ? {} : { node };
    return does === 'is hindered'
      ? { type: 'ProgramHindered', ...hindrance, ...where }
      : { type: 'ProgramRelieved', of, program, ...where };
  });
}
