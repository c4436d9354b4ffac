import type { StopReason } from '../replay/player/stopping.ts';
import type { LaneState } from '../replay/pod-states.ts';
import type { BranchWords } from '../report/branch-text.ts';
import type { Stage } from '../report/pipeline.ts';
import { ENGLISH as ENGLISH_TOLD } from '../words/english.ts';
import { KOREAN as KOREAN_TOLD } from '../words/korean.ts';
import { type BranchingWords, ENGLISH_BRANCHING, KOREAN_BRANCHING } from './branching-words.ts';
import type { MarkKind } from './scrubber-marks.ts';
import type { ObjectReading, Remark } from './view.ts';

/** What the screen itself says. A story is told in the languages of its author; these are the player's. */
export interface ScreenWords {
  readonly story: string;
  readonly pods: string;
  readonly partRead: (percent: number) => string;
  readonly entries: string;
  readonly events: string;
  readonly why: string;
  readonly lanes: string;
  readonly cluster: string;
  readonly object: string;
  readonly pipeline: string;
  readonly logs: string;
  readonly laneLegend: string;
  readonly laneStates: Readonly<Record<LaneState, string>>;
  readonly opening: string;
  readonly noAnswer: string;
  readonly goesOn: string;
  readonly lost: string;
  /** What became of the last key. */
  readonly remarks: Readonly<Record<Remark, string>>;
  /** Why playing has stopped by itself. */
  readonly stopped: Readonly<Record<StopReason, string>>;
  readonly readings: Readonly<Record<ObjectReading, string>>;
  readonly stages: Readonly<Record<Stage, string>>;
  readonly same: string;
  readonly difference: string;
  readonly effects: string;
  readonly noEffects: string;
  readonly decision: string;
  readonly noDecision: string;
  readonly noPods: string;
  readonly noNodes: string;
  readonly noObject: string;
  readonly notThere: string;
  readonly noLogPod: string;
  readonly emptyLog: string;
  readonly previousLog: string;
  readonly kubeletDown: string;
  readonly readyPods: string;
  readonly lostRequests: string;
  readonly apiServer: string;
  readonly revision: string;
  readonly because: string;
  readonly takeNote: string;
  readonly besides: string;
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
  readonly marks: Readonly<Record<MarkKind, string>>;
  readonly legend: readonly string[];
  /** Where somebody takes the story over. */
  readonly yours: string;
  readonly branch: BranchWords;
  readonly branching: BranchingWords;
  looksAt(key: string): string;
  until(marks: string): string;
  graceLeft(span: string): string;
  unbound(pods: number): string;
  sinceMark(clock: string): string;
  tooSmall(columns: number, rows: number): string;
  waiting(span: string, rate: string): string;
  more(lines: number): string;
  otherPods(count: number): string;
}

const ENGLISH: ScreenWords = {
  story: 'Story',
  pods: 'Pods',
  partRead: (percent) => `${percent}% read`,
  entries: 'Entries',
  events: 'Kubernetes events',
  why: 'Why',
  lanes: 'Pods in time',
  cluster: 'Cluster',
  object: 'Object',
  pipeline: 'Pipeline',
  logs: 'Log',
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
  remarks: {
    aboutNothing: 'This entry is about no object.',
    marked: 'Marked. Go elsewhere and press = to see what is otherwise there.',
    unknownCondition:
      'Until what? pod/web .status.phase=Running, deploy/web condition=Available, reason:Killing',
    unknownField: 'There is no such field. Tab completes: spec.replicas=5',
    ambiguousField: 'Several fields end so. Tab completes to one of them.',
    stopsAtWarnings: 'Playing stops at the next warning.',
    stopsAtChanges: 'Playing stops at the next change of this object.',
    stopsNowhere: 'Playing no longer stops there.',
  },
  stopped: {
    warning: 'Stopped: a warning.',
    change: 'Stopped: the object has changed.',
    condition: 'Stopped: it has come to be so.',
  },
  readings: { yaml: 'yaml', describe: 'describe', history: 'history', diff: 'diff', owners: 'owners' },
  stages: {
    resolve: 'resolve',
    authorize: 'allow',
    decode: 'decode',
    admit: 'admit',
    validate: 'validate',
    store: 'store',
  },
  same: 'Nothing is otherwise.',
  difference: 'Otherwise than at',
  effects: 'What followed from',
  noEffects: 'Nothing followed from it so far.',
  decision: 'The scheduler decided',
  noDecision: 'The scheduler has decided nothing about it so far.',
  noPods: 'There are no pods.',
  noNodes: 'There are no nodes.',
  noObject: 'The object that an entry is about is shown here.',
  notThere: 'It is not there at this time.',
  noLogPod: 'Select a pod, or what owns pods, to read its log.',
  emptyLog: 'Nothing has been written yet.',
  previousLog: '(the container before)',
  kubeletDown: 'kubelet down',
  readyPods: 'ready',
  lostRequests: 'lost',
  apiServer: 'API server',
  revision: 'revision',
  because: 'because of',
  takeNote: 'take note:',
  besides: 'and besides, outside of the API:',
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
  marks: {
    step: 'a step',
    change: 'it changes',
    warning: 'a warning',
    fault: 'a fault',
    bookmark: 'a bookmark',
    here: 'here',
  },
  legend: [
    '▸ just now   ✓ expected, and so it is   ✗ expected, but it is not so',
    'Waits play in two seconds; told words stay for as long as they take to read.',
  ],
  yours: 'From here on, yours.',
  branching: ENGLISH_BRANCHING,
  branch: ENGLISH_TOLD.told.branch,
  looksAt: (key) => `looks at ${key}`,
  until: (marks) => `until ${marks}`,
  graceLeft: (span) => `${span} left`,
  unbound: (pods) => (pods === 1 ? '1 pod without a node' : `${pods} pods without a node`),
  sinceMark: (clock) => `since the mark at ${clock}`,
  tooSmall: (columns, rows) => `Please make the terminal at least ${columns} by ${rows} (q quits).`,
  waiting: (span, rate) => `a wait of ${span}, ${rate}`,
  more: (lines) => `${lines} more lines above: ↑`,
  otherPods: (count) => `and ${count} more, unchanged for longer`,
};

