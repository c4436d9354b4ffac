import type { Event } from '../../cluster/contract/event.ts';
import { DEFAULT_LATENCIES } from '../../cluster/contract/latencies.ts';
import type { ClusterSettings, NodeSettings } from '../../cluster/contract/settings.ts';
import { resourcesDefined } from '../../cluster/objects/custom/custom-resources.ts';
import type { KubeObject } from '../../cluster/objects/kube-object.ts';
import type { CoreEvent, CustomResourceDefinition, Pod } from '../../cluster/objects/kubernetes.ts';
import { listResources, type Resource, resourceForKind } from '../../cluster/objects/schema/resources.ts';
import { storageKey } from '../../cluster/objects/storage-key.ts';
import { deltaOf } from '../../cluster/world/object-delta.ts';
import type { Entry } from '../../kernel/log/entry.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import { keeperOf, makerOf } from '../normal/writers.ts';
import type { TypedCommand, WatchedChange } from '../play.ts';
import { recordedNodes } from './recorded-cluster.ts';
import type { Recording } from './recording.ts';
import { type Change, createTraces } from './traces.ts';

/** Who writes where a recording does not tell it. */
const UNKNOWN_WRITER = 'unrecorded';

/**
 * The recording of a real cluster as a log: what its watches reported and what was typed beside it, in the
 * order of time. What was not recorded is not there: the machines, most of the writers, and all causes but
 * that a typed command names what it wrote.
 */
export function recordedEntries(recording: Recording): readonly Entry<Event>[] {
  const { commands, changes, listed, name } = recording;
  const resources = resourcesOf(recording);
  const writer = createWriter(resources);
  writer.commit(0, 'genesis', [{ type: 'ClusterConfigured', settings: settingsOf(recording) }]);
  const title = { en: name };
  writer.commit(0, 'scenario', [{ type: 'ScenarioOpened', name, title, steps: commands.length }]);
  const unknown = unknownKinds(recording, resources);
  if (unknown.length > 0) {
    const message = `the recording tells of kinds that are not known here, and are left out: ${unknown.join(', ')}`;
    writer.commit(0, 'scenario', [{ type: 'NoticeGiven', about: name, message }]);
  }
  for (const message of recording.notices ?? [])
    writer.commit(0, 'scenario', [{ type: 'NoticeGiven', about: name, message }]);
  for (const object of listed) if (object.kind) writer.change({ atMs: 0, type: 'ADDED', object });
  for (const { happens } of inOrder([...typedAt(commands, writer), ...changedAt(changes, writer)])) happens();
  writer.commit(recording.watchedMs, 'scenario', [{ type: 'ScenarioEnded', passed: true }]);
  return writer.entries;
}

/** What every cluster has, and what the definitions in this one add. */
function resourcesOf({ changes, listed }: Recording): readonly Resource[] {
  const objects = [...listed, ...changes.map(({ object }) => object)];
  const definitions = objects.filter(({ kind }) => kind === 'CustomResourceDefinition');
  const last = new Map(definitions.map((object) => [object.metadata.name, object]));
  return [
    ...listResources(),
    ...[...last.values()].flatMap((each) => resourcesDefined(each as CustomResourceDefinition)),
  ];
}

function unknownKinds({ changes, listed }: Recording, resources: readonly Resource[]): readonly string[] {
  const kinds = [...listed, ...changes.map(({ object }) => object)]
    .filter(({ apiVersion, kind }) => resourceForKind(apiVersion, kind, resources) === undefined)
    .map(({ apiVersion, kind }) => `${kind} (${apiVersion})`);
  return [...new Set(kinds)].sort();
}

interface Happening {
  readonly at: Millis;
  readonly happens: () => void;
}

/** The order of what happened at one time stays. */
function inOrder(happenings: readonly Happening[]): readonly Happening[] {
  return [...happenings].sort((a, b) => a.at - b.at);
}

/**
 * The order of revisions is the true one. A watch that lags tells of a change later than it was, but it was
 * not after one of a later revision that another watch told of.
 */
function changedAt(changes: readonly WatchedChange[], writer: Writer): readonly Happening[] {
  let at = Number.POSITIVE_INFINITY;
  return changes
    .toReversed()
    .map((change) => {
      at = Math.min(at, change.atMs);
      const atMs = at;
      return { at, happens: () => writer.change({ ...change, atMs }) };
    })
    .reverse();
}

function typedAt(commands: readonly TypedCommand[], writer: Writer): readonly Happening[] {
  return commands.flatMap((command, index) => {
    const { line, beginMs, endMs, output, exitCode } = command;
    const step = index + 1;
    const id = `step-${step}`;
    const begins = (): void => {
      writer.commit(beginMs, 'scenario', [
        { type: 'StepBegan', step, kind: 'run', text: { en: line } },
        { type: 'CommandTyped', command: id, line },
      ]);
      writer.typing(command);
    };
    const ends = (): void =>
      writer.commit(endMs, 'kubectl', [
        ...(output === '' ? [] : [{ type: 'CommandPrinted', command: id, stdout: output } as const]),
        { type: 'CommandEnded', command: id, exitCode },
      ]);
    return [
      { at: beginMs, happens: begins },
      { at: endMs, happens: ends },
    ];
  });
}

