import type { ReplicaSet } from '../../cluster/objects/kubernetes.ts';
import { namingOf } from '../normal/names.ts';
import type { Play } from '../play.ts';
import type { Explanation } from './explanation.ts';

/** Why plays may part in which etcd is turned back. */
export const RESTORE_EXPLANATIONS: readonly Explanation[] = [
  {
    id: 'typed-where-etcd-runs',
    kind: 'artifact',
    why: 'the recorded control plane ran beside the nodes, on a machine that is none of the cluster; what was done there is done here as a fault',
    source:
      'v1.20/e-etcd-restore and v1.36/e-etcd-restore: etcdctl without certificates, ctr with a socket in the folder',
    explains: ({ about, aspect }, { wanted }) =>
      isRestored(wanted) && aspect === 'outputs' && /^\$ (etcdctl|ctr) /.test(about),
  },
  {
    id: 'silent-nodes-tainted',
    kind: 'race',
    why: 'of nodes that fall silent one after another only some are tainted NoExecute, at a rate that depends on how many they are: which is drawn with the phases of their leases',
    source:
      'v1.36/e-etcd-restore, t+59.321: node-4 and no other of five; node_lifecycle_controller.go: handleDisruption',
    explains: ({ about, aspect, wanted, actual }, plays) =>
      isRestored(plays.wanted) &&
      aspect === 'events' &&
      about.startsWith('Pod ') &&
      (wanted === undefined || actual === undefined) &&
      /TaintManagerEviction .*Cancelling deletion/.test((wanted ?? actual)?.says ?? ''),
  },
  {
    id: 'other-nodes-silent',
    kind: 'race',
    why: 'which nodes fall silent while their leases are not seen is drawn with the phases of their reports, which are seen',
    source:
      'v1.20/e-etcd-restore, t+35.645 and t+54.377: node-2 and node-4 report in time, node-1, node-5 and node-6 do not',
    explains: ({ about, aspect, wanted, actual }, plays) =>
      isRestored(plays.wanted) &&
      aspect === 'events' &&
      about.startsWith('Pod ') &&
      wanted === undefined &&
      /\bWarning NodeNotReady\b/.test(actual?.says ?? ''),
  },
  {
    id: 'size-went-back',
    kind: 'race',
    why: 'a ReplicaSet whose size went back may make pods for it before its Deployment, whose cache did not go back, takes the size away again',
    source:
      'v1.20/e-etcd-restore, t+66.407: ah<1> is made empty, and makes three pods 9 to 17 ms later; third seed: the same',
    explains: ({ about, of, text }, plays) => {
      if (!isRestored(plays.wanted)) return false;
      const [, set = ''] = /^(?:ReplicaSet|Pod) ([^-]+<\d+>)/.exec(about) ?? [];
      const isOfSet = about.startsWith('ReplicaSet ') && /replicas|Events/i.test(of);
      const isOfPod = about.startsWith('Pod ') && /never came to be/.test(text);
      return (
        (isOfSet || isOfPod) && [plays.wanted, plays.actual].some((play) => makesAlthoughEmpty(play, set))
      );
    },
  },
  {
    id: 'status-told-for-another-reason',
    kind: 'artifact',
    why: 'a field that comes and goes with cgroup v1 made the kubelet tell a status at its next sync, and with it that the pod is ready',
    source:
      'v1.36/e-etcd-restore, t+71.498, t+76.494 and t+84.495: status.resources.limits.memory; README 1.36, artifacts',
    explains: ({ about, aspect, text }, plays) =>
      isRestored(plays.wanted) &&
      plays.wanted.minor >= CGROUP_FIELD_MINOR &&
      aspect === 'times' &&
      about.startsWith('Pod ') &&
      /\bready changed\b/.test(text),
  },
];

/** Since pods tell of their own resources. */
const CGROUP_FIELD_MINOR = 32;

/** So soon after it was made empty a ReplicaSet made pods. */
const AT_ONCE_MS = 100;

function makesAlthoughEmpty(play: Play, set: string): boolean {
  const naming = namingOf(play);
  const own = play.changes.filter(
    ({ object }) => object.kind === 'ReplicaSet' && naming(object.metadata.name ?? '') === set,
  );
  const emptied = own
    .filter(({ object }) => (object as ReplicaSet).spec.replicas === 0)
    .map(({ atMs }) => atMs);
  return play.changes.some(({ object: { kind, metadata }, type, atMs }) => {
    const isMade =
      kind === 'Pod' && type === 'ADDED' && naming(metadata.ownerReferences?.[0]?.name ?? '') === set;
    return isMade && emptied.some((ms) => atMs >= ms && atMs - ms < AT_ONCE_MS);
  });
}

function isRestored({ commands }: Play): boolean {
  return commands.some(({ line }) => /\betcdctl\b.*\bsnapshot restore\b/.test(line));
}
