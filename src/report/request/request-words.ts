import type { Stage } from '../../cluster/contract/api-server.ts';

/** What the stages of the API server are called in a language. */
export interface RequestWords {
  readonly stages: Readonly<Record<Stage, string>>;
  /** How many columns of a terminal the name of a stage takes. */
  readonly cells: (stage: Stage) => number;
}

const ENGLISH: Readonly<Record<Stage, string>> = {
  authenticate: 'authenticate',
  authorize: 'authorize',
  decode: 'decode',
  mutate: 'mutate',
  validate: 'validate',
  admit: 'admit',
  store: 'store',
};

const KOREAN: Readonly<Record<Stage, string>> = {
  authenticate: '인증',
  authorize: '인가',
  decode: '해석',
  mutate: '보완',
  validate: '검증',
  admit: '승인',
  store: '저장',
};

export function requestWords(language: string): RequestWords {
  return language === 'ko'
    ? { stages: KOREAN, cells: () => 4 }
    : { stages: ENGLISH, cells: (stage) => ENGLISH[stage].length };
}
