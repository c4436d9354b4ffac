import { useContext } from 'react';
import type { Slot } from './layout.ts';
import type { Line } from './line.ts';
import { type MadePane, paneLinesOf, type ShownPanes } from './pane-lines.ts';
import { SurfaceContext } from './surface.ts';
import { useKept } from './use-kept.ts';

/** The lines of the pane of a slot, made anew only where what they are made from is another. */
export function usePanes(shown: ShownPanes): (slot: Slot) => readonly Line[] {
  const { colours } = useContext(SurfaceContext);
  return paneLinesOf({ ...shown, colours, keep: useKept<MadePane>() });
}
