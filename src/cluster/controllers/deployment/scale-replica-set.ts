import type { Doing } from '../../contract/doing.ts';
import type { ReplicaSet } from '../../objects/kubernetes.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import { countIn, DESIRED, MAXIMUM, withSizes } from './annotations.ts';
import { type DeploymentLook, tell } from './deployment-look.ts';
import { sizeOf } from './replica-sets.ts';
import { maxSurge, replicasOf } from './rollout-limits.ts';

interface Scaling {
  readonly set: string;
  readonly from: number;
  readonly to: number;
}

/**
 * Recorded in 1.20 and 1.36. Between them kubernetes: pull 101142 (about 1.26) and pull 125118 (1.32, by its
 * changelog), which turned the words round and told of the creation in the same way.
 */
const SCALED: Since<(scaling: Scaling) => string> = [
  [0, ({ set, to }) => `replica set ${set} to ${to}`],
  [26, ({ set, from, to }) => `replica set ${set} to ${to} from ${from}`],
  [32, ({ set, from, to }) => `replica set ${set} from ${from} to ${to}`],
];
const CREATED: Since<(scaling: Scaling) => string> = [
  [0, ({ set, to }) => `replica set ${set} to ${to}`],
  [32, ({ set, from, to }) => `replica set ${set} from ${from} to ${to}`],
];

/** Tells that a ReplicaSet has been made with some replicas at once. */
export function* tellCreated(look: DeploymentLook, set: string, to: number): Doing<void> {
  const text = inVersion(CREATED, look.view.settings.version)({ set, from: 0, to });
  yield* tell(look, 'ScalingReplicaSet', { message: `Scaled up ${text}` });
}

/** The ReplicaSet afterwards, and whether its size is another; `failed` ends what the look was about. */
export type Scaled = { readonly set: ReplicaSet; readonly isScaled: boolean } | 'failed';

/**
 * Gives a ReplicaSet another size, and notes on it what is wanted in all. Where nothing but the note would
 * change, it is only done when `isForced` (sync.go scaleReplicaSet).
 */
export function* scaleReplicaSet(
  look: DeploymentLook,
  set: ReplicaSet,
  { to, isForced = false }: { readonly to: number; readonly isForced?: boolean },
): Doing<Scaled> {
  const { deployment } = look;
  const from = sizeOf(set);
  if (from === to && !(isForced && needsNote(look, set))) return { set, isScaled: false };
  const { namespace = '', name = '' } = set.metadata;
  const object: ReplicaSet = {
    ...set,
    metadata: { ...set.metadata, annotations: withSizes(deployment, set.metadata.annotations) },
    spec: { ...set.spec, replicas: to },
  };
  const answer = yield { verb: 'update', resource: 'replicasets.apps', namespace, name, object };
  if (!answer.ok) return 'failed';
  const after = answer.object as ReplicaSet;
  if (from === to) return { set: after, isScaled: false };
  const text = inVersion(SCALED, look.view.settings.version)({ set: name, from, to });
  yield* tell(look, 'ScalingReplicaSet', { message: `Scaled ${from < to ? 'up' : 'down'} ${text}` });
  return { set: after, isScaled: true };
}

function needsNote({ deployment }: DeploymentLook, set: ReplicaSet): boolean {
  const replicas = replicasOf(deployment);
  return countIn(set, DESIRED) !== replicas || countIn(set, MAXIMUM) !== replicas + maxSurge(deployment);
}
