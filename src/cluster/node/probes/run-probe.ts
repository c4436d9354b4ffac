import { formatGoDuration } from '../../../kernel/time/go-duration.ts';
import { SECOND } from '../../../kernel/time/millis.ts';
import type { Doing } from '../../contract/doing.ts';
import type { ProbeOutcome, ProbeWorkerRow } from '../../contract/probe-worker-row.ts';
import { extended } from '../../objects/json.ts';
import type { Container, Probe } from '../../objects/kubernetes.ts';
import { type CallAnswer, callPod } from '../containers/call-pod.ts';
import { runAtOnce } from '../containers/run-at-once.ts';
import type { PodContext } from '../pod-worker/pod-context.ts';
import { execError } from './exec-error.ts';
import { httpGet, resolvePort } from './http-get.ts';

interface Probed {
  readonly container: Container;
  readonly probe: Probe;
}

/** Begins a run: the worker that waits for its outcome. Kubelet: prober/prober.go. */
export function* runProbe(
  context: PodContext,
  worker: ProbeWorkerRow,
  { container, probe }: Probed,
): Doing<ProbeWorkerRow> {
  const { now } = context;
  const timeoutMs = (probe.timeoutSeconds ?? 1) * SECOND;
  if (probe.exec) return yield* runExec(context, worker, { argv: probe.exec.command ?? [], timeoutMs });
  const { outcome, afterMs } = yield* callOut(context, { container, probe, timeoutMs });
  return extended(worker, { running: { until: now + afterMs, outcome } });
}

interface Exec {
  readonly argv: readonly string[];
  readonly timeoutMs: number;
}

function* runExec(
  context: PodContext,
  worker: ProbeWorkerRow,
  { argv, timeoutMs }: Exec,
): Doing<ProbeWorkerRow> {
  const { now, node, key } = context;
  const id = worker.containerId ?? '';
  const exec = `probe/${worker.key}`;
  const ended = yield* runAtOnce(context, exec, { container: id, argv });
  if (ended) {
    const outcome: ProbeOutcome =
      ended.failure === undefined
        ? { result: ended.exitCode === 0 ? 'success' : 'failure', output: ended.output }
        : { result: 'error', output: execError(context, { exec, container: id, failure: ended.failure }) };
    return extended(worker, { running: { until: now, outcome } });
  }
  const until = now + timeoutMs;
  yield { type: 'ExecRequested', exec, node, pod: key, container: id, argv, deadline: until };
  return extended(worker, { running: { until, exec } });
}

interface Called {
  readonly outcome: ProbeOutcome;
  readonly afterMs: number;
}

function* callOut(
  context: PodContext,
  { container, probe, timeoutMs }: Probed & { timeoutMs: number },
): Doing<Called> {
  if (probe.httpGet) return yield* probeHttp(context, { container, probe, timeoutMs });
  const port = probe.tcpSocket ? resolvePort(probe.tcpSocket.port, container) : probe.grpc?.port;
  if (port === undefined) return { outcome: { result: 'error', output: portProblem(probe) }, afterMs: 0 };
  const host = probe.tcpSocket?.host ?? context.worker.seen.ip ?? context.machine.ip;
  const address = `${host}:${port}`;
  if (probe.tcpSocket) {
    const answer = yield* callPod(context, { kind: 'tcp', host, port, timeoutMs });
    if (answer.kind === 'connected')
      return { outcome: { result: 'success', output: '' }, afterMs: answer.afterMs };
    return {
      outcome: { result: 'failure', output: `dial tcp ${address}: ${answer.error}` },
      afterMs: answer.afterMs,
    };
  }
  const answer = yield* callPod(context, {
    kind: 'grpc',
    host,
    port,
    service: probe.grpc?.service ?? '',
    timeoutMs,
  });
  return { outcome: grpcOutcome(answer, address, timeoutMs), afterMs: answer.afterMs };
}

function portProblem({ tcpSocket }: Probe): string {
  return `couldn't find port: ${JSON.stringify(tcpSocket?.port)}`;
}

/** Kubelet: probe/grpc/grpc.go. */
function grpcOutcome(
  { kind, health: status, error }: CallAnswer,
  address: string,
  timeoutMs: number,
): ProbeOutcome {
  const within = formatGoDuration(timeoutMs);
  if (kind === 'grpc' && status === 'SERVING') return { result: 'success', output: 'service healthy' };
  if (kind === 'grpc' && status === 'UNIMPLEMENTED') {
    const what = 'error: this server does not implement the grpc health protocol (grpc.health.v1.Health)';
    return { result: 'failure', output: `${what}: unknown service grpc.health.v1.Health` };
  }
  if (kind === 'grpc') return { result: 'failure', output: `service unhealthy (responded with "${status}")` };
  if (error === 'i/o timeout' && kind === 'silent') {
    return { result: 'failure', output: `timeout: health rpc did not complete within ${within}` };
  }
  // A refused connection is tried again until the time is up.
  return {
    result: 'failure',
    output: `timeout: failed to connect service "${address}" within ${within}: context deadline exceeded`,
  };
}

function* probeHttp(
  context: PodContext,
  { container, probe, timeoutMs }: Probed & { timeoutMs: number },
): Doing<Called> {
  const call = yield* httpGet(context, {
    action: probe.httpGet ?? { port: 0 },
    container,
    timeoutMs,
    purpose: 'probe',
  });
  const { afterMs } = call;
  if ('problem' in call) return { outcome: { result: 'error', output: call.problem }, afterMs };
  if ('error' in call)
    return { outcome: { result: 'failure', output: `Get "${call.url}": ${call.error}` }, afterMs };
  const { status, body } = call;
  if (status >= 200 && status < 300) return { outcome: { result: 'success', output: body }, afterMs };
  if (status >= 300 && status < 400) {
    const output = `Probe terminated redirects, Response body: ${body}`;
    return { outcome: { result: 'success', output, isWarning: true }, afterMs };
  }
  return { outcome: { result: 'failure', output: `HTTP probe failed with statuscode: ${status}` }, afterMs };
}
