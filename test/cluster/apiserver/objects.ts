import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import type { Deployment, Pod, PodSpec } from '../../../src/cluster/objects/kubernetes.ts';

export function pod(name: string, spec: Partial<PodSpec> = {}): Pod & KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: { containers: [{ name: 'c', image: 'nginx:1.16' }], ...spec },
  };
}

/** One that runs on a node, as it would be stored. */
export function runningPod(name: string, spec: Partial<PodSpec> = {}): Pod & KubeObject {
  return {
    ...pod(name, { nodeName: 'node-1', terminationGracePeriodSeconds: 30, ...spec }),
    metadata: { name, namespace: 'default', generation: 1 },
    status: { phase: 'Running', qosClass: 'BestEffort', conditions: [{ type: 'Ready', status: 'True' }] },
  };
}

export function deployment(name: string, replicas = 1): Deployment & KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: 'c', image: 'nginx:1.16' }] },
      },
    },
  };
}

export function configMap(name: string, data: Record<string, string> = {}): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data } as KubeObject;
}
