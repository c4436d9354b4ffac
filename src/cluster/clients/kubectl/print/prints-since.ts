import type { KubeVersion } from '../../../objects/versions.ts';

/**
 * What kubectl and the API server's tables print differently from some minor version on. Read from kubectl
 * `pkg/describe/describe.go` at v0.20.0 to v0.36.0 and from kube-apiserver
 * `printers/internalversion/printers.go` at
 * 1.21 and 1.23 to 1.36; where that leaves two versions, the changelog decided. Columns that come and go say
 * so themselves.
 */
const FIRST_MINOR = {
  /** API server, printPod: RESTARTS `3 (12s ago)`, before only `3`. */
  restartAge: 22,
  /** API server, printPod: pods held back by scheduling gates. */
  schedulingGated: 26,
  /** API server, printPod: init containers with restartPolicy Always count as containers. */
  sidecars: 28,
  /** API server, printPod, and kubectl, describePod: a pod that ended is not shown as Terminating. */
  terminalPhaseBeatsTerminating: 31,
  /** API server, printPod: of several ended containers a failed one decides the status. */
  errorBeatsCompleted: 35,
  /** API server, printJob. */
  jobSuccessCriteriaMet: 34,
  /** API server, printEvent: the count of a series holds its first event too. */
  wholeSeriesCount: 22,
  /** API server, formatHPAMetrics: `cpu: 12%/50%`, before `12%/50%`. */
  namedResourceTarget: 30,
  /** API server, printNode: `6.18 (amd64)`. */
  kernelArchitecture: 36,
  /** API server, printIngressClass: `nginx (default)`. */
  defaultIngressClass: 36,
  /** kubectl, DescribeEvents: `(x3 over 20s)` for events of the new API. */
  eventSeries: 23,
  /** kubectl, DescribeEvents: `spec.containers{web}: ` in front of a message. */
  eventFieldPath: 35,
  /** kubectl, describePod: Service Account, Runtime Class Name and Topology Spread Constraints. */
  podServiceAccount: 25,
  /** kubectl, describePod and describeContainerBasicInfo. */
  seccompProfile: 27,
  /** kubectl, describePod: resources that a pod asks for as a whole. */
  podResources: 32,
  /** kubectl, describePod: the group that a pod is scheduled with. */
  schedulingGroup: 36,
  /** kubectl, describeContainerPorts: `80/TCP (http)`. */
  portNames: 34,
  /** kubectl, describeNode. */
  noKubeProxyVersion: 36,
  /** kubectl, describeNodeResource: the column is called Age, before AGE. */
  nodePodAge: 21,
  /** kubectl, describeNamespace: the conditions of a deletion. */
  namespaceConditions: 23,
  /** kubectl, DescribeResourceQuotas: two blanks of indentation, before one. */
  indentedQuotas: 21,
  /** kubectl, ConfigMapDescriber. */
  configMapBinaryData: 22,
  /** kubectl, ConfigMapDescriber: a blank line after each value. */
  configMapSpacing: 31,
  /** kubectl, NodeDescriber: events that bear the node's uid, before only those that bear its name. */
  nodeEventsByUid: 24,
  /**
   * kubectl, describe command: without `--show-events` no events of several objects, or when one is not
   * found.
   */
  eventsOfOneObject: 36,
  /** kubectl, describeService: EndpointSlices in place of Endpoints, and the internal traffic policy. */
  endpointSlices: 31,
  /** kubectl, describeService. */
  trafficDistribution: 34,
  /** kubectl, describeService. */
  appProtocol: 36,
  /** kubectl, DescribePodTemplate: Node-Selectors and Tolerations. */
  templatePlacement: 30,
  /** kubectl, util/deployment findOldReplicaSets: those scaled to zero too; 1.27.16 does, 1.27.0 did not. */
  emptyOldReplicaSets: 27,
  /** kubectl, describeNodeResource: what sidecars ask for counts with what containers do. */
  sidecarRequests: 29,
  /** kubectl, formatEndpointSlices: 1.31 did not ask whether endpoints are ready. */
  readyEndpoints: 32,
  /** kubectl, describeDaemonSet. */
  daemonSetNamespace: 33,
  /** kubectl, describeStatefulSet. */
  maxUnavailable: 25,
  /** kubectl, describeJob: Completion Mode and Completed Indexes. */
  jobCompletionMode: 21,
  /** kubectl, describeJob: Suspend, Backoff Limit, TTL Seconds After Finished. */
  jobLimits: 30,
  /** kubectl, describeJob: `1 Active (1 Ready)`, before `1 Running`. */
  jobReadyPods: 23,
  /** kubectl, describeCronJob. */
  cronJobTimeZone: 36,
  /** kubectl, as built with Go 1.24, whose sort draws other random numbers (golang/go issue 70144). */
  correctedXorshift: 33,
  /** kubectl, getPodsForPVC: pods that own a claim use it. */
  claimOwners: 29,
  /** kubectl, describeEndpointSliceV1. */
  endpointZone: 22,
  /** kubectl, describeIngressV1. */
  ingressLabels: 23,
  /** kubectl, describeIngressV1: the class, and `<default>` for a default backend that is not set. */
  ingressClassName: 24,
  /** kubectl, printNetworkPolicySpecIngressFrom. */
  policyPortRange: 31,
  /** kubectl, describePriorityClass. */
  preemptionPolicy: 24,
  /** kubectl, describeQuota: what is used is written like what is allowed. */
  quotaFormat: 22,
  /** kubectl, describeServiceAccount: only the secrets for images. */
  serviceAccountWithoutTokens: 35,
  /** kubectl, smartLabelFor: an acronym and the word behind it stay together. */
  mergedAcronyms: 36,
  /** kubectl, describeVolumes: volumes from an image. */
  imageVolumes: 32,
  /** kubectl, printProjectedVolumeSource: `Optional: false`, before `ConfigMapOptional: <nil>`. */
  plainOptional: 33,
} as const satisfies Record<string, number>;

/** Whether a version prints it the newer way. */
export function printsSince({ minor }: KubeVersion, difference: keyof typeof FIRST_MINOR): boolean {
  return minor >= FIRST_MINOR[difference];
}
