import type { View } from '../../../contract/component.ts';

export interface UnreachableKubelet {
  /** `172.30.0.3:10250` */
  readonly address: string;
  /** How Go says that nobody answered there. */
  readonly problem: string;
}

/** The address of a node's kubelet, if the API server finds nobody there. */
export function unreachableKubelet({ rows }: View, node: string): UnreachableKubelet | undefined {
  const machine = rows.row('machines', node);
  if (machine === undefined || machine.kubelet.running) return undefined;
  const address = `${machine.ip}:10250`;
  return { address, problem: `dial tcp ${address}: connect: connection refused` };
}
