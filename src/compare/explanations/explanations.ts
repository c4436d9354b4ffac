import type { Divergence } from '../divergence.ts';
import { MODERN_MINOR } from '../lags.ts';
import { namingOf } from '../normal/names.ts';
import type { Play } from '../play.ts';
import { hollowPodsOf, podPlaysOf } from '../pods/pod-play.ts';
import type { Explanation } from './explanation.ts';
import { OF_BACK_OFFS } from './of-back-offs.ts';
import { OF_QUEUES } from './of-queues.ts';
import { RESTORE_EXPLANATIONS } from './restore-explanations.ts';

export const EXPLANATIONS: readonly Explanation[] = [
  ...OF_BACK_OFFS,
  ...OF_QUEUES,
  ...RESTORE_EXPLANATIONS,
  {
    id: 'completed-job-seen-twice',
    kind: 'race',
    why: 'the CronJob controller may see that a Job is complete before it sees that it has said so, and says it again',
    source: 'README 1.36, 3.6: SawCompletedJob sometimes twice',
    explains: (divergence) => differsInCountOf(divergence, /SawCompletedJob/),
  },
  {
    id: 'claims-looked-at',
    kind: 'race',
    why: 'a claim that can not be bound is told of at each look at all claims, every 15 s from a drawn time on',
    source: 'README 1.36, 3.5: bound at the next 15 s claim resync',
    explains: (divergence) => differsInCountOf(divergence, /ProvisioningFailed|FailedBinding/),
  },
  {
    id: 'pod-deleted-twice',
    kind: 'race',
    why: 'a controller whose cache lags asks for the same deletion twice, and tells of it twice',
    source: 'v1.36/g-statefulset and v1.20/g-statefulset: SuccessfulDelete with other counts than deletions',
    explains: (divergence) => differsInCountOf(divergence, /SuccessfulDelete/),
  },
  {
    id: 'address-repaired',
    kind: 'race',
    why: 'the loop that repairs cluster IPs met a Service that was just being made',
    source: 'v1.36/b7-endpointslice-terminating, t+1.254; registry/core/service/ipallocator/controller',
    explains: ({ wanted, actual }) =>
      [wanted, actual].some((told) => /ClusterIPNotAllocated/.test(told?.says ?? '')),
  },
  {
    id: 'recorder-stopped-at-volumes',
    kind: 'artifact',
    why: 'the watches of claims and volumes ended before what was deleted last was gone',
    source: 'v1.36/g-statefulset and v1.20/g-statefulset, after `kubectl delete pvc --all`',
    explains: ({ about, actual, wanted, atMs }, plays) =>
      /^PersistentVolume/.test(about) &&
      wanted === undefined &&
      /gone|Released|deleted/.test(actual?.says ?? '') &&
      (actual?.atMs ?? atMs) >= firstTyped(plays.actual, /^kubectl delete (pvc|pv)\b/),
  },
  {
    id: 'recorder-stopped-at-cleaning',
    kind: 'artifact',
    why: 'the recorder was stopped while the last command took away what there was',
    source: 'v1.36/l-kubectl-texts, after t+27.884: pods are seen to go, services and claims are not',
    explains: ({ wanted, actual, atMs }, plays) => {
      const last = plays.actual.commands.at(-1);
      const isCleaning = last !== undefined && /^kubectl delete \S+ --all/.test(last.line);
      return (
        isCleaning &&
        wanted === undefined &&
        actual?.says === 'deleted' &&
        (actual.atMs ?? atMs) >= last.beginMs
      );
    },
  },
  {
    id: 'slice-made-twice',
    kind: 'race',
    why: 'the EndpointSlice controller, whose cache lags, makes a second slice, or writes over what it has not seen',
    source: 'README 1.20, 3.11: transient conflicts, harmless',
    explains: ({ about, aspect, wanted, actual }, plays) =>
      plays.wanted.minor < MODERN_MINOR &&
      ((aspect === 'objects' && /^EndpointSlice \S+-slice-<[2-9]>$/.test(about)) ||
        [wanted, actual].some((told) => /FailedToUpdateEndpoint/.test(told?.says ?? ''))),
  },
  {
    id: 'container-removed-first',
    kind: 'race',
    why: 'the dead container of a deleted pod was removed before the kubelet had told of its end, and it then knew of none',
    source: 'v1.20/a1-rolling-update-solo, t+23.199; kubelet_pods.go: ContainerStatusUnknown',
    forks: true,
    explains: ({ about, aspect, wanted, actual }, plays) =>
      plays.wanted.minor < MODERN_MINOR &&
      aspect === 'states' &&
      about.startsWith('Pod ') &&
      [wanted, actual].some((told) => /^\S+: Running .*=waiting:ContainerCreating/.test(told?.says ?? '')),
  },
  {
    id: 'made-and-deleted',
    kind: 'race',
    why: 'a pod that is deleted while it is made is stopped at another step of its start, or before any',
    source:
      'v1.36/a5-progress-deadline, t+32.730, and v1.20/a5-progress-deadline, t+43.747: scaled up and down at once',
    forks: true,
    explains: ({ about, aspect, of, wanted }, plays) => {
      const [, pod = about.slice('Pod '.length)] = /^status endpoints\.([^.]+)/.exec(of) ?? [];
      const isOfPod = about.startsWith('Pod ') && /^(states|events|objects|times)$/.test(aspect);
      // One pod more, and the next of its owner's is made at another time.
      if (aspect === 'times' && /^created, /.test(wanted?.says ?? ''))
        return [plays.wanted, plays.actual].some((play) => hasShortLived(play, pod.replace(/-[^-]+$/, '')));
      if (!isOfPod && !about.startsWith('Endpoint')) return false;
      return [plays.wanted, plays.actual].some((play) => isShortLived(play, pod));
    },
  },
  {
    id: 'scaled-up-and-down',
    kind: 'race',
    why: 'a ReplicaSet that is made larger and at once smaller makes a pod too many or none, whichever controller is faster',
    source: 'v1.36/a5-progress-deadline, t+32.7: proportional scaling in two steps',
    explains: ({ about, of }, plays) =>
      about.startsWith('ReplicaSet ') &&
      /^(replicas|readyReplicas|availableReplicas|terminatingReplicas|Events)/.test(of) &&
      [plays.wanted, plays.actual].some((play) => isScaledUpAndDown(play, about.slice('ReplicaSet '.length))),
  },
  {
    id: 'evicted-together',
    kind: 'race',
    why: 'of pods that must go at the same moment a ReplicaSet sees one or all before it makes others',
    source: 'v1.36/d-node-failure, t+354.652 and t+354.657: replicas 4, 3, 4; v1.36/c-drain, t+49.451',
    explains: ({ about, of, atMs }, plays) =>
      about.startsWith('ReplicaSet ') &&
      /^(replicas|readyReplicas|availableReplicas)$/.test(of) &&
      deletionsNear(plays.wanted, atMs) > 1,
  },
  {
    id: 'another-of-its-kind',
    kind: 'race',
    why: 'which of several pods that are alike was on the node that fell silent is drawn',
    source: 'v1.20/d-node-failure, t+49.087: agent-cblfj, the first of two',
    explains: ({ about, aspect, wanted, actual }, plays) =>
      aspect === 'events' &&
      /^Pod .+-<\d+>$/.test(about) &&
      (wanted === undefined || actual === undefined) &&
      /NodeNotReady/.test((wanted ?? actual)?.says ?? '') &&
      podsNotReady(plays.wanted) === podsNotReady(plays.actual),
  },
  {
    id: 'budget-written-at-once',
    kind: 'race',
    why: 'evictions at one moment write one budget: who comes second waits half a second, and may then find it refilled',
    source: 'v1.36/c-drain, t+14.430 and t+49.452; registry/core/pod/storage/eviction.go: EvictionsRetry',
    explains: ({ about, of, atMs, actual }, plays) =>
      about.startsWith('PodDisruptionBudget ') ||
      /^ReplicaSet .* (replicas|readyReplicas|availableReplicas)$/.test(`${about} ${of}`)
        ? isDraining(plays.wanted, atMs) || (actual !== undefined && isDraining(plays.actual, actual.atMs))
        : about.startsWith('$ kubectl drain ') &&
          saysButForRefusals(plays.wanted, of) === saysButForRefusals(plays.actual, of),
  },
  {
    id: 'budget-before-pods',
    kind: 'race',
    why: 'the disruption controller may look at a new budget before the pods of the same manifest are there',
    source: 'README 1.36, 3.11: NoPods of a budget that is created before its pods',
    explains: ({ about, wanted, actual }) =>
      about.startsWith('PodDisruptionBudget ') &&
      [wanted, actual].some((told) => /NoPods/.test(told?.says ?? '')),
  },
  {
    id: 'pulls-in-turn',
    kind: 'race',
    why: 'one image is pulled at a time, 5 to 10 s each until the name of the registry is not found: who waits for whom is drawn',
    source: 'README 1.20, 3.2 b2 bad image, and the load caveat',
    explains: ({ about, wanted, actual }, plays) =>
      plays.wanted.lagMs >= LOADED_MS &&
      about.startsWith('Pod ') &&
      [wanted, actual].some((told) =>
        /^(Normal|Warning) (Pulling|Failed|BackOff)\b|^(Failed|Pulling|BackOff) x|^waiting/.test(
          told?.says ?? '',
        ),
      ),
  },
  {
    id: 'hollow-node',
    kind: 'artifact',
    why: 'the pod was on a hollow node, whose kubelet only pretends to run containers: they never end, and have no logs',
    source: 'README 1.36, artifacts; v1.36/l-kubectl-texts, t+13.136',
    explains: ({ about, aspect, of }, { wanted }) => {
      const names = [...hollowPodsOf(podPlaysOf(wanted))];
      // Before 1.27 it was slow to say so, too, and called a pod ready with its first word.
      const [, owner] = /^(?:Deployment|ReplicaSet) (\S+)$/.exec(about) ?? [];
      if (owner !== undefined && wanted.minor < MODERN_MINOR)
        return OF_READINESS.test(of) && names.some((pod) => pod.startsWith(owner));
      if (aspect !== 'outputs' && !about.startsWith('Job ')) return false;
      if (about.startsWith('Job '))
        return names.some((pod) => pod.startsWith(`${about.slice('Job '.length)}-`));
      return names.some((pod) =>
        namingOf(wanted)(about)
          .split(/[\s/]+/)
          .includes(pod),
      );
    },
  },
];

