import type { BranchWords } from '../report/branch-text.ts';
import type { LaneState } from '../report/pod-lanes.ts';

/** What the screen itself says. A story is told in the languages of its author; these are the player's. */
export interface ScreenWords {
  readonly story: string;
  readonly pods: string;
  readonly entries: string;
  readonly events: string;
  readonly why: string;
  readonly lanes: string;
  readonly laneLegend: string;
  readonly laneStates: Readonly<Record<LaneState, string>>;
  readonly opening: string;
  readonly noAnswer: string;
  readonly goesOn: string;
  readonly lost: string;
  readonly aboutNothing: string;
  readonly unmarked: string;
  readonly same: string;
  readonly history: string;
  readonly difference: string;
  readonly effects: string;
  readonly noEffects: string;
  readonly noPods: string;
  readonly noEvents: string;
  readonly noEntries: string;
  readonly beginning: string;
  readonly step: string;
  readonly paused: string;
  readonly playing: string;
  readonly ended: string;
  readonly reading: string;
  readonly passed: string;
  readonly failed: string;
  readonly help: string;
  readonly legend: readonly string[];
  /** Where somebody takes the story over. */
  readonly yours: string;
  readonly branch: BranchWords;
  tooSmall(columns: number, rows: number): string;
  waiting(span: string, rate: string): string;
  more(lines: number): string;
  otherPods(count: number): string;
}

const ENGLISH: ScreenWords = {
  story: 'Story',
  pods: 'Pods',
  entries: 'Entries',
  events: 'Kubernetes events',
  why: 'Why',
  lanes: 'Pods in time',
  laneLegend: '░ pending   ▒ running   █ ready   ✗ failing   ▓ ending   ✓ done',
  laneStates: {
    absent: '',
    pending: 'pending',
    running: 'running',
    ready: 'ready',
    failing: 'failing',
    ending: 'ending',
    done: 'done',
  },
  opening: 'opening …',
  noAnswer: 'It prints nothing.',
  goesOn: '… and it would go on.',
  lost: 'There is nothing of that.',
  aboutNothing: 'This entry is about no object.',
  unmarked: 'Set a bookmark first (b), then compare another place with it.',
  same: 'Nothing is otherwise.',
  history: 'History of',
  difference: 'Otherwise than at',
  effects: 'What followed from',
  noEffects: 'Nothing followed from it so far.',
  noPods: 'There are no pods.',
  noEvents: 'There are no events.',
  noEntries: 'Nothing has happened yet.',
  beginning: 'Nothing led to it: it was typed, or its time had come.',
  step: 'step',
  paused: 'paused',
  playing: 'playing',
  ended: 'the end',
  reading: 'time to read',
  passed: 'The end: all expectations met.',
  failed: 'The end: not all expectations met.',
  help: 'Keys',
  legend: [
    '● here   ┿ a step   ! a warning: something failed   ◆ a bookmark',
    '▸ just now   ✓ expected, and so it is   ✗ expected, but it is not so',
    'Waits play in two seconds; told words stay for as long as they take to read.',
  ],
  yours: 'From here on, yours.',
  branch: {
    same: (until) => `The same up to ${until}. Then:`,
    nothingShared: 'They have no entry in common. They begin with:',
    alike: (at) => `The same up to ${at}: nothing tells them apart so far.`,
    otherwise: (one, other, at) => `At ${at} in ${one}, otherwise than in ${other}:`,
    onlyIn: (name) => `Kubernetes Events only in ${name}:`,
    inBoth: (left, right) => `Kubernetes Events otherwise, ${left} → ${right}:`,
    nothingYet: 'nothing so far',
  },
  tooSmall: (columns, rows) => `Please make the terminal at least ${columns} by ${rows} (q quits).`,
  waiting: (span, rate) => `a wait of ${span}, ${rate}`,
  more: (lines) => `${lines} more lines above: ↑`,
  otherPods: (count) => `and ${count} more, unchanged for longer`,
};

const KOREAN: ScreenWords = {
  story: '이야기',
  pods: '파드',
  entries: '기록',
  events: '쿠버네티스 이벤트',
  why: '까닭',
  lanes: '파드의 시간',
  laneLegend: '░ 대기   ▒ 실행   █ 준비됨   ✗ 실패   ▓ 종료 중   ✓ 끝',
  laneStates: {
    absent: '',
    pending: '대기',
    running: '실행',
    ready: '준비됨',
    failing: '실패',
    ending: '종료 중',
    done: '끝',
  },
  opening: '여는 중 …',
  noAnswer: '아무것도 출력하지 않습니다.',
  goesOn: '… 계속 이어집니다.',
  lost: '그런 것이 없습니다.',
  aboutNothing: '이 기록은 어떤 오브젝트에 관한 것도 아닙니다.',
  unmarked: '먼저 책갈피를 두고(b) 다른 곳에서 비교하세요.',
  same: '달라진 것이 없습니다.',
  history: '이력:',
  difference: '다음과 달라진 것:',
  effects: '다음에서 비롯된 것:',
  noEffects: '아직 비롯된 것이 없습니다.',
  noPods: '파드가 없습니다.',
  noEvents: '이벤트가 없습니다.',
  noEntries: '아직 아무 일도 없습니다.',
  beginning: '앞선 원인이 없습니다. 직접 입력했거나 때가 된 것입니다.',
  step: '단계',
  paused: '멈춤',
  playing: '재생',
  ended: '끝',
  reading: '읽는 시간',
  passed: '끝. 기대한 대로 모두 되었습니다.',
  failed: '끝. 기대한 대로 되지 않은 것이 있습니다.',
  help: '키',
  legend: [
    '● 현재   ┿ 단계   ! 경고, 무언가 실패함   ◆ 책갈피',
    '▸ 방금 일어난 일   ✓ 기대한 대로임   ✗ 기대와 다름',
    '기다림은 2초로 줄여서, 설명은 읽을 만큼 머물며 재생합니다.',
  ],
  yours: '여기부터는 당신의 이야기입니다.',
  branch: {
    same: (until) => `${until}까지 같습니다. 그 뒤:`,
    nothingShared: '같은 기록이 하나도 없습니다. 시작부터 다릅니다:',
    alike: (at) => `${at}까지 같습니다. 아직 다른 점이 없습니다.`,
    otherwise: (one, other, at) => `${at}에 ${other}와(과) 다른 ${one}의 모습:`,
    onlyIn: (name) => `${name}에만 있는 쿠버네티스 이벤트:`,
    inBoth: (left, right) => `다르게 일어난 쿠버네티스 이벤트, ${left} → ${right}:`,
    nothingYet: '아직 아무 일도 없음',
  },
  tooSmall: (columns, rows) => `터미널을 ${columns}×${rows} 이상으로 키워 주세요 (q: 끝내기).`,
  waiting: (span, rate) => `${span} 기다림, ${rate}`,
  more: (lines) => `위에 ${lines}줄 더: ↑`,
  otherPods: (count) => `그 밖에 ${count}개, 더 오래 그대로`,
};

/** In the reader's language, or in English. */
export function wordsIn(language: string): ScreenWords {
  return language.startsWith('ko') ? KOREAN : ENGLISH;
}
