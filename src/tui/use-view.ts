import { useCallback, useRef, useState } from 'react';
import { languagesOf, type Scene } from '../replay/scene.ts';
import type { Timeline } from '../replay/timeline.ts';
import type { ScreenCommand } from './keymap.ts';

/** What of the screen the reader has chosen. */
export interface View {
  readonly language: string;
  readonly help: boolean;
  /** Counts the turns to the next pane: which one it is depends on how many there are. */
  readonly turns: number;
  /** Lines that the story is scrolled up, and for which length of it: new lines bring one back. */
  readonly scroll: { readonly up: number; readonly length: number };
}

interface Options {
  readonly timeline: Timeline;
  readonly language: string;
  readonly exit: () => void;
  readonly onSuspend?: (() => void) | undefined;
}

interface Scrollable {
  /** How many lines one can scroll up. */
  readonly lines: number;
  readonly page: number;
  readonly of: Scene;
}

export interface Viewing {
  readonly view: View;
  readonly onScreen: (command: ScreenCommand) => void;
  /** Says what there is to scroll; returns how far up the reader is. */
  readonly setScrollable: (scrollable: Scrollable) => number;
}

export function useView({ timeline, language, exit, onSuspend }: Options): Viewing {
  const [view, setView] = useState<View>({ language, help: false, turns: 0, scroll: { up: 0, length: 0 } });
  const scrollable = useRef({ lines: 0, page: 1, length: 0 });
  const onScreen = useCallback(
    (command: ScreenCommand) => {
      if (command.type === 'quit') exit();
      else if (command.type === 'suspend') onSuspend?.();
      else setView((before) => after(before, command, { timeline, ...scrollable.current }));
    },
    [exit, onSuspend, timeline],
  );
  const setScrollable = ({ lines, page, of }: Scrollable): number => {
    const length = of.step * 1000 + of.items.length;
    scrollable.current = { lines, page, length };
    return view.scroll.length === length ? Math.min(view.scroll.up, lines) : 0;
  };
  return { view, onScreen, setScrollable };
}

interface Surroundings {
  readonly timeline: Timeline;
  readonly lines: number;
  readonly page: number;
  readonly length: number;
}

function after(view: View, command: ScreenCommand, { timeline, lines, page, length }: Surroundings): View {
  switch (command.type) {
    case 'help':
      return { ...view, help: !view.help };
    case 'turnPane':
      return { ...view, turns: view.turns + command.by };
    case 'language': {
      const languages = languagesOf(timeline);
      const next = (languages.indexOf(view.language) + 1) % Math.max(1, languages.length);
      return { ...view, language: languages[next] ?? view.language };
    }
    case 'scroll': {
      const from = view.scroll.length === length ? view.scroll.up : 0;
      const up = from + command.up * (command.pages ? page : 1);
      return { ...view, scroll: { up: Math.min(lines, Math.max(0, up)), length } };
    }
    default:
      return view;
  }
}
