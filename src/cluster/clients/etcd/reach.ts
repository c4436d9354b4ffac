import { parseGoDuration } from '../../../kernel/time/go-duration.ts';
import type { EtcdMemberRow } from '../../contract/etcd-rows.ts';
import { isLed } from '../../etcd/membership.ts';
import type { Outcome, Pause } from '../program.ts';
import { type Asking, fail } from './asking.ts';
import { type Endpoint, endpointsOf } from './endpoints.ts';
import { failedTry } from './log-lines.ts';

export interface Wanted {
  /** `/etcdserverpb.KV/Range` */
  readonly method: string;
  /** It needs a leader: whatever is written, and what is read linearizably. */
  readonly isLed: boolean;
  readonly endpoints?: readonly Endpoint[];
  /** It waits for as long as it takes, unless a time was given. */
  readonly isPatient?: boolean;
  /** What it says before the reason: `failed to grant lease`. */
  readonly failure?: (reason: string) => string;
}

export type Reached =
  | { readonly member: EtcdMemberRow; readonly endpoint: Endpoint }
  | { readonly outcome: Outcome };

/** Finds a member that answers; waits for one as long as etcdctl does, and says so if none came. */
export function reach(ask: Asking, wanted: Wanted): Reached {
  const { rows } = ask.call.view;
  const endpoints = wanted.endpoints ?? endpointsOf(ask);
  const endpoint = endpoints.find(({ member }) => member && (!wanted.isLed || isLed(rows, member)));
  if (endpoint?.member) return { member: endpoint.member, endpoint };
  const since = ask.memory.since ?? ask.call.now;
  const isPatient = wanted.isPatient && !ask.isSet('command-timeout');
  const until = isPatient ? undefined : since + timeoutOf(ask);
  if (until === undefined || ask.call.now < until)
    return { outcome: waitFor(ask, endpoints, wanted.isLed, until) };
  const there = endpoints.some(({ member }) => member);
  const first = endpoints[0];
  const reason = there ? 'context deadline exceeded' : (first?.problem ?? '');
  const error = `rpc error: code = DeadlineExceeded desc = ${reason}`;
  ask.err(failedTry(ask, { endpoint: first?.text ?? '', method: wanted.method, attempt: 0, error }));
  const failure = wanted.failure ?? ((text: string) => text);
  return { outcome: fail(ask, failure('context deadline exceeded')) };
}

/** Milliseconds of `--command-timeout`. */
export function timeoutOf(ask: Asking): number {
  return parseGoDuration(ask.flag('command-timeout')) ?? 5000;
}

/** Waits for an etcd of any endpoint, until a time. */
export function waitFor(
  ask: Asking,
  endpoints: readonly Endpoint[],
  isLed: boolean,
  until: number | undefined,
): { readonly pause: Pause } {
  const since = ask.memory.since ?? ask.call.now;
  const nodes = endpoints.flatMap(({ awaited }) => awaited ?? []);
  return {
    pause: {
      memory: { ...ask.memory, since },
      ...(until === undefined ? {} : { wakeAt: until }),
      ...(nodes.length === 0 ? {} : { awaits: [{ type: 'etcd', nodes, isLed }] }),
    },
  };
}

/** etcd refuses, and its client says so twice. */
export function refused(
  ask: Asking,
  {
    endpoint,
    method,
    code,
    reason,
  }: { readonly endpoint: Endpoint; readonly method: string; readonly code: string; readonly reason: string },
  failure: (reason: string) => string = (text) => text,
): Outcome {
  const error = `rpc error: code = ${code} desc = ${reason}`;
  ask.err(failedTry(ask, { endpoint: endpoint.text, method, attempt: 0, error }));
  return fail(ask, failure(reason));
}
