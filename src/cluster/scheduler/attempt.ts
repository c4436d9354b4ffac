import type { Chance } from '../../kernel/chance/draw.ts';
import type { View } from '../contract/component.ts';
import { NEXT_NODE } from '../contract/scheduling-row.ts';
import type { Pod } from '../objects/kubernetes.ts';
import { type Choice, chooseNode } from './choose-node.ts';
import type { NodeRefusal } from './filter-nodes.ts';
import type { Cycle, Profile } from './framework.ts';
import { nodeInfos } from './nodes/snapshot.ts';
import { FEWEST } from './nodes-to-find.ts';
import { type Preemption, preempt } from './preemption/preempt.ts';

/**
 * All that one attempt to find a node comes to. It follows from the view alone, so whoever has the world of a
 * decision finds it again as it was.
 */
export interface Attempt {
  readonly cycle: Cycle;
  readonly outcome: Outcome;
}

export type Outcome =
  /** The pod can be nowhere, whatever the nodes are like. */
  | { readonly plugin: string; readonly problem: string }
  | { readonly choice: Choice; readonly preemption?: Preemption };

/** Looks for a node, and where there is none for room that could be made (scheduler: schedule_one.go). */
export function attempt(
  view: Pick<View, 'settings' | 'objects' | 'rows' | 'chance'>,
  pod: Pod,
  profile: Profile,
): Attempt {
  const { settings, objects, rows, chance } = view;
  const nodes = nodeInfos(objects);
  const start = rows.row('counters', NEXT_NODE)?.value ?? 0;
  const cycle: Cycle = { pod, profile, nodes, start, objects, version: settings.version };
  return { cycle, outcome: outcomeOf(cycle, chance) };
}

function outcomeOf(cycle: Cycle, chance: Chance): Outcome {
  for (const { name, problemOf } of cycle.nodes.length > 0 ? cycle.profile.filters : []) {
    const problem = problemOf?.(cycle);
    if (problem !== undefined) return { plugin: name, problem };
  }
  const choice = chooseNode(cycle, chance);
  if (choice.node !== undefined || !cycle.profile.preempts) return { choice };
  return { choice, preemption: preempt(cycle, choice.refusals, chance) };
}

/** Where the next cycle begins; undefined where every cycle looks at all nodes, whichever comes first. */
export function nextStart(
  { nodes, start, profile }: Cycle,
  { asked, enough, promised }: Choice,
): number | undefined {
  if (promised !== undefined || nodes.length === 0) return undefined;
  const next = (start + asked) % nodes.length;
  const choosesAmongSome = enough < nodes.length && (nodes.length > FEWEST || profile.scores.length === 0);
  return choosesAmongSome && next !== start ? next : undefined;
}

/** The plugins because of which a pod found no node. */
export function refusingPlugins(refusals: readonly NodeRefusal[]): readonly string[] {
  return [...new Set(refusals.map(({ plugin }) => plugin))];
}
