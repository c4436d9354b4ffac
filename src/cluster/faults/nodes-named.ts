import type { View } from '../contract/component.ts';
import { ZONE } from '../contract/machine-rows.ts';

/** The machines of a zone, or the one that is named. */
export function nodesNamed(name: string, { settings, rows }: View): readonly string[] {
  if (!name.startsWith(ZONE)) return [name];
  const joined = rows
    .rowsBy('machines', 'all', '')
    .flatMap(({ joined: each }) => (each ? [each.settings] : []));
  return [...settings.nodes, ...joined]
    .filter(({ labels }) => labels['topology.kubernetes.io/zone'] === name.slice(ZONE.length))
    .map((node) => node.name);
}
