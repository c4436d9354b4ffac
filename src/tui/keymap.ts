import type { Key } from 'ink';
import type { Localized } from '../cluster/contract/story-event.ts';
import type { PlayerCommand, Way } from '../replay/player/player.ts';
import type { TravelCommand } from '../replay/player/travels.ts';
import type { ObjectReading } from './view.ts';

/** What a key does to the screen rather than to the player. */
export type ScreenCommand =
  | { readonly type: 'help' }
  | { readonly type: 'quit' }
  | { readonly type: 'suspend' }
  | { readonly type: 'language' }
  /** Begins a line to be typed. */
  | { readonly type: 'prompt'; readonly kind: 'ask' | 'find' }
  /** The object that is followed, or else what the entry at which one stands is about. */
  | { readonly type: 'read'; readonly how: ObjectReading }
  /** Reads what is selected, or gives the pane where the reader is all the room. */
  | { readonly type: 'open' }
  | { readonly type: 'logs' }
  /** The log of the next container, or of the one before it. */
  | { readonly type: 'logOf'; readonly which: 'container' | 'previous' }
  /** Follows the object at hand, or no longer. */
  | { readonly type: 'select' }
  /** Whether playing stops by itself there. */
  | { readonly type: 'stopAt'; readonly at: 'warnings' | 'changes' }
  /** What is otherwise than at the bookmark before. */
  | { readonly type: 'compare' }
  /** To the next place of what is followed: what was found, or the object that is read. */
  | { readonly type: 'goOn'; readonly way: Way }
  /** What followed from the entry that one stands at. */
  | { readonly type: 'then' }
  /** A branch from here, and a line to be typed in it. */
  | { readonly type: 'fork' }
  /** A field of the object at hand is to be otherwise. */
  | { readonly type: 'edit' }
  /** The list of all branches. */
  | { readonly type: 'branches' }
  /** Writes a branch into a file or a folder. */
  | { readonly type: 'save'; readonly name: string; readonly as: 'log' | 'scenario' }
  /** How the scheduler decided about the pod at hand. */
  | { readonly type: 'decision' }
  | { readonly type: 'back' }
  | { readonly type: 'turnPane'; readonly by: 1 | -1 }
  /** Lines up, or down when negative; pages when `pages`. */
  | { readonly type: 'scroll'; readonly up: number; readonly pages?: true };

export type UiCommand =
  | { readonly to: 'player'; readonly command: TravelCommand }
  | { readonly to: 'screen'; readonly command: ScreenCommand };

interface Binding {
  /** As it is shown. */
  readonly keys: string;
  readonly does: Localized;
  /** In fewer words; what has them stands in the footer. */
  readonly brief?: Localized;
  /** The higher, the sooner it is left out of a narrow footer. */
  readonly rank?: number;
  command(input: string, key: Key): UiCommand | undefined;
}

const SECOND_MS = 1000;

