import type { KubeObject } from '../../src/cluster/objects/kube-object.ts';
import { objectReader } from '../../src/cluster/world/readers.ts';
import { playToEnd, scenarioOf } from './play-scenario.ts';

/**
 * What was said to lines typed one after another into a cluster of one node, and what there is at the end.
 * Lines after `! ` are to fail.
 */
export function storyOf(
  files: Readonly<Record<string, string>>,
  lines: readonly string[],
  more: Readonly<Record<string, unknown>> = {},
) {
  const steps = lines.map((line) =>
    line.startsWith('! ') ? { run: line.slice(2), expect: { exitCode: 1 } } : { run: line },
  );
  const scenario = {
    apiVersion: 'kubereel.dev/v1',
    kind: 'Scenario',
    metadata: { name: 'story' },
    cluster: { nodes: 1 },
    ...more,
    steps,
  };
  const { run, log } = playToEnd(scenarioOf({ ...files, 'scenario.yaml': JSON.stringify(scenario) }));
  const printed = new Map<string, string>();
  for (const { event } of log) {
    if (event.type === 'CommandTyped') printed.set(event.command, '');
    if (event.type !== 'CommandPrinted') continue;
    const { command, stdout = '', stderr = '' } = event;
    printed.set(command, `${printed.get(command) ?? ''}${stderr}${stdout}`);
  }
  const { store, seq } = run.world;
  const reader = objectReader({ tables: store.tables, seq });
  return {
    log,
    said: [...printed.values()],
    objects: <Kind extends KubeObject>(resource: string) => reader.list<Kind>(resource),
  };
}
