import type { SuiteTotals, SuiteWords } from './suite-words.ts';

export const KOREAN_SUITE: SuiteWords = {
  outcomes: { passed: '통과', failed: '실패', broken: '시나리오가 아님' },
  step: (step) => `${step}단계`,
  branch: (name) => `가지 ${name}`,
  phases: { setup: '준비', teardown: '정리' },
  seed: (seed) => `시드 ${seed}`,
  wanted: '기대',
  found: '실제',
  at: '시각',
  because: '원인',
  see: '보기',
  heldUntil: (time, seq) => `${time}까지는 그랬음 (기록 ${seq})`,
  neverHeld: '한 번도 그런 적이 없음',
  snapshotDiffers: (file) => `${file}에 보관된 대로 진행됨`,
  snapshotMissing: (file) => `비교할 ${file} 파일이 있음`,
  update: '의도한 변경이라면: kubereel test --update',
  rewritten: '그 뒤로 시나리오나 그 파일이 바뀌었습니다.',
  kept: '보관본',
  now: '지금',
  obsolete: (count) => `어느 시나리오에도 속하지 않는 스냅샷 ${count}개 (--update로 지웁니다):`,
  removed: (count) => `어느 시나리오에도 속하지 않던 스냅샷 ${count}개를 지웠습니다`,
  written: (count) => `스냅샷 ${count}개를 썼습니다`,
  totals: ({ passed, failed, broken, left }: SuiteTotals) =>
    [
      ...(failed > 0 ? [`실패 ${failed}`] : []),
      ...(broken > 0 ? [`읽지 못함 ${broken}`] : []),
      `통과 ${passed}`,
      ...(left > 0 ? [`실행하지 않음 ${left}`] : []),
    ].join(', '),
  times: (virtual, wall) => `가상 시간 ${virtual}, 실제 ${wall}`,
  slowest: '가장 느린 것',
  noScenarios: (where) =>
    `${where} 시나리오가 없습니다: scenario.yaml이 든 폴더이거나 이름.scenario.yaml 파일이어야 합니다`,
  noneSelected: (found) =>
    `찾은 시나리오 ${found}개 가운데 고른 것이 없습니다: kubereel test --list로 살펴보세요`,
  twoOfOneName: (name, files) =>
    `이름이 ${name}인 시나리오가 ${files.length}개라 스냅샷이 겹칩니다: ${files.join(', ')}`,
  reporter: (name, known) =>
    `${name} 리포터는 없습니다: ${known.join(', ')} 중 하나이거나 이름=파일 꼴이어야 합니다.`,
  notWithCi: '--ci는 아무것도 쓰지 않고 끝납니다: --update와 --watch를 빼세요',
  watching: (folders) => `폴더 ${folders}개를 지켜봅니다. 끝내려면 q, 모두 실행하려면 Enter.`,
  changed: (file) => `${file} 파일이 바뀌었습니다.`,
};
