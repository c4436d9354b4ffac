import type { Decide } from '../../../src/cluster/contract/api-server.ts';
import type { Component } from '../../../src/cluster/contract/component.ts';
import type { Event } from '../../../src/cluster/contract/event.ts';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import { storageKey } from '../../../src/cluster/objects/storage-key.ts';
import { createAgenda } from '../../../src/cluster/runtime/agenda.ts';
import { assemble } from '../../../src/cluster/runtime/cluster.ts';
import { evolve } from '../../../src/cluster/world/evolve.ts';
import { deltaOf } from '../../../src/cluster/world/object-delta.ts';
import { emptyWorld, type World } from '../../../src/cluster/world/world.ts';
import type { Entry } from '../../../src/kernel/log/entry.ts';
import type { Model } from '../../../src/kernel/run/agenda.ts';
import { commits, startRun } from '../../../src/kernel/run/run.ts';
import { loadScenario } from '../../../src/scenario/language/load-scenario.ts';
import type { Scenario } from '../../../src/scenario/scenario.ts';
import { createTeller } from '../../../src/scenario/teller/teller.ts';

/** What happens in the tiny cluster by itself: objects as they are from a time on, `null` for gone. */
export type Happenings = readonly (readonly [
  atMs: number,
  resource: string,
  object: KubeObject | GoneObject,
])[];

interface GoneObject {
  readonly gone: true;
  readonly namespace?: string;
  readonly name: string;
}

/** What a typed line does: how long it takes, what it prints, how it ends. */
export interface Behaviour {
  readonly takesMs?: number;
  readonly stdout?: string;
  readonly stderr?: string;
  /** Absent: it never ends. */
  readonly exitCode?: number;
}

export interface Tiny {
  readonly happenings?: Happenings;
  readonly behaviours?: Readonly<Record<string, Behaviour>>;
}

/** A scenario out of its steps and whatever else it says, without its head. */
export function scenarioOf(body: string, files: Readonly<Record<string, string>> = {}): Scenario {
  const text = `apiVersion: kubereel.dev/v1\nkind: Scenario\nmetadata: { name: tiny }\n${body}`;
  const { scenario, diagnostics } = loadScenario({ ...files, 'scenario.yaml': text }, 'scenario.yaml');
  if (!scenario) throw new Error(JSON.stringify(diagnostics, undefined, 2));
  return scenario;
}

/** A cluster in which nothing happens but what a test says: enough to see the teller alone at work. */
export function tinyModel(scenario: Scenario, tiny: Tiny): Model<World, Event> {
  const components = [createTeller(scenario), nature(tiny.happenings ?? []), typist(tiny.behaviours ?? {})];
  const cluster = assemble(scenario.settings, refuseAll, components);
  return { evolve, agenda: (world, log) => createAgenda(cluster, world, log) };
}

/** All that is logged; the tiny cluster falls silent by itself. */
export function play(scenario: Scenario, tiny: Tiny = {}): readonly Entry<Event>[] {
  return [...commits(startRun(tinyModel(scenario, tiny), emptyWorld()))].flat();
}

const refuseAll: Decide<World> = () => ({
  events: [],
  response: { ok: false, status: { code: 403, reason: 'Forbidden', message: 'nobody asks here' } },
});

/** One address for each happening, so that the next is due whatever was logged before. */
function nature(happenings: Happenings): Component {
  return {
    name: 'nature',
    readsStore: true,
    addresses: () => happenings.map((_, index) => ({ actor: 'nature', key: String(index) })),
    wake(view, { key }, from) {
      const at = happenings[Number(key)]?.[0] ?? 0;
      const done = Number(view.rows.row('counters', 'revision')?.value ?? 0);
      return Number(key) < done ? undefined : { at: Math.max(at, from), cause: null };
    },
    *reconcile(view, { key }) {
      const [, resource, object] = happenings[Number(key)] ?? [];
      if (resource === undefined || object === undefined) return;
      const revision = Number(key) + 1;
      const { name = '', namespace } = 'gone' in object ? object : object.metadata;
      const etcdKey = storageKey({ resource, name, ...(namespace !== undefined && { namespace }) });
      if ('gone' in object) {
        yield { type: 'ObjectDeleted', resource, key: etcdKey, revision };
        return;
      }
      const stored = { ...object, metadata: { ...object.metadata, resourceVersion: String(revision) } };
      const before = view.objects.byKey(etcdKey);
      if (before) yield { type: 'ObjectUpdated', resource, key: etcdKey, ...deltaOf(before, stored) };
      else yield { type: 'ObjectCreated', resource, key: etcdKey, object: stored };
    },
  };
}

/** Plays each line as it is told to; a line that it does not know ends at once. */
function typist(behaviours: Readonly<Record<string, Behaviour>>): Component {
  return {
    name: 'typist',
    readsStore: true,
    addresses: (view) =>
      view.rows.rowsBy('commands', 'running', 'yes').map(({ id }) => ({ actor: 'typist', key: id })),
    concernsOf: ({ event }) =>
      event.type === 'CommandTyped' ? [{ actor: 'typist', key: event.command }] : [],
    wake(view, { key }, from) {
      const row = view.rows.row('commands', key);
      if (!row || row.exitCode !== undefined) return undefined;
      const { takesMs = 0, stdout = '', exitCode } = behaviours[row.line] ?? { exitCode: 0 };
      if (exitCode === undefined && row.stdout === stdout) return undefined;
      return { at: Math.max(from, row.typedAt + takesMs), cause: view.rows.changedAt('commands', key) };
    },
    *reconcile(view, { key }) {
      const row = view.rows.row('commands', key);
      if (!row || row.exitCode !== undefined) return;
      const { stdout, stderr, exitCode } = behaviours[row.line] ?? { exitCode: 0 };
      if (stdout !== undefined || stderr !== undefined) {
        yield { type: 'CommandPrinted', command: key, ...(stdout && { stdout }), ...(stderr && { stderr }) };
      }
      if (exitCode !== undefined) yield { type: 'CommandEnded', command: key, exitCode };
    },
  };
}
