/** What the screen says of branches. */
export interface BranchingWords {
  readonly title: string;
  /** Of the log that was opened: it has left no other. */
  readonly opened: string;
  /** Why nothing was forked, or named. */
  readonly refusals: Readonly<Record<'empty' | 'recorded' | 'unknown' | 'unnamed', string>>;
  readonly notSaved: Readonly<Record<'unknown' | 'same' | 'mistaken', string>>;
  beside(one: string, other: string): string;
  leftAt(name: string, clock: string): string;
  forked(name: string): string;
  taken(name: string): string;
  /** A field must not be changed while the object is there. */
  refusedNow(kind: string): string;
  saved(path: string): string;
}

export const ENGLISH_BRANCHING: BranchingWords = {
  title: 'Branches',
  opened: 'what was opened',
  refusals: {
    empty: 'There is nothing yet that could be forked.',
    recorded:
      'This was recorded from a real cluster: how it would have gone on nobody knows. It can only be read.',
    unknown: 'The scenario of this log is not at hand, so its story ends here. Type what you do with :',
    unnamed: 'A name is of small letters, digits and dashes, and no other branch has it.',
  },
  notSaved: {
    unknown: 'The scenario of this log is not at hand: save the log (s).',
    same: 'Nothing was typed in it: it is the scenario itself.',
    mistaken: 'It would be no good scenario',
  },
  beside: (one, other) => `${one} beside ${other}`,
  leftAt: (name, clock) => `left ${name} at ${clock}`,
  forked: (name) => `From here on, yours: ${name}.  = compare  v branches`,
  taken: (name) => `Yours: ${name} goes on from here.`,
  refusedNow: (kind) => `It can't change in a ${kind} that is there: made so from the start.  v branches`,
  saved: (path) => `Saved as ${path}`,
};

export const KOREAN_BRANCHING: BranchingWords = {
  title: '가지',
  opened: '처음 연 것',
  refusals: {
    empty: '아직 갈라질 만한 것이 없습니다.',
    recorded: '실제 클러스터를 기록한 것입니다. 어떻게 이어졌을지는 아무도 모르니 읽을 수만 있습니다.',
    unknown: '이 기록의 시나리오가 없어 이야기는 여기서 끝납니다. 할 일을 :로 입력하세요.',
    unnamed: '이름은 소문자와 숫자, 붙임표로 짓고, 다른 가지와 달라야 합니다.',
  },
  notSaved: {
    unknown: '이 기록의 시나리오가 없습니다. 기록으로 저장하세요(s).',
    same: '입력한 것이 없어 시나리오 그대로입니다.',
    mistaken: '올바른 시나리오가 되지 않습니다',
  },
  beside: (one, other) => `${one}, ${other}와(과) 나란히`,
  leftAt: (name, clock) => `${clock}에 ${name}에서 갈라짐`,
  forked: (name) => `여기부터는 당신의 것: ${name}.  = 비교  v 가지`,
  taken: (name) => `${name}이(가) 여기서부터 이어집니다.`,
  refusedNow: (kind) => `있는 ${kind}의 이 필드는 바꿀 수 없어, 처음부터 다르게 만들었습니다.  v 가지`,
  saved: (path) => `저장함: ${path}`,
};
