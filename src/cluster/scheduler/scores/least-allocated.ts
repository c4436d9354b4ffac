import type { Pod } from '../../objects/kubernetes.ts';
import type { NodeInfo } from '../node-info.ts';
import { numbersOfList } from '../resource-amounts.ts';
import type { Score } from './score.ts';

/** What a container without a request is taken to need (scheduler: util/pod_resources.go). */
const DEFAULT_MILLI_CPU = 100;
const DEFAULT_MEMORY = 200 * 1024 * 1024;

/**
 * The emptier the better, over cpu and memory (scheduler: noderesources/least_allocated.go), whole numbers.
 */
export const leastAllocated: Score = {
  name: 'NodeResourcesFit',
  weight: 1,
  scores: (pod, infos) => infos.map((info) => scoreOf(pod, info)),
};

function scoreOf(pod: Pod, { allocatable, pods }: NodeInfo): number {
  let sum = 0;
  let weights = 0;
  for (const [name, fallback] of [
    ['cpu', DEFAULT_MILLI_CPU],
    ['memory', DEFAULT_MEMORY],
  ] as const) {
    const has = allocatable[name] ?? 0;
    if (has === 0) continue;
    const asked = [...pods, pod].reduce((total, each) => total + nonZeroRequest(each, name, fallback), 0);
    sum += asked > has ? 0 : Math.floor(((has - asked) * 100) / has);
    weights++;
  }
  return weights === 0 ? 0 : Math.floor(sum / weights);
}

function nonZeroRequest(pod: Pod, name: 'cpu' | 'memory', fallback: number): number {
  return pod.spec.containers.reduce(
    (total, container) => total + (numbersOfList(container.resources?.requests)[name] ?? fallback),
    0,
  );
}
