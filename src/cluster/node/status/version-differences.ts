import type { Since } from '../../objects/versions.ts';

/** Pods and their conditions tell the generation that they speak of (gate PodObservedGenerationTracking). */
export const OBSERVES_GENERATION: Since<boolean> = [
  [20, false],
  [34, true],
];

/** The condition PodReadyToStartContainers (gate of that name; 1.36 recorded). */
export const HAS_READY_TO_START: Since<boolean> = [
  [20, false],
  [29, true],
];

/**
 * The condition is set as soon as the sandbox is up, and not by the next sync (OnPodSandboxReady; 1.36
 * recorded).
 */
export const TELLS_SANDBOX_AT_ONCE: Since<boolean> = [
  [20, false],
  [35, true],
];

/** status.hostIPs (gate PodHostIPs). */
export const HAS_HOST_IPS: Since<boolean> = [
  [20, false],
  [29, true],
];

/** containerStatuses[].volumeMounts (gate RecursiveReadOnlyMounts). */
export const HAS_VOLUME_MOUNTS: Since<boolean> = [
  [20, false],
  [31, true],
];

/** containerStatuses[].resources and allocatedResources (gate InPlacePodVerticalScaling). */
export const HAS_RESOURCES: Since<boolean> = [
  [20, false],
  [33, true],
];

/** status.resources of the pod as a whole (gate InPlacePodLevelResourcesVerticalScaling; 1.36 recorded). */
export const HAS_POD_RESOURCES: Since<boolean> = [
  [20, false],
  [36, true],
];

/** containerStatuses[].user (gate SupplementalGroupsPolicy). */
export const HAS_USER: Since<boolean> = [
  [20, false],
  [33, true],
];

/** Init containers say whether they have started, since sidecars exist (1.20 recorded without). */
export const INIT_SAYS_STARTED: Since<boolean> = [
  [20, false],
  [28, true],
];

/** A failed pod's Ready condition says PodFailed (1.20 recorded as ContainersNotReady). */
export const SAYS_POD_FAILED: Since<boolean> = [
  [20, false],
  [24, true],
];

/** A pod's end is worked off in stages of the pod worker (pod_workers.go). */
export const ENDS_IN_STAGES: Since<boolean> = [
  [20, false],
  [22, true],
];

/** A pod is in a terminal phase before it goes (1.36 recorded; 1.20 recorded without). */
export const ENDS_IN_TERMINAL_PHASE: Since<boolean> = [
  [20, false],
  [27, true],
];

/**
 * Whether it is no more told why a container does not start once its pod is deleted (container/helpers.go,
 * ShouldContainerBeRestarted; 1.20's recordings of a1 keep `ErrImagePull` to the end, 1.36's do not).
 */
export const FORGETS_WHEN_DELETED: Since<boolean> = [
  [0, false],
  [22, true],
];
