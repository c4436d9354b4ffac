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
  /** Lines that the reader wants to see above those that fit. */
  readonly scrolled: number;
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
  const [view, setView] = useState<View>({ language, help: false, turns: 0, scrolled: 0 });
  const story = useRef({ lines: 0, page: 1, length: 0, up: 0 });
  const onScreen = useCallback(
    (command: ScreenCommand) => {
      if (command.type === 'quit') exit();
      else if (command.type === 'suspend') onSuspend?.();
      else if (command.type === 'scroll') {
        const { lines, page, up } = story.current;
        const wanted = up + command.up * (command.pages ? page : 1);
        story.current.up = Math.min(lines, Math.max(0, wanted));
        const scrolled = story.current.up;
        setView((before) => ({ ...before, scrolled }));
      } else setView((before) => after(before, command, timeline));
    },
    [exit, onSuspend, timeline],
  );
  const setScrollable = ({ lines, page, of }: Scrollable): number => {
    const length = of.step * LINES_A_STEP + of.items.length;
    // New lines bring the reader back to the end.
    const up = length === story.current.length ? Math.min(story.current.up, lines) : 0;
    story.current = { lines, page, length, up };
    return up;
  };
  return { view, onScreen, setScrollable };
}

const LINES_A_STEP = 1_000_000;

function after(view: View, command: ScreenCommand, timeline: Timeline): View {
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
    default:
      return view;
  }
}
