import type { Millis } from '../../kernel/time/millis.ts';
import type { DnsQuestion } from './dns-record.ts';
import type { Dropped } from './policy-rows.ts';

/** A request from a program in a container, until its answer is there. */
export interface ConnectionRow {
  readonly id: string;
  /** Where the program runs; absent for one that runs outside of the cluster. */
  readonly node?: string;
  readonly pod?: string;
  readonly container?: string;
  /** The program itself, if it is not the container's own. */
  readonly exec?: string;
  /** As the program numbers it. */
  readonly request: string;
  readonly call: NetworkCall;
  readonly sentAt: Millis;
  /** Where it is for, once that is known. */
  readonly target?: {
    readonly node: string;
    /** Absent for the machine's own address. */
    readonly pod?: string;
    readonly address: string;
    readonly port: number;
    /** The address that it was sent to, where a rule of the node sent it elsewhere. */
    readonly via?: string;
    /** The address that it seems to come from. */
    readonly client: string;
    /** By how much later than on a way that is well the answer is there. */
    readonly lateMs?: Millis;
  };
  /** Why a node on the way did not let it through when it was tried last. */
  readonly dropped?: Dropped;
  /** The reverse proxy that took it, and whom that asked: the first one first. */
  readonly taken?: {
    readonly proxy: string;
    readonly asked: readonly {
      /** The connection's ID. */
      readonly upstream: string;
      readonly choice: number;
      readonly endpoint: string;
    }[];
  };
  /** What came back, and when it is there. */
  readonly answer?: NetworkReply;
  readonly answeredAt?: Millis;
}

/** What of a request decides where it goes; the rest is the business of both ends. */
export interface NetworkCall {
  readonly protocol: 'http' | 'tcp' | 'grpc' | 'dns' | 'icmp';
  /** An address or a name as it was typed. */
  readonly host?: string;
  /** What is asked of which name service. */
  readonly questions?: readonly DnsQuestion[];
  readonly server?: string;
  readonly port?: number;
  readonly timeoutMs?: Millis;
}

export interface NetworkReply {
  readonly kind: string;
}
