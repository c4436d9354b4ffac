import { MINUTE, type Millis } from '../../../kernel/time/millis.ts';
import { formatRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { Reaction, View, Wake } from '../../contract/component.ts';
import type { MachineRow } from '../../contract/machine-rows.ts';
import { isEqualJson } from '../../objects/json.ts';
import type { Node, NodeCondition } from '../../objects/kubernetes.ts';
import { firstTick, gridOf } from '../clock.ts';
import { healthyConditions } from './node-conditions.ts';

/** A node's status is told this often if nothing changes. Kubelet: nodeStatusReportFrequency. */
const REPORT_MS = 5 * MINUTE;

/** Tells the API server how the node is. Kubelet: kubelet_node_status.go. */
export function* reportNode(view: View, node: string, now: Millis): Reaction {
  if (!view.rows.row('machines', node)?.kubelet.running) return;
  const got = yield { verb: 'get', resource: 'nodes', name: node };
  if (!got.ok) return;
  const { status } = got.object as Node;
  const time = formatRfc3339(view.settings.epochMs + now);
  const conditions = conditionsAfter(status?.conditions ?? [], time);
  const images = view.rows
    .rowsBy('images', 'node', node)
    .map(({ names, sizeBytes }) => ({ names: [...names], sizeBytes }));
  const hasNewImages = !isEqualJson(bySize(images), bySize(status?.images ?? []));
  const patch = { status: { conditions, ...(hasNewImages && { images: bySize(images) }) } };
  yield { verb: 'patch', resource: 'nodes', subresource: 'status', name: node, patchType: 'merge', patch };
}

/** Kubelet: nodestatus/setters.go Images, largest first. */
function bySize<Image extends { readonly sizeBytes?: number }>(images: readonly Image[]): Image[] {
  return [...images].sort((a, b) => (b.sizeBytes ?? 0) - (a.sizeBytes ?? 0));
}

function conditionsAfter(before: readonly NodeCondition[], time: string): NodeCondition[] {
  const own = healthyConditions(time, time).map((condition) => {
    const old = before.find(({ type }) => type === condition.type);
    const since = old?.status === condition.status ? old.lastTransitionTime : undefined;
    return since === undefined ? condition : { ...condition, lastTransitionTime: since };
  });
  return [...before.filter(({ type }) => !own.some((condition) => condition.type === type)), ...own];
}

export function reportWake(view: View, machine: MachineRow, from: Millis): Wake {
  const grid = gridOf(view.chance, machine, { purpose: 'report phase', period: REPORT_MS });
  return { at: firstTick(grid, from), cause: null };
}
