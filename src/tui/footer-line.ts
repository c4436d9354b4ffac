import type { Localized } from '../cluster/contract/story-event.ts';
import { inLanguage } from '../replay/story.ts';
import { cellsIn } from './columns.ts';
import { BINDINGS } from './keymap.ts';
import type { PaneName } from './pane-names.ts';

/** Where the reader is: other keys matter there. */
export type Place = 'story' | 'entries' | 'list' | 'object' | 'logs' | 'text' | 'answer' | 'branches';

interface Hint {
  readonly keys: string;
  readonly brief: Localized;
  /** The higher, the sooner it is left out where it is narrow. */
  readonly rank: number;
}

interface Where {
  readonly place?: Place;
  /** What the object that is followed is called. */
  readonly followed?: string | undefined;
}

/** The keys that one needs most, as many as fit; the others can be looked up. */
export function footerLine(
  language: string,
  width: number,
  { place = 'story', followed }: Where = {},
): string {
  const letGo = hint('esc', `let go of ${followed}`, `${followed} 놓기`, 1);
  const hints = [...(place === 'story' && followed !== undefined ? [letGo] : []), ...HINTS[place]];
  const line = (): string =>
    ` ${hints.map(({ keys, brief }) => `${keys} ${inLanguage(brief, language)}`).join('  ')}`;
  while (cellsIn(line()) > width && hints.length > 3) {
    const rank = Math.max(...hints.map((hint) => hint.rank));
    hints.splice(
      hints.findLastIndex((hint) => hint.rank === rank),
      1,
    );
  }
  return line();
}

const hint = (keys: string, en: string, ko: string, rank: number): Hint => ({
  keys,
  brief: { en, ko },
  rank,
});

const BACK = hint('esc', 'back', '뒤로', 0);
const HELP = hint('?', 'help', '도움말', 0);
const QUIT = hint('q', 'quit', '끝', 0);
const TAB = hint('tab', 'pane', '창', 1);
const ENTRY = hint(', .', 'entry', '기록', 2);
const STEP = hint('[ ]', 'step', '단계', 3);
const SCROLL = hint('↑ ↓', 'scroll', '넘기기', 1);
const CHOOSE = hint('↑ ↓', 'choose', '고르기', 1);
const CHANGES = hint('n N', 'its changes', '바뀐 때', 1);
const READ = hint('y d', 'read it', '읽기', 2);
const EDIT = hint('e', 'what if', '바꿔 보기', 2);
const LOG = hint('l', 'log', '로그', 3);

/** What applies where the reader is. */
const HINTS: Readonly<Record<Place, readonly Hint[]>> = {
  story: BINDINGS.flatMap(({ keys, brief, rank = 0 }) => (brief ? [{ keys, brief, rank }] : [])),
  // What is about no object has no changes to go through.
  answer: [BACK, SCROLL, ENTRY, STEP, HELP, QUIT],
  list: [BACK, TAB, CHOOSE, hint('⏎', 'open', '열기', 1), CHANGES, READ, EDIT, LOG, ENTRY, STEP, HELP, QUIT],
  entries: [
    BACK,
    TAB,
    hint('↑ ↓', 'entry', '기록', 1),
    hint('⏎', 'its object', '오브젝트', 1),
    hint('w W', 'why', '까닭', 1),
    hint('s', 'follow', '따라가기', 2),
    EDIT,
    READ,
    LOG,
    STEP,
    HELP,
    QUIT,
  ],
  object: [
    BACK,
    TAB,
    hint('↑ ↓', 'line', '줄', 1),
    CHANGES,
    hint('y d H D o', 'object', '오브젝트', 1),
    EDIT,
    hint('⏎', 'enlarge', '키우기', 3),
    LOG,
    ENTRY,
    STEP,
    HELP,
    QUIT,
  ],
  branches: [
    BACK,
    CHOOSE,
    hint('⏎', 'go there', '그리로', 0),
    hint('=', 'compare', '비교', 0),
    hint('n', 'name', '이름', 1),
    hint('s', 'save log', '기록 저장', 1),
    hint('S', 'save scenario', '시나리오로 저장', 1),
  ],
  text: [BACK, TAB, SCROLL, hint('⏎', 'enlarge', '키우기', 2), ENTRY, STEP, HELP, QUIT],
  logs: [
    BACK,
    TAB,
    SCROLL,
    hint('c', 'container', '컨테이너', 1),
    hint('p', 'previous', '이전', 1),
    hint('⏎', 'enlarge', '키우기', 3),
    ENTRY,
    STEP,
    HELP,
    QUIT,
  ],
};

/** The keys that matter in a pane. */
export function placeIn(pane: PaneName): Place {
  switch (pane) {
    case 'cluster':
    case 'pods':
    case 'lanes':
    case 'events':
      return 'list';
    case 'pipeline':
      return 'text';
    default:
      return pane;
  }
}
