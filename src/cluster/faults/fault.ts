import { type Chance, drawWhole } from '../../kernel/chance/draw.ts';
import { type Millis, SECOND } from '../../kernel/time/millis.ts';
import type { View } from '../contract/component.ts';
import { PROGRAMS } from '../contract/control-plane-rows.ts';
import type { MachineEvent } from '../contract/machine-event.ts';
import type { Party } from '../contract/machine-rows.ts';
import { certificatesExpired, diskFilled, diskFreed, memberCorrupted, memberLost } from './machine-extras.ts';
import { nodesNamed } from './nodes-named.ts';
import { type ProgramFault, programFaultEvents } from './program-fault.ts';

/** What can go wrong, and be mended; times are virtual milliseconds. */
export type Fault = MachineFault | ProgramFault;

/** What can go wrong with a machine. */
export type MachineFault =
  | { readonly of: 'kubelet'; readonly does: 'stops' | 'starts' | 'freezes' | 'resumes' }
  | { readonly of: 'kubelet' | 'machine'; readonly does: 'restarts'; readonly takesMs?: Millis }
  | { readonly of: 'machine'; readonly does: 'stops' | 'starts' }
  | { readonly of: 'network'; readonly does: 'is cut' | 'is mended'; readonly from: readonly Party[] }
  | { readonly of: 'containerd'; readonly does: 'stops' | 'starts' }
  /** Somebody's file takes so much of it, or is deleted. */
  | { readonly of: 'disk'; readonly does: 'fills'; readonly sizeBytes: number }
  | { readonly of: 'disk'; readonly does: 'is freed' }
  /** By so many milliseconds it is ahead of the others, or behind. */
  | { readonly of: 'clock'; readonly does: 'is set'; readonly byMs: Millis }
  /** Those of kubeadm's; absent: all. */
  | { readonly of: 'certificates'; readonly does: 'expire'; readonly names?: readonly string[] }
  /** Its member of etcd. */
  | { readonly of: 'data of etcd'; readonly does: 'is lost' | 'is corrupted' };

/** From the power button until the kubelet starts: firmware, kernel, container runtime. */
const BOOT_MS = [12 * SECOND, 20 * SECOND] as const;

/** From the end of a kubelet's process to the next one's start, its restart by systemd included. */
const RESTART_MS = [1500, 2000] as const;

/** From the order to reboot until the machine is without power: what runs is ended meanwhile. */
const POWER_CYCLE_MS = 5 * SECOND;

/** What happens at the moment of a fault, on each of the machines that are named. */
export function eventsOfFault(
  fault: Fault,
  nodes: readonly string[],
  { view, at }: { readonly view: View; readonly at: Millis },
): readonly MachineEvent[] {
  if (isOfProgram(fault)) return programFaultEvents(fault, nodes, { view, at });
  const named = nodes.flatMap((node) => nodesNamed(node, view));
  switch (fault.of) {
    case 'network': {
      const from = fault.from.flatMap((party) => nodesNamed(party, view));
      return named.map((node) => faultEvent({ ...fault, from }, { node, at, chance: view.chance }));
    }
    case 'containerd': {
      const type = fault.does === 'stops' ? 'ServiceStopped' : 'ServiceStarted';
      return named.map((node) => ({ type, node, service: 'containerd' }));
    }
    case 'disk':
      return named.flatMap((node) =>
        fault.does === 'fills' ? [diskFilled(node, fault.sizeBytes, at)] : diskFreed(node, { view, at }),
      );
    case 'clock':
      return named.map((node) => ({ type: 'ClockSet', node, byMs: fault.byMs }));
    case 'certificates':
      return named.flatMap((node) => certificatesExpired(node, fault.names, { view, at }));
    case 'data of etcd':
      return named.flatMap((node) =>
        fault.does === 'is lost' ? memberLost(node, { view, at }) : memberCorrupted(node, { view, at }),
      );
    default:
      return named.map((node) => faultEvent(fault, { node, at, chance: view.chance }));
  }
}

export function isOfProgram(fault: Fault): fault is ProgramFault {
  return (PROGRAMS as readonly string[]).includes(fault.of);
}

type PowerFault = Extract<MachineFault, { of: 'kubelet' | 'machine' | 'network' }>;

/** What happens to a machine at the moment of a fault. */
export function faultEvent(
  fault: PowerFault,
  { node, at, chance }: { readonly node: string; readonly at: Millis; readonly chance: Chance },
): MachineEvent {
  if (fault.of === 'network') {
    const type = fault.does === 'is cut' ? 'NetworkCut' : 'NetworkMended';
    return { type, node, from: fault.from };
  }
  switch (fault.does) {
    case 'freezes':
      return { type: 'KubeletStopped', node, frozen: true };
    case 'resumes':
      return { type: 'KubeletStarted', node, thawed: true };
    case 'stops':
      return { type: fault.of === 'kubelet' ? 'KubeletStopped' : 'MachineStopped', node };
    case 'starts':
      return fault.of === 'kubelet' ? { type: 'KubeletStarted', node } : machineStarted(chance, node, at);
    case 'restarts': {
      const [low, high] = RESTART_MS;
      if (fault.of === 'machine')
        return { type: 'MachineStopped', node, until: at + (fault.takesMs ?? POWER_CYCLE_MS) };
      const takesMs = fault.takesMs ?? drawWhole(chance, low, high, 'kubelet restart', node, at);
      return { type: 'KubeletStopped', node, until: at + takesMs };
    }
  }
}

export function machineStarted(chance: Chance, node: string, at: Millis): MachineEvent {
  const [low, high] = BOOT_MS;
  return { type: 'MachineStarted', node, kubeletAt: at + drawWhole(chance, low, high, 'boot', node, at) };
}
