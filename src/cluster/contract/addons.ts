/**
 * What a cluster may have besides Kubernetes itself: what such an addon brings stands in `founding/addons`,
 * what it does in a component. No cluster has one that neither its scenario names nor its manifests count on.
 */
export const ADDONS = [
  'metricsServer',
  'ingressNginx',
  'gateway',
  'verticalPodAutoscaler',
  'volumeSnapshots',
  'loadBalancer',
  'argoCd',
  'istio',
  'networkPolicy',
] as const;

export type Addon = (typeof ADDONS)[number];

/** What is known to be there, or not to be. */
export type Addons = Readonly<Partial<Record<Addon, boolean>>>;
