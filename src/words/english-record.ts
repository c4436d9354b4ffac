import type { RecordWords } from './record-words.ts';

export const ENGLISH_RECORD: RecordWords = {
  pods: 'Pods over time',
  ready: 'ready pods',
  lost: 'lost requests',
  more: (count) => `and ${count} more`,
  page: {
    story: 'Story',
    state: 'State',
    entries: 'Entries',
    objects: 'Objects',
    place: 'Place in the run',
    play: 'Play',
    pause: 'Pause',
    previousStep: 'Step before',
    nextStep: 'Next step',
    back: 'Commit before',
    forward: 'Next commit',
    keys: 'Keys: space plays, ← → a commit, [ ] a step, Home and End.',
    nothingChanged: 'Nothing changed in it since it was created.',
    choose: 'Choose an object to see it as it was then.',
    reading: 'Reading the log …',
    unreadable: 'The log in this page can not be read',
  },
};
