import type {
  ExecAction,
  GRPCAction,
  HTTPGetAction,
  IntOrString,
  Lifecycle,
  Probe,
  SleepAction,
  TCPSocketAction,
} from '../../kubernetes.ts';
import { checkNotNegative, checkOneOf } from '../check-values.ts';
import { type FieldErrors, forbidden, invalid, invalidFor, notSupported, required } from '../field-error.ts';
import { headerNameProblems, portNameProblems, portNumberProblems } from '../name-syntax.ts';

/** What a probe asks and what a hook does. */
interface Handler {
  readonly exec?: ExecAction;
  readonly httpGet?: HTTPGetAction;
  readonly tcpSocket?: TCPSocketAction;
  readonly grpc?: GRPCAction;
  readonly sleep?: SleepAction;
}

/** The three probes of a container; `graceSeconds` is the pod's grace period. */
export function checkProbes(
  field: string,
  probes: {
    readonly livenessProbe?: Probe;
    readonly readinessProbe?: Probe;
    readonly startupProbe?: Probe;
  },
  graceSeconds: number | undefined,
): FieldErrors {
  const { livenessProbe, readinessProbe, startupProbe } = probes;
  return [
    ...checkRestartingProbe(`${field}.livenessProbe`, livenessProbe, graceSeconds),
    ...checkReadinessProbe(`${field}.readinessProbe`, readinessProbe, graceSeconds),
    ...checkRestartingProbe(`${field}.startupProbe`, startupProbe, graceSeconds),
  ];
}

/** What a failed liveness or startup probe ends has no successes to count. */
function checkRestartingProbe(
  field: string,
  probe: Probe | undefined,
  graceSeconds: number | undefined,
): FieldErrors {
  if (probe === undefined) return [];
  const successes = probe.successThreshold ?? 0;
  return [
    ...checkProbe(field, probe, graceSeconds),
    ...(successes === 1 ? [] : [invalid(`${field}.successThreshold`, successes, 'must be 1')]),
  ];
}

function checkReadinessProbe(
  field: string,
  probe: Probe | undefined,
  graceSeconds: number | undefined,
): FieldErrors {
  if (probe === undefined) return [];
  const { terminationGracePeriodSeconds: grace } = probe;
  const place = `${field}.terminationGracePeriodSeconds`;
  return [
    ...checkProbe(field, probe, graceSeconds),
    ...(grace === undefined ? [] : [invalid(place, grace, 'must not be set for readinessProbes')]),
  ];
}

function checkProbe(field: string, probe: Probe, graceSeconds: number | undefined): FieldErrors {
  const { terminationGracePeriodSeconds: grace } = probe;
  const place = `${field}.terminationGracePeriodSeconds`;
  return [
    ...checkHandler(field, probe, graceSeconds),
    ...checkNotNegative(`${field}.initialDelaySeconds`, probe.initialDelaySeconds),
    ...checkNotNegative(`${field}.timeoutSeconds`, probe.timeoutSeconds),
    ...checkNotNegative(`${field}.periodSeconds`, probe.periodSeconds),
    ...checkNotNegative(`${field}.successThreshold`, probe.successThreshold),
    ...checkNotNegative(`${field}.failureThreshold`, probe.failureThreshold),
    ...(grace !== undefined && grace <= 0 ? [invalid(place, grace, 'must be greater than 0')] : []),
  ];
}

export function checkLifecycle(
  field: string,
  { postStart, preStop, stopSignal }: Lifecycle,
  { graceSeconds, os }: { readonly graceSeconds?: number; readonly os?: string },
): FieldErrors {
  return [
    ...(postStart ? checkHandler(`${field}.postStart`, postStart, graceSeconds) : []),
    ...(preStop ? checkHandler(`${field}.preStop`, preStop, graceSeconds) : []),
    ...(stopSignal === undefined ? [] : checkStopSignal(`${field}.stopSignal`, stopSignal, os)),
  ];
}

const WINDOWS_SIGNALS = ['SIGKILL', 'SIGTERM'];

function checkStopSignal(field: string, signal: string, os: string | undefined): FieldErrors {
  if (os === undefined) return [forbidden(field, 'may not be set for containers with empty `spec.os.name`')];
  const isKnown =
    os === 'windows' ? WINDOWS_SIGNALS.includes(signal) : /^SIG[A-Z0-9]+(?:[+-]\d+)?$/.test(signal);
  return isKnown ? [] : [notSupported(field, signal, os === 'windows' ? WINDOWS_SIGNALS : [])];
}

/** Exactly one kind of handler; the first counts, and the others are too many. */
function checkHandler(field: string, handler: Handler, graceSeconds: number | undefined): FieldErrors {
  const { exec, httpGet, tcpSocket, grpc, sleep } = handler;
  const given: readonly (readonly [kind: string, check: () => FieldErrors])[] = [
    ...(exec ? [['exec', () => checkExec(`${field}.exec`, exec)] as const] : []),
    ...(httpGet ? [['httpGet', () => checkHttpGet(`${field}.httpGet`, httpGet)] as const] : []),
    ...(tcpSocket
      ? [['tcpSocket', () => checkPort(`${field}.tcpSocket.port`, tcpSocket.port)] as const]
      : []),
    ...(grpc ? [['grpc', () => checkPort(`${field}.grpc.port`, grpc.port)] as const] : []),
    ...(sleep ? [['sleep', () => checkSleep(`${field}.sleep`, sleep, graceSeconds)] as const] : []),
  ];
  if (given.length === 0) return [required(field, 'must specify a handler type')];
  return given.flatMap(([kind, check], index) =>
    index === 0 ? check() : [forbidden(`${field}.${kind}`, 'may not specify more than 1 handler type')],
  );
}

function checkExec(field: string, { command = [] }: ExecAction): FieldErrors {
  return command.length === 0 ? [required(`${field}.command`)] : [];
}

function checkHttpGet(
  field: string,
  { path = '', port, scheme = '', httpHeaders = [] }: HTTPGetAction,
): FieldErrors {
  return [
    ...(path === '' ? [required(`${field}.path`)] : []),
    ...checkPort(`${field}.port`, port),
    ...(scheme === ''
      ? [notSupported(`${field}.scheme`, scheme, ['HTTP', 'HTTPS'])]
      : checkOneOf(`${field}.scheme`, scheme, ['HTTP', 'HTTPS'])),
    ...httpHeaders.flatMap(({ name }) => invalidFor(`${field}.httpHeaders`, name, headerNameProblems(name))),
  ];
}

function checkPort(field: string, port: IntOrString | undefined): FieldErrors {
  if (typeof port === 'string') return invalidFor(field, port, portNameProblems(port));
  return invalidFor(field, port ?? 0, portNumberProblems(port ?? 0));
}

function checkSleep(field: string, { seconds }: SleepAction, graceSeconds: number | undefined): FieldErrors {
  if (graceSeconds === undefined || (seconds >= 0 && seconds <= graceSeconds)) return [];
  const detail = `must be non-negative and less than terminationGracePeriodSeconds (${graceSeconds})`;
  return [invalid(field, seconds, detail)];
}
