import type { Pod, PodSpec } from '../../../src/cluster/objects/kubernetes.ts';
import { create, type Play, type PlayOptions, playCluster, type Typed, timeline } from './play.ts';

/** A pod of one busybox container. */
export function podOf(
  name: string,
  script: string,
  { spec = {}, container = {} }: { spec?: Partial<PodSpec>; container?: object } = {},
): Pod {
  const command = ['sh', '-c', script];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: { containers: [{ name: 'c', image: 'busybox:1.36', command, ...container }], ...spec },
  };
}

export function played(pods: readonly Pod[], options: PlayOptions, more: readonly Typed[] = []): Play {
  return playCluster([...pods.map((pod, index) => create(1000 + index, pod)), ...more], options);
}

/** Lines of the time line that speak of a pod and match, without what is not asked for. */
export function lines(play: Play, pattern: RegExp): string[] {
  return timeline(play).filter((line) => pattern.test(line));
}

export const timeOf = (line = ''): number => Number(/t\+\s*([\d.]+)/.exec(line)?.[1]);

/** Seconds between what some lines tell of. */
export function gaps(found: readonly string[]): number[] {
  return found.slice(1).map((line, index) => timeOf(line) - timeOf(found[index]));
}

/** What a container of a pod has written: all of its attempts, one after another. */
export function logOf({ log }: Play, pod: string, container = 'c'): string {
  const ids = new Set<string>();
  let text = '';
  for (const { event } of log) {
    if (event.type === 'ContainerCreated' && event.name === container && event.pod.includes(`/${pod}/`))
      ids.add(event.id);
    if (event.type === 'ContainerLogged' && ids.has(event.container)) text += event.text;
  }
  return text;
}

/** How many facts of each of some kinds a stretch of time has. */
export function countOf(
  { log }: Play,
  type: string,
  { from = 0, to = Number.POSITIVE_INFINITY } = {},
): number {
  return log.filter(({ event, at }) => event.type === type && at >= from && at < to).length;
}
