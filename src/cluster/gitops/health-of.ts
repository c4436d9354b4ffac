import type { KubeObject } from '../objects/kube-object.ts';
import type {
  DaemonSet,
  Deployment,
  Ingress,
  Job,
  PersistentVolumeClaim,
  Pod,
  ReplicaSet,
  Service,
  StatefulSet,
} from '../objects/kubernetes.ts';
import type { Health, HealthCode } from './application.ts';

/** From the best to the worst (gitops-engine: health/health.go). */
const ORDER: readonly HealthCode[] = [
  'Healthy',
  'Suspended',
  'Progressing',
  'Missing',
  'Degraded',
  'Unknown',
];

export function worseOf(a: HealthCode, b: HealthCode): HealthCode {
  return ORDER.indexOf(b) > ORDER.indexOf(a) ? b : a;
}

/** How an object is, by its kind; undefined where that says nothing (gitops-engine: health/health_*.go). */
export function healthOf(object: KubeObject): Health | undefined {
  if (object.metadata.deletionTimestamp !== undefined) return progressing('Pending deletion');
  return BY_KIND[object.kind]?.(object as never);
}

const HEALTHY: Health = { status: 'Healthy' };

function progressing(message?: string): Health {
  return { status: 'Progressing', ...(message && { message }) };
}

const BY_KIND: Readonly<Record<string, (object: never) => Health>> = {
  Deployment: ofDeployment,
  ReplicaSet: ofReplicaSet,
  StatefulSet: ofStatefulSet,
  DaemonSet: ofDaemonSet,
  Job: ofJob,
  Pod: ofPod,
  Service: ({ spec, status }: Service) =>
    spec?.type === 'LoadBalancer' && !status?.loadBalancer?.ingress?.length ? progressing() : HEALTHY,
  Ingress: ({ status }: Ingress) => (status?.loadBalancer?.ingress?.length ? HEALTHY : progressing()),
  PersistentVolumeClaim: ({ status }: PersistentVolumeClaim) => ({
    status: CLAIMS[status?.phase ?? ''] ?? 'Unknown',
  }),
};

const CLAIMS: Readonly<Record<string, HealthCode>> = {
  Lost: 'Degraded',
  Pending: 'Progressing',
  Bound: 'Healthy',
};

const ROLLOUT = 'Waiting for rollout to finish:';

function ofDeployment({ metadata, spec, status = {} }: Deployment): Health {
  const { replicas: wanted = 1, paused } = spec ?? {};
  if (paused) return { status: 'Suspended', message: 'Deployment is paused' };
  if ((metadata.generation ?? 0) > (status.observedGeneration ?? 0))
    return progressing(`${ROLLOUT} observed deployment generation less than desired generation`);
  const { updatedReplicas: updated = 0, replicas = 0, availableReplicas: available = 0 } = status;
  const condition = status.conditions?.find(({ type }) => type === 'Progressing');
  if (condition?.reason === 'ProgressDeadlineExceeded')
    return { status: 'Degraded', message: `Deployment "${metadata.name}" exceeded its progress deadline` };
  if (updated < wanted)
    return progressing(`${ROLLOUT} ${updated} out of ${wanted} new replicas have been updated...`);
  if (replicas > updated)
    return progressing(`${ROLLOUT} ${replicas - updated} old replicas are pending termination...`);
  if (available < updated)
    return progressing(`${ROLLOUT} ${available} of ${updated} updated replicas are available...`);
  return HEALTHY;
}

function ofReplicaSet({ metadata, spec, status }: ReplicaSet): Health {
  if ((metadata.generation ?? 0) > (status?.observedGeneration ?? 0))
    return progressing(`${ROLLOUT} observed replica set generation less than desired generation`);
  const failed = status?.conditions?.find(
    ({ type, status: is }) => type === 'ReplicaFailure' && is === 'True',
  );
  if (failed) return { status: 'Degraded', ...(failed.message && { message: failed.message }) };
  const { replicas = 1 } = spec ?? {};
  const available = status?.availableReplicas ?? 0;
  return available < replicas
    ? progressing(`${ROLLOUT} ${available} out of ${replicas} new replicas are available...`)
    : HEALTHY;
}

