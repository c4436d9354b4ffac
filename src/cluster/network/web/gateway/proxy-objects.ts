import type { Deployment, Service } from '../../../objects/kubernetes.ts';
import { controllerReference } from '../../../objects/owner-references.ts';
import { GATEWAY_LABEL, type Gateway } from './gateway-objects.ts';

/** `shop-nginx`: what runs for a Gateway bears its name and that of its class. */
export function proxyName({ metadata, spec }: Gateway): string {
  return `${metadata.name}-${spec?.gatewayClassName}`;
}

function labelsOf(gateway: Gateway): Record<string, string> {
  return {
    'app.kubernetes.io/instance': 'ngf',
    'app.kubernetes.io/managed-by': 'ngf-nginx',
    'app.kubernetes.io/name': proxyName(gateway),
    [GATEWAY_LABEL]: gateway.metadata.name ?? '',
  };
}

function metadataOf(gateway: Gateway): Deployment['metadata'] {
  return {
    name: proxyName(gateway),
    namespace: gateway.metadata.namespace ?? '',
    labels: labelsOf(gateway),
    ownerReferences: [controllerReference(gateway)],
  };
}

function portsOf({ spec }: Gateway): readonly number[] {
  return [...new Set((spec?.listeners ?? []).map(({ port }) => port))].sort((a, b) => a - b);
}

export function proxyDeployment(gateway: Gateway): Deployment {
  const labels = labelsOf(gateway);
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadataOf(gateway),
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [
            {
              name: 'nginx',
              image: 'ghcr.io/nginx/nginx-gateway-fabric/nginx:2.2.0',
              imagePullPolicy: 'IfNotPresent',
              ports: portsOf(gateway).map((port) => ({
                containerPort: port,
                name: `port-${port}`,
                protocol: 'TCP',
              })),
              readinessProbe: {
                httpGet: { path: '/readyz', port: 8081 },
                initialDelaySeconds: 3,
                periodSeconds: 10,
              },
            },
          ],
          terminationGracePeriodSeconds: 30,
        },
      },
    },
  };
}

export function proxyService(gateway: Gateway): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadataOf(gateway),
    spec: {
      type: 'LoadBalancer',
      externalTrafficPolicy: 'Local',
      ports: portsOf(gateway).map((port) => ({
        name: `port-${port}`,
        port,
        protocol: 'TCP',
        targetPort: port,
      })),
      selector: labelsOf(gateway),
    },
  };
}
