import { decide } from '../../../src/cluster/apiserver/decide.ts';
import { eventExpiry } from '../../../src/cluster/apiserver/event-expiry.ts';
import type { Component } from '../../../src/cluster/contract/component.ts';
import type { Event } from '../../../src/cluster/contract/event.ts';
import { DEFAULT_LATENCIES } from '../../../src/cluster/contract/latencies.ts';
import type { Request } from '../../../src/cluster/contract/request.ts';
import type { ClusterSettings } from '../../../src/cluster/contract/settings.ts';
import { rootCaPublisher } from '../../../src/cluster/controllers/root-ca-publisher.ts';
import { serviceAccountController } from '../../../src/cluster/controllers/service-account.ts';
import { createGenesis } from '../../../src/cluster/genesis.ts';
import { network } from '../../../src/cluster/network/network.ts';
import { machineComponents } from '../../../src/cluster/node/machine-components.ts';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import type { CoreEvent, Pod } from '../../../src/cluster/objects/kubernetes.ts';
import { createAgenda } from '../../../src/cluster/runtime/agenda.ts';
import { assemble } from '../../../src/cluster/runtime/cluster.ts';
import { scheduler } from '../../../src/cluster/scheduler/scheduler.ts';
import { changeOf } from '../../../src/cluster/world/changes.ts';
import { evolve } from '../../../src/cluster/world/evolve.ts';
import { emptyWorld, type World } from '../../../src/cluster/world/world.ts';
import type { Entry } from '../../../src/kernel/log/entry.ts';
import type { Model } from '../../../src/kernel/run/agenda.ts';
import { commits, startRun } from '../../../src/kernel/run/run.ts';

/** A request that somebody makes at a time. */
export interface Typed {
  readonly at: number;
  readonly request: Request;
}

export interface PlayOptions {
  readonly seed?: string;
  readonly minor?: number;
  readonly nodes?: number;
  readonly until: number;
  readonly settings?: Partial<ClusterSettings>;
  /** Watching takes always as long, whatever else happens. */
  readonly calm?: boolean;
  /** Others that live in the cluster. */
  readonly more?: readonly Component[];
}

/** Somebody creates an object of the namespace `default` (a pod, if nothing else is said). */
export function create(at: number, object: KubeObject, resource = 'pods'): Typed {
  return { at, request: { verb: 'create', resource, namespace: 'default', object } };
}

/** Somebody deletes a pod. */
export function deletion(at: number, name: string, gracePeriodSeconds?: number): Typed {
  const grace = gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds };
  return { at, request: { verb: 'delete', resource: 'pods', namespace: 'default', name, ...grace } };
}

export interface Play {
  readonly log: readonly Entry<Event>[];
  readonly world: World;
  readonly model: Model<World, Event>;
}

export function settingsOf({
  seed = '1',
  minor = 36,
  nodes = 1,
  settings,
  calm = false,
}: Omit<PlayOptions, 'until'>): ClusterSettings {
  return {
    epochMs: Date.UTC(2026, 10, 21, 5, 8, 15),
    seed,
    version: { minor, patch: 2 },
    namespace: 'default',
    nodes: Array.from({ length: nodes }, (_, index) => ({
      name: `node-${index + 1}`,
      capacity: { cpu: '2', memory: '4Gi', pods: '110' },
      labels: {},
      taints: [],
      kubeletStartedAt: -3_600_000,
      controlPlane: false,
    })),
    latencies: calm ? { ...DEFAULT_LATENCIES, watch: [4, 4], work: [2, 2] } : DEFAULT_LATENCIES,
    images: {},
    presentImages: ['busybox:1.36', 'k8s.gcr.io/busybox', 'busybox'],
    ...settings,
  };
}

/** A whole cluster, with somebody who makes requests. */
export function playCluster(typed: readonly Typed[], options: PlayOptions): Play {
  const settings = settingsOf(options);
  const components = [
    createGenesis(() => []),
    eventExpiry,
    serviceAccountController,
    rootCaPublisher,
    scheduler,
    ...machineComponents,
    network,
    ...(options.more ?? []),
    typist(typed),
  ];
  const cluster = assemble(settings, decide, components);
  const model: Model<World, Event> = { evolve, agenda: (world, log) => createAgenda(cluster, world, log) };
  const run = startRun(model, emptyWorld());
  const log: Entry<Event>[] = [];
  for (const commit of commits(run, options.until)) log.push(...commit);
  return { log, world: run.world, model };
}

