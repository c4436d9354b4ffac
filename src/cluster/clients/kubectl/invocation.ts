import type { Deed, View } from '../../contract/component.ts';
import type { Request } from '../../contract/request.ts';
import type { Granted, Response } from '../../contract/response.ts';
import type { Resource } from '../../objects/schema/resources.ts';
import type { KubeVersion } from '../../objects/versions.ts';
import type { Files } from '../files.ts';
import type { FlagValues } from '../flags/flag-values.ts';
import type { Call, Outcome } from '../program.ts';
import type { Asking } from './asking.ts';
import { failWith } from './failure.ts';

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
  /** kubectl's own. */
  readonly version: KubeVersion;
  /** That of the API server that answers. */
  readonly serverVersion: KubeVersion;
  /** What discovery finds. */
  readonly resources: readonly Resource[];
  /** Of -n, else of the context. */
  readonly namespace: string;
  readonly isNamespaceGiven: boolean;
  /** Absent for the person with the admin.conf, who may do everything. */
  readonly asking?: Asking;
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
  const response: Response = yield withOwners(invocation, request);
  if (response.ok) {
    for (const warning of response.warnings ?? []) invocation.err(`Warning: ${warning}\n`);
  }
  return response;
}

/** Writes bear the name of the verb as their field manager; reads ask for owners where they are shown. */
function withOwners(invocation: Invocation, request: Request): Request {
  const { flags } = invocation;
  if (request.verb === 'get' || request.verb === 'list') {
    return showsManagers(flags) ? { ...request, showsManagers: true } : request;
  }
  if (request.fieldManager !== undefined || !isChange(request)) return request;
  const fieldManager = fieldManagerOf(invocation);
  return fieldManager === undefined ? request : { ...request, fieldManager };
}

/** They are left out of JSON and YAML unless asked for; a template may speak of them (kubectl: printers). */
export function showsManagers(flags: FlagValues): boolean {
  const isAsked = flags.has('show-managed-fields') && flags.bool('show-managed-fields');
  return isAsked || (flags.has('output') && flags.text('output').includes('managedFields'));
}

function isChange({ verb, subresource }: Request): boolean {
  if (subresource === 'eviction' || subresource === 'binding') return false;
  return verb === 'create' || verb === 'update' || verb === 'patch';
}

/** Verbs that name themselves; the rest go by the program's name (kubectl: each verb's fieldManager). */
const NAMED_BY_VERB =
  /^kubectl (create|edit|patch|replace|label|annotate|taint|expose|run|set|rollout|autoscale|debug)\b/;

/** Of `kubectl apply` none: the API server takes what is typed for one. */
function fieldManagerOf({ flags, path }: Invocation): string | undefined {
  const given = flags.has('field-manager') ? flags.text('field-manager') : '';
  if (given !== '') return given;
  if (/^kubectl apply\b/.test(path)) return undefined;
  const verb = NAMED_BY_VERB.exec(path)?.[1];
  return verb === undefined ? 'kubectl' : `kubectl-${verb}`;
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
