import type { Component } from '../../../src/cluster/contract/component.ts';
import { deploymentController } from '../../../src/cluster/controllers/deployment/deployment.ts';
import { garbageCollector } from '../../../src/cluster/controllers/garbage-collector/garbage-collector.ts';
import { replicaSetController } from '../../../src/cluster/controllers/replica-set/replica-set.ts';
import { replicationController } from '../../../src/cluster/controllers/replication-controller.ts';
import { tokensController } from '../../../src/cluster/controllers/tokens.ts';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import type {
  Deployment,
  DeploymentSpec,
  Namespace,
  Pod,
  PodSpec,
  ReplicaSet,
  ServiceAccount,
} from '../../../src/cluster/objects/kubernetes.ts';
import { storagePrefix } from '../../../src/cluster/objects/storage-key.ts';
import type { World } from '../../../src/cluster/world/world.ts';
import { type Play, type PlayOptions, playCluster, type Typed } from '../node/play.ts';

/** The controllers of workloads, and what pods of 1.20 need besides. */
const controllers: readonly Component[] = [
  replicaSetController,
  replicationController,
  deploymentController,
  garbageCollector,
  tokensController,
];

export function playWorkloads(typed: readonly Typed[], options: PlayOptions): Play {
  return playCluster(typed, { ...options, more: [...controllers, ...(options.more ?? [])] });
}

export const namespace: Namespace = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'default' },
  status: { phase: 'Active' },
};

export const serviceAccount: ServiceAccount = {
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name: 'default', namespace: 'default' },
};

/** A pod that runs until it is killed. */
export const podSpec: PodSpec = {
  containers: [{ name: 'main', image: 'busybox:1.36', command: ['sleep', '3600'] }],
};
export const labels = { app: 'web' };

/** As the API server would have made it of a manifest: with its defaults. */
export function deploymentOf(
  spec: Partial<DeploymentSpec> = {},
  metadata: Partial<KubeObject['metadata']> = {},
): Deployment {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'default', generation: 1, ...metadata },
    spec: {
      replicas: 3,
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: podSpec },
      ...spec,
    },
  };
}

export interface SetDraft {
  readonly name: string;
  readonly size: number;
  /** How many of its pods are available; all others are there and not ready. */
  readonly available?: number;
  readonly image?: string;
  readonly revision?: number;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A ReplicaSet of the Deployment `web`, whose controller has seen it. */
export function replicaSetOf({
  name,
  size,
  available = size,
  image,
  revision = 1,
  annotations,
}: SetDraft): ReplicaSet {
  const own = { ...labels, 'pod-template-hash': name };
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name,
      namespace: 'default',
      generation: 1,
      labels: own,
      annotations: { 'deployment.kubernetes.io/revision': String(revision), ...annotations },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: 'web',
          uid: 'uid-web',
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec: {
      replicas: size,
      selector: { matchLabels: own },
      template: {
        metadata: { labels: own },
        spec: image === undefined ? podSpec : { containers: [{ name: 'main', image }] },
      },
    },
    status: {
      replicas: size,
      observedGeneration: 1,
      ...(available > 0 && { readyReplicas: available, availableReplicas: available }),
    },
  };
}

export function objectsOf<Kind extends KubeObject>({ store, seq }: World, resource: string): readonly Kind[] {
  const { objects } = store.tables;
  return [...objects.keysBy('resource', storagePrefix(resource), seq)].map(
    (key) => objects.read(key, seq) as Kind,
  );
}

export function podsOf(world: World): readonly Pod[] {
  return objectsOf<Pod>(world, 'pods');
}
