import type { Event } from '../../cluster/contract/event.ts';
import { couldBeDrawn } from '../../cluster/scheduler/choose-node.ts';
import type { Outcomes } from '../../kernel/chance/outcomes.ts';
import type { Entry } from '../../kernel/log/entry.ts';
import { createTimeline } from '../../replay/timeline.ts';
import { decisionAt } from '../../report/decision/decision-at.ts';
import type { Divergence } from '../divergence.ts';

/**
 * Pods that were settled to go to a node that was not among the best for them, in whichever order the pods
 * that came with them are worked off: the real scheduler weighed something else, or otherwise.
 */
export function oddPlacements(log: readonly Entry<Event>[], outcomes: Outcomes): readonly Divergence[] {
  const timeline = createTimeline(log);
  return log.flatMap(({ seq, at, key, event }): Divergence[] => {
    if (event.type !== 'ObjectUpdated' || event.set?.['/spec/nodeName'] === undefined) return [];
    const decision = decisionAt(timeline, seq);
    if (!decision || !('choice' in decision.outcome)) return [];
    const { cycle, outcome } = decision;
    const { choice } = outcome;
    if (couldBeDrawn(cycle, choice, { seed: '', outcomes })) return [];
    const { node = '', scored, fitting } = choice;
    const totals = fitting.map((place, index) => `${cycle.nodes[place]?.name} ${scored?.totals[index]}`);
    const best = scored?.ties.join(', ') ?? '';
    return [
      {
        about: `Pod ${key.replace(/^.*\//, '')}`,
        aspect: 'placements',
        of: 'scores',
        atMs: at,
        wanted: { atMs: at, says: `on ${node}` },
        actual: { atMs: at, says: `on ${best}`, seq },
        text: `  its node has not the highest score: ${totals.join(', ')}`,
      },
    ];
  });
}
