import * as z from 'zod';

const addon = z.boolean().optional();

/** Whether each is there, where a scenario does not leave that to its manifests. */
export const addonsSchema = z
  .strictObject({
    metricsServer: addon.describe(
      'The resource metrics of nodes and pods: `kubectl top` and HorizontalPodAutoscalers go by them.',
    ),
    ingressNginx: addon.describe('The controller ingress-nginx and its IngressClass `nginx`.'),
    gateway: addon.describe(
      'The Gateway API: its kinds, and a controller of the GatewayClass that it brings.',
    ),
    verticalPodAutoscaler: addon.describe('The kind VerticalPodAutoscaler and its three programs.'),
    volumeSnapshots: addon.describe(
      'The kinds VolumeSnapshot, VolumeSnapshotClass and VolumeSnapshotContent, and their controller.',
    ),
    loadBalancer: addon.describe(
      'A provider of load balancers for Services of type LoadBalancer. Default: if the control plane runs elsewhere.',
    ),
    argoCd: addon.describe(
      "Argo CD's kinds and its controller of Applications, whose repositories are folders of the scenario.",
    ),
    networkPolicy: addon.describe(
      'Whether the network plugin enforces NetworkPolicies. `false`, as with flannel: they are kept, and nothing happens.',
    ),
    istio: addon.describe(
      "Istio's VirtualService and DestinationRule, and sidecars in namespaces labelled istio-injection=enabled.",
    ),
  })
  .describe(
    'What the cluster has besides Kubernetes itself. Default: what its manifests and commands count on.',
  );
