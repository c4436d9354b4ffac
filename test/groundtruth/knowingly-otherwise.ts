/**
 * Where the simulation knowingly differs though no recording judges it: what, and the page that tells more.
 */
export const KNOWINGLY_OTHERWISE: readonly (readonly [what: string, page: string])[] = [
  [
    'load balancers belong to nobody: addresses from 203.0.113.10 on, a check every eight seconds',
    'networks.md',
  ],
  ['hosts of Ingresses and HTTPRoutes are known by name outside, as where external-dns runs', 'networks.md'],
  ['ingress-nginx: authentication elsewhere, error pages and some settings are not simulated', 'networks.md'],
  ['certificates of web servers are not looked into', 'networks.md'],
  [
    'Gateway API: the control plane is no pod, objects are not validated, only HTTPRoutes are served',
    'networks.md',
  ],
  ['a mesh has no control plane, no mTLS and no gateways', 'writing-scenarios.md'],
  [
    'rules in CEL are checked against types when they are evaluated; costs are not estimated',
    'extensions.md',
  ],
  ['conversion webhooks are not called, and no controller acts on custom objects', 'extensions.md'],
  [
    'policies: no `authorizer`, no subresources, `Audit` leaves no trace, nothing is asked twice',
    'extensions.md',
  ],
  ['webhooks answer what the scenario says, and a time-out takes no time', 'extensions.md'],
  ['drivers of devices are not simulated: what is allocated is ready', 'writing-scenarios.md'],
  [
    'volumes: parameters of classes make no difference; snapshots are there with their kinds, groups of them are not',
    'writing-scenarios.md',
  ],
  [
    'tokens of pods bear no uids of accounts and nodes; every signature is a stand-in',
    'writing-scenarios.md',
  ],
  [
    'a kubelet that joins makes no CertificateSigningRequest; `--pod-network-cidr` changes nothing',
    'writing-scenarios.md',
  ],
  [
    'programs of the cluster are judged by RBAC from the first change of a role on, and only by what they lost',
    'writing-scenarios.md',
  ],
];
