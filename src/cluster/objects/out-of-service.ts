import type { Node } from './kubernetes.ts';
import { inVersion, type KubeVersion, type Since } from './versions.ts';

const OUT_OF_SERVICE = 'node.kubernetes.io/out-of-service';

/** NodeOutOfServiceVolumeDetach: on since 1.26. */
const MINDS_OUT_OF_SERVICE: Since<boolean> = [
  [0, false],
  [26, true],
];

/** Whether what a node's machine can't give back is taken from it, once somebody says that it is down. */
export function mindsOutOfService(version: KubeVersion): boolean {
  return inVersion(MINDS_OUT_OF_SERVICE, version);
}

/** Somebody has said that the machine is down, and will not come back by itself. */
export function bearsOutOfService({ spec }: Node): boolean {
  return spec?.taints?.some(({ key }) => key === OUT_OF_SERVICE) ?? false;
}
