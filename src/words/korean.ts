import { KOREAN_FILES } from './korean-files.ts';
import { KOREAN_HELP } from './korean-help.ts';
import { KOREAN_INIT } from './korean-init.ts';
import { KOREAN_LEARN } from './korean-learn.ts';
import { KOREAN_RECORD } from './korean-record.ts';
import { KOREAN_SERVE } from './korean-serve.ts';
import { KOREAN_SUITE } from './korean-suite.ts';
import type { ToldWords, Words, WrongWords } from './words.ts';

/** What commander says of a command line. */
const USAGE: readonly (readonly [pattern: RegExp, inKorean: string])[] = [
  [/unknown option '(.*)'/, "모르는 옵션입니다: '$1'"],
  [/unknown command '(.*)'/, "모르는 명령입니다: '$1'"],
  [/missing required argument '(.*)'/, "인자가 빠졌습니다: '$1'"],
  [/required option '(.*)' not specified/, "옵션이 빠졌습니다: '$1'"],
  [/option '(.*)' argument missing/, "옵션의 값이 빠졌습니다: '$1'"],
  [/option '(.*)' argument '(.*)' is invalid\. /, "옵션 '$1'의 값 '$2'이(가) 맞지 않습니다. "],
  [
    /command-argument value '(.*)' is invalid for argument '(.*)'\. /,
    "인자 '$2'의 값 '$1'이(가) 맞지 않습니다. ",
  ],
  [
    /too many arguments(?: for '(.*)')?\. Expected (\d+) arguments? but got (\d+)\./,
    '인자가 너무 많습니다: $2개여야 하는데 $3개입니다.',
  ],
  [/\(Did you mean (?:one of )?(.*)\?\)/, '(혹시 $1?)'],
  [/^error: /, '오류: '],
];

const near = (word: string | undefined): string => (word === undefined ? '' : ` 혹시 ${word}?`);

