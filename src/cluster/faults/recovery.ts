import type { Millis } from '../../kernel/time/millis.ts';
import type { Component, View, Wake } from '../contract/component.ts';
import { programKey } from '../contract/control-plane-rows.ts';
import { isProgramEvent } from '../world/evolve-control-plane.ts';
import { machineStarted } from './fault.ts';

const NAME = 'recovery';

/** What comes back by itself: machines that reboot, kubelets that start when their machine has booted. */
export const recovery: Component = {
  name: NAME,
  concernedBy: [
    'ProgramStarted',
    'ProgramStopped',
    'LeadershipTaken',
    'MachineStopped',
    'MachineStarted',
    'MachineInstalled',
    'KubeletStopped',
    'KubeletStarted',
  ],
  concernsOf({ event }) {
    if (isProgramEvent(event)) return [{ actor: NAME, key: programKey(event.program, event.node) }];
    const isOfPower = /^((Machine|Kubelet)(Stopped|Started)|MachineInstalled)$/.test(event.type);
    return isOfPower && 'node' in event ? [{ actor: NAME, key: String(event.node) }] : [];
  },
  *addresses({ rows }) {
    for (const { node } of rows.rowsBy('machines', 'all', '')) yield { actor: NAME, key: node };
    for (const { program, node } of rows.rowsBy('programs', 'elsewhere', ''))
      yield { actor: NAME, key: programKey(program, node) };
  },
  *reconcile(view, { key: node }, now) {
    const program = view.rows.row('programs', node);
    if (program?.until === now)
      yield { type: 'ProgramStarted', program: program.program, node: '', container: '', args: [] };
    const machine = view.rows.row('machines', node);
    if (machine?.off?.until === now) yield machineStarted(view.chance, node, now);
    else if (machine?.kubelet.until === now && !machine.off) yield { type: 'KubeletStarted', node };
  },
  wake: (view, { key }, from) => nextRecovery(view, key, from),
};

function nextRecovery({ rows }: View, node: string, from: Millis): Wake | undefined {
  const machine = rows.row('machines', node);
  const program = rows.row('programs', node);
  if (program) {
    const { until } = program;
    return until === undefined || until < from
      ? undefined
      : { at: until, cause: rows.changedAt('programs', node) };
  }
  const at = machine?.off ? machine.off.until : machine?.kubelet.until;
  return at === undefined || at < from ? undefined : { at, cause: rows.changedAt('machines', node) };
}
