import type { Model } from '../kernel/run/agenda.ts';
import { decide } from './apiserver/decide.ts';
import { eventExpiry } from './apiserver/event-expiry.ts';
import { clusterAutoscaler } from './autoscaler/cluster-autoscaler.ts';

import type { Change } from './contract/api-event.ts';
import type { Component, Delivery } from './contract/component.ts';
import type { ProgramName } from './contract/control-plane-rows.ts';
import type { Event } from './contract/event.ts';
import type { ObjectReader, RowReader } from './contract/reader.ts';
import { type ClusterSettings, hasAddon } from './contract/settings.ts';
import { attachDetachController } from './controllers/attach-detach/attach-detach.ts';
import { certificateApprovingController } from './controllers/certificates/certificate-approving.ts';
import { certificateCleaner } from './controllers/certificates/certificate-cleaner.ts';
import { certificateSigningController } from './controllers/certificates/certificate-signing.ts';
import { cloudNodeLifecycleController } from './controllers/cloud-node-lifecycle.ts';
import { clusterRoleAggregationController } from './controllers/cluster-role-aggregation.ts';
import { cronJobController } from './controllers/cron-job/cron-job.ts';
import { customResourceDefinitionController } from './controllers/custom-resource-definition/custom-resource-definition.ts';
import { daemonSetController } from './controllers/daemon-set/daemon-set.ts';
import { deploymentController } from './controllers/deployment/deployment.ts';
import { disruptionController } from './controllers/disruption/disruption.ts';
import { endpointSliceController } from './controllers/endpoint-slice/endpoint-slice.ts';
import { endpointSliceMirroringController } from './controllers/endpoint-slice-mirroring/endpoint-slice-mirroring.ts';
import { endpointsController } from './controllers/endpoints/endpoints.ts';
import { ephemeralVolumeController } from './controllers/ephemeral-volume.ts';
import { extensionNotices } from './controllers/extension-notices.ts';
import { garbageCollector } from './controllers/garbage-collector/garbage-collector.ts';
import { jobController } from './controllers/job/job.ts';
import { ttlAfterFinishedController } from './controllers/job/ttl-after-finished.ts';
import { leaderElections } from './controllers/leader-leases.ts';
import { namespaceController } from './controllers/namespace/namespace.ts';
import { nodeIpamController } from './controllers/node-ipam.ts';
import { nodeLifecycleController } from './controllers/node-lifecycle/node-lifecycle.ts';
import { persistentVolumeController } from './controllers/persistent-volume/persistent-volume.ts';
import {
  claimProtectionController,
  volumeProtectionController,
} from './controllers/persistent-volume/protection.ts';
import { podAutoscaler } from './controllers/pod-autoscaler/pod-autoscaler.ts';
import { podGarbageCollector } from './controllers/pod-garbage-collector.ts';
import { replicaSetController } from './controllers/replica-set/replica-set.ts';
import { replicationController } from './controllers/replication-controller.ts';
import { resourceClaimController } from './controllers/resource-claim.ts';
import { resourceQuotaController } from './controllers/resource-quota/resource-quota.ts';
import { rootCaPublisher } from './controllers/root-ca-publisher.ts';
import { serviceController } from './controllers/service/service.ts';
import { serviceAccountController } from './controllers/service-account.ts';
import { statefulSetController } from './controllers/stateful-set/stateful-set.ts';
import { taintEvictionController } from './controllers/taint-eviction/taint-eviction.ts';
import { tokenCleaner } from './controllers/token-cleaner.ts';
import { tokensController } from './controllers/tokens.ts';
import { verticalRecommender } from './controllers/vertical-autoscaler/recommender.ts';
import { verticalUpdater } from './controllers/vertical-autoscaler/updater.ts';
import { volumeAttacher } from './controllers/volume-attacher.ts';
import { volumeProvisioner } from './controllers/volume-provisioner/volume-provisioner.ts';
import { volumeResizer } from './controllers/volume-resizer.ts';
import { csiSnapshotter } from './controllers/volume-snapshots/csi-snapshotter.ts';
import { snapshotController } from './controllers/volume-snapshots/snapshot-controller.ts';
import { etcd } from './etcd/etcd.ts';
import { reflectors } from './faults/give-up-watches.ts';
import { recovery } from './faults/recovery.ts';
import { bringsObjects, installAddons } from './founding/addons/install-addons.ts';
import { kubeadmClient } from './founding/kubeadm-client.ts';
import { playPast } from './founding/play-past.ts';
import { growsItsPlane, serverStart } from './founding/server-start.ts';
import { createGenesis } from './genesis.ts';
import { loadBalancers } from './network/balancer/load-balancers.ts';
import { network } from './network/network.ts';
import { policyAgent } from './network/policy/policy-agent.ts';
import { kubeProxy } from './network/proxy/kube-proxy.ts';
import { createTraffic } from './network/traffic/traffic.ts';
import { gatewayController } from './network/web/gateway/gateway-controller.ts';
import { gatewayProxy } from './network/web/gateway/gateway-proxy.ts';
import { istioProxy } from './network/web/istio/istio-proxy.ts';
import { ingressNginx } from './network/web/nginx/ingress-nginx.ts';
import { webProxy } from './network/web/web-proxy.ts';
import { prospectOf } from './node/containers/prospect-of.ts';
import { flannel } from './node/flannel.ts';
import { machineComponents } from './node/machine-components.ts';
import { metricsServer } from './node/usage/metrics-server.ts';
import { createAgenda } from './runtime/agenda.ts';
import { assemble, type Cluster } from './runtime/cluster.ts';
import { scheduler } from './scheduler/scheduler.ts';
import { evolve } from './world/evolve.ts';
import type { World } from './world/world.ts';

