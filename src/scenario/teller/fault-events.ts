import type { StoreEvent } from '../../cluster/contract/api-event.ts';
import type { View } from '../../cluster/contract/component.ts';
import type { MachineEvent } from '../../cluster/contract/machine-event.ts';
import { controlPlaneFaultEvent } from '../../cluster/faults/control-plane-fault.ts';
import { eventsOfFault } from '../../cluster/faults/fault.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import type { FaultOrder } from '../scenario.ts';

/** What happens when a scenario, or somebody who has taken it over, breaks something. */
export function faultEvents(
  order: FaultOrder,
  view: View,
  at: Millis,
): readonly (MachineEvent | StoreEvent)[] {
  if ('controlPlane' in order) return [controlPlaneFaultEvent(order.controlPlane, view.rows)];
  return eventsOfFault(order.fault, order.nodes, { view, at });
}
