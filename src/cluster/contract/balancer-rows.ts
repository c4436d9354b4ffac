import type { Millis } from '../../kernel/time/millis.ts';

/** A load balancer that somebody runs outside of the cluster for one of its services. */
export interface BalancerRow {
  /** uid of the service. */
  readonly balancer: string;
  /** `default/web` */
  readonly service: string;
  /** At which the world finds it. */
  readonly address: string;
  /** When it was there for the first time; its checks follow in even steps. Absent until then. */
  readonly madeAt?: Millis;
  /** What it does; absent until it is there. */
  readonly spec?: BalancerSpec;
  /** What it was told to do, and when it will. */
  readonly order?: { readonly spec: BalancerSpec; readonly doneAt: Millis };
  /** The machines that it may send to, by their names. */
  readonly targets: Readonly<Record<string, BalancerTarget>>;
}

/** What of a service it is told. */
export interface BalancerSpec {
  /** By port and protocol, `80/TCP`, the port of the nodes. */
  readonly ports: Readonly<Record<string, number>>;
  /** Whoever comes again is sent to the same machine. */
  readonly isSticky?: true;
  /** Where kube-proxies say whether there is an endpoint on their node; absent: any node will do. */
  readonly healthPort?: number;
  /** Networks whose packets it lets in; absent: all. */
  readonly sources?: readonly string[];
}

export interface BalancerTarget {
  readonly isHealthy: boolean;
  /** Checks in a row that found otherwise. */
  readonly doubts?: number;
}

/** Load balancers, whoever makes and checks them. */
export type BalancerEvent =
  | { readonly type: 'BalancerOrdered'; readonly balancer: string; readonly row: BalancerRow }
  | {
      readonly type: 'BalancerMoved';
      readonly balancer: string;
      readonly set?: Readonly<Record<string, unknown>>;
      readonly unset?: readonly string[];
    }
  | { readonly type: 'BalancerRemoved'; readonly balancer: string };
