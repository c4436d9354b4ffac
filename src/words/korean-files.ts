import type { FileWords } from './file-words.ts';

export const KOREAN_FILES: FileWords = {
  reasons: {
    missing: '그런 파일이나 폴더가 없습니다',
    noFolder: '경로의 일부가 폴더가 아닙니다',
    folder: '폴더입니다',
    denied: '권한이 없습니다',
    readOnly: '읽기 전용 파일 시스템입니다',
    full: '장치에 남은 공간이 없습니다',
    tooMany: '열린 파일이 너무 많습니다',
    loop: '심볼릭 링크가 너무 많이 이어집니다',
    longName: '이름이 너무 깁니다',
  },
  notOpened: (path, reason) => `${path === '' ? '' : `${path}: `}열 수 없습니다: ${reason}`,
  notWritten: (path, reason) => `${path === '' ? '' : `${path}: `}쓸 수 없습니다: ${reason}`,
  noSide: (path) => `기록이나 로그 ${path}이(가) 없습니다`,
  noneTagged: (tags) => `태그가 ${tags}인 시나리오가 없습니다. kubereel list가 태그를 보여 줍니다`,
  playedOnly: '--seed와 --output은 재생할 기록에 쓰입니다. 로그를 빼세요',
  noLogFile: (path) => `로그 ${path}이(가) 없습니다`,
  noLog: (path) => `${path}은(는) kubereel의 로그가 아닙니다. kubereel run -o로 만드세요`,
  otherLog: (path) => `${path}은(는) 로그입니다. 비교할 다른 로그를 지정하세요`,
  nothingTyped: (path) =>
    `${path}에는 commands.txt가 없어 무엇을 입력했는지 알 수 없습니다. 비교할 로그를 지정하세요`,
  notPlayable: (path, why) => `${path}을(를) 재생할 수 없습니다:\n${why}`,
  noFormat: (format) => `형식 "${format}"은(는) 없습니다. watch만 있습니다`,
  damagedHead: (place, reason = '로그가 비었습니다') =>
    `${place}: kubereel의 로그가 아니거나 첫 줄이 손상되었습니다: ${reason}`,
  noTrace: (path) => `${path}에는 trace.ndjson이 없습니다. 클러스터의 기록이 아닙니다`,
  nothingImported: (paths) =>
    `${paths}: 클러스터의 과거가 하나도 없습니다. watch나 덤프, 감사 로그가 쓴 것이 필요합니다`,
  moreDamage: (count) => `읽지 못한 곳이 ${count}곳 더 있습니다`,
  imported: (path, entries) => `${path}에 항목 ${entries}개를 썼습니다. kubereel play ${path}`,
  importedScenario: (path, { applied, made }) =>
    `${path}를 썼습니다. 오브젝트 ${applied}개를 적용하고, ${made}개는 클러스터가 스스로 만듭니다`,
  emptyTrace: (path) => `${path}에는 변화가 하나도 없습니다`,
  neither: (path) => `${path}은(는) 파일도 폴더도 아닙니다`,
  nothing: (path) => `파일이나 폴더 ${path}이(가) 없습니다`,
  noScenario: (name, { meant, entry }) =>
    `시나리오 "${name}"은(는) 없습니다.${meant === undefined ? '' : ` 혹시 ${meant}?`}\n` +
    `시나리오는 ${entry}이 있는 폴더, 그런 파일, 또는 \`kubereel list\`가 보이는 이름입니다.`,
  hasNo: (folder, { entry, below }) =>
    `${folder}에는 ${entry}이 없습니다. ` +
    (below.length > 0
      ? `그 안의 이 폴더에는 있습니다: ${below.join(', ')}`
      : `매니페스트가 있다면 두 줄이면 됩니다.\n\nsteps:\n  - run: kubectl apply -f .\n  - wait: 2m`),
  notScenario: (path) => `${path}은(는) YAML로 쓴 시나리오도, 로그도 아닙니다`,
  tooMuch: (folder, { files, bytes }) =>
    `${folder}은(는) 시나리오로는 너무 큽니다. 파일 ${files}개, ${bytes}바이트까지입니다.\n` +
    '시나리오와 매니페스트만 따로 폴더에 두세요.',
  isThere: (path) => `${path} 파일이 이미 있습니다: 새로 쓰려면 --force`,
  chartNotRendered: (folder) =>
    `${folder}은(는) Helm 차트입니다. 먼저 렌더링해(helm template NAME ${folder} > rendered.yaml) 그 결과를 폴더에 넣으세요`,
  noManifests: (folder) => `${folder} 폴더에 쿠버네티스 매니페스트가 없습니다`,
  hasMistakes: (name) => `(잘못된 곳이 있습니다. kubereel run ${name}이 알려 줍니다)`,
  atForPlayer: '알림: --at은 플레이어에 쓰입니다. 글은 처음부터 시작합니다',
};