/** Makes each request at its time, and keeps nothing: what is due follows from the clock. */
function typist(typed: readonly Typed[]): Component {
  return {
    name: 'typist',
    readsStore: true,
    addresses: () => [{ actor: 'typist', key: 'requests' }],
    wake: (_view, _address, from) => {
      const next = typed.filter(({ at }) => at >= from).sort((a, b) => a.at - b.at)[0];
      return next && { at: next.at, cause: null };
    },
    *reconcile(_view, _address, now) {
      for (const { at, request } of typed) if (at === now) yield request;
    },
  };
}

/** Something that happens to the machines, each at its time. */
export type Fact = readonly [at: number, event: Event];

/** Lets facts happen. */
export function fate(facts: readonly Fact[]): Component {
  return {
    name: 'fate',
    addresses: () => [{ actor: 'fate', key: 'facts' }],
    wake: (_view, _address, from) => {
      const next = facts.filter(([at]) => at >= from).sort(([a], [b]) => a - b)[0];
      return next && { at: next[0], cause: null };
    },
    *reconcile(_view, _address, now) {
      for (const [at, event] of facts) if (at === now) yield event;
    },
  };
}

/** The pods and Events of a log, a line for each change, as the recordings' time lines tell them. */
export function timeline(play: Play): string[] {
  const lines: string[] = [];
  for (const entry of play.log) {
    if (entry.event.type === 'RequestRefused')
      lines.push(`${seconds(entry.at)} REFUSED ${entry.actor} ${entry.event.message}`);
    const change = changeOf(play.world.store.tables, entry);
    if (!change || !['pods', 'events'].includes(change.resource)) continue;
    const text =
      change.resource === 'pods'
        ? podLine(change.object as Pod, change.before as Pod | undefined)
        : eventLine(change.object as CoreEvent);
    lines.push(`${seconds(entry.at)} ${change.type.padEnd(8)} ${text}`);
  }
  return lines;
}

function seconds(at: number): string {
  return `t+${(at / 1000).toFixed(3).padStart(9)}`;
}

function eventLine({ count, type, reason, involvedObject, message }: CoreEvent): string {
  return `Event x${count ?? 'None'} ${type} ${reason} ${involvedObject.kind}/${involvedObject.name}: ${message}`;
}

function podLine(pod: Pod, before: Pod | undefined): string {
  const parts: string[] = [];
  const { status, metadata, spec } = pod;
  if (status?.phase !== before?.status?.phase)
    parts.push(`phase=${status?.phase}${status?.reason ? `/${status.reason}` : ''}`);
  if (metadata.deletionGracePeriodSeconds !== before?.metadata.deletionGracePeriodSeconds)
    parts.push(`deleting=grace=${metadata.deletionGracePeriodSeconds}`);
  if (spec.nodeName !== before?.spec.nodeName) parts.push(`node=${spec.nodeName}`);
  if (status?.observedGeneration !== before?.status?.observedGeneration)
    parts.push(`obsGen=${status?.observedGeneration}`);
  for (const condition of status?.conditions ?? []) {
    const old = before?.status?.conditions?.find(({ type }) => type === condition.type);
    if (old?.status === condition.status && old.reason === condition.reason) continue;
    parts.push(
      `cond.${condition.type}=${condition.status}${condition.status === 'False' ? `/${condition.reason ?? ''}` : ''}`,
    );
  }
  if (status?.podIP !== before?.status?.podIP) parts.push('ip=set');
  for (const container of [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])]) {
    const all = [
      ...(before?.status?.initContainerStatuses ?? []),
      ...(before?.status?.containerStatuses ?? []),
    ];
    const text = containerText(container);
    const old = all.find(({ name }) => name === container.name);
    if (!old || containerText(old) !== text) parts.push(text);
  }
  return `Pod/${(pod as KubeObject).metadata.name} ${parts.join(' ')}`;
}

function containerText({
  name,
  state,
  lastState,
  ready,
  started,
  restartCount,
}: NonNullable<NonNullable<Pod['status']>['containerStatuses']>[number]): string {
  const where = state?.running
    ? 'running'
    : state?.terminated
      ? `terminated:${state.terminated.reason}/${state.terminated.exitCode}`
      : `waiting:${state?.waiting?.reason}`;
  const last = lastState?.terminated
    ? ` last=${lastState.terminated.reason}/${lastState.terminated.exitCode}`
    : '';
  return `${name}=${where} ready=${ready} started=${started} restarts=${restartCount}${last}`;
}
