import type { Resizing } from '../../contract/pod-worker-row.ts';
import type { Container, Pod } from '../../objects/kubernetes.ts';
import type { PodProbes } from '../probes/pod-probes.ts';
import type { RuntimeStatus } from '../status/runtime-status.ts';

/** A container that is to be stopped although its pod goes on. */
export interface WantedKill {
  readonly id: string;
  readonly container: Container;
  readonly message: string;
  readonly why: 'liveness' | 'startup' | 'definition' | 'other';
}

export interface ActionInput {
  readonly pod: Pod;
  readonly runtime: RuntimeStatus;
  /** A sandbox has been started before. */
  readonly hadSandbox: boolean;
  readonly probes: PodProbes;
  /** Containers that start anew because they are given more or less, and since when. */
  readonly resizing?: Pick<Resizing, 'since' | 'restarts'> | undefined;
}
