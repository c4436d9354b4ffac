import type { RowReader } from '../../contract/reader.ts';
import type { ContainerPort } from '../../objects/kubernetes.ts';
import type { Labels } from '../../objects/label-selector.ts';
import { type Origin, OUTSIDE_ADDRESS } from '../approach.ts';

/** One end of a connection, as policies see it. */
export interface End {
  readonly address: string;
  /** Absent outside of the cluster, and where it is not known. */
  readonly node?: string;
  /** Absent for a machine itself, and for pods on its network. */
  readonly pod?: PodEnd;
}

export interface PodEnd {
  /** `namespace/name/uid`; absent for whoever only counts as a pod of its namespace. */
  readonly key?: string;
  readonly namespace: string;
  readonly labels: Labels;
  readonly ports: readonly ContainerPort[];
}

/** Whoever begins a connection. */
export function originEnd(rows: RowReader, from: Origin): End {
  if (from === 'outside') return { address: OUTSIDE_ADDRESS };
  const { node, pod, asOf } = from;
  if (pod !== undefined) return podEnd(rows, { node, pod });
  const machine = rows.row('machines', node);
  if (asOf === undefined) return { address: machine?.ip ?? '', node };
  const [address = ''] = (machine?.podCidr ?? '').split('/');
  return { address, node, pod: { namespace: asOf, labels: {}, ports: [] } };
}

/** Whom a connection is for. */
export interface Target {
  readonly address: string;
  readonly node?: string;
  readonly pod?: string;
  /** A pod that is not simulated. */
  readonly thought?: PodEnd;
}

export function endAt(rows: RowReader, { address, node, pod, thought }: Target): End {
  if (thought) return { address, pod: thought };
  if (node === undefined || pod === undefined) return { address, ...(node !== undefined && { node }) };
  return podEnd(rows, { node, pod });
}

function podEnd(rows: RowReader, { node, pod: key }: { readonly node: string; readonly pod: string }): End {
  const ip = rows.rowsBy('sandboxes', 'pod', key).find(({ stoppedAt }) => stoppedAt === undefined)?.ip;
  // On its machine's network.
  if (ip === undefined) return { address: rows.row('machines', node)?.ip ?? '', node };
  const worker = rows.row('podWorkers', key);
  const labels = rows.row('podLabels', key)?.labels ?? worker?.pod.metadata.labels ?? {};
  const { containers = [], initContainers = [] } = worker?.pod.spec ?? {};
  const ports = [...containers, ...initContainers].flatMap((container) => container.ports ?? []);
  const [namespace = ''] = key.split('/');
  return { address: ip, node, pod: { key, namespace, labels, ports } };
}
