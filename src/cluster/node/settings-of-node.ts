import type { View } from '../contract/component.ts';
import type { NodeSettings } from '../contract/settings.ts';

/** What a machine is made of: there from the beginning, or added later. */
export function settingsOfNode({ settings, rows }: View, node: string): NodeSettings | undefined {
  return settings.nodes.find(({ name }) => name === node) ?? rows.row('machines', node)?.joined?.settings;
}
