import type { Stage } from '../cluster/contract/api-server.ts';

/** What the stages of the API server are called. */
export type StageNames = Readonly<Record<Stage, string>>;

export const ENGLISH_STAGES: StageNames = {
  authenticate: 'authenticate',
  authorize: 'authorize',
  decode: 'decode',
  mutate: 'mutate',
  validate: 'validate',
  admit: 'admit',
  store: 'store',
};

export const KOREAN_STAGES: StageNames = {
  authenticate: '인증',
  authorize: '인가',
  decode: '해석',
  mutate: '보완',
  validate: '검증',
  admit: '승인',
  store: '저장',
};

/** In the reader's language, or in English. */
export function stageNamesIn(language: string): StageNames {
  return language.startsWith('ko') ? KOREAN_STAGES : ENGLISH_STAGES;
}