const wrong: WrongWords = {
  seed: '15자리까지의 정수여야 합니다.',
  value: '이름과 값이어야 합니다: nodes=3',
  duration: '90s나 1m30s와 같은 시간이어야 합니다.',
  instant:
    '90s, 1m30s, 01:30.250과 같은 시각, 기록(412), 단계(step:3), 비율(50%), start, end, first-warning, last-warning 가운데 하나여야 합니다.',
  language: 'en이나 ko와 같은 언어 태그여야 합니다.',
  wholeNumber: '0보다 큰 정수여야 합니다.',
  steps: '3과 같은 단계, 또는 3-5와 같은 범위여야 합니다.',
  field: 'spec.replicas나 status.containerStatuses[0].ready와 같은 필드여야 합니다.',
  pattern: (reason) => `정규식이 아닙니다: ${reason}`,
  shard: '1/3처럼 전체의 한 부분이어야 합니다.',
  usage: (message) => USAGE.reduce((text, [pattern, korean]) => text.replace(pattern, korean), message),
  noEntry: (seq, last) => `기록 ${seq}은(는) 없습니다. 처음은 1, 마지막은 ${last}입니다`,
  noStep: (step, last) =>
    last === 0
      ? `단계 ${step}은(는) 없습니다. 이 로그에는 단계가 없습니다`
      : `단계 ${step}은(는) 없습니다. 마지막은 step:${last}입니다`,
  noTime: (wanted, last) => `${wanted}에는 아무것도 없습니다. 로그는 ${last}에 끝납니다 (end)`,
  noCheckpoint: (name, known, meant) =>
    `"${name}"이라는 시점이 없습니다${meant === undefined ? '' : `. "${meant}"을 뜻했나요?`}` +
    (known.length === 0
      ? `. 이 이야기에는 체크포인트가 없습니다. ${wrong.instant}`
      : `. 체크포인트: ${known.join(', ')}`),
  noCase: (asked, titles) => `"${asked}" 경우가 없습니다. 있는 것: ${titles.join('; ')}`,
  noBranch: (name, known) =>
    known.length === 0
      ? `이 이야기에는 가지가 없어 "${name}"도 없습니다`
      : `"${name}" 가지가 없습니다. 이야기의 가지: ${known.join(', ')}`,
  noWarning: '이 로그에는 경고가 없습니다',
  noCluster: '아직 클러스터가 없습니다.',
  kind: (word, meant) =>
    `"${word}"(이)라는 오브젝트 종류는 없습니다.${meant === undefined ? ' pod, deploy, Node와 같아야 합니다' : near(meant)}`,
  objectForm: (word) =>
    `"${word}"은(는) 오브젝트가 아닙니다. pod/web이나 deploy/web.spec.replicas처럼 종류/이름으로 쓰세요`,
  noObject: (word, meant) => `그 종류의 오브젝트 "${word}"은(는) 있은 적이 없습니다.${near(meant)}`,
  otherNamespace: (word, namespaces) =>
    `${word}은(는) 그 네임스페이스에 없습니다. -n으로 다른 것을 지정하세요 (있는 곳: ${namespaces.join(', ')})`,
  noField: (path) =>
    `"${path}"은(는) 필드가 아닙니다. spec.replicas나 status.containerStatuses[0].ready와 같아야 합니다`,
  noClient: (client, clients) =>
    `클라이언트 "${client}"은(는) 없습니다.${clients.length === 0 ? ' 그때까지 이 로그에는 트래픽이 없습니다' : ` 있는 것: ${clients.join(', ')}`}`,
  notLost: (number, isAnswered, lost) =>
    `요청 ${number}은(는) ${isAnswered ? '응답을 받았습니다' : '그때까지 보내지 않았거나 가는 중입니다'}.${lost === '' ? ' 잃은 요청은 없습니다' : ` 잃은 요청: ${lost}`}`,
  noneOf: (what, word, meant) => `이 로그에는 ${what} "${word}"에 맞는 것이 없습니다.${near(meant)}`,
  noneFound: '모두 맞는 기록이 없습니다',
  noSubject:
    '기록(412), 오브젝트(pod/web), 필드(pod/web.status.phase), 요청을 잃은 클라이언트(traffic/shop) 또는 그 요청 하나(traffic/shop/17)를 지정하세요',
  unchanged: '그때까지는 있은 적이 없습니다',
  oneInstant: '두 시점을 지정하세요: --at 30s --and 60s, run.log@30s run.log@60s, 또는 로그 두 개',
  twoLogs: '두 로그는 한 시각을 두고 비교합니다. --at으로 지정하세요',
  noCommand: 'kubectl에 물을 것을 -- 뒤에 쓰세요: kubereel kubectl run.log --at 30s -- get pods',
  wouldWrite: (what) => `${what}: 지난 일은 읽을 수만 있고 바꿀 수 없습니다`,
  tryFork: (line) => `그랬다면 어떻게 되었을지 보려면 갈라 보세요: ${line}`,
  goesOn: '(계속 이어질 명령입니다. 그 시점에 있는 것만 출력했습니다)',
  resourceFirst: '--output과 --selector는 표에 쓰입니다. pods나 deploy/web처럼 보일 것을 지정하세요',
  bug: (version) => `kubereel ${version}에 버그가 있습니다. 아래 내용과 함께 알려 주세요:`,
  notForked: (reason) =>
    reason === 'empty'
      ? '빈 로그는 가를 수 없습니다'
      : '실제 클러스터의 기록이라 어떻게 이어졌을지 알 수 없습니다. kubereel compare -o로 그 명령들을 재생한 뒤 그 로그를 가르세요',
  line: (line, problem) => `${line}\n  ${problem}`,
  scenarioGone: (name) =>
    `알림: 이 로그의 시나리오 "${name}"을(를) 그대로 찾을 수 없어, 남은 단계와 파일을 알 수 없습니다`,
  noRun: '거기서 입력할 것을 지정하세요: --run "kubectl …", 또는 --set pod/web.spec.x=값',
  setForm: (text) => `"${text}"은(는) 필드에 값을 주지 않습니다. pod/web.spec.replicas=3처럼 쓰세요`,
  noSuchField: (field, problem) =>
    problem === 'unknownField'
      ? `값을 줄 수 있는 필드 ${field}이(가) 없습니다`
      : `${field}(이)라는 필드가 여럿입니다. spec.containers[0].image처럼 경로를 모두 쓰세요`,
  tooLarge: (path) => `${path}은(는) 매니페스트라기에는 너무 큽니다`,
  forTime: '5m과 같은, 0보다 긴 시간이어야 합니다.',
};

