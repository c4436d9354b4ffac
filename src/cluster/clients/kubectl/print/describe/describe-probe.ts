import type { HTTPGetAction, Probe } from '../../../../objects/kubernetes.ts';
import { joinHostPort } from '../columns/service-columns.ts';

/** `http-get http://:8080/healthz delay=0s timeout=1s …`. Mirrors kubectl: describe.go DescribeProbe. */
export function probeText(probe: Probe): string {
  const { initialDelaySeconds = 0, timeoutSeconds = 0, periodSeconds = 0 } = probe;
  const { successThreshold = 0, failureThreshold = 0 } = probe;
  const timing = `delay=${initialDelaySeconds}s timeout=${timeoutSeconds}s period=${periodSeconds}s`;
  return `${actionText(probe)} ${timing} #success=${successThreshold} #failure=${failureThreshold}`;
}

function actionText({ exec, httpGet, tcpSocket, grpc }: Probe): string {
  if (exec) return `exec [${(exec.command ?? []).join(' ')}]`;
  if (httpGet) return `http-get ${urlText(httpGet)}`;
  if (tcpSocket) return `tcp-socket ${tcpSocket.host ?? ''}:${tcpSocket.port}`;
  if (grpc) return `grpc <pod>:${grpc.port} ${grpc.service ?? ''}`;
  return 'unknown';
}

function urlText({ scheme = '', host = '', port, path = '' }: HTTPGetAction): string {
  const authority = `${port}` === '' ? host : joinHostPort(host, port);
  const slash = path !== '' && !path.startsWith('/') && authority !== '' ? '/' : '';
  return `${scheme === '' ? '' : `${scheme.toLowerCase()}:`}//${authority}${slash}${escapePath(path)}`;
}

/** As Go's url.URL escapes a path. */
function escapePath(path: string): string {
  return encodeURI(path).replace(/[?#!'()*]/g, (character) => {
    const code = character.charCodeAt(0).toString(16).toUpperCase();
    return `%${code}`;
  });
}
