import type { StoreShape } from '../../kernel/table/store.ts';
import type { MachineRows } from '../contract/machine-rows.ts';

/** The indexes of the machines' tables. */
export const machineTables: StoreShape<MachineRows> = {
  machines: { all: () => '' },
  installs: {},
  images: { node: (row) => row.node },
  registries: {},
  paths: { all: () => '' },
  hindrances: { all: () => '' },
  pacedClients: {},
  podWorkers: {
    node: (row) => row.node,
    withDevices: (row) => (row.devices === undefined ? undefined : row.node),
  },
  podStatuses: { node: (row) => row.node },
  sandboxes: { pod: (row) => row.pod, ip: (row) => (row.stoppedAt === undefined ? row.ip : undefined) },
  containers: { pod: (row) => row.pod },
  processes: { node: (row) => row.node },
  files: {
    fileSystem: (row) => row.fileSystem,
    sized: (row) => (row.sizeBytes === undefined ? undefined : ''),
  },
  logs: { container: (row) => row.container },
  probeWorkers: { pod: (row) => row.pod, node: (row) => row.node },
  execs: {
    container: (row) => row.container,
    running: (row) => (row.exitCode === undefined ? row.node : undefined),
  },
  connections: {
    all: () => '',
    container: (row) => row.container,
    target: (row) => (row.answer === undefined && !row.taken ? row.target?.node : undefined),
    taken: (row) => (row.answer === undefined ? row.taken?.proxy : undefined),
  },
  names: {},
  proxyRules: {
    node: (row) => row.node,
    service: ({ node, servicePort }) => `${node} ${servicePort.split(':')[0]}`,
    clusterIp: ({ node, clusterIp, port, protocol }) => `${node} ${clusterIp}:${port}/${protocol}`,
    nodePort: ({ node, nodePort, protocol }) =>
      nodePort === undefined ? undefined : `${node} ${nodePort}/${protocol}`,
    external: ({ node, externalIps }) => (externalIps === undefined ? undefined : node),
  },
  proxies: {},
  podLabels: {},
  nodePolicies: { all: () => '', place: ({ node, namespace }) => `${node} ${namespace}` },
  affinities: {},
  balancers: { all: () => '', address: (row) => row.address },
  webProxies: { all: () => '', pod: (row) => row.pod },
  recorders: {},
  controllerKeys: { all: () => '' },
  scheduling: { all: () => '' },
  staticPods: { node: (row) => row.node },
  served: {},
  verticals: { all: () => '' },
  autoscalers: { all: () => '' },
  usages: { all: () => '', node: (row) => row.node },
  programs: {
    // One that runs elsewhere is not among those on the machines.
    program: (row) => (row.node === '' ? undefined : row.program),
    here: (row) => (row.node === '' ? undefined : ''),
    elsewhere: (row) => (row.node === '' ? '' : undefined),
  },
};
