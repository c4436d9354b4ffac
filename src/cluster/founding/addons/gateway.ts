import type { KubeObject } from '../../objects/kube-object.ts';
import type { Defined } from './definition.ts';
import { AGE, column } from './schema-words.ts';

const GROUP = 'gateway.networking.k8s.io';

/** The kinds of Gateway API's standard channel that are looked at. What stands in them is not checked. */
export const GATEWAY_KINDS: readonly Defined[] = [
  {
    group: GROUP,
    kind: 'GatewayClass',
    plural: 'gatewayclasses',
    shortNames: ['gc'],
    categories: ['gateway-api'],
    isOfCluster: true,
    versions: versionsOf([
      column('Controller', '.spec.controllerName'),
      column('Accepted', '.status.conditions[?(@.type=="Accepted")].status'),
      AGE,
    ]),
  },
  {
    group: GROUP,
    kind: 'Gateway',
    shortNames: ['gtw'],
    categories: ['gateway-api'],
    versions: versionsOf([
      column('Class', '.spec.gatewayClassName'),
      column('Address', '.status.addresses[*].value'),
      column('Programmed', '.status.conditions[?(@.type=="Programmed")].status'),
      AGE,
    ]),
  },
  {
    group: GROUP,
    kind: 'HTTPRoute',
    categories: ['gateway-api'],
    versions: versionsOf([column('Hostnames', '.spec.hostnames'), AGE]),
  },
  {
    group: GROUP,
    kind: 'ReferenceGrant',
    shortNames: ['refgrant'],
    categories: ['gateway-api'],
    versions: [{ name: 'v1beta1', columns: [AGE], hasStatus: false }],
  },
];

function versionsOf(columns: NonNullable<Defined['versions'][number]['columns']>): Defined['versions'] {
  return [
    { name: 'v1', columns },
    { name: 'v1beta1', columns },
  ];
}

/** The class of NGINX Gateway Fabric. */
export const gatewayObjects: readonly KubeObject[] = [
  {
    apiVersion: `${GROUP}/v1`,
    kind: 'GatewayClass',
    metadata: { name: 'nginx' },
    spec: { controllerName: 'gateway.nginx.org/nginx-gateway-controller' },
  } as KubeObject,
];
