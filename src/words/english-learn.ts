import type { LearnWords } from './learn-words.ts';

export const ENGLISH_LEARN: LearnWords = {
  played: (done, count) => `${done} of ${count} played.`,
  goOn: (next) => `Next: kubereel learn next   (${next})`,
  finished: (name, done, count) => `✓ ${name}: ${done} of ${count} played.`,
  allDone: 'All of them are played. Begin anew with kubereel learn reset.',
  forgotten: 'What was played is forgotten.',
  notKept: (why) => `It was played, but that can not be kept: ${why}`,
  notBundled: (name) => `${name} is not part of the course: kubereel play ${name}`,
};
