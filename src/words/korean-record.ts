import type { RecordWords } from './record-words.ts';

export const KOREAN_RECORD: RecordWords = {
  pods: '시간에 따른 파드',
  ready: '준비된 파드',
  lost: '잃은 요청',
  more: (count) => `그 밖에 ${count}개`,
  lanesDesc: (pods, steps) =>
    `실행 시간에 따라 파드 ${pods}개가 한 줄씩, 단계 ${steps}개가 세로줄로 있습니다.`,
  stillDesc: (clock, told) => `${clock}의 재생 화면. ${told}`.trim(),
  stillOf: (step) => `${step}단계의 재생 화면`,
  playing: (name, clock) => `${name}  ${clock}`,
  plots: {
    availability: '시간에 따른 가용성',
    requests: '시간에 따른 요청',
    autoscaling: '시간에 따른 오토스케일링',
    desc: (panels, steps) => `실행 시간과 단계 ${steps}개에 따른 ${panels.join(', ')}.`,
    podsUnit: '파드 수',
    replicasUnit: '레플리카 수',
    allPods: '모든 파드',
    present: '있음',
    wanted: '원하는 수',
    answered: '응답함',
    requestsIn: (span) => `${span}마다 요청 수`,
    measured: '측정값',
    target: '목표',
    current: '현재 수',
    least: '최소',
    most: '최대',
    shareOf: (resource) => `${resource}, 요청량의 %`,
    milliOf: (resource) => `${resource}, 천분의 1`,
  },
  wrong: {
    format: (asked, known) =>
      `"${asked}" 형식은 없습니다: ${known.join(', ')} 중 하나이거나 파일 이름의 확장자여야 합니다`,
    option: (option, asked, known) => `${option} ${asked}: ${known.join(', ')} 중 하나여야 합니다`,
    pictureOnly: (format) =>
      `--at, --pane, --picture는 그림에만 쓰며 ${format}에는 쓰지 않습니다. still.svg와 같은 파일에 쓰세요`,
    playerOnly: (picture) =>
      `--at과 --pane은 재생 화면 그림에 씁니다. --picture ${picture}을(를) 빼거나 그것들을 빼세요`,
    pngFile: 'PNG는 파일에 씁니다: -o still.png',
    nothingOf: (picture) => `이 실행에는 그런 것이 없습니다: ${picture}`,
    tooSmall: (columns, rows) => `재생 화면은 적어도 ${columns}칸, ${rows}줄이어야 합니다`,
    noBrowser:
      'PNG에 글자를 그릴 브라우저를 찾지 못했습니다. chromium을 설치하거나 CHROME_PATH에 지정하세요.\nSVG에는 필요 없습니다: -o still.svg',
    notDrawn: (browser, reason) =>
      `${browser}이(가) 그리지 못했습니다${reason === '' ? '' : ` (${reason})`}. SVG에는 필요 없습니다: -o still.svg`,
  },
  page: {
    story: '이야기',
    state: '상태',
    entries: '기록',
    objects: '오브젝트',
    place: '실행 중의 위치',
    play: '재생',
    pause: '멈춤',
    previousStep: '이전 단계',
    nextStep: '다음 단계',
    back: '이전 커밋',
    forward: '다음 커밋',
    keys: '키: space 재생, ← → 커밋, [ ] 단계, Home과 End.',
    nothingChanged: '만들어진 뒤로 바뀐 것이 없습니다.',
    choose: '오브젝트를 고르면 그때의 모습을 보입니다.',
    reading: '로그를 읽는 중 …',
    unreadable: '이 페이지의 로그를 읽을 수 없습니다',
  },
};
