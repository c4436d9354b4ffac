import { useCallback, useRef, useState } from 'react';
import { languagesOf, type Scene } from '../replay/scene.ts';
import type { Timeline } from '../replay/timeline.ts';
import type { ScreenCommand } from './keymap.ts';
import { type LineRoom, NO_ROOM } from './line.ts';
import { type View, viewIn } from './view.ts';

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
  /** The view as of now, drawn or not: keys may come faster than frames. */
  readonly current: () => View;
  readonly change: (view: View) => void;
  readonly onScreen: (command: ScreenCommand) => void;
  /** Says what there is to scroll; returns how far up the reader is. */
  readonly setScrollable: (scrollable: Scrollable) => number;
  /** How far one can go by lines in the pane where the reader is, once it is drawn. */
  readonly room: { current: LineRoom };
}

export function useView({ timeline, language, exit, onSuspend }: Options): Viewing {
  const [view, setView] = useState<View>(() => viewIn(language));
  const latest = useRef(view);
  const story = useRef({ lines: 0, page: 1, length: 0, up: 0 });
  const room = useRef<LineRoom>(NO_ROOM);
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
  return { view, current: () => latest.current, change, onScreen, setScrollable, room };
}

const LINES_A_STEP = 1_000_000;

function after(view: View, command: ScreenCommand, timeline: Timeline): View {
  switch (command.type) {
    case 'help':
      return { ...view, help: !view.help, top: 0 };
    case 'language': {
      const languages = languagesOf(timeline);
      const next = (languages.indexOf(view.language) + 1) % Math.max(1, languages.length);
      return { ...view, language: languages[next] ?? view.language };
    }
    default:
      return view;
  }
}
