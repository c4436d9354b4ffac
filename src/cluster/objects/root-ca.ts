import type { ConfigMap } from './kubernetes.ts';
import { inVersion, type KubeVersion, type Since } from './versions.ts';

const NOTE =
  'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the ' +
  'internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes ' +
  'clusters.';

/** It is no certificate: nothing here checks one. */
export const ROOT_CA = '-----BEGIN CERTIFICATE-----\nkubereel\n-----END CERTIFICATE-----\n';

/** certificates/rootcacertpublisher; 1.20's recordings have none. */
const ANNOTATIONS: Since<Readonly<Record<string, string>> | undefined> = [
  [0, undefined],
  [21, { 'kubernetes.io/description': NOTE }],
];

/** The ConfigMap by which pods trust their API server. */
export function rootCaConfigMap(namespace: string, version: KubeVersion): ConfigMap {
  const annotations = inVersion(ANNOTATIONS, version);
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'kube-root-ca.crt',
      namespace,
      ...(annotations && { annotations: { ...annotations } }),
    },
    data: { 'ca.crt': ROOT_CA },
  };
}
