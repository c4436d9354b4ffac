/** A recording that the simulation is judged by, and how far it goes the same way today. */
export interface Judged {
  readonly recording: string;
  /** What is in it, in a few words. */
  readonly what: string;
  /** It is judged until then, in virtual milliseconds; absent: to its end. */
  readonly untilMs?: number;
  /** What of it is not simulated yet, and in how many places it parts at most; absent: it agrees. */
  readonly notYet?: { readonly what: string; readonly atMost: number };
}

const PODS = 'lives of pods on a real kubelet';
const ROLLOUT = 'a rolling update, its undo, a bad image, pause and resume';

/** Every recording beside the project. What is not simulated yet may only shrink. */
export const JUDGED: readonly Judged[] = [
  { recording: 'v1.36/a1-rolling-update-solo', what: ROLLOUT },
  { recording: 'v1.36/a3-surge0-unavail1-minready5', what: 'maxSurge 0, maxUnavailable 1, minReadySeconds' },
  { recording: 'v1.36/a5-progress-deadline', what: 'progress deadline, proportional scaling' },
  { recording: 'v1.36/b1-liveness-exec', what: PODS },
  { recording: 'v1.36/b1-liveness-exec-long', what: PODS },
  { recording: 'v1.36/b2-crashloop', what: PODS },
  { recording: 'v1.36/b2-crashloop-long', what: PODS },
  { recording: 'v1.36/b5-termination-solo', what: PODS },
  { recording: 'v1.36/b6-sidecar-solo', what: PODS },
  { recording: 'v1.36/b7-endpointslice-terminating', what: 'endpoints of pods that terminate' },
  { recording: 'v1.36/g-statefulset', what: 'StatefulSet: order, claims, partition' },
  { recording: 'v1.36/h-jobs-cronjobs', what: 'Jobs and CronJobs' },
  { recording: 'v1.36/k-daemonset-solo', what: 'DaemonSet rollouts', untilMs: 27_000 },
  {
    recording: 'v1.36/k-daemonset-solo',
    what: 'DaemonSet rollouts, a restarted kubelet, a drain against a budget',
    notYet: {
      what: 'kubelets are not restarted, and nobody keeps the status of a PodDisruptionBudget',
      atMost: 40,
    },
  },
  {
    recording: 'v1.36/l-kubectl-texts',
    what: 'texts of kubectl',
    notYet: { what: 'see the outputs that differ, below', atMost: 35 },
  },
  {
    recording: 'v1.36/i-scheduler',
    what: 'scheduling, preemption',
    notYet: { what: 'preemption, and the hollow nodes that only pretend to run containers', atMost: 80 },
  },
  {
    recording: 'v1.36/c-drain',
    what: 'cordon, drain, budgets',
    notYet: {
      what: 'budgets are not kept; which pods are drained follows from nodes that were drawn',
      atMost: 140,
    },
  },
  {
    recording: 'v1.36/d-node-failure',
    what: 'a node freezes and returns',
    notYet: { what: 'nobody freezes a node, so nothing of the rest happens', atMost: 105 },
  },
  {
    recording: 'v1.36/e-etcd-restore',
    what: 'a snapshot is restored',
    notYet: { what: 'etcdctl can not be typed, so nothing is restored', atMost: 135 },
  },
  { recording: 'v1.20/a1-rolling-update-solo', what: ROLLOUT },
  { recording: 'v1.20/a1-rolling-update', what: `${ROLLOUT}, on a busy node` },
  { recording: 'v1.20/a3-surge0-unavail1-minready5', what: 'maxSurge 0, maxUnavailable 1, minReadySeconds' },
  { recording: 'v1.20/a5-progress-deadline', what: 'progress deadline, proportional scaling' },
  { recording: 'v1.20/b1-liveness-exec', what: PODS },
  { recording: 'v1.20/b1-liveness-exec-solo', what: PODS },
  { recording: 'v1.20/b2-crashloop', what: PODS },
  { recording: 'v1.20/b2-crashloop-solo', what: PODS },
  { recording: 'v1.20/b5-termination', what: PODS },
  { recording: 'v1.20/b5-termination-solo', what: PODS },
  {
    recording: 'v1.20/g-statefulset',
    what: 'StatefulSet: order, claims, partition, on a busy node',
    notYet: {
      what: 'its kubelet let pods go later than ours, so that what was typed met the set in another state',
      atMost: 10,
    },
  },
  { recording: 'v1.20/h-jobs-cronjobs', what: 'Jobs and CronJobs' },
  {
    recording: 'v1.20/i-scheduler',
    what: 'scheduling, preemption',
    notYet: { what: 'preemption, and the hollow nodes that only pretend to run containers', atMost: 85 },
  },
  {
    recording: 'v1.20/c-drain',
    what: 'cordon, drain, budgets',
    notYet: {
      what: 'budgets are not kept; which pods are drained follows from nodes that were drawn',
      atMost: 125,
    },
  },
  {
    recording: 'v1.20/d-node-failure',
    what: 'a node freezes and returns',
    notYet: { what: 'nobody freezes a node, so nothing of the rest happens', atMost: 90 },
  },
  {
    recording: 'v1.20/e-etcd-restore',
    what: 'a snapshot is restored',
    notYet: { what: 'etcdctl can not be typed, so nothing is restored', atMost: 180 },
  },
];
