import type { Doing } from '../../contract/doing.ts';
import type { EnvVar, Pod, PodTemplateSpec } from '../../objects/kubernetes.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import { inDeletionOrder } from '../shared/deletion-order.ts';
import { createPod, deletePod } from '../shared/pod-control.ts';
import { podFromTemplate } from '../shared/pod-from-template.ts';
import { isReady, isTerminating } from '../shared/pod-state.ts';
import { ACTOR, nextTryAt } from './back-off.ts';
import { lowestFree, unionOf } from './indexes.ts';
import { countOf, FAILURES, failuresOf, IGNORED, indexesOf, type JobLook } from './job-look.ts';
import {
  finishedAt,
  hasLimitPerIndex,
  indexOf,
  isIndexed,
  isSuspended,
  isTracked,
  TRACKING,
  waitsForEnd,
} from './job-pods.ts';
import { judgeFailure } from './pod-failure-policy.ts';

/** No more than these at a time (job_controller.go MaxPodCreateDeletePerSync). */
const BURST = 500;

/** What became of the active pods. */
export interface Managed {
  readonly active: number;
  readonly deleted: number;
  readonly deletedReady: number;
  /** From when on it may make more, in milliseconds since 1970. */
  readonly tryAt?: number;
  readonly problem?: string;
}

/** Makes or removes pods until as many run as are wanted (job_controller.go manageJob). */
export function* managePods(look: JobLook): Doing<Managed> {
  const { job, active, terminating = 0 } = look;
  const wanted = wantedActive(look);
  const surplus = surplusPods(look, Math.max(0, active.length - wanted));
  if (isSuspended(job)) return yield* deletePods(look, active);
  if (surplus.length > 0) return yield* deletePods(look, surplus.slice(0, BURST));
  const missing = wanted - active.length - (waitsForEnd(job) ? terminating : 0);
  if (missing <= 0) return { active: active.length, deleted: 0, deletedReady: 0 };
  return yield* createMissing(look, Math.min(missing, BURST));
}

function wantedActive({ job, active, succeeded }: JobLook): number {
  const { completions, parallelism = 1 } = job.spec;
  if (completions !== undefined) return Math.max(0, Math.min(parallelism, completions - succeeded));
  // Without a number of completions the first success is enough; what runs may end.
  return succeeded > 0 ? active.length : parallelism;
}

function surplusPods(look: JobLook, atLeast: number): readonly Pod[] {
  const { job, active } = look;
  const extra = isIndexed(job) ? withoutPlace(look) : [];
  if (extra.length >= atLeast) return extra;
  const rest = active.filter((pod) => !extra.includes(pod));
  return [...extra, ...ranked(look, rest).slice(0, atLeast - extra.length)];
}

/** Pods of no index, and all but one of those that share one. */
function withoutPlace(look: JobLook): readonly Pod[] {
  const { job, active } = look;
  const byIndex = new Map<number, Pod[]>();
  const extra: Pod[] = [];
  for (const pod of active) {
    const index = indexOf(pod, job);
    if (index === undefined) extra.push(pod);
    else byIndex.set(index, [...(byIndex.get(index) ?? []), pod]);
  }
  for (const pods of byIndex.values()) extra.push(...ranked(look, pods).slice(0, -1));
  return extra;
}

function ranked({ view, now }: JobLook, pods: readonly Pod[]): readonly Pod[] {
  const { version, epochMs } = view.settings;
  return inDeletionOrder(pods, {
    chance: view.chance,
    version,
    epochNow: epochMs + now,
    neighbours: () => 0,
  });
}

/** Removes pods that shall not count as failures: nobody keeps them from going. */
function* deletePods(look: JobLook, pods: readonly Pod[]): Doing<Managed> {
  let [deleted, deletedReady] = [0, 0];
  let problem: string | undefined;
  for (const pod of pods) {
    const refused = (yield* untrack(pod)) ?? (yield* deletePod(controlOf(look), pod));
    if (refused === undefined) deleted++;
    if (refused === undefined && isReady(pod)) deletedReady++;
    problem ??= refused;
  }
  const active = look.active.length - deleted;
  return { active, deleted, deletedReady, ...(problem !== undefined && { problem }) };
}

/** Removes what is active when the Job is to end; the pods are counted before they go. */
export function* deleteActive(look: JobLook): Doing<Managed> {
  let [deleted, deletedReady] = [0, 0];
  let problem: string | undefined;
  for (const pod of look.active) {
    const refused = yield* deletePod(controlOf(look), pod);
    if (refused === undefined) deleted++;
    if (isReady(pod)) deletedReady++;
    problem ??= refused;
  }
  const active = look.active.length - deleted;
  return { active, deleted, deletedReady, ...(problem !== undefined && { problem }) };
}

/** Lets a pod go. Returns the refusal's message; a pod that is gone is as good. */
export function* untrack(pod: Pod): Doing<string | undefined> {
  if (!isTracked(pod)) return undefined;
  const { namespace = '', name = '' } = pod.metadata;
  const patch = { metadata: { '$deleteFromPrimitiveList/finalizers': [TRACKING] } };
  const answer = yield { verb: 'patch', resource: 'pods', namespace, name, patchType: 'strategic', patch };
  return answer.ok || answer.status.code === 404 ? undefined : answer.status.message;
}

