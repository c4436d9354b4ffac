import type { KubeObject } from '../../cluster/objects/kube-object.ts';
import type { Deployment, DeploymentCondition, ReplicaSet } from '../../cluster/objects/kubernetes.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import { newsSince } from '../normal/since-restore.ts';
import type { Play } from '../play.ts';

/** One write of a Deployment or a ReplicaSet, told by what it changed. */
export interface WorkloadStep {
  readonly atMs: Millis;
  /** `nginx`, or `nginx<2>` for its second ReplicaSet. */
  readonly who: string;
  /** What it changed: `spec.replicas=3`, `status.readyReplicas=1`, `Progressing=True/ReplicaSetUpdated`, … */
  readonly changed: readonly string[];
  readonly seq?: number;
}

/** The second ReplicaSet of `nginx` is called `nginx<2>`, whatever its hash. */
export function workloadNames({ changes }: Play): (text: string) => string {
  const names = new Map<string, string>();
  const counts = new Map<string, number>();
  for (const { object } of changes) {
    const name = object.metadata.name ?? '';
    if (object.kind !== 'ReplicaSet' || names.has(name)) continue;
    const owner = object.metadata.ownerReferences?.[0]?.name;
    // One that nobody made for a Deployment bears the name that was typed.
    if (owner === undefined) continue;
    const count = (counts.get(owner) ?? 0) + 1;
    counts.set(owner, count);
    names.set(name, `${owner}<${count}>`);
  }
  return (text) => [...names].reduce((said, [name, spoken]) => said.replaceAll(name, spoken), text);
}

/** What happened to Deployments and ReplicaSets, in the order of their revisions. */
export function workloadStepsOf(play: Play): readonly WorkloadStep[] {
  const naming = workloadNames(play);
  const before = new Map<string, ReadonlyMap<string, string>>();
  const restored = new Map(
    (play.restored ?? []).flatMap(({ object, atMs }) =>
      isWorkload(object, play)
        ? [[naming(object.metadata.name ?? ''), { atMs, newsOf: newsSince(leavesOf(object)) }]]
        : [],
    ),
  );
  return play.changes.flatMap(({ atMs, type, object, seq }): WorkloadStep[] => {
    if (!isWorkload(object, play)) return [];
    const who = naming(object.metadata.name ?? '');
    const known = before.get(who) ?? new Map<string, string>();
    const step = { atMs, who, ...(seq !== undefined && { seq }) };
    if (type === 'DELETED') return [{ ...step, changed: ['deleted'] }];
    const [all, anew] = [leavesOf(object), restored.get(who)];
    const now = anew && atMs > anew.atMs ? anew.newsOf(known, all) : all;
    before.set(who, now);
    const set = [...now]
      .filter(([key, value]) => known.get(key) !== value)
      .map(([key, value]) => `${key}=${value}`);
    const unset = [...known.keys()].filter((key) => !now.has(key)).map((key) => `-${key}`);
    return set.length + unset.length === 0 ? [] : [{ ...step, changed: [...set, ...unset] }];
  });
}

function isWorkload({ kind, metadata }: KubeObject, { namespace }: Play): boolean {
  return metadata.namespace === namespace && (kind === 'Deployment' || kind === 'ReplicaSet');
}

function leavesOf(object: KubeObject): ReadonlyMap<string, string> {
  return object.kind === 'Deployment'
    ? leavesOfDeployment(object as Deployment)
    : leavesOfSet(object as ReplicaSet);
}

function leavesOfSet({ metadata, spec, status }: ReplicaSet): ReadonlyMap<string, string> {
  return leaves({
    ...annotationLeaves(metadata.annotations),
    'spec.replicas': spec.replicas,
    'spec.minReadySeconds': spec.minReadySeconds,
    image: spec.template?.spec?.containers[0]?.image,
    ...countLeaves(status),
    ...conditionLeaves(status?.conditions),
  });
}

function leavesOfDeployment({ metadata, spec, status }: Deployment): ReadonlyMap<string, string> {
  return leaves({
    ...annotationLeaves(metadata.annotations),
    'spec.replicas': spec.replicas,
    paused: spec.paused,
    image: spec.template.spec?.containers[0]?.image,
    ...countLeaves(status),
    ...conditionLeaves(status?.conditions),
  });
}

function leaves(values: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
  );
}

function annotationLeaves(
  annotations: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const own = Object.entries(annotations).filter(([key]) => key.startsWith('deployment.kubernetes.io/'));
  return Object.fromEntries(own.map(([key, value]) => [key.slice(key.indexOf('/') + 1), value]));
}

function countLeaves(status: object = {}): Readonly<Record<string, unknown>> {
  const counts = Object.entries(status).filter(([, value]) => typeof value === 'number');
  return Object.fromEntries(counts.map(([key, value]) => [`status.${key}`, value]));
}

function conditionLeaves(conditions: readonly DeploymentCondition[] = []): Readonly<Record<string, string>> {
  return Object.fromEntries(conditions.map(({ type, status, reason }) => [type, `${status}/${reason}`]));
}