const told: ToldWords = {
  logFiles: (count, folder) => `${folder}에 파일 ${count}개`,
  ran: (name, { passed, entries, seed }) =>
    `${name}: ${passed ? '기대대로 됨' : '기대와 다름'} (기록 ${entries}개, 시드 ${seed})`,
  missed: (step, what) => `기대와 다름: ${step === undefined ? '' : `단계 ${step}: `}${what}`,
  note: (about, message) => `알림: ${about}: ${message}`,
  place: (name, time, seq) => `${name}, ${time} (기록 ${seq})`,
  inStep: (step, steps) => `, 단계 ${step}/${steps}`,
  nodes: '노드',
  pods: '파드',
  workloads: '워크로드',
  traffic: '트래픽',
  unhealthy: '건강하지 않은 것',
  none: '없음',
  healthy: '없음',
  nodesReady: (ready, all) =>
    all === 0 ? '없음' : ready === all ? `${all}개, 모두 준비됨` : `${all}개 가운데 ${ready}개 준비됨`,
  workloadReady: (ready, wanted) => `${ready}/${wanted}`,
  because: '까닭:',
  asAbove: '… 그 앞은 위와 같습니다.',
  originTyped: '시작: 누군가 입력했습니다',
  originTold: '시작: 시나리오가 한 일입니다',
  originMade: '시작: 클러스터가 그렇게 만들어졌습니다',
  originTimed: '시작: 때가 되었습니다',
  originAsked: (client) => `시작: ${client}의 요청`,
  originUnrecorded: '앞선 원인은 기록되지 않았습니다',
  originStep: (origin, step) => (step === undefined ? `${origin}.` : `${origin} (단계 ${step}).`),
  noLosses: '그때까지 잃은 요청이 없습니다.',
  noEffects: '비롯된 것이 없습니다.',
  same: '달라진 것이 없습니다.',
  original: '원본',
  story: '이야기',
  whatIf: (name) => `다른 길: ${name}`,
  fork: '가지',
  forked: (seq, time) => `기록 ${seq} 뒤, ${time}에 갈라짐.`,
  exit: (code) => `(종료 코드 ${code})`,
  stillRunning: '(아직 실행 중)',
  remade: '알림: 오브젝트가 있는 동안은 바꿀 수 없어, 그것을 만든 줄을 매니페스트를 바꾸어 다시 입력합니다',
  originalEnds: (time) => `원본은 ${time}에 끝납니다.`,
  branch: {
    same: (until) => `${until}까지 같습니다. 그 뒤:`,
    nothingShared: '같은 기록이 하나도 없습니다. 시작부터 다릅니다:',
    alike: (at) => `${at}까지 같습니다. 아직 다른 점이 없습니다.`,
    otherwise: (one, other, at) => `${at}에 ${other}와(과) 다른 ${one}의 모습:`,
    onlyIn: (name) => `${name}에만 있는 쿠버네티스 이벤트:`,
    inBoth: (left, right) => `다르게 일어난 쿠버네티스 이벤트, ${left} → ${right}:`,
    nothingYet: '아직 아무 일도 없음',
  },
  saved: (path, entries) => `가지를 ${path}에 저장했습니다 (기록 ${entries}개).`,
};

export const KOREAN: Words = {
  help: KOREAN_HELP,
  files: KOREAN_FILES,
  suite: KOREAN_SUITE,
  record: KOREAN_RECORD,
  init: KOREAN_INIT,
  learn: KOREAN_LEARN,
  serve: KOREAN_SERVE,
  wrong,
  told,
};
