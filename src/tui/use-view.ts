import { useCallback, useRef, useState } from 'react';
import { languagesOf, type Scene } from '../replay/scene.ts';
import type { Timeline } from '../replay/timeline.ts';
import type { ScreenCommand } from './keymap.ts';
import type { View } from './view.ts';

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

/**
 * How far an answer can be scrolled, up and down from where it is shown by itself, and by how much at a time.
 */
export interface AnswerRoom {
  readonly first: number;
  readonly last: number;
  readonly page: number;
}

export interface Viewing {
  readonly view: View;
  /** The view as of now, drawn or not: keys may come faster than frames. */
  readonly current: () => View;
  readonly change: (view: View) => void;
  readonly onScreen: (command: ScreenCommand) => void;
  /** Says what there is to scroll; returns how far up the reader is. */
  readonly setScrollable: (scrollable: Scrollable) => number;
  readonly answerRoom: { current: AnswerRoom };
}

export function useView({ timeline, language, exit, onSuspend }: Options): Viewing {
  const [view, setView] = useState<View>({ language, help: false, turns: 0, scrolled: 0 });
  const latest = useRef(view);
  const story = useRef({ lines: 0, page: 1, length: 0, up: 0 });
  const answerRoom = useRef<AnswerRoom>({ first: 0, last: 0, page: 1 });
  const change = useCallback((next: View) => {
    latest.current = next;
    setView(next);
  }, []);
  const onScreen = useCallback(
    (command: ScreenCommand) => {
      if (command.type === 'quit') exit();
      else if (command.type === 'suspend') onSuspend?.();
      else if (command.type === 'scroll') {
        const { lines, page, up } = story.current;
        const wanted = up + command.up * (command.pages ? page : 1);
        story.current.up = Math.min(lines, Math.max(0, wanted));
        change({ ...latest.current, scrolled: story.current.up });
      } else change(after(latest.current, command, timeline));
    },
    [exit, onSuspend, timeline, change],
  );
  const setScrollable = ({ lines, page, of }: Scrollable): number => {
    const length = of.step * LINES_A_STEP + of.items.length;
    // New lines bring the reader back to the end.
    const up = length === story.current.length ? Math.min(story.current.up, lines) : 0;
    story.current = { lines, page, length, up };
    return up;
  };
  return { view, current: () => latest.current, change, onScreen, setScrollable, answerRoom };
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
