import type { Millis } from '../../kernel/time/millis.ts';

/** What a node's kube-proxy has made of one port of a service, by node and service port. */
export interface ProxyRuleRow {
  readonly node: string;
  /** `default/web:http`; of a port without a name `default/web`. */
  readonly servicePort: string;
  readonly protocol: string;
  readonly clusterIp: string;
  readonly port: number;
  readonly nodePort?: number;
  /** Addresses besides the cluster's own: externalIPs, and those of load balancers. */
  readonly externalIps?: readonly string[];
  /** Of these addresses, those of load balancers that let in some networks only, and which. */
  readonly guarded?: { readonly addresses: readonly string[]; readonly sources: readonly string[] };
  /** Where the node says how many endpoints it has itself. */
  readonly healthPort?: number;
  /** How long a client that comes again is sent where it was sent before; absent without affinity. */
  readonly affinityMs?: Millis;
  /** Traffic from inside of the cluster stays on the node. */
  readonly isInternalLocal?: true;
  /** Traffic from outside stays on the node that it comes to. */
  readonly isExternalLocal?: true;
  /** Where traffic goes that may go anywhere, as `10.88.1.4:8080`; absent where no traffic may. */
  readonly cluster?: Readonly<Record<string, true>>;
  /** Where traffic goes that stays on the node; absent where all may go anywhere. */
  readonly local?: Readonly<Record<string, true>>;
  /** Somewhere there is an endpoint, be it on another node. */
  readonly isServed?: true;
}

/** How far a kube-proxy has got. */
export interface ProxyRow {
  readonly node: string;
  readonly syncedAt: Millis;
  /** How many syncs might have followed that one at once, where a runner allows for bursts (before 1.34). */
  readonly spare: number;
}

/** Where a client of a service with affinity was sent, by node, service port and client. */
export interface AffinityRow {
  readonly node: string;
  readonly servicePort: string;
  readonly client: string;
  /** `10.88.1.4:8080` */
  readonly endpoint: string;
  /** When it came last. */
  readonly at: Millis;
}

export function proxyRuleKey(node: string, servicePort: string): string {
  return `${node} ${servicePort}`;
}

export function affinityKey({
  node,
  servicePort,
  client,
}: Pick<AffinityRow, 'node' | 'servicePort' | 'client'>): string {
  return `${node} ${servicePort} ${client}`;
}

/** A rule that is new, changed (JSON pointers to new values, and pointers that are gone) or gone. */
export type ProxyRuleChange = { readonly servicePort: string } & (
  | { readonly rule: Omit<ProxyRuleRow, 'node' | 'servicePort'> }
  | { readonly set?: Readonly<Record<string, unknown>>; readonly unset?: readonly string[] }
  | { readonly isGone: true }
);

/** What kube-proxies and the kernels of their nodes do. */
export type ProxyEvent =
  | {
      readonly type: 'ProxyRulesSynced';
      readonly node: string;
      readonly rules: readonly ProxyRuleChange[];
    }
  /** A client of a service with affinity was sent to an endpoint. */
  | ({ readonly type: 'AffinityKept' } & Omit<AffinityRow, 'at'>);
