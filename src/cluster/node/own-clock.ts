import type { Millis } from '../../kernel/time/millis.ts';
import type { View } from '../contract/component.ts';
import type { MachineRow } from '../contract/machine-rows.ts';
import type { ClusterSettings } from '../contract/settings.ts';

/**
 * The world as a program on a machine sees it whose clock is ahead of the others, or behind: whatever it
 * dates is dated by that. How long things take it measures as everybody does.
 */
export function byOwnClock(view: View, machine: MachineRow | undefined): View {
  const aheadMs = machine?.aheadMs;
  return aheadMs === undefined ? view : { ...view, settings: settingsAt(view.settings, aheadMs) };
}

// What is derived from settings is kept with them, so the same ones are given each time.
const moved = new WeakMap<ClusterSettings, Map<Millis, ClusterSettings>>();

function settingsAt(settings: ClusterSettings, aheadMs: Millis): ClusterSettings {
  const known = moved.get(settings) ?? new Map<Millis, ClusterSettings>();
  moved.set(settings, known);
  const found = known.get(aheadMs) ?? { ...settings, epochMs: settings.epochMs + aheadMs };
  known.set(aheadMs, found);
  return found;
}