function* createMissing(look: JobLook, missing: number): Doing<Managed> {
  const { job, active, view, now, backOff } = look;
  const epochNow = view.settings.epochMs + now;
  const nothing = { deleted: 0, deletedReady: 0 };
  const tryAt = hasLimitPerIndex(job) ? 0 : nextTryAt(backOff);
  // Kubernetes tells of no active pods while it waits (job_controller.go manageJob).
  if (tryAt > epochNow) return { ...nothing, active: 0, tryAt };
  const places = isIndexed(job) ? freeIndexes(look, missing) : [];
  const ready = places.filter((index) => indexTryAt(look, index) <= epochNow);
  if (places.length > 0 && ready.length === 0)
    return { ...nothing, active: 0, tryAt: Math.min(...places.map((index) => indexTryAt(look, index))) };
  const pods = isIndexed(job) ? ready.map((index) => podOf(look, index)) : Array(missing).fill(podOf(look));
  let made = 0;
  for (let batch = 1; made < pods.length; batch *= 2) {
    let problem: string | undefined;
    let refused = 0;
    const these = pods.slice(made, made + batch);
    for (const pod of these) {
      const message = yield* createPod(controlOf(look), pod);
      if (message !== undefined) refused++;
      problem ??= message;
    }
    made += these.length;
    if (problem !== undefined) return { ...nothing, active: active.length + made - refused, problem };
  }
  return { ...nothing, active: active.length + made };
}

function freeIndexes({ job, indexes, active, pods }: JobLook, count: number): readonly number[] {
  const leaving = waitsForEnd(job) ? indexesOf(pods.filter(isTerminating), job) : [];
  const taken = unionOf(indexes.succeeded, indexesOf(active, job), leaving, indexes.failed ?? []);
  return lowestFree(taken, job.spec.completions ?? 0, count);
}

function indexTryAt({ indexes }: JobLook, index: number): number {
  const pod = indexes.awaiting.get(index);
  return pod ? nextTryAt({ failures: failuresOf(pod) + 1, failedAt: finishedAt(pod) }) : 0;
}

const INDEX = 'batch.kubernetes.io/job-completion-index';

/** PodIndexLabel: on since 1.28; before, the environment read the index from the annotation. */
const LABELS_INDEX: Since<boolean> = [
  [0, false],
  [28, true],
];

function podOf(look: JobLook, index?: number): Pod {
  const { job, view } = look;
  const pod = podFromTemplate(job, job.spec.template);
  const metadata = { ...pod.metadata, finalizers: [...(pod.metadata.finalizers ?? []), TRACKING] };
  if (index === undefined) return { ...pod, metadata };
  const isLabelled = inVersion(LABELS_INDEX, view.settings.version);
  const name = job.metadata.name ?? '';
  const labels = isLabelled ? { ...metadata.labels, [INDEX]: String(index) } : metadata.labels;
  return {
    ...pod,
    metadata: {
      ...metadata,
      generateName: `${name}-${index}-`,
      ...(labels && { labels }),
      annotations: { ...metadata.annotations, [INDEX]: String(index), ...failureCounts(look, index) },
    },
    spec: withIndex({ ...pod.spec, hostname: `${name}-${index}` }, isLabelled ? 'labels' : 'annotations'),
  };
}

/** A pod tells how often its index has failed before it. */
function failureCounts({ job, indexes }: JobLook, index: number): Readonly<Record<string, string>> {
  if (!hasLimitPerIndex(job)) return {};
  const last = indexes.awaiting.get(index);
  if (last === undefined) return { [FAILURES]: '0' };
  const { counts } = judgeFailure(job, last);
  const ignored = countOf(last, IGNORED) + (counts ? 0 : 1);
  return {
    [FAILURES]: String(countOf(last, FAILURES) + (counts ? 1 : 0)),
    ...(ignored > 0 && { [IGNORED]: String(ignored) }),
  };
}

const VARIABLE = 'JOB_COMPLETION_INDEX';

function withIndex(spec: Pod['spec'], from: 'labels' | 'annotations'): NonNullable<PodTemplateSpec['spec']> {
  const variable: EnvVar = {
    name: VARIABLE,
    valueFrom: { fieldRef: { fieldPath: `metadata.${from}['${INDEX}']` } },
  };
  const told = <Kind extends { readonly env?: EnvVar[] }>(container: Kind): Kind =>
    container.env?.some(({ name }) => name === VARIABLE)
      ? container
      : { ...container, env: [...(container.env ?? []), variable] };
  return {
    ...spec,
    containers: spec.containers.map(told),
    ...(spec.initContainers && { initContainers: spec.initContainers.map(told) }),
  };
}

function controlOf({ view, now, job }: JobLook) {
  return { view, now, component: ACTOR, owner: job };
}
