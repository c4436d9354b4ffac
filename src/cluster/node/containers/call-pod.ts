import type { Millis } from '../../../kernel/time/millis.ts';
import type { Doing } from '../doing.ts';
import type { PodContext } from '../pod-worker/pod-context.ts';

interface CallBase {
  readonly host: string;
  readonly port: number;
  readonly timeoutMs?: number | undefined;
}

export type Call = CallBase &
  (
    | { readonly kind: 'tcp' }
    | { readonly kind: 'grpc'; readonly service: string }
    | {
        readonly kind: 'http';
        readonly path: string;
        readonly headers: Readonly<Record<string, string>>;
        readonly isSecure: boolean;
      }
  );

export interface CallAnswer {
  /**
   * `unreached`: nobody takes the connection. `silent`: somebody does, and says nothing. A gRPC answer is its health
   * status.
   */
  readonly kind: 'connected' | 'http' | 'grpc' | 'unreached' | 'silent';
  /** Until the answer, or the error, is there. */
  readonly afterMs: Millis;
  /** Of HTTP. */
  readonly status?: number;
  readonly body?: string;
  readonly health?: string;
  readonly error?: 'connect: connection refused' | 'i/o timeout';
}

/** A call from the kubelet to one of the containers of a pod. */
export function* callPod({ view }: PodContext, _call: Call): Doing<CallAnswer> {
  const [low] = view.settings.latencies.network;
  yield* [];
  return { kind: 'unreached', error: 'connect: connection refused', afterMs: low };
}
