import type { ConfigMap } from './kubernetes.ts';

const NOTE =
  'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the ' +
  'internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes ' +
  'clusters.';

/**
 * The ConfigMap by which pods trust their API server. What is in it is no certificate: nothing here checks
 * one.
 */
export function rootCaConfigMap(namespace: string): ConfigMap {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'kube-root-ca.crt', namespace, annotations: { 'kubernetes.io/description': NOTE } },
    data: { 'ca.crt': '-----BEGIN CERTIFICATE-----\nkubereel\n-----END CERTIFICATE-----\n' },
  };
}
