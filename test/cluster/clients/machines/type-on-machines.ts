import type { Files } from '../../../../src/cluster/clients/files.ts';
import type { CommandRow } from '../../../../src/cluster/contract/client-rows.ts';
import { rowReader } from '../../../../src/cluster/world/readers.ts';
import type { Scenario } from '../../../../src/scenario/scenario.ts';
import { type Played, playToEnd, scenarioOf } from '../../../support/play-scenario.ts';

export interface TypedOnMachines {
  /** What each line printed, both streams together, in the order of the lines. */
  readonly printed: readonly string[];
  readonly exitCodes: readonly (number | undefined)[];
  readonly played: Played;
  readonly scenario: Scenario;
}

/** What a step is, or only its line. */
export type Typing = string | Readonly<Record<string, unknown>>;

const OWN = { nodes: [{ name: 'cp-1', controlPlane: true }, { name: 'node-1' }, { name: 'node-2' }] };

/** Lines typed one after another in a cluster with machines; some of them may fail. */
export function typeOnMachines(
  steps: readonly Typing[],
  { files = {}, cluster = OWN }: { readonly files?: Files; readonly cluster?: object } = {},
): TypedOnMachines {
  const document = {
    apiVersion: 'kubereel.dev/v1',
    kind: 'Scenario',
    metadata: { name: 'typed' },
    cluster,
    steps: steps.map((step) => (typeof step === 'string' ? { run: step } : step)),
  };
  const scenario = scenarioOf({ ...files, 'scenario.yaml': JSON.stringify(document) });
  const played = playToEnd(scenario);
  const { world } = played.run;
  const rows = rowReader({ tables: world.store.tables, seq: world.seq });
  const commands = steps.flatMap((_, index): CommandRow[] => {
    const row = rows.row('commands', `step-${index + 1}`);
    return row === undefined ? [] : [row];
  });
  return {
    printed: commands.map(({ stdout, stderr }) => stdout + stderr),
    exitCodes: commands.map(({ exitCode }) => exitCode),
    played,
    scenario,
  };
}
