import type { View } from '../../cluster/contract/component.ts';
import type { LogsCondition } from '../scenario.ts';

/** What a container has written so far, or why there is nothing to read. */
export function logsOf(
  { namespace, pod: name, container, previous }: LogsCondition,
  { objects, rows }: View,
): { readonly text: string } | { readonly none: string } {
  const pod = objects.get('pods', namespace, name);
  if (!pod) return { none: `matched nothing: there is no Pod "${name}" in namespace ${namespace}` };
  const attempts = rows.rowsBy('containers', 'pod', `${namespace}/${name}/${pod.metadata.uid}`);
  const names = [...new Set(attempts.map((row) => row.name))];
  const wanted = container ?? (names.length === 1 ? names[0] : undefined);
  if (wanted === undefined) {
    const none =
      names.length === 0 ? 'has had no container yet' : `has the containers ${names.join(', ')}: say which`;
    return { none: `Pod ${name} ${none}` };
  }
  const own = attempts.filter((row) => row.name === wanted).sort((a, b) => b.attempt - a.attempt);
  const chosen = own[previous ? 1 : 0];
  if (!chosen)
    return {
      none: `container ${wanted} of Pod ${name} has ${previous ? 'not been restarted' : 'not been created'}`,
    };
  return {
    text: rows
      .rowsBy('logs', 'container', chosen.id)
      .map(({ text }) => text)
      .join(''),
  };
}
