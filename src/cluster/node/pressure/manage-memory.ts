import type { Millis } from '../../../kernel/time/millis.ts';
import type { Reaction, View, Wake } from '../../contract/component.ts';
import type { MachineRow } from '../../contract/machine-rows.ts';
import { qosClassOf } from '../../objects/qos-class.ts';
import { amountOf, formatQuantity, wholeValue } from '../../objects/quantity.ts';
import { firstTick } from '../clock.ts';
import type { Running } from '../containers/running.ts';
import { tellNode } from '../heartbeat/tell-node.ts';
import { evict, mayGo } from './evict.ts';
import { evictionMessage } from './eviction-message.ts';
import { evictionTicks, TRANSITION_MS } from './eviction-ticks.ts';
import {
  type MachineMemory,
  machineMemory,
  memoryByContainer,
  runningOn,
  takenAt,
  totalMemory,
} from './machine-memory.ts';
import { type Candidate, containersOf, rankForMemory } from './rank-pods.ts';

/** --eviction-hard memory.available<100Mi */
const THRESHOLD = '100Mi';

/**
 * Watches over the memory of a machine: the kernel ends a program when nothing is left, and every ten seconds
 * the kubelet evicts a pod if there is too little. Kubelet: eviction/eviction_manager.go synchronize.
 */
export function* manageMemory(view: View, node: string, now: Millis): Reaction {
  const machine = view.rows.row('machines', node);
  const memory = machineMemory(view, node);
  if (!machine?.kubelet.running || !memory) return;
  const all = runningOn(view, node, now);
  if (totalMemory(memory, all, now) > memory.capacity) yield* endGreediest(view, node, { memory, all, now });
  if (firstTick(evictionTicks(view, machine), now) !== now) return;
  const available = memory.capacity - totalMemory(memory, all, now);
  if (available < wholeValue(THRESHOLD)) {
    if (now > (machine.memoryShort?.seenAt ?? -1)) yield* makeRoom(view, node, { all, available, now });
  } else if (machine.memoryShort && now >= machine.memoryShort.seenAt + TRANSITION_MS) {
    yield { type: 'MemoryShortageNoted', node, isShort: false };
  }
}

export function memoryWake(view: View, machine: MachineRow, from: Millis): Wake | undefined {
  const memory = machineMemory(view, machine.node);
  if (!memory || machine.off) return undefined;
  const cause = view.rows.changedAt('machines', machine.node);
  const ticks = evictionTicks(view, machine);
  const { memoryShort } = machine;
  const ends = memoryShort && firstTick(ticks, Math.max(from, memoryShort.seenAt + TRANSITION_MS));
  const short = takenAt(view, machine.node, memory.capacity - wholeValue(THRESHOLD), from);
  const empty = takenAt(view, machine.node, memory.capacity, from);
  const times = [
    ...(ends === undefined ? [] : [ends]),
    ...(short === undefined ? [] : [firstTick(ticks, short)]),
    ...(empty === undefined ? [] : [empty]),
  ];
  return times.length === 0 ? undefined : { at: Math.max(Math.min(...times), from), cause };
}

interface Shortage {
  readonly all: readonly Running[];
  readonly now: Millis;
}

/** The kernel's choice: oom_score_adj by the quality of service, and the share of memory. */
function* endGreediest(
  view: View,
  node: string,
  { memory, all, now }: Shortage & { readonly memory: MachineMemory },
): Reaction {
  const used = memoryByContainer(all, now);
  const scored = all
    .filter(({ process }) => process.signals.length === 0)
    .map((running) => ({
      running,
      score: badness(view, running, { memory, bytes: used.get(running.row.id) ?? 0 }),
    }))
    .sort((a, b) => b.score - a.score);
  const [first] = scored;
  if (!first) return;
  const { row, state } = first.running;
  yield { type: 'MemoryExhausted', node, pod: row.pod, container: row.id };
  const program = state.tasks[state.root];
  const name = (program && 'argv' in program ? program.argv[0] : undefined)?.split('/').pop() ?? 'sh';
  const message = `System OOM encountered, victim process: ${name}, pid: ${20_000 + state.root}`;
  yield* tellNode(view, node, { type: 'Warning', reason: 'SystemOOM', message, now });
}

/** Kubelet: qos/policy.go GetContainerOOMScoreAdjust; Linux: mm/oom_kill.c oom_badness. */
function badness(
  view: View,
  { row }: Running,
  { memory, bytes }: { readonly memory: MachineMemory; readonly bytes: number },
): number {
  const pod = view.rows.row('podWorkers', row.pod)?.pod;
  const share = (1000 * bytes) / memory.capacity;
  const quality = pod ? qosClassOf(pod) : 'BestEffort';
  if (quality === 'Guaranteed') return share - 997;
  if (quality === 'BestEffort') return share + 1000;
  const asked = pod?.spec.containers.find(({ name }) => name === row.name)?.resources?.requests?.['memory'];
  const adjust = 1000 - (1000 * wholeValue(asked ?? '0')) / memory.capacity;
  return share + Math.min(999, Math.max(3, Math.trunc(adjust)));
}

function* makeRoom(
  view: View,
  node: string,
  { all, available, now }: Shortage & { readonly available: number },
): Reaction {
  yield { type: 'MemoryShortageNoted', node, isShort: true };
  const about = { type: 'Warning' as const, reason: 'EvictionThresholdMet' };
  yield* tellNode(view, node, { ...about, message: 'Attempting to reclaim memory', now });
  const [first] = rankForMemory(candidatesOf(view, all, now));
  if (!first) return;
  const { version } = view.settings;
  const message = evictionMessage(version, {
    resource: 'memory',
    threshold: THRESHOLD,
    available: inPages(available),
    containers: containersOf(first).map(({ name, bytes, requested }) => ({
      name,
      used: inPages(bytes),
      requested,
    })),
  });
  yield* evict(view, { ...first, node }, { message, now });
}

function candidatesOf(view: View, all: readonly Running[], now: Millis): readonly Candidate[] {
  const used = memoryByContainer(all, now);
  const byPod = new Map<string, Map<string, number>>();
  for (const { row } of all) {
    const containers = byPod.get(row.pod) ?? new Map<string, number>();
    byPod.set(row.pod, containers);
    containers.set(row.name, used.get(row.id) ?? 0);
  }
  return [...byPod].flatMap(([key, byContainer]): Candidate[] => {
    const worker = view.rows.row('podWorkers', key);
    if (!worker || !mayGo(worker)) return [];
    const bytes = [...byContainer.values()].reduce((sum, one) => sum + one, 0);
    return [{ key, pod: worker.pod, bytes, byContainer }];
  });
}

/** Memory is counted in pages of 4 KiB. */
function inPages(bytes: number): string {
  return formatQuantity(amountOf(Math.round(bytes / 4096) * 4096, 'BinarySI'));
}
