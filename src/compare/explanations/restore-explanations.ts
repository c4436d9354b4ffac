import type { Play } from '../play.ts';
import type { Explanation } from './explanations.ts';

/** Why plays may part in which etcd is turned back. */
export const RESTORE_EXPLANATIONS: readonly Explanation[] = [
  {
    id: 'typed-where-etcd-runs',
    kind: 'artifact',
    why: 'the recorded control plane ran beside the nodes, on a machine that is none of the cluster; what was done there is done here as a fault',
    source:
      'v1.20/e-etcd-restore and v1.36/e-etcd-restore: etcdctl without certificates, ctr with a socket in the folder',
    explains: ({ about, aspect }, { actual }) =>
      aspect === 'outputs' &&
      /^\$ (etcdctl|ctr) /.test(about) &&
      [...(actual.leftOut?.values() ?? [])].some((why) => /^(etcdctl|ctr) is not simulated/.test(why)),
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

function isRestored({ commands }: Play): boolean {
  return commands.some(({ line }) => /\betcdctl\b.*\bsnapshot restore\b/.test(line));
}