function ofStatefulSet({ metadata, spec, status }: StatefulSet): Health {
  if (!status?.observedGeneration || (metadata.generation ?? 0) > status.observedGeneration)
    return progressing('Waiting for statefulset spec update to be observed...');
  const missing = (spec?.replicas ?? 1) - (status.readyReplicas ?? 0);
  if (missing > 0) return progressing(`Waiting for ${missing} pods to be ready...`);
  const { updateRevision, currentRevision, currentReplicas = 0, updatedReplicas = 0 } = status;
  if (spec?.updateStrategy?.type === 'OnDelete')
    return { status: 'Healthy', message: `statefulset has ${status.readyReplicas ?? 0} ready pods` };
  if (spec?.updateStrategy?.rollingUpdate !== undefined) {
    const wanted = (spec.replicas ?? 1) - (spec.updateStrategy.rollingUpdate.partition ?? 0);
    if (updatedReplicas < wanted)
      return progressing(
        `Waiting for partitioned roll out to finish: ${updatedReplicas} out of ${wanted} new pods have been updated...`,
      );
    const message = `partitioned roll out complete: ${updatedReplicas} new pods have been updated...`;
    return { status: 'Healthy', message };
  }
  if (updateRevision !== currentRevision)
    return progressing(
      `waiting for statefulset rolling update to complete ${updatedReplicas} pods at revision ${updateRevision}...`,
    );
  const message = `statefulset rolling update complete ${currentReplicas} pods at revision ${currentRevision}...`;
  return { status: 'Healthy', message };
}

function ofDaemonSet({ metadata, spec, status }: DaemonSet): Health {
  if ((metadata.generation ?? 0) > (status?.observedGeneration ?? 0))
    return progressing(`${ROLLOUT} observed daemon set generation less than desired generation`);
  const wanted = status?.desiredNumberScheduled ?? 0;
  const updated = status?.updatedNumberScheduled ?? 0;
  const head = `Waiting for daemon set "${metadata.name}" rollout to finish:`;
  if (spec?.updateStrategy?.type === 'OnDelete')
    return {
      status: 'Healthy',
      message: `daemon set ${updated} out of ${wanted} new pods have been updated`,
    };
  if (updated < wanted)
    return progressing(`${head} ${updated} out of ${wanted} new pods have been updated...`);
  const available = status?.numberAvailable ?? 0;
  return available < wanted
    ? progressing(`${head} ${available} of ${wanted} updated pods are available...`)
    : HEALTHY;
}

function ofJob({ status }: Job): Health {
  const conditions = status?.conditions ?? [];
  const said = (wanted: string) => conditions.find(({ type }) => type === wanted);
  const [failed, complete, suspended] = [said('Failed'), said('Complete'), said('Suspended')];
  const withMessage = (status: HealthCode, message: string | undefined): Health => ({
    status,
    ...(message && { message }),
  });
  if (failed) return withMessage('Degraded', failed.message);
  if (suspended?.status === 'True') return withMessage('Suspended', suspended.message);
  return complete || suspended ? withMessage('Healthy', (complete ?? suspended)?.message) : progressing();
}

function ofPod({ spec, status }: Pod): Health {
  const { phase, conditions = [], containerStatuses = [] } = status ?? {};
  const isKept = (spec.restartPolicy ?? 'Always') === 'Always';
  const bad = containerStatuses.flatMap(({ state }) =>
    /^Err|Error$|BackOff$/.test(state?.waiting?.reason ?? '') ? [state?.waiting?.message ?? ''] : [],
  );
  if (isKept && bad.length > 0) return { status: 'Degraded', message: bad.join(', ') };
  if (phase === 'Succeeded') return HEALTHY;
  if (phase === 'Failed') return { status: 'Degraded' };
  if (phase !== 'Running' || !isKept) return progressing();
  if (conditions.some(({ type, status: is }) => type === 'Ready' && is === 'True')) return HEALTHY;
  return containerStatuses.some(({ lastState }) => lastState?.terminated)
    ? { status: 'Degraded' }
    : progressing();
}
