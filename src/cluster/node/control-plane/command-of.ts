import type { View } from '../../contract/component.ts';
import type { ContainerRow } from '../../contract/machine-rows.ts';
import { containerSpec } from '../pod-worker/pod-context.ts';

/** The words that a container's program was started with, its own name first. */
export function commandOf({ rows }: View, { pod, name }: ContainerRow): readonly string[] {
  const spec = rows.row('podWorkers', pod)?.pod;
  const { command = [], args = [] } = (spec && containerSpec(spec, name)) ?? {};
  return [...command, ...args];
}

/** `--name=value`, or `--name value`; the last of several counts. */
export function flagOf(words: readonly string[], name: string): string | undefined {
  const at = words.findLastIndex((word) => word === `--${name}` || word.startsWith(`--${name}=`));
  const word = words[at];
  if (word === undefined) return undefined;
  return word.includes('=') ? word.slice(word.indexOf('=') + 1) : (words[at + 1] ?? '');
}
