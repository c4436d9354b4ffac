import type { Files } from '../../../src/cluster/clients/files.ts';
import { kubectlClient } from '../../../src/cluster/clients/kubectl-client.ts';
import type { CommandRow } from '../../../src/cluster/contract/client-rows.ts';
import type { Component } from '../../../src/cluster/contract/component.ts';
import type { Event } from '../../../src/cluster/contract/event.ts';
import type { ClusterSettings } from '../../../src/cluster/contract/settings.ts';
import { createClusterModel } from '../../../src/cluster/model.ts';
import { emptyWorld, type World } from '../../../src/cluster/world/world.ts';
import type { Entry } from '../../../src/kernel/log/entry.ts';
import type { Model } from '../../../src/kernel/run/agenda.ts';
import { commits, startRun } from '../../../src/kernel/run/run.ts';
import { commandsIn, idOf, SETTINGS, type TypedAt } from './type-lines.ts';

export interface ClusterOptions {
  readonly files?: Files;
  readonly minor?: number;
  readonly until?: number;
  readonly nodes?: number;
  /** What happens besides. */
  readonly facts?: readonly (readonly [at: number, fact: Event])[];
}

export interface TypedInCluster {
  readonly commands: readonly CommandRow[];
  readonly log: readonly Entry<Event>[];
  readonly model: Model<World, Event>;
}

/** Lines typed into a whole cluster, of one node if not told otherwise. */
export function typeInCluster(
  lines: readonly TypedAt[],
  { files = {}, minor = 36, until = 120_000, nodes = 1, facts = [] }: ClusterOptions = {},
): TypedInCluster {
  const settings: ClusterSettings = {
    ...SETTINGS,
    version: { minor, patch: 2 },
    nodes: Array.from({ length: nodes }, (_, index) => ({
      name: `node-${index + 1}`,
      capacity: { cpu: '4', memory: '8Gi', pods: '110', 'ephemeral-storage': '50Gi' },
      labels: {},
      taints: [],
      kubeletStartedAt: -3_600_000,
      controlPlane: false,
    })),
  };
  const typed = lines.map(([at, line], index): readonly [number, Event] => [
    at,
    { type: 'CommandTyped', command: idOf(index), line },
  ]);
  const clients = [kubectlClient({ files }), happening(settings, [...typed, ...facts])];
  const model = createClusterModel(settings, clients);
  const run = startRun(model, emptyWorld());
  const log = [...commits(run, until)].flat();
  return { commands: commandsIn(run.world, lines), log, model };
}

const ACTOR = 'script';

function happening(
  settings: ClusterSettings,
  facts: readonly (readonly [at: number, fact: Event])[],
): Component {
  const times = [...new Set([0, ...facts.map(([at]) => at)])].sort((a, b) => a - b);
  return {
    name: ACTOR,
    readsStore: true,
    addresses: () => times.map((at) => ({ actor: ACTOR, key: String(at) })),
    wake: (_view, { key }, from) => (from > Number(key) ? undefined : { at: Number(key), cause: null }),
    *reconcile(_view, { key }) {
      if (key === '0') yield { type: 'ClusterConfigured', settings };
      for (const [at, fact] of facts) if (at === Number(key)) yield fact;
    },
  };
}