/** The controllers, which kube-controller-manager runs. */
const controllers: readonly Component[] = partsOf('kube-controller-manager', [
  serviceAccountController,
  rootCaPublisher,
  clusterRoleAggregationController,
  certificateApprovingController,
  certificateSigningController,
  certificateCleaner,
  tokenCleaner,
  resourceQuotaController,
  namespaceController,
  tokensController,
  replicationController,
  replicaSetController,
  deploymentController,
  jobController,
  ttlAfterFinishedController,
  cronJobController,
  daemonSetController,
  statefulSetController,
  persistentVolumeController,
  claimProtectionController,
  volumeProtectionController,
  volumeProvisioner,
  attachDetachController,
  volumeAttacher,
  volumeResizer,
  snapshotController,
  csiSnapshotter,
  ephemeralVolumeController,
  resourceClaimController,
  disruptionController,
  podAutoscaler,
  nodeLifecycleController,
  taintEvictionController,
  endpointsController,
  endpointSliceController,
  endpointSliceMirroringController,
  garbageCollector,
  podGarbageCollector,
]);

/** All that a cluster consists of, whoever types into it. */
const components: readonly Component[] = [
  ...partsOf('etcd', [eventExpiry]),
  ...partsOf('kube-apiserver', [customResourceDefinitionController, extensionNotices]),
  ...controllers,
  { ...scheduler, program: 'kube-scheduler' },
  ...machineComponents,
  recovery,
  etcd,
  reflectors,
  kubeProxy,
  policyAgent,
  istioProxy,
  network,
  ingressNginx,
  webProxy,
  // What a request would meet is the machines' business, where it goes the network's.
  createTraffic(prospectOf),
];

/** What there is besides where machines are hired: who hires them, and who takes note of those given back. */
const cloudComponents: readonly Component[] = [
  ...partsOf('kube-controller-manager', [cloudNodeLifecycleController]),
  ...partsOf('kube-apiserver', [clusterAutoscaler]),
];

/** Whoever runs load balancers, and tells services of theirs. */
const balancerComponents: readonly Component[] = [
  ...partsOf('kube-controller-manager', [serviceController]),
  loadBalancers,
];

/** Whoever serves Gateways: what has their proxies run, and those. */
const gatewayComponents: readonly Component[] = [gatewayController, gatewayProxy];

/** They work only while the program does. */
function partsOf(program: ProgramName, parts: readonly Component[]): readonly Component[] {
  return parts.map((part) => ({ ...part, program }));
}

/** What gives pods more or less of what they use. */
const verticalComponents: readonly Component[] = [verticalRecommender, verticalUpdater];

/** What a cluster has besides Kubernetes itself. */
function addonComponents(settings: ClusterSettings): readonly Component[] {
  return [
    ...(hasAddon(settings, 'loadBalancer') ? balancerComponents : []),
    ...(hasAddon(settings, 'metricsServer') ? [metricsServer] : []),
    ...(growsItsPlane(settings)
      ? [serverStart, flannel, ...partsOf('kube-controller-manager', [nodeIpamController])]
      : []),
    ...(bringsObjects(settings) ? [installAddons] : []),
    ...(hasAddon(settings, 'gateway') ? gatewayComponents : []),
    ...(hasAddon(settings, 'verticalPodAutoscaler') ? verticalComponents : []),
  ];
}

/** A cluster as the kernel runs it, with the clients that act in it (kubectl, the teller of a scenario). */
export function createClusterModel(
  settings: ClusterSettings,
  clients: readonly Component[],
): Model<World, Event> {
  const cloud = settings.autoscaler ? cloudComponents : [];
  const elections = settings.leaderLeases ? leaderElections : [];
  const parts = [...components, ...elections, ...cloud, ...addonComponents(settings)];
  return modelOf(settings, [genesis, ...parts, ...clients]);
}

/** The same as what it is made of: its API server, and all who meet there. */
export function clusterOf(settings: ClusterSettings, clients: readonly Component[]): Cluster {
  return assemble(settings, decide, [
    ...components,
    installAddons,
    ...cloudComponents,
    ...balancerComponents,
    ...gatewayComponents,
    ...(hasAddon(settings, 'metricsServer') ? [metricsServer] : []),
    ...(hasAddon(settings, 'verticalPodAutoscaler') ? verticalComponents : []),
    ...clients,
  ]);
}

function modelOf(settings: ClusterSettings, parts: readonly Component[]): Model<World, Event> {
  const cluster = assemble(settings, decide, parts);
  return { evolve, agenda: (world, log) => createAgenda(cluster, world, log) };
}

const genesis = createGenesis(pastOf);

/** The same settings have the same past, and it takes a while to play it. The latest few are kept. */
const pasts = new Map<string, readonly Event[]>();
const PASTS_KEPT = 8;

function pastOf(settings: ClusterSettings): readonly Event[] {
  const text = JSON.stringify(settings);
  const past = pasts.get(text) ?? [...playPast(settings, modelOf(settings, [kubeadmClient, ...components]))];
  pasts.delete(text);
  pasts.set(text, past);
  const [oldest] = pasts.keys();
  if (pasts.size > PASTS_KEPT && oldest !== undefined) pasts.delete(oldest);
  return past;
}

/** Whom of a cluster's components a change in etcd reaches, and at what each of them then looks. */
export function deliveriesOfChange(
  change: Change,
  rows: RowReader,
  objects: ObjectReader,
): readonly Delivery[] {
  const watching = components.filter(
    ({ watches = [], readsStore }) =>
      !readsStore && (watches.includes(change.resource) || watches.includes('*')),
  );
  return watching.flatMap((component) => [...(component.deliveriesOf?.(change, rows, objects) ?? [])]);
}
