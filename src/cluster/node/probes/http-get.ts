import type { Doing } from '../../contract/doing.ts';
import type { Container, HTTPGetAction } from '../../objects/kubernetes.ts';
import { callPod } from '../containers/call-pod.ts';
import type { PodContext } from '../pod-worker/pod-context.ts';

interface Get {
  readonly action: HTTPGetAction;
  readonly container: Container;
  readonly purpose: 'probe' | 'lifecycle';
  readonly timeoutMs?: number;
}

type Got = { readonly afterMs: number } & (
  | { readonly status: number; readonly body: string }
  | { readonly url: string; readonly error: string }
  /** There is nothing to ask. */
  | { readonly problem: string }
);

/** A request that the kubelet makes of a container. Kubelet: probe/http/request.go. */
export function* httpGet(context: PodContext, { action, container, purpose, timeoutMs }: Get): Doing<Got> {
  const port = resolvePort(action.port, container);
  if (port === undefined)
    return { afterMs: 0, problem: `couldn't find port: ${JSON.stringify(action.port)}` };
  const scheme = (action.scheme ?? 'HTTP').toLowerCase();
  const host = action.host || (context.worker.seen.ip ?? context.machine.ip);
  const path = action.path?.startsWith('/') ? action.path : `/${action.path ?? ''}`;
  const url = `${scheme}://${host}:${port}${path}`;
  const headers: Record<string, string> = {
    'User-Agent': `kube-${purpose}/1.${context.version.minor}`,
    Accept: '*/*',
  };
  for (const { name, value } of action.httpHeaders ?? []) headers[name] = value;
  const isSecure = scheme === 'https';
  const answer = yield* callPod(context, { kind: 'http', host, port, path, headers, isSecure, timeoutMs });
  const { afterMs } = answer;
  if (answer.kind === 'http') return { afterMs, status: answer.status ?? 200, body: answer.body ?? '' };
  if (answer.error === 'EOF') return { afterMs, url, error: 'EOF' };
  if (answer.error !== 'i/o timeout')
    return { afterMs, url, error: `dial tcp ${host}:${port}: ${answer.error}` };
  const waiting = answer.kind === 'silent' ? 'while awaiting headers' : 'while waiting for connection';
  return { afterMs, url, error: `context deadline exceeded (Client.Timeout exceeded ${waiting})` };
}

/** A port by number, or by its name in the container's own list. */
export function resolvePort(port: number | string, { ports = [] }: Container): number | undefined {
  if (typeof port === 'number') return port;
  const named = ports.find(({ name }) => name === port)?.containerPort;
  if (named !== undefined) return named;
  return /^\d+$/.test(port) ? Number(port) : undefined;
}
