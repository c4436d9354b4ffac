import type { ObjectMeta } from '../../cluster/objects/kubernetes.ts';

/**
 * Who writes in a cluster: components by their names here. Recordings do not say who wrote what, but what it
 * is says it; a log does.
 */
export type Writer = string;

/** A component, on whichever machine: `kubelet/node-1` is a `kubelet`. */
export function writerOf(actor: string): Writer {
  return actor.replace(/\/.*$/, '');
}

/** By the kind of owner: the one who makes what it owns, and tells how it fares. */
const CONTROLLERS: Readonly<Record<string, Writer>> = {
  ReplicaSet: 'replicaset-controller',
  ReplicationController: 'replication-controller',
  Deployment: 'deployment-controller',
  StatefulSet: 'statefulset-controller',
  DaemonSet: 'daemonset-controller',
  Job: 'job-controller',
  CronJob: 'cronjob-controller',
};

/** Who keeps the status of this kind; undefined: not only one does. */
export function keeperOf(kind: string): Writer | undefined {
  return CONTROLLERS[kind];
}

/** Who makes what bears this metadata; undefined: somebody typed it. */
export function makerOf({ ownerReferences = [] }: ObjectMeta): Writer | undefined {
  const owner = ownerReferences.find(({ controller }) => controller === true);
  return owner && CONTROLLERS[owner.kind];
}
