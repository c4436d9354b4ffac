import type { Entry } from '../../kernel/log/entry.ts';
import type { Tables } from '../../kernel/table/store.ts';
import { type ProgramEvent, type ProgramRow, programKey } from '../contract/control-plane-rows.ts';
import type { Event } from '../contract/event.ts';
import type { WorldRows } from './world.ts';

export function isProgramEvent(event: Event): event is ProgramEvent {
  return (
    event.type === 'ProgramStarted' || event.type === 'ProgramStopped' || event.type === 'LeadershipTaken'
  );
}

/** Which programs of the control plane run, after one fact. */
export function evolveControlPlane(
  { programs }: Tables<WorldRows>,
  event: ProgramEvent,
  { at, seq }: Entry<Event>,
): void {
  const { program, node } = event;
  const key = programKey(program, node);
  const row = programs.read(key, seq);
  switch (event.type) {
    case 'ProgramStarted': {
      const { container, args } = event;
      // Of a program that runs elsewhere there is one, which leads as soon as it runs.
      const started: ProgramRow = { program, node, container, startedAt: at, args };
      programs.write(key, node === '' ? { ...started, leads: true } : started, seq);
      return;
    }
    case 'ProgramStopped': {
      const { leads: _, ...stopped } = row ?? { program, node, container: '', startedAt: 0, args: [] };
      programs.write(key, node === '' ? { ...stopped, stoppedAt: at } : undefined, seq);
      return;
    }
    case 'LeadershipTaken':
      if (row) programs.write(key, { ...row, leads: true }, seq);
  }
}