/** All keys; the footer and the help are made of this table. */
export const BINDINGS: readonly Binding[] = [
  {
    keys: 'space',
    does: { en: 'play, pause', ko: '재생, 멈춤' },
    brief: { en: 'play', ko: '재생' },
    command: on(' ', player({ type: 'togglePlay' })),
  },
  {
    keys: ', .',
    does: { en: 'entry before, next', ko: '앞 기록, 다음 기록' },
    brief: { en: 'entry', ko: '기록' },
    rank: 1,
    command: either(on(',', player({ type: 'stepBack' })), on('.', player({ type: 'stepForward' }))),
  },
  {
    keys: '[ ]',
    does: { en: 'step before, next', ko: '앞 단계, 다음 단계' },
    brief: { en: 'step', ko: '단계' },
    rank: 1,
    command: either(on('[', player({ type: 'previousStep' })), on(']', player({ type: 'nextStep' }))),
  },
  {
    keys: '← →',
    does: { en: 'a second; shift: ten', ko: '1초, shift 10초' },
    brief: { en: 'second', ko: '초' },
    rank: 4,
    command: (_input, { leftArrow, rightArrow, shift }) => {
      if (!leftArrow && !rightArrow) return undefined;
      const ms = (shift ? 10 : 1) * SECOND_MS;
      return player({ type: 'seekBy', ms: leftArrow ? -ms : ms });
    },
  },
  {
    keys: '0-9',
    does: { en: 'to that tenth', ko: '전체의 몇 할로' },
    command: (input) =>
      /^[0-9]$/.test(input) ? player({ type: 'seekPart', part: Number(input) / 10 }) : undefined,
  },
  {
    keys: 'g G',
    does: { en: 'to the start, the end', ko: '처음으로, 끝으로' },
    command: either(on('g', player({ type: 'toStart' })), on('G', player({ type: 'toEnd' }))),
  },
  {
    keys: 'w W',
    does: { en: 'to its cause; effects', ko: '원인으로, 결과 보기' },
    brief: { en: 'why', ko: '까닭' },
    rank: 1,
    command: either(on('w', player({ type: 'toCause' })), on('W', screen({ type: 'then' }))),
  },
  {
    keys: ':',
    does: { en: 'ask kubectl, or go to', ko: 'kubectl에 묻기, 이동' },
    brief: { en: 'kubectl', ko: 'kubectl' },
    rank: 1,
    command: on(':', screen({ type: 'prompt', kind: 'ask' })),
  },
  {
    keys: '/',
    does: { en: 'find; then n and N', ko: '찾기, 이어서 n과 N' },
    brief: { en: 'find', ko: '찾기' },
    rank: 3,
    command: on('/', screen({ type: 'prompt', kind: 'find' })),
  },
  {
    keys: 'n N',
    does: { en: 'its change after, before', ko: '다음, 앞 변화' },
    brief: { en: 'its changes', ko: '바뀐 때' },
    rank: 3,
    command: either(
      on('n', screen({ type: 'goOn', way: 'next' })),
      on('N', screen({ type: 'goOn', way: 'previous' })),
    ),
  },
  {
    keys: 'y d',
    does: { en: 'its YAML, described', ko: 'YAML, describe' },
    brief: { en: 'object', ko: '오브젝트' },
    rank: 2,
    command: either(
      on('y', screen({ type: 'read', how: 'yaml' })),
      on('d', screen({ type: 'read', how: 'describe' })),
    ),
  },
  {
    keys: 'H D o',
    does: { en: 'history, diff, owners', ko: '이력, 차이, 소유자' },
    command: either(
      on('H', screen({ type: 'read', how: 'history' })),
      either(
        on('D', screen({ type: 'read', how: 'diff' })),
        on('o', screen({ type: 'read', how: 'owners' })),
      ),
    ),
  },
  {
    keys: 'l c p',
    does: { en: 'log; container, previous', ko: '로그, 컨테이너, 이전' },
    brief: { en: 'log', ko: '로그' },
    rank: 3,
    command: either(
      on('l', screen({ type: 'logs' })),
      either(
        on('c', screen({ type: 'logOf', which: 'container' })),
        on('p', screen({ type: 'logOf', which: 'previous' })),
      ),
    ),
  },
  {
    keys: 's',
    does: { en: 'follow this object, or not', ko: '오브젝트 따라가기' },
    command: on('s', screen({ type: 'select' })),
  },
  {
    keys: '! F',
    does: { en: 'stop at warnings, changes', ko: '경고에서, 변화에서 멈춤' },
    command: either(
      on('!', screen({ type: 'stopAt', at: 'warnings' })),
      on('F', screen({ type: 'stopAt', at: 'changes' })),
    ),
  },
  {
    keys: '⏎ esc',
    does: { en: 'open, enlarge; back', ko: '열기, 키우기, 뒤로' },
    command: (_input, key) => {
      if (key.escape) return screen({ type: 'back' });
      return key.return ? screen({ type: 'open' }) : undefined;
    },
  },
  {
    keys: 'b B =',
    does: { en: 'bookmark, next, compare', ko: '책갈피, 다음, 비교' },
    command: either(
      on('b', player({ type: 'toggleBookmark' })),
      either(on('B', player({ type: 'toBookmark' })), on('=', screen({ type: 'compare' }))),
    ),
  },
  {
    keys: 'e',
    does: { en: 'what if: change a field', ko: '필드를 바꿔 보기' },
    brief: { en: 'what if', ko: '바꿔 보기' },
    rank: 1,
    command: on('e', screen({ type: 'edit' })),
  },
  {
    keys: 'f v',
    does: { en: 'fork here; branches', ko: '여기서 갈라지기, 가지' },
    brief: { en: 'fork', ko: '가지' },
    rank: 2,
    command: either(on('f', screen({ type: 'fork' })), on('v', screen({ type: 'branches' }))),
  },
  {
    keys: '- +',
    does: { en: 'slower, faster', ko: '느리게, 빠르게' },
    command: either(on('-', player({ type: 'slower' })), on('+', player({ type: 'faster' }))),
  },
  {
    keys: 'a x',
    does: { en: 'all entries; why there', ko: '모든 기록, 배치 까닭' },
    command: either(on('a', player({ type: 'toggleDetail' })), on('x', screen({ type: 'decision' }))),
  },
  {
    keys: 'tab',
    does: { en: 'next pane', ko: '다음 창' },
    brief: { en: 'pane', ko: '창' },
    rank: 1,
    command: (_input, { tab, shift }) => (tab ? screen({ type: 'turnPane', by: shift ? -1 : 1 }) : undefined),
  },
  {
    keys: '↑ ↓',
    does: { en: 'by lines in the pane', ko: '창 안에서 한 줄씩' },
    command: (_input, { upArrow, downArrow, pageUp, pageDown }) => {
      if (upArrow || downArrow) return screen({ type: 'scroll', up: upArrow ? 1 : -1 });
      return pageUp || pageDown ? screen({ type: 'scroll', up: pageUp ? 1 : -1, pages: true }) : undefined;
    },
  },
  {
    keys: 'L',
    does: { en: 'next language', ko: '다음 언어' },
    command: on('L', screen({ type: 'language' })),
  },
  {
    keys: '?',
    does: { en: 'this page', ko: '이 화면' },
    brief: { en: 'help', ko: '도움말' },
    command: either(on('?', screen({ type: 'help' })), on('h', screen({ type: 'help' }))),
  },
  {
    keys: 'q',
    does: { en: 'quit; ctrl-z: suspend', ko: '끝내기, ctrl-z 잠시' },
    brief: { en: 'quit', ko: '끝' },
    command: (input, { ctrl }) => {
      if (ctrl && input === 'z') return screen({ type: 'suspend' });
      return input === 'q' || (ctrl && input === 'c') ? screen({ type: 'quit' }) : undefined;
    },
  },
];

/** The command of a key press; undefined when it has none. */
export function commandOf(input: string, key: Key): UiCommand | undefined {
  for (const binding of BINDINGS) {
    const command = binding.command(input, key);
    if (command) return command;
  }
  return undefined;
}

function on(wanted: string, command: UiCommand): Binding['command'] {
  return (input, { ctrl, meta }) => (input === wanted && !ctrl && !meta ? command : undefined);
}

function either(one: Binding['command'], other: Binding['command']): Binding['command'] {
  return (input, key) => one(input, key) ?? other(input, key);
}

function player(command: PlayerCommand): UiCommand {
  return { to: 'player', command };
}

function screen(command: ScreenCommand): UiCommand {
  return { to: 'screen', command };
}