interface Writer {
  readonly entries: Entry<Event>[];
  commit(at: Millis, actor: string, events: readonly Event[], cause?: number): void;
  /** What was typed last. */
  typing(command: TypedCommand): void;
  change(change: WatchedChange): void;
}

function createWriter(resources: readonly Resource[]): Writer {
  const entries: Entry<Event>[] = [];
  const stored = new Map<string, KubeObject>();
  const traces = createTraces(resources);
  let now = 0;
  let typed:
    | { readonly command: TypedCommand; readonly seq: number; readonly wrote: Set<string> }
    | undefined;
  const writer: Writer = {
    entries,
    commit(at, actor, events, cause) {
      now = Math.max(now, Math.round(at));
      for (const [index, event] of events.entries()) {
        const seq = entries.length + 1;
        const more = index < events.length - 1;
        entries.push({ seq, at: now, actor, key: '', cause: cause ?? null, event, ...(more && { more }) });
      }
    },
    typing(command) {
      typed = { command, seq: entries.length, wrote: new Set() };
    },
    change({ atMs, type, object, by }) {
      const found = eventOf({ type, object }, stored, resources);
      if (!found) return;
      const isTyped =
        typed !== undefined &&
        atMs <= typed.command.endMs &&
        isPrinted(object, typed.command) &&
        // What it says that it wrote, it wrote once.
        !typed.wrote.has(found.key);
      if (isTyped) typed?.wrote.add(found.key);
      const actor = isTyped ? 'kubectl' : (by ?? writerOf(found, object));
      writer.commit(atMs, actor, [found], isTyped ? typed?.seq : traces.causeOf(found, object, actor));
      traces.note(found, object, entries.length);
    },
  };
  return writer;
}

/**
 * What a change of a watch is in a log, of objects as they are stored; undefined where it says nothing new.
 */
function eventOf(
  { type, object }: Pick<WatchedChange, 'type' | 'object'>,
  stored: Map<string, KubeObject>,
  resources: readonly Resource[],
): Change | undefined {
  const resource = resourceForKind(object.apiVersion, object.kind, resources)?.name;
  const { name, namespace } = object.metadata;
  if (resource === undefined || name === undefined) return undefined;
  const key = storageKey(namespace === undefined ? { resource, name } : { resource, namespace, name });
  const before = stored.get(key);
  if (type === 'DELETED') {
    if (!before) return undefined;
    stored.delete(key);
    return { type: 'ObjectDeleted', resource, key, revision: Number(object.metadata.resourceVersion ?? 0) };
  }
  stored.set(key, object);
  if (!before) return { type: 'ObjectCreated', resource, key, object };
  const delta = deltaOf(before, object);
  return delta && { type: 'ObjectUpdated', resource, key, ...delta };
}

/** `kubectl apply` names what it wrote: `deployment.apps/web configured`. */
function isPrinted({ kind, metadata: { name } }: KubeObject, { output }: TypedCommand): boolean {
  const [first = ''] = kind.toLowerCase().split('.');
  return output.split('\n').some((line) => {
    const [, what, of] = /^([a-z]+)[^/ ]*\/(\S+) (?!unchanged)/.exec(line) ?? [];
    return what === first && of === name;
  });
}

function writerOf(event: Change, object: KubeObject): string {
  if (object.kind === 'Event') return reporterOf(object as CoreEvent);
  const manager = object.metadata.managedFields?.at(-1)?.manager;
  if (manager !== undefined) return manager;
  if (event.type === 'ObjectCreated') return makerOf(object.metadata) ?? UNKNOWN_WRITER;
  if (event.type !== 'ObjectUpdated') return UNKNOWN_WRITER;
  const fields = [...Object.keys(event.set ?? {}), ...(event.unset ?? [])];
  if (object.kind !== 'Pod') {
    const isStatus = fields.every((field) => /^\/(?:status\/|metadata\/resourceVersion$)/.test(field));
    return (isStatus ? keeperOf(object.kind) : undefined) ?? UNKNOWN_WRITER;
  }
  if (fields.includes('/spec/nodeName')) return 'scheduler';
  const node = (object as Pod).spec.nodeName;
  const isStatus = fields.some((field) => /^\/status\/(containerStatuses|podIP|phase)/.test(field));
  return isStatus && node !== undefined ? `kubelet/${node}` : UNKNOWN_WRITER;
}

function reporterOf({ source, reportingComponent, reportingInstance }: CoreEvent): string {
  const component = reportingComponent || source?.component || UNKNOWN_WRITER;
  const host = source?.host ?? reportingInstance ?? '';
  return component === 'kubelet' && host !== '' ? `kubelet/${host}` : component;
}

function settingsOf(recording: Recording): ClusterSettings {
  return {
    epochMs: recording.startMs,
    seed: '1',
    version: { minor: recording.minor, patch: 0 },
    namespace: recording.namespace,
    nodes: recordedNodes(recording).map(
      ({ name, cpu, memory, labels = {}, taints = [] }): NodeSettings => ({
        name,
        capacity: { cpu, memory },
        labels,
        taints,
        kubeletStartedAt: 0,
        controlPlane: false,
      }),
    ),
    latencies: DEFAULT_LATENCIES,
    images: {},
    presentImages: [],
  };
}
