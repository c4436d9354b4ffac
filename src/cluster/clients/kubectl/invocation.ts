import type { Deed, View } from '../../contract/component.ts';
import type { Request } from '../../contract/request.ts';
import type { Granted, Response } from '../../contract/response.ts';
import type { KubeVersion } from '../../objects/versions.ts';
import type { Files } from '../files.ts';
import type { Call, Outcome } from '../program.ts';
import { failWith } from './failure.ts';
import type { FlagValues } from './flags/flag-values.ts';

/** One call of kubectl, taken apart. */
export interface Invocation {
  /** `kubectl create deployment` */
  readonly path: string;
  readonly args: readonly string[];
  /** How many of the arguments stand before `--`. */
  readonly dashAt?: number;
  readonly flags: FlagValues;
  readonly call: Call;
  readonly files: Files;
  readonly view: View;
  readonly version: KubeVersion;
  /** Of -n, else of the context. */
  readonly namespace: string;
  readonly isNamespaceGiven: boolean;
  /** Milliseconds since 1970. */
  readonly epochNow: number;
  out(text: string): void;
  err(text: string): void;
}

/** Ends a call, or lets it pause; asks the API server on the way. */
export type Steps<Result = Outcome> = Generator<Deed, Result, Response>;

export const DONE: Outcome = { exitCode: 0 };

/** Asks, and passes on the API server's warnings. */
export function* ask(invocation: Invocation, request: Request): Steps<Response> {
  const response: Response = yield request;
  if (response.ok) {
    for (const warning of response.warnings ?? []) invocation.err(`Warning: ${warning}\n`);
  }
  return response;
}

/** Asks for what has to succeed for the call to go on. */
export function* demand(invocation: Invocation, request: Request): Steps<Granted> {
  const response = yield* ask(invocation, request);
  if (!response.ok) {
    failWith([{ status: response.status }]);
    throw new Error('a refusal ends the call');
  }
  return response;
}
