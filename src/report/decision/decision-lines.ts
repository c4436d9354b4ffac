import { compareText } from '../../cluster/objects/json.ts';
import type { Pod } from '../../cluster/objects/kubernetes.ts';
import type { Choice } from '../../cluster/scheduler/choose-node.ts';
import type { NodeRefusal } from '../../cluster/scheduler/filter-nodes.ts';
import type { Cycle } from '../../cluster/scheduler/framework.ts';
import {
  decidingHarm,
  type Preemption,
  type RoomToMake,
} from '../../cluster/scheduler/preemption/preempt.ts';
import { priorityOf } from '../../cluster/scheduler/priority.ts';
import { formatClock } from '../clock.ts';
import type { Decision } from './decision-at.ts';
import { type DecisionWords, decisionWords } from './decision-words.ts';
import { scoreLines } from './score-lines.ts';

/** Why a pod came to its node, or why it waits: the whole of the scheduler's decision, line by line. */
export function decisionLines(decision: Decision, language = 'en'): readonly string[] {
  const words = decisionWords(language);
  const { cycle, outcome, logged, isSame } = decision;
  const { namespace = '', name = '' } = cycle.pod.metadata;
  const found = 'node' in logged ? logged.node : 'Pending';
  const profile = words.profile(cycle.profile.schedulerName);
  const lines = [`${formatClock(decision.at)} ${namespace}/${name} → ${found} (${profile})`];
  if (!isSame) lines.push(`! ${words.otherwise}`);
  if ('problem' in outcome) return [...lines, words.everywhere(outcome.plugin), `  ${outcome.problem}`];
  const { choice, preemption } = outcome;
  lines.push(...searchLines(cycle, choice, words));
  if (choice.node === undefined) lines.push(...roomLines(preemption, cycle, words));
  return lines;
}

function searchLines(cycle: Cycle, choice: Choice, words: DecisionWords): readonly string[] {
  if (choice.promised !== undefined) return [words.promised(choice.promised)];
  const lines = [askedLine(cycle, choice, words), ...refusalLines(choice.refusals, words)];
  if (choice.node === undefined) return lines;
  const { scored } = choice;
  if (!scored) return [...lines, words.onlyOne(choice.node)];
  const names = choice.fitting.map((place) => cycle.nodes[place]?.name ?? '');
  lines.push(...scoreLines(scored, { names, chosen: choice.node }, words));
  const count = scored.ties.length;
  return [...lines, count > 1 ? words.drawn(choice.node, count) : words.highest(choice.node)];
}

function askedLine({ nodes, start }: Cycle, { asked, enough }: Choice, words: DecisionWords): string {
  if (nodes.length === 0) return words.noNodes;
  if (asked === nodes.length || enough >= nodes.length) return words.allAsked(nodes.length);
  const first = nodes[start % nodes.length]?.name ?? '';
  return words.someAsked({ asked, nodes: nodes.length, first, enough });
}

/** Names of nodes that are written out for one reason. */
const MOST_NAMES = 4;

function refusalLines(refusals: readonly NodeRefusal[], words: DecisionWords): readonly string[] {
  if (refusals.length === 0) return [];
  const groups = new Map<string, string[]>();
  for (const { node, plugin, refusal } of refusals) {
    const reason = `${plugin}: ${refusal.reasons.join(', ')}`;
    groups.set(reason, [...(groups.get(reason) ?? []), node]);
  }
  const lines = [...groups].map(
    ([reason, nodes]) => `  ${String(nodes.length).padStart(4)} ${reason} (${listed(nodes, words)})`,
  );
  return [words.refused(refusals.length), ...lines.sort(compareText)];
}

function listed(names: readonly string[], words: DecisionWords): string {
  const shown = names.slice(0, MOST_NAMES).join(', ');
  return names.length > MOST_NAMES ? `${shown} ${words.more(names.length - MOST_NAMES)}` : shown;
}

function roomLines(
  preemption: Preemption | undefined,
  cycle: Cycle,
  words: DecisionWords,
): readonly string[] {
  if (!preemption) return [words.neverPreempts];
  if ('victims' in preemption) return victimLines(preemption, words);
  const { why } = preemption;
  if (typeof why === 'string') return [words.noRoom(why)];
  const counts = new Map<string, number>();
  for (const reason of why) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const reasons = [...counts].map(([reason, count]) => `${count} ${reason}`).sort(compareText);
  return cycle.nodes.length === 0 ? [] : [words.noRoom(reasons.join(', '))];
}

/** Nodes of which it is told who would go. */
const MOST_CANDIDATES = 5;

function victimLines(room: RoomToMake, words: DecisionWords): readonly string[] {
  const { victims, candidates } = room;
  const others = candidates.filter((each) => each !== victims);
  const shown = [victims, ...others].slice(0, MOST_CANDIDATES);
  const left = candidates.length - shown.length;
  return [
    words.room(candidates.length),
    ...shown.map(({ node, pods, violations }) => {
      const going = pods.map((pod) => `${nameIn(pod)} (${words.priority(priorityOf(pod))})`).join(', ');
      return `  ${node === victims.node ? '→' : ' '} ${node} ${words.wouldGo(violations)} ${going}`;
    }),
    ...(left > 0 ? [`    ${words.more(left)}`] : []),
    words.chosenRoom(victims.node, decidingHarm(room)),
  ];
}

function nameIn({ metadata }: Pod): string {
  return `${metadata.namespace ?? ''}/${metadata.name ?? ''}`;
}
