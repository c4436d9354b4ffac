/** Who asks: a program in a pod, one on a machine itself, or somebody who is not in the cluster. */
export type Origin = 'outside' | { readonly node: string; readonly pod?: string };

export interface Approach {
  readonly from: Origin;
  /** An address, or a name as it was typed. */
  readonly host: string;
  readonly port: number;
  /** TCP unless said otherwise. */
  readonly protocol?: 'TCP' | 'UDP' | 'SCTP';
}
