import type { Millis } from '../../kernel/time/millis.ts';
import type { View } from '../contract/component.ts';
import type { MachineEvent } from '../contract/machine-event.ts';
import type { PathEnd, PathHarm } from '../contract/path-row.ts';
import type { LabelRequirements } from '../objects/label-selector.ts';
import { nodesNamed } from './nodes-named.ts';

/** Who is meant by an end of a path; where nothing is said, anybody. */
export interface PartyOrder {
  /** As it is written: `pods/app=web`, `node-1`. */
  readonly text: string;
  /** Names of machines, and zones. */
  readonly nodes?: readonly string[];
  /** Absent namespace: that of kubectl's context. */
  readonly pods?: { readonly namespace?: string; readonly selector: LabelRequirements };
  readonly outside?: true;
}

/** The packets that go from some to others. */
export interface PathOrder {
  readonly from: PartyOrder;
  readonly to: PartyOrder;
  readonly bothWays?: true;
}

export type PathFault =
  | ({
      readonly of: 'path';
      readonly does: 'is harmed';
      readonly harm: PathHarm;
      readonly lost?: number;
      readonly lateMs?: Millis;
    } & PathOrder)
  /** Without a harm: of whatever it suffers; without a path: all of them. */
  | { readonly of: 'path'; readonly does: 'is mended'; readonly harm?: PathHarm; readonly path?: PathOrder };

export function pathFaultEvent(fault: PathFault, view: View): MachineEvent {
  if (fault.does === 'is mended') {
    const { harm, path } = fault;
    return { type: 'PathMended', ...(harm && { harm }), ...(path && { path: pathText(path) }) };
  }
  const { harm, lost, lateMs, from, to, bothWays } = fault;
  return {
    type: 'PathHarmed',
    harm,
    path: pathText({ from, to, ...(bothWays && { bothWays }) }),
    from: endOf(from, view),
    to: endOf(to, view),
    ...(bothWays && { bothWays }),
    ...(lost !== undefined && { lost }),
    ...(lateMs !== undefined && { lateMs }),
  };
}

/** `pods/app=web to pods/app=db`, `node-1 and node-2`. */
function pathText({ from, to, bothWays }: PathOrder): string {
  return `${from.text} ${bothWays ? 'and' : 'to'} ${to.text}`;
}

function endOf({ nodes, pods, outside }: PartyOrder, view: View): PathEnd {
  const { namespace = view.settings.namespace, selector = [] } = pods ?? {};
  return {
    ...(nodes && { nodes: nodes.flatMap((node) => nodesNamed(node, view)) }),
    ...(pods && { pods: { namespace, selector } }),
    ...(outside && { outside }),
  };
}
