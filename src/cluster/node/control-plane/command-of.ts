import type { View } from '../../contract/component.ts';
import type { ContainerRow } from '../../contract/machine-rows.ts';
import { containerSpec } from '../pod-worker/pod-context.ts';

/** The words that a container's program was started with, its own name first. */
export function commandOf({ rows }: View, { pod, name }: ContainerRow): readonly string[] {
  const spec = rows.row('podWorkers', pod)?.pod;
  const { command = [], args = [] } = (spec && containerSpec(spec, name)) ?? {};
  return [...command, ...args];
}
