import type { View } from '../contract/component.ts';
import type { MachineRow } from '../contract/machine-rows.ts';
import type { AutoscalerSettings, NodeGroup } from '../contract/settings.ts';
import { settingsOfNode } from '../node/settings-of-node.ts';
import { isConditionTrue } from '../objects/conditions.ts';
import type { Node } from '../objects/kubernetes.ts';

/** A group with the machines that it has, those among them that boot still included. */
export interface Group {
  readonly settings: NodeGroup;
  readonly machines: readonly MachineRow[];
  /** How many it has ever had: the next one is numbered on. */
  readonly everHad: number;
}

export function groupsOf(view: View, { groups }: AutoscalerSettings): readonly Group[] {
  const all = view.rows.rowsBy('machines', 'all', '');
  return groups.map((settings) => {
    const own = all.filter(({ node }) => settingsOfNode(view, node)?.group === settings.name);
    return { settings, machines: own.filter(({ removed }) => removed === undefined), everHad: own.length };
  });
}

/** The Node of a machine; undefined while it has not registered. */
export function nodeOfMachine({ objects }: View, { node }: MachineRow): Node | undefined {
  return objects.get<Node>('nodes', undefined, node);
}

export function isReady({ status }: Node): boolean {
  return isConditionTrue(status?.conditions, 'Ready');
}

/** When a machine of any group was added last, in virtual milliseconds; undefined where none ever was. */
export function lastAddedAt(groups: readonly Group[]): number | undefined {
  const times = groups.flatMap(({ machines }) => machines.flatMap(({ joined }) => joined?.at ?? []));
  return times.length === 0 ? undefined : Math.max(...times);
}

/** The number at the end of a machine's name. */
export function numberOf(name: string): number {
  return Number(/\d+$/.exec(name)?.[0] ?? 0);
}
