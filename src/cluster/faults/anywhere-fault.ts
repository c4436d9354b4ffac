import type { Millis } from '../../kernel/time/millis.ts';
import type { CachesRenewed } from '../contract/api-event.ts';
import type { View } from '../contract/component.ts';
import type { MachineEvent } from '../contract/machine-event.ts';
import { type ContainerRow, EVERY_PROCESS } from '../contract/machine-rows.ts';
import type { RegistryAnswer } from '../contract/registry-row.ts';
import type { Pod } from '../objects/kubernetes.ts';
import { type HindranceFault, hindranceEvents } from './hindrance-fault.ts';
import { type PathFault, pathFaultEvent } from './path-fault.ts';

/** What can go wrong that is of no machine in particular. */
export type AnywhereFault =
  | {
      readonly of: 'registry';
      readonly does: 'fails';
      /** Its host; `*`: all of them. */
      readonly registry: string;
      readonly answers?: RegistryAnswer;
      readonly slowMs?: Millis;
    }
  | { readonly of: 'registry'; readonly does: 'is mended'; readonly registry: string }
  | {
      readonly of: 'watches';
      readonly does: 'break';
      readonly program: CachesRenewed['program'];
      readonly resources?: readonly string[];
    }
  | ({ readonly of: 'container'; readonly does: 'is killed'; readonly signal: string } & ContainerMeant)
  /** All that runs in it: SIGSTOP, and SIGCONT. */
  | ({ readonly of: 'container'; readonly does: 'is frozen' | 'is resumed' } & ContainerMeant)
  | PathFault
  | HindranceFault;

interface ContainerMeant {
  readonly namespace?: string;
  readonly pod: string;
  /** Absent: each of the pod. */
  readonly container?: string;
}

/** What happens at the moment of such a fault; nothing where what it is about is not there. */
export function anywhereEvents(fault: AnywhereFault, view: View): readonly (MachineEvent | CachesRenewed)[] {
  switch (fault.of) {
    case 'registry': {
      if (fault.does === 'is mended') return [{ type: 'RegistryMended', registry: fault.registry }];
      const { of: _, does: __, ...row } = fault;
      return [{ type: 'RegistryFailed', ...row }];
    }
    case 'watches':
      return watchesBroken(fault, view);
    case 'container':
      return fault.does === 'is killed' ? killed(fault, view) : frozen(fault, view);
    case 'path':
      return [pathFaultEvent(fault, view)];
    case 'program':
      return hindranceEvents(fault, view);
  }
}

/** Programs of machines have watches on each of them. */
function watchesBroken(
  { program, resources }: Extract<AnywhereFault, { of: 'watches' }>,
  { rows }: View,
): readonly CachesRenewed[] {
  const of = { type: 'CachesRenewed' as const, program, ...(resources && { resources }) };
  if (program !== 'kubelet' && program !== 'kube-proxy') return [of];
  return rows.rowsBy('machines', 'all', '').map(({ node }) => ({ ...of, node }));
}

function killed(
  { signal, ...meant }: Extract<AnywhereFault, { does: 'is killed' }>,
  view: View,
): readonly MachineEvent[] {
  return runningOf(meant, view).map((row) => signalTo(row, signal));
}

function frozen(
  { does, ...meant }: Extract<AnywhereFault, { does: 'is frozen' | 'is resumed' }>,
  view: View,
): readonly MachineEvent[] {
  const signal = does === 'is frozen' ? 'STOP' : 'CONT';
  return runningOf(meant, view).map((row) => ({ ...signalTo(row, signal), pid: EVERY_PROCESS }));
}

function signalTo(
  { node, pod, id }: ContainerRow,
  signal: string,
): Extract<MachineEvent, { type: 'SignalSent' }> {
  return { type: 'SignalSent', node, pod, container: id, signal };
}

function runningOf(
  { namespace, pod: name, container }: ContainerMeant,
  { objects, rows, settings }: View,
): readonly ContainerRow[] {
  const pod = objects.get<Pod>('pods', namespace ?? settings.namespace, name);
  if (!pod) return [];
  const key = `${pod.metadata.namespace}/${name}/${pod.metadata.uid}`;
  return rows
    .rowsBy('containers', 'pod', key)
    .filter((row) => row.startedAt !== undefined && !row.exit && (container ?? row.name) === row.name);
}
