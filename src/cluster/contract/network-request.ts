import type { Millis } from '../../kernel/time/millis.ts';
import type { DnsQuestion, DnsReply } from './dns-record.ts';

/** What a process asks of the network. `host` is an address or a name as it was typed. */
export type NetworkRequest = HttpRequest | TcpRequest | GrpcRequest | DnsRequest | PingRequest;

export interface HttpRequest {
  readonly protocol: 'http';
  readonly secure?: true;
  readonly method: string;
  readonly host: string;
  readonly port: number;
  /** With the query: `/a?b=c`. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** How long the client waits. */
  readonly timeoutMs?: Millis;
}

export interface TcpRequest {
  readonly protocol: 'tcp';
  readonly host: string;
  readonly port: number;
  /** What the client sends once it is connected; absent where it only looks whether the port is open. */
  readonly text?: string;
  readonly timeoutMs?: Millis;
}

/** A question to gRPC's health service (`grpc.health.v1.Health/Check`). */
export interface GrpcRequest {
  readonly protocol: 'grpc';
  readonly host: string;
  readonly port: number;
  readonly service: string;
  readonly timeoutMs?: Millis;
}

export interface DnsRequest {
  readonly protocol: 'dns';
  /** Asked all at once. */
  readonly questions: readonly DnsQuestion[];
  readonly server: string;
  readonly timeoutMs?: Millis;
}

export interface PingRequest {
  readonly protocol: 'icmp';
  readonly host: string;
  readonly timeoutMs?: Millis;
}

export type NetworkAnswer =
  | HttpAnswer
  | {
      readonly kind: 'grpc';
      readonly address: string;
      readonly health: 'SERVING' | 'NOT_SERVING' | 'UNIMPLEMENTED';
    }
  /** Connected, and what the other side sent before it closed. */
  | { readonly kind: 'connected'; readonly address: string; readonly text: string }
  | { readonly kind: 'dns'; readonly replies: readonly DnsReply[] }
  | { readonly kind: 'pong'; readonly address: string; readonly ms: number }
  /** A reverse proxy has taken the request; what it answers is not known yet. */
  | { readonly kind: 'forwarded'; readonly address: string }
  | { readonly kind: 'refused'; readonly address: string }
  | { readonly kind: 'reset'; readonly address: string }
  | { readonly kind: 'unreachable'; readonly address: string }
  /** The name resolved to `address`, if it did, and nothing came back. */
  | { readonly kind: 'timedOut'; readonly address?: string }
  /** No such name; `server` is the one that said so. */
  | { readonly kind: 'unresolved'; readonly server?: string };

export interface HttpAnswer {
  readonly kind: 'http';
  readonly address: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Of an encrypted answer: nobody whom the client knows vouches for whoever answers. */
  readonly isUnknown?: true;
}
