import { HOUR } from '../kernel/time/millis.ts';
import { isNotable } from '../replay/notable.ts';
import { currentBranch, type TravelCommand, type Travels } from '../replay/player/travels.ts';
import type { Attending, LiveSource } from './live-source.ts';

/** For so long, in milliseconds of the wall, somebody who pressed a key may wait. */
const PATIENCE_MS = 250;
/** While time goes by, clients have their turn, and keys stay quick. */
const SLICE_MS = 12;

/**
 * What a command does to a cluster that is looked at where it stands now: its clock goes on, or somebody
 * types. Returns what is left to do for the player, who sees what came of it.
 */
export function driveLive(
  { source, edge }: Attending,
  travels: Travels,
  command: TravelCommand,
): readonly TravelCommand[] {
  if (!isStandingAt(travels, edge.current)) return [command];
  const { player } = currentBranch(travels);
  if (command.type === 'write' && command.at === undefined) {
    source.type(command.line);
    return source.isMoved() ? [{ type: 'toEnd' }, { type: 'togglePlay' }] : [{ type: 'toEnd' }];
  }
  if (!source.isMoved()) return [command];
  switch (command.type) {
    case 'tick':
      if (!player.playing) return [command];
      source.advance(source.now() + command.ms * player.speed, SLICE_MS);
      // Where playing stops by itself is looked for by playing.
      return [player.stopsAt ? { type: 'tick', ms: HOUR } : toNow(source, player.clock)];
    case 'seekBy':
      if (command.ms < 0) return [command];
      source.go(source.now() + command.ms);
      return [toNow(source, player.clock)];
    case 'stepForward':
      stepOn(source, player.detailed);
      return [command];
    default:
      return [command];
  }
}

function toNow(source: LiveSource, clock: number): TravelCommand {
  return { type: 'seekBy', ms: source.now() - clock };
}

/** To the next commit, or to the next one that tells something. */
function stepOn(source: LiveSource, isDetailed: boolean): void {
  const [until, end] = [performance.now() + PATIENCE_MS, source.now() + HOUR];
  let seen = source.entries.length;
  while (performance.now() < until && source.step(end)) {
    const added = source.entries.slice(seen);
    seen += added.length;
    if (isDetailed ? added.length > 0 : added.some(isNotable)) return;
  }
}

/** The reader stands at the latest place that there was to be seen, and not in a branch. */
export function isStandingAt(travels: Travels, edge: number): boolean {
  const { fork, player } = currentBranch(travels);
  return fork === undefined && player.cursor >= edge;
}
