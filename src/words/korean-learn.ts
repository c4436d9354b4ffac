import type { LearnWords } from './learn-words.ts';

export const KOREAN_LEARN: LearnWords = {
  played: (done, count) => `${count}개 중 ${done}개를 마쳤습니다.`,
  goOn: (next) => `다음: kubereel learn next   (${next})`,
  finished: (name, done, count) => `✓ ${name}: ${count}개 중 ${done}개를 마쳤습니다.`,
  allDone: '모두 마쳤습니다. kubereel learn reset으로 처음부터 다시 할 수 있습니다.',
  forgotten: '마친 기록을 지웠습니다.',
  notKept: (why) => `재생을 마쳤지만 기록해 둘 수 없습니다: ${why}`,
  notBundled: (name) => `${name}은(는) 과정에 들어 있지 않습니다: kubereel play ${name}`,
};
