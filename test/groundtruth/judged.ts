/** A recording that the simulation is judged by, and how far it goes the same way today. */
export interface Judged {
  readonly recording: string;
  /** The plays that must agree; absent: the first three. */
  readonly seeds?: readonly string[];
  /** What is in it, in a few words. */
  readonly what: string;
  /** It is judged until then, in virtual milliseconds; absent: to its end. */
  readonly untilMs?: number;
  /** Explanations of the differences that are left, by their ids. */
  readonly explained?: readonly string[];
  /** What of it is not simulated yet, and in how many places it parts at most; absent: it agrees. */
  readonly notYet?: { readonly what: string; readonly atMost: number };
}

const PODS = 'lives of pods on a real kubelet';
const ROLLOUT = 'a rolling update, its undo, a bad image, pause and resume';

/** Every recording beside the project. What is not simulated yet may only shrink. */
export const JUDGED: readonly Judged[] = [
  { recording: 'v1.36/a1-rolling-update-solo', what: ROLLOUT },
  { recording: 'v1.36/a3-surge0-unavail1-minready5', what: 'maxSurge 0, maxUnavailable 1, minReadySeconds' },
  {
    recording: 'v1.36/a5-progress-deadline',
    what: 'progress deadline, proportional scaling',
    explained: ['made-and-deleted', 'scaled-up-and-down'],
  },
  { recording: 'v1.36/b1-liveness-exec', what: PODS },
  { recording: 'v1.36/b1-liveness-exec-long', what: PODS, explained: ['sooner-than-its-back-off'] },
  { recording: 'v1.36/b2-crashloop', what: PODS },
  { recording: 'v1.36/b2-crashloop-long', what: PODS },
  { recording: 'v1.36/b5-termination-solo', what: PODS },
  { recording: 'v1.36/b6-sidecar-solo', what: PODS },
  {
    recording: 'v1.36/b7-endpointslice-terminating',
    what: 'endpoints of pods that terminate',
    explained: ['address-repaired'],
  },
  {
    recording: 'v1.36/g-statefulset',
    what: 'StatefulSet: order, claims, partition',
    explained: ['claims-looked-at', 'pod-deleted-twice', 'recorder-stopped-at-volumes'],
  },
  { recording: 'v1.36/h-jobs-cronjobs', what: 'Jobs and CronJobs', explained: ['completed-job-seen-twice'] },
  {
    recording: 'v1.36/k-daemonset-solo',
    what: 'DaemonSet rollouts, a restarted kubelet, a drain against a budget',
    explained: ['budget-before-pods', 'evicted-together', 'waited-together'],
  },
  {
    recording: 'v1.36/l-kubectl-texts',
    what: 'texts of kubectl',
    explained: ['hollow-node', 'recorder-stopped-at-cleaning'],
  },
  {
    recording: 'v1.36/i-scheduler',
    what: 'scheduling, preemption',
    explained: ['second-look', 'waited-together'],
  },
  {
    recording: 'v1.36/c-drain',
    what: 'cordon, drain, budgets',
    explained: ['budget-before-pods', 'budget-written-at-once', 'evicted-together'],
  },
  {
    recording: 'v1.36/d-node-failure',
    what: 'a node freezes and returns',
    explained: ['evicted-together'],
  },
  {
    recording: 'v1.36/e-etcd-restore',
    what: 'a snapshot is restored under clients that run on, who are restarted in the end',
    explained: [
      'evicted-together',
      'made-and-deleted',
      'silent-nodes-tainted',
      'status-told-for-another-reason',
      'typed-where-etcd-runs',
    ],
  },
  {
    recording: 'v1.20/a1-rolling-update-solo',
    what: ROLLOUT,
    explained: ['container-removed-first', 'slice-made-twice'],
  },
  {
    recording: 'v1.20/a1-rolling-update',
    what: `${ROLLOUT}, on a busy node`,
    explained: ['container-removed-first', 'slice-made-twice', 'pulls-in-turn'],
  },
  {
    recording: 'v1.20/a3-surge0-unavail1-minready5',
    what: 'maxSurge 0, maxUnavailable 1, minReadySeconds',
    explained: ['container-removed-first', 'slice-made-twice'],
  },
  {
    recording: 'v1.20/a5-progress-deadline',
    what: 'progress deadline, proportional scaling',
    explained: [
      'container-removed-first',
      'made-and-deleted',
      'pulls-in-turn',
      'scaled-up-and-down',
      'slice-made-twice',
    ],
  },
  { recording: 'v1.20/b1-liveness-exec', what: `${PODS}, on a busy node` },
  { recording: 'v1.20/b1-liveness-exec-solo', what: PODS },
  { recording: 'v1.20/b2-crashloop', what: PODS, explained: ['pulls-in-turn'] },
  { recording: 'v1.20/b2-crashloop-solo', what: PODS },
  { recording: 'v1.20/b5-termination', what: PODS, explained: ['container-removed-first'] },
  { recording: 'v1.20/b5-termination-solo', what: PODS },
  {
    recording: 'v1.20/g-statefulset',
    what: 'StatefulSet: order, claims, partition, on a busy node',
    explained: ['claims-looked-at', 'recorder-stopped-at-volumes', 'slice-made-twice'],
  },
  {
    recording: 'v1.20/h-jobs-cronjobs',
    what: 'Jobs and CronJobs',
    explained: ['completed-job-seen-twice', 'counted-together'],
  },
  {
    recording: 'v1.20/i-scheduler',
    what: 'scheduling, preemption',
    explained: ['deleted-in-two-writes', 'hollow-node', 'others-on-nodes'],
  },
  {
    recording: 'v1.20/c-drain',
    what: 'cordon, drain, budgets',
    explained: [
      'budget-before-pods',
      'budget-written-at-once',
      'evicted-together',
      'pod-deleted-twice',
      'slice-made-twice',
    ],
  },
  {
    recording: 'v1.20/d-node-failure',
    what: 'a node freezes and returns',
    explained: ['another-of-its-kind', 'evicted-together', 'slice-made-twice'],
  },
  {
    recording: 'v1.20/e-etcd-restore',
    what: 'a snapshot is restored under clients that run on, who are restarted in the end (seeds 1, 3 and 4; in seed 2 pods of a forgotten ReplicaSet are not made anew)',
    // In others the two pods of a ReplicaSet that is forgotten are made anew, or are not.
    seeds: ['1', '3', '4'],
    explained: [
      'made-and-deleted',
      'other-nodes-silent',
      'others-on-nodes',
      'silent-nodes-tainted',
      'size-went-back',
      'slice-made-twice',
      'typed-where-etcd-runs',
    ],
  },
];
