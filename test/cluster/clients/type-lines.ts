import { decide } from '../../../src/cluster/apiserver/decide.ts';
import type { Files } from '../../../src/cluster/clients/files.ts';
import { kubectlClient } from '../../../src/cluster/clients/kubectl-client.ts';
import type { CommandRow } from '../../../src/cluster/contract/client-rows.ts';
import type { Component } from '../../../src/cluster/contract/component.ts';
import type { Event } from '../../../src/cluster/contract/event.ts';
import { DEFAULT_LATENCIES } from '../../../src/cluster/contract/latencies.ts';
import type { Request } from '../../../src/cluster/contract/request.ts';
import type { ClusterSettings } from '../../../src/cluster/contract/settings.ts';
import { createAgenda } from '../../../src/cluster/runtime/agenda.ts';
import { assemble } from '../../../src/cluster/runtime/cluster.ts';
import { evolve } from '../../../src/cluster/world/evolve.ts';
import { rowReader } from '../../../src/cluster/world/readers.ts';
import { emptyWorld, type World } from '../../../src/cluster/world/world.ts';
import type { Entry } from '../../../src/kernel/log/entry.ts';
import type { Model } from '../../../src/kernel/run/agenda.ts';
import { commits, startRun } from '../../../src/kernel/run/run.ts';

export const SETTINGS: ClusterSettings = {
  epochMs: 1_795_239_513_000,
  seed: 'test',
  version: { minor: 36, patch: 2 },
  namespace: 'default',
  nodes: [],
  latencies: DEFAULT_LATENCIES,
  images: {},
  presentImages: [],
};

/** A line to type, at a time in virtual milliseconds. */
export type TypedAt = readonly [at: number, line: string];

/** Something that is asked of the API server, or a fact, at a time. */
export type DoneAt = readonly [at: number, deed: Request | Event];

export interface TypingOptions {
  readonly files?: Files;
  readonly minor?: number;
  readonly deeds?: readonly DoneAt[];
  /** Virtual milliseconds at which all ends. */
  readonly until?: number;
}

export interface Typed {
  readonly commands: readonly CommandRow[];
  readonly log: readonly Entry<Event>[];
  readonly world: World;
  readonly model: Model<World, Event>;
}

/** Lines typed into a cluster that is an API server and nothing else. */
export function typeLines(lines: readonly TypedAt[], options: TypingOptions = {}): Typed {
  const { files = {}, minor = 36, deeds = [], until = 600_000 } = options;
  const settings = { ...SETTINGS, version: { minor, patch: 2 } };
  const all: readonly DoneAt[] = [
    ...FIRST_OBJECTS.map((request): DoneAt => [0, request]),
    ...deeds,
    ...lines.map(([at, line], index): DoneAt => [at, { type: 'CommandTyped', command: idOf(index), line }]),
  ];
  const cluster = assemble(settings, decide, [kubectlClient({ files }), scripted(all, settings)]);
  const model: Model<World, Event> = { evolve, agenda: (world, log) => createAgenda(cluster, world, log) };
  const run = startRun(model, emptyWorld());
  const log = [...commits(run, until)].flat();
  return { commands: commandsIn(run.world, lines), log, world: run.world, model };
}

/** What has become of the lines that were typed. */
export function commandsIn(world: World, lines: readonly TypedAt[]): readonly CommandRow[] {
  const rows = rowReader({ tables: world.store.tables, seq: world.seq });
  return lines.map(([at], index) => {
    const row = rows.row('commands', idOf(index));
    if (row === undefined) throw new Error(`line ${index} was not typed, though it should be at ${at} ms`);
    return row;
  });
}

/** The command that a line is, by its place among them. */
export function idOf(index: number): string {
  return `c${index + 1}`;
}

const ACTOR = 'script';

/** What stands in every cluster before anybody types. */
export const FIRST_OBJECTS: readonly Request[] = ['default', 'kube-system'].flatMap((name): Request[] => [
  {
    verb: 'create',
    resource: 'namespaces',
    object: { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
  },
  {
    verb: 'create',
    resource: 'serviceaccounts',
    namespace: name,
    object: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default' } },
  },
]);

/**
 * Does what the script says when its time has come: a person, a controller, a kubelet, whatever the test
 * needs.
 */
function scripted(deeds: readonly DoneAt[], settings: ClusterSettings): Component {
  const times = [...new Set(deeds.map(([at]) => at))].sort((a, b) => a - b);
  return {
    name: ACTOR,
    readsStore: true,
    addresses: () => times.map((at) => ({ actor: ACTOR, key: String(at) })),
    // The first entry after its time shows that a piece of the script has been done.
    wake: (_view, { key }, from) => (from > Number(key) ? undefined : { at: Number(key), cause: null }),
    *reconcile(_view, { key }) {
      if (key === '0') yield { type: 'ClusterConfigured', settings };
      for (const [at, deed] of deeds) {
        if (at !== Number(key)) continue;
        const answer = yield deed;
        if ('verb' in deed && !answer.ok) throw new Error(`the script was refused: ${answer.status.message}`);
      }
    },
  };
}
