import type { StoreEvent } from '../../cluster/contract/api-event.ts';
import type { View } from '../../cluster/contract/component.ts';
import { programKey } from '../../cluster/contract/control-plane-rows.ts';
import type { MachineEvent } from '../../cluster/contract/machine-event.ts';
import type { StoryEvent } from '../../cluster/contract/story-event.ts';
import { anywhereEvents } from '../../cluster/faults/anywhere-fault.ts';
import { controlPlaneFaultEvent } from '../../cluster/faults/control-plane-fault.ts';
import { eventsOfFault } from '../../cluster/faults/fault.ts';
import type { Json } from '../../cluster/objects/json.ts';
import { runtimeRuns } from '../../cluster/world/installs.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import { valueWithCaptured, withCaptured } from '../language/captured-names.ts';
import { nameOfBroken } from '../language/name-of-fault.ts';
import type { Broken, FaultOrder } from '../scenario.ts';

interface Moment {
  readonly at: Millis;
  /** 1-based number of the step. */
  readonly step: number;
}

type FaultEvent = MachineEvent | StoreEvent | StoryEvent;

/** What happens when a scenario, or somebody who has taken it over, breaks something. */
export function faultEvents(order: FaultOrder, view: View, { at, step }: Moment): readonly FaultEvent[] {
  const { lasts } = order;
  const broken = brokenEvents(order, view, at);
  if (!lasts) return broken;
  return [...broken, { type: 'FaultLasts', step, until: at + lasts.forMs, mend: lasts.mend }];
}

function brokenEvents(order: Broken, view: View, at: Millis): readonly FaultEvent[] {
  if ('controlPlane' in order) return [controlPlaneFaultEvent(order.controlPlane, view.rows)];
  if ('fault' in order) return eventsOfFault(order.fault, order.nodes, { view, at });
  const { anywhere } = order;
  if (anywhere.of !== 'container') return anywhereEvents(anywhere, view);
  const pod = withCaptured(anywhere.pod, capturedIn(view));
  const events = anywhereEvents({ ...anywhere, pod }, view);
  const what = anywhere.does === 'is killed' ? 'be killed' : 'stand still or go on';
  const message = `no container runs that could ${what} in a pod "${pod}"`;
  return events.length > 0 ? events : [{ type: 'NoticeGiven', about: 'fault', message }];
}

function capturedIn({ rows }: View): Readonly<Record<string, string>> {
  return rows.row('story', 'story')?.captured ?? {};
}

/** The keys under which what lasts for some time is waited for: one a step. */
export function* mendingKeys({ rows }: View): Generator<string> {
  for (const step of Object.keys(rows.row('story', 'story')?.faults ?? {})) yield mendingKey(step);
}

export function mendingKey(step: number | string): string {
  return `mend ${step}`;
}

/** When what is under such a key is over. */
export function mendedAt({ rows }: View, key: string): Millis | undefined {
  return rows.row('story', 'story')?.faults?.[stepIn(key)]?.until;
}

/** What happens when it is over. */
export function mendingEvents(view: View, key: string, at: Millis): readonly FaultEvent[] {
  const fault = view.rows.row('story', 'story')?.faults?.[stepIn(key)];
  if (!fault || fault.until > at) return [];
  // It was written by `faultEvents`, and is what it was.
  const mend = valueWithCaptured(fault.mend as Json, capturedIn(view)) as unknown as Broken;
  const ended: StoryEvent = { type: 'FaultEnded', step: Number(stepIn(key)), what: nameOfBroken(mend) };
  return [ended, ...brokenEvents(mend, view, at).filter((event) => !isSoAlready(event, view))];
}

/** Somebody has mended it before its time. */
function isSoAlready(event: FaultEvent, { rows }: View): boolean {
  switch (event.type) {
    case 'KubeletStarted': {
      const machine = rows.row('machines', event.node);
      return machine === undefined || machine.off !== undefined || machine.kubelet.running;
    }
    case 'MachineStarted':
      return rows.row('machines', event.node)?.off === undefined;
    case 'ServiceStarted':
      return runtimeRuns(rows, event.node);
    case 'ProgramStarted':
      return rows.row('programs', programKey(event.program, event.node))?.stoppedAt === undefined;
    default:
      return false;
  }
}

function stepIn(key: string): string {
  return key.slice(mendingKey('').length);
}
