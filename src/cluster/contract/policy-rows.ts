import type { LabelSelector } from '../objects/kubernetes.ts';
import type { Labels } from '../objects/label-selector.ts';

/** A NetworkPolicy as a node enforces it, by node and policy. */
export interface PolicyRow {
  readonly node: string;
  /** `default/deny-all` */
  readonly policy: string;
  readonly namespace: string;
  /** The pods that it is about. */
  readonly selects: LabelSelector;
  /** What may come in; absent where it says nothing of what comes in. */
  readonly ingress?: readonly PolicyRule[];
  /** What may go out; absent where it says nothing of what goes out. */
  readonly egress?: readonly PolicyRule[];
}

/** One of these peers, by one of these ports. */
export interface PolicyRule {
  /** Absent: anybody. */
  readonly peers?: readonly PolicyPeer[];
  /** Absent: every port of every protocol. */
  readonly ports?: readonly PolicyPort[];
}

export type PolicyPeer =
  | { readonly cidr: string; readonly except?: readonly string[] }
  | {
      /** Those that the peer's selector means, as the node knows them; absent: all. */
      readonly namespaces?: readonly string[];
      /** Absent: every pod there. */
      readonly pods?: LabelSelector;
    };

export interface PolicyPort {
  readonly protocol: string;
  /** A number, or a name among the ports of the pod that is connected to; absent: every one. */
  readonly port?: number | string;
  /** The last of a range. */
  readonly endPort?: number;
}

/** Why a packet is not let through. */
export interface Dropped {
  readonly direction: 'Ingress' | 'Egress';
  /** The node that drops it. */
  readonly node: string;
  /** Whose policies it is: `namespace/name/uid`. */
  readonly pod: string;
  /** Those that select the pod for that direction; none of them allows the connection. */
  readonly policies: readonly string[];
  /** Of no policy's, but a way on which nothing passes: its key, and why. */
  readonly way?: { readonly key: string; readonly because: string };
}

/** Of one policy: what the node enforces from now on, or that it does not any more. */
export type PolicyChange = Omit<PolicyRow, 'node'> | { readonly policy: string; readonly isGone: true };

export type PolicyEvent =
  | {
      readonly type: 'PoliciesSynced';
      readonly node: string;
      readonly policies: readonly PolicyChange[];
    }
  /** Its node has seen that a pod bears other labels than it was admitted with. */
  | ({ readonly type: 'PodRelabelled' } & PodLabelsRow);

/** What policies go by, of a pod whose labels have changed since its node took it in. */
export interface PodLabelsRow {
  readonly node: string;
  /** `namespace/name/uid` */
  readonly pod: string;
  readonly labels: Labels;
}

export function policyKey(node: string, policy: string): string {
  return `${node} ${policy}`;
}
