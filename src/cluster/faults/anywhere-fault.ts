import type { Millis } from '../../kernel/time/millis.ts';
import type { CachesRenewed } from '../contract/api-event.ts';
import type { View } from '../contract/component.ts';
import type { MachineEvent } from '../contract/machine-event.ts';
import type { RegistryAnswer } from '../contract/registry-row.ts';
import type { Pod } from '../objects/kubernetes.ts';

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
  | {
      readonly of: 'container';
      readonly does: 'is killed';
      readonly namespace?: string;
      readonly pod: string;
      readonly container?: string;
      readonly signal: string;
    };

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
      return killed(fault, view);
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
  { namespace, pod: name, container, signal }: Extract<AnywhereFault, { of: 'container' }>,
  { objects, rows, settings }: View,
): readonly MachineEvent[] {
  const pod = objects.get<Pod>('pods', namespace ?? settings.namespace, name);
  if (!pod) return [];
  const key = `${pod.metadata.namespace}/${name}/${pod.metadata.uid}`;
  return rows.rowsBy('containers', 'pod', key).flatMap((row): readonly MachineEvent[] => {
    const isMeant = row.startedAt !== undefined && !row.exit && (container ?? row.name) === row.name;
    return isMeant ? [{ type: 'SignalSent', node: row.node, pod: key, container: row.id, signal }] : [];
  });
}
