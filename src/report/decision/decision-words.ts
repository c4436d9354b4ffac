import type { Harm } from '../../cluster/scheduler/preemption/preempt.ts';

/**
 * What is said of decisions, in a language. Names of plugins and their reasons stay as Kubernetes has them.
 */
export interface DecisionWords {
  readonly profile: (name: string) => string;
  readonly everywhere: (plugin: string) => string;
  readonly promised: (node: string) => string;
  readonly allAsked: (nodes: number) => string;
  readonly someAsked: (sample: {
    readonly asked: number;
    readonly nodes: number;
    readonly first: string;
    readonly enough: number;
  }) => string;
  readonly noNodes: string;
  readonly refused: (count: number) => string;
  readonly more: (count: number) => string;
  readonly onlyOne: (node: string) => string;
  readonly scores: (shown: number, all: number) => string;
  readonly total: string;
  readonly highest: (node: string) => string;
  readonly drawn: (node: string, count: number) => string;
  readonly room: (count: number) => string;
  readonly wouldGo: (violations: number) => string;
  readonly priority: (value: number) => string;
  readonly chosenRoom: (node: string, harm: Harm | undefined) => string;
  readonly noRoom: (why: string) => string;
  readonly neverPreempts: string;
  readonly otherwise: string;
}

const HARM_EN: Readonly<Record<Harm, string>> = {
  budgets: 'the fewest disruption budgets are broken there',
  highest: 'the most important pod that goes is the least important there',
  sum: 'the priorities of those that go come to the least there',
  count: 'the fewest pods go there',
  latest: 'the most important of those that go started last there',
};

const HARM_KO: Readonly<Record<Harm, string>> = {
  budgets: '그곳에서 깨지는 PodDisruptionBudget이 가장 적다',
  highest: '그곳에서 나가는 파드 중 가장 중요한 것의 우선순위가 가장 낮다',
  sum: '그곳에서 나가는 파드들의 우선순위 합이 가장 작다',
  count: '그곳에서 나가는 파드가 가장 적다',
  latest: '그곳에서 나가는 가장 중요한 파드가 가장 늦게 시작했다',
};

const ENGLISH: DecisionWords = {
  profile: (name) => `by the profile ${name}`,
  everywhere: (plugin) => `${plugin} refused before any node was asked:`,
  promised: (node) => `room had been made on ${node}, and the pod fits there: no other node was asked`,
  allAsked: (nodes) => (nodes === 1 ? 'the only node was asked' : `all ${nodes} nodes were asked`),
  someAsked: ({ asked, nodes, first, enough }) =>
    `${asked} of ${nodes} nodes were asked, from ${first} on: ${enough} that fit are enough to choose from`,
  noNodes: 'there was no node to ask',
  refused: (count) => `${count} refused`,
  more: (count) => `… and ${count} more`,
  onlyOne: (node) => `only ${node} fits: nothing to compare`,
  scores: (shown, all) =>
    shown === all ? `scores of ${all} that fit` : `the best ${shown} of ${all} that fit`,
  total: 'total',
  highest: (node) => `${node} has the highest total`,
  drawn: (node, count) => `${count} share the highest total; the draw fell on ${node}`,
  room: (count) =>
    count === 1
      ? 'pods of lower priority could make room on one node'
      : `pods of lower priority could make room on ${count} nodes`,
  wouldGo(violations) {
    if (violations === 0) return 'would go:';
    return `would go, against ${violations} disruption ${violations === 1 ? 'budget' : 'budgets'}:`;
  },
  priority: (value) => `priority ${value}`,
  chosenRoom: (node, harm) =>
    harm
      ? `chosen: ${node}, because ${HARM_EN[harm]}`
      : `chosen: ${node}, the first of those that do the least harm`,
  noRoom: (why) => `no room can be made: ${why}`,
  neverPreempts: 'this profile makes no room for pods',
  otherwise: 'the log says otherwise: it was written by another version of kubereel',
};

const KOREAN: DecisionWords = {
  profile: (name) => `프로필 ${name}`,
  everywhere: (plugin) => `노드를 묻기도 전에 거절당했다. ${plugin}:`,
  promised: (node) => `${node}에 미리 자리를 비워 두었고 파드가 들어간다. 다른 노드는 묻지 않았다`,
  allAsked: (nodes) => `노드 ${nodes}개를 모두 물었다`,
  someAsked: ({ asked, nodes, first, enough }) =>
    `노드 ${nodes}개 중 ${first}부터 ${asked}개만 물었다. 들어갈 노드가 ${enough}개면 고르기에 충분하다`,
  noNodes: '물어볼 노드가 없었다',
  refused: (count) => `${count}개가 거절했다`,
  more: (count) => `… 그 밖에 ${count}개`,
  onlyOne: (node) => `들어갈 곳은 ${node}뿐이다. 비교할 것이 없다`,
  scores: (shown, all) =>
    shown === all ? `들어갈 수 있는 ${all}개의 점수` : `들어갈 수 있는 ${all}개 중 점수가 높은 ${shown}개`,
  total: '합계',
  highest: (node) => `${node}의 합계가 가장 높다`,
  drawn: (node, count) => `합계가 가장 높은 노드가 ${count}개라 뽑기로 정했다: ${node}`,
  room: (count) => `우선순위가 낮은 파드를 내보내면 자리가 나는 노드가 ${count}개 있다`,
  wouldGo: (violations) =>
    violations === 0 ? '나갈 파드:' : `나갈 파드 (PodDisruptionBudget ${violations}개가 깨진다):`,
  priority: (value) => `우선순위 ${value}`,
  chosenRoom: (node, harm) =>
    `고른 노드는 ${node}: ${harm ? HARM_KO[harm] : '피해가 가장 적은 노드 중 첫째다'}`,
  noRoom: (why) => `자리를 만들 수 없다: ${why}`,
  neverPreempts: '이 프로필은 자리를 만들지 않는다',
  otherwise: '로그에는 다르게 적혀 있다. 다른 버전의 kubereel이 쓴 로그다',
};

export function decisionWords(language: string): DecisionWords {
  return language === 'ko' ? KOREAN : ENGLISH;
}
