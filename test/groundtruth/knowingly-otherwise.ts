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
  ['policies: no subresources, `Audit` leaves no trace, nothing is asked twice', 'extensions.md'],
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
    'a certificate renewed is used at once, and a program whose own has ended while it runs goes on',
    'writing-scenarios.md',
  ],
  [
    'machines: what processes use of memory, processors and disk is drawn, and set-up tools (sysctl, iptables) change nothing',
    'writing-scenarios.md',
  ],
  [
    'programs of the cluster are judged by RBAC from the first change of a role on, and only by what they lost',
    'writing-scenarios.md',
  ],
  [
    'A path on which packets are lost or late: a request is one packet and its answer another, whatever their size, and each ' +
      'try of a connection is drawn by itself; there is no bandwidth, no jitter and no reordering. Traffic, programs and ' +
      'probes feel it, and what programs of the cluster ask the API server does not: that is cut by `cut: network`',
    'scenario-language.md',
  ],
  [
    'A slow program has one worker that is slow, where a real one has several; a slow API server takes as much longer for ' +
      'each request, however many there are, and what it lists and watches is not slower for being large',
    'scenario-language.md',
  ],
  [
    'An API server that refuses requests draws it for each of them: no flow has a share of its own (priority and fairness), ' +
      'and watches that are open stay open',
    'scenario-language.md',
  ],
  [
    'A slow disk of etcd is felt by writes, as long as the quickest half of the members takes; reads, snapshots and ' +
      'compactions are not slower, and a leader that loses its lead for it loses it once',
    'scenario-language.md',
  ],
  [
    'A frozen container takes connections without end: its queue of them is never full, and its clocks do not jump when it ' +
      'goes on',
    'scenario-language.md',
  ],
  [
    'A damaged member of etcd is found out when it starts; members do not compare themselves as they run ' +
      '(`--experimental-corrupt-check-time`), so there is no alarm CORRUPT',
    'scenario-language.md',
  ],
];
