import type { Event } from '../cluster/contract/event.ts';
import type { World } from '../cluster/world/world.ts';
import type { Model } from '../kernel/run/agenda.ts';

/** A cluster never falls silent, but with the scenario its run is over: nothing is due any more. */
export function untilEnded(model: Model<World, Event>): Model<World, Event> {
  return {
    evolve: model.evolve,
    agenda(world, log) {
      const agenda = model.agenda(world, log);
      let hasEnded = world.store.tables.story.read('story', world.seq)?.ended === true;
      return {
        ...agenda,
        peek: () => (hasEnded ? undefined : agenda.peek()),
        observe(state, entry) {
          hasEnded ||= entry.event.type === 'ScenarioEnded';
          agenda.observe(state, entry);
        },
      };
    },
  };
}
