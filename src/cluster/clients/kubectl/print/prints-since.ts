import type { KubeVersion } from '../../../objects/versions.ts';

/**
 * What kubectl and the API server's tables print differently from some minor version on. Read from kubectl
 * `pkg/describe/describe.go` at v0.20.0 to v0.36.0 and from kube-apiserver `printers/internalversion/printers.go` at
 * 1.21 and 1.23 to 1.36; where that leaves two versions, the changelog decided. Columns that come and go say so
 * themselves.
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
} as const satisfies Record<string, number>;

/** Whether a version prints it the newer way. */
export function printsSince({ minor }: KubeVersion, difference: keyof typeof FIRST_MINOR): boolean {
  return minor >= FIRST_MINOR[difference];
}
