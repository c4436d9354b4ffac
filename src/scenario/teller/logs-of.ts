import type { Pod } from '../../cluster/objects/kubernetes.ts';
import { matchesLabels, parseLabelSelector } from '../../cluster/objects/label-selector.ts';
import type { LogsCondition } from '../condition.ts';
import { withCaptured } from '../language/captured-names.ts';
import type { Judging } from './verdict.ts';

/** What a container of a pod has written so far. */
export interface ContainerLogs {
  readonly pod: string;
  readonly text: string;
  /** seq of the entry that wrote the last of it; of the container's, where there is none. */
  readonly changedAt: number | null;
}

type Found =
  | { readonly logs: readonly [ContainerLogs, ...ContainerLogs[]] }
  | { readonly none: string; readonly cause: number | null };

/** What the containers have written that a condition means, or why there is nothing to read. */
export function logsOf(condition: LogsCondition, judging: Judging): Found {
  const found = podsOf(condition, judging).map((pod) => logsOfPod(condition, pod, judging));
  const [first, ...more] = found.flatMap((each) => ('text' in each ? [each] : []));
  if (first) return { logs: [first, ...more] };
  const [none] = found;
  return none && 'none' in none ? none : { none: nobodyWords(condition, judging), cause: null };
}

function podsOf({ pod, selector, namespace }: LogsCondition, { view, captured }: Judging): readonly Pod[] {
  if (pod !== undefined) {
    const found = view.objects.get<Pod>('pods', namespace, withCaptured(pod, captured));
    return found ? [found] : [];
  }
  const parsed = parseLabelSelector(selector ?? '');
  if (!parsed.ok) return [];
  return view.objects
    .list<Pod>('pods', namespace)
    .filter(({ metadata }) => matchesLabels(parsed.requirements, metadata.labels));
}

function nobodyWords({ pod, selector, namespace }: LogsCondition, { captured }: Judging): string {
  if (pod === undefined) return `matched nothing: -l ${selector} selects no Pod in namespace ${namespace}`;
  return `matched nothing: there is no Pod "${withCaptured(pod, captured)}" in namespace ${namespace}`;
}

function logsOfPod(
  { namespace, container, previous }: LogsCondition,
  pod: Pod,
  { view: { rows, objects } }: Judging,
): ContainerLogs | { readonly none: string; readonly cause: number | null } {
  const { name = '', uid } = pod.metadata;
  const cause = objects.changedAt(`/registry/pods/${namespace}/${name}`) ?? null;
  const attempts = rows.rowsBy('containers', 'pod', `${namespace}/${name}/${uid}`);
  const names = [...new Set(attempts.map((row) => row.name))];
  const wanted = container ?? (names.length === 1 ? names[0] : undefined);
  if (wanted === undefined) {
    const none =
      names.length === 0 ? 'has had no container yet' : `has the containers ${names.join(', ')}: say which`;
    return { none: `Pod ${name} ${none}`, cause };
  }
  const own = attempts.filter((row) => row.name === wanted).sort((a, b) => b.attempt - a.attempt);
  const chosen = own[previous ? 1 : 0];
  if (!chosen) {
    const none = `container ${wanted} of Pod ${name} has ${previous ? 'not been restarted' : 'not been created'}`;
    return { none, cause };
  }
  const lines = rows.rowsBy('logs', 'container', chosen.id);
  const text = lines.map((line) => line.text).join('');
  return { pod: name, text, changedAt: lines.at(-1)?.seq ?? rows.changedAt('containers', chosen.id) };
}
