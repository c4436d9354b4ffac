import type { KubeVersion } from '../objects/versions.ts';

/** What a control-plane machine is set up by. */
export interface PlaneMachine {
  readonly node: string;
  readonly ip: string;
  readonly version: KubeVersion;
  /** The members of etcd by name, and where they are; this machine's own if it is the first. */
  readonly members?: Readonly<Record<string, string>>;
  /** The addresses of pods: `10.88.0.0/16`. */
  readonly podCidr?: string;
}