const KOREAN: ScreenWords = {
  story: '이야기',
  pods: '파드',
  partRead: (percent) => `${percent}% 읽음`,
  entries: '기록',
  events: '쿠버네티스 이벤트',
  why: '까닭',
  lanes: '파드의 시간',
  cluster: '클러스터',
  object: '오브젝트',
  pipeline: '요청의 길',
  logs: '로그',
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
  remarks: {
    aboutNothing: '이 기록은 어떤 오브젝트에 관한 것도 아닙니다.',
    marked: '표시했습니다. 다른 곳에서 =를 누르면 달라진 것을 보여 줍니다.',
    unknownCondition:
      '무엇까지? pod/web .status.phase=Running, deploy/web condition=Available, reason:Killing',
    unknownField: '그런 필드가 없습니다. Tab으로 완성하세요: spec.replicas=5',
    ambiguousField: '그렇게 끝나는 필드가 여럿입니다. Tab으로 하나를 고르세요.',
    stopsAtWarnings: '다음 경고에서 재생이 멈춥니다.',
    stopsAtChanges: '이 오브젝트가 다음에 바뀔 때 재생이 멈춥니다.',
    stopsNowhere: '이제 거기서 멈추지 않습니다.',
  },
  stopped: {
    warning: '멈춤: 경고가 있습니다.',
    change: '멈춤: 오브젝트가 바뀌었습니다.',
    condition: '멈춤: 조건이 이루어졌습니다.',
  },
  readings: { yaml: 'yaml', describe: 'describe', history: '이력', diff: '차이', owners: '소유자' },
  stages: {
    resolve: '경로',
    authorize: '권한',
    decode: '해석',
    admit: '승인',
    validate: '검증',
    store: '저장',
  },
  same: '달라진 것이 없습니다.',
  difference: '다음과 달라진 것:',
  effects: '다음에서 비롯된 것:',
  noEffects: '아직 비롯된 것이 없습니다.',
  decision: '스케줄러의 결정',
  noDecision: '아직 스케줄러가 결정한 것이 없습니다.',
  noPods: '파드가 없습니다.',
  noNodes: '노드가 없습니다.',
  noObject: '기록이 다루는 오브젝트를 여기에 보여 줍니다.',
  notThere: '이때는 없습니다.',
  noLogPod: '파드나 파드를 가진 오브젝트를 고르면 로그를 보여 줍니다.',
  emptyLog: '아직 아무것도 쓰지 않았습니다.',
  previousLog: '(앞선 컨테이너)',
  kubeletDown: 'kubelet 꺼짐',
  readyPods: '준비됨',
  lostRequests: '잃음',
  apiServer: 'API 서버',
  revision: '리비전',
  because: '까닭:',
  takeNote: '알고만 있음:',
  besides: '그 밖에 API 밖에서:',
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
  marks: { step: '단계', change: '바뀜', warning: '경고', fault: '고장', bookmark: '책갈피', here: '현재' },
  legend: [
    '▸ 방금 일어난 일   ✓ 기대한 대로임   ✗ 기대와 다름',
    '기다림은 2초로 줄여서, 설명은 읽을 만큼 머물며 재생합니다.',
  ],
  yours: '여기부터는 당신의 이야기입니다.',
  branching: KOREAN_BRANCHING,
  branch: KOREAN_TOLD.told.branch,
  looksAt: (key) => `${key} 살핌`,
  until: (marks) => `${marks}까지`,
  graceLeft: (span) => `${span} 남음`,
  unbound: (pods) => `노드가 없는 파드 ${pods}개`,
  sinceMark: (clock) => `${clock} 표시 이후`,
  tooSmall: (columns, rows) => `터미널을 ${columns}×${rows} 이상으로 키워 주세요 (q: 끝내기).`,
  waiting: (span, rate) => `${span} 기다림, ${rate}`,
  more: (lines) => `위에 ${lines}줄 더: ↑`,
  otherPods: (count) => `그 밖에 ${count}개, 더 오래 그대로`,
};

/** In the reader's language, or in English. */
export function wordsIn(language: string): ScreenWords {
  return language.startsWith('ko') ? KOREAN : ENGLISH;
}
