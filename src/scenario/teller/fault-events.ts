import type { StoreEvent } from '../../cluster/contract/api-event.ts';
import type { View } from '../../cluster/contract/component.ts';
import type { ProgramEvent } from '../../cluster/contract/control-plane-rows.ts';
import type { MachineEvent } from '../../cluster/contract/machine-event.ts';
import { controlPlaneFaultEvent } from '../../cluster/faults/control-plane-fault.ts';
import { faultEvent } from '../../cluster/faults/fault.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import type { FaultOrder } from '../scenario.ts';

/** What happens when a scenario, or somebody who has taken it over, breaks something. */
export function faultEvents(
  order: FaultOrder,
  { chance, rows }: View,
  at: Millis,
): readonly (MachineEvent | ProgramEvent | StoreEvent)[] {
  if ('controlPlane' in order) return [controlPlaneFaultEvent(order.controlPlane, rows)];
  return order.nodes.map((node) => faultEvent(order.fault, { node, at, chance }));
}