const OF_READINESS = /^(ready|available)Replicas|^conditions$/;
/** The lag of a kubelet with sixty pods. */
const LOADED_MS = 10_000;
/** What is done to several pods at one moment takes so long at most. */
const NEAR_MS = 500;
/** From its creation on a pod is being made for so long. */
const MADE_MS = 1500;

/** How many pods were told that their node is not ready. */
function podsNotReady({ changes }: Play): number {
  return changes.filter(({ object }) => {
    const { reason, involvedObject } = object as { reason?: string; involvedObject?: { kind?: string } };
    return object.kind === 'Event' && reason === 'NodeNotReady' && involvedObject?.kind === 'Pod';
  }).length;
}

function isDraining({ commands }: Play, ms: number): boolean {
  return commands.some(
    ({ line, beginMs, endMs }) => line.startsWith('kubectl drain ') && ms > beginMs && ms < endMs,
  );
}

/** What a drain said in the end of how many pods, whoever was refused on the way. */
function saysButForRefusals(play: Play, of: string): string {
  const index = Number(/^output of command (\d+)/.exec(of)?.[1] ?? 0) - 1;
  const { output = '', exitCode } = play.commands.find((command) => command.index === index) ?? {};
  const naming = namingOf(play);
  const lines = output.split('\n').filter((line) => /^(pod|node)\//.test(line));
  return `${exitCode} ${lines.map((line) => naming(line).replace(/<\d+>/g, '<>')).sort()}`;
}

/** How many pods were asked to go about a time. */
function deletionsNear({ changes }: Play, ms: number): number {
  const names = changes.flatMap(({ object: { kind, metadata }, type, atMs }) => {
    const isAsked = kind === 'Pod' && type === 'MODIFIED' && metadata.deletionTimestamp !== undefined;
    return isAsked && Math.abs(atMs - ms) < NEAR_MS ? [metadata.name] : [];
  });
  return new Set(names).size;
}

function isShortLived(play: Play, pod: string): boolean {
  const naming = namingOf(play);
  const own = play.changes.filter(
    ({ object }) => object.kind === 'Pod' && naming(object.metadata.name ?? '') === pod,
  );
  const deleted = own.find(({ object }) => object.metadata.deletionTimestamp !== undefined);
  return deleted !== undefined && deleted.atMs - (own[0]?.atMs ?? 0) < MADE_MS + play.lagMs / 10;
}

/** Whether a pod of an owner was deleted while it was made. */
function hasShortLived(play: Play, owner: string): boolean {
  const naming = namingOf(play);
  const names = play.changes.flatMap(({ object: { kind, metadata } }) =>
    kind === 'Pod' && naming(metadata.name ?? '').startsWith(`${owner}-`)
      ? [naming(metadata.name ?? '')]
      : [],
  );
  return [...new Set(names)].some((name) => isShortLived(play, name));
}

function isScaledUpAndDown(play: Play, set: string): boolean {
  const naming = namingOf(play);
  const sizes = play.changes.flatMap(({ object, atMs }) => {
    const { spec } = object as { spec?: { replicas?: number } };
    const isIt = object.kind === 'ReplicaSet' && naming(object.metadata.name ?? '') === set;
    return isIt ? [{ atMs, size: spec?.replicas ?? 0 }] : [];
  });
  const steps = sizes.filter(({ size }, index) => size !== sizes[index - 1]?.size);
  return steps.some(({ size, atMs }, index) => {
    const [before, after] = [steps[index - 1], steps[index + 1]];
    return before && after && before.size < size && after.size < size && after.atMs - atMs < MADE_MS;
  });
}

/** The same is told, but more or less often. */
function differsInCountOf({ wanted, actual, aspect }: Divergence, reason: RegExp): boolean {
  if (aspect !== 'events' || !wanted || !actual || !reason.test(wanted.says)) return false;
  const withoutCount = (text: string): string => text.replace(/^x\d+ /, '');
  return withoutCount(wanted.says) === withoutCount(actual.says);
}

function firstTyped({ commands }: Play, line: RegExp): number {
  return commands.find((command) => line.test(command.line))?.beginMs ?? Number.POSITIVE_INFINITY;
}
