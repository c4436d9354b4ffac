import type { KubeVersion } from '../objects/versions.ts';
import type { ExtraArgs } from './setup.ts';

/** What a control-plane machine is set up by. */
export interface PlaneMachine {
  readonly node: string;
  readonly ip: string;
  readonly version: KubeVersion;
  /** The members of etcd by name, and where they are; this machine's own if it is the first. */
  readonly members?: Readonly<Record<string, string>>;
  /** The addresses of pods: `10.88.0.0/16`; empty: nobody has said. Absent: of a cluster that is founded. */
  readonly podCidr?: string;
  /** Flags that programs get besides kubeadm's own. */
  readonly extraArgs?: ExtraArgs;
}
