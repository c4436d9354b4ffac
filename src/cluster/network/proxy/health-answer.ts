import type { HttpAnswer } from '../../contract/network-request.ts';
import type { RowReader } from '../../contract/reader.ts';
import { localEndpoints } from './local-endpoints.ts';

/**
 * What a node's kube-proxy says at the healthCheckNodePort of a service; undefined where it is nobody's
 * (kube-proxy: healthcheck/service_health.go).
 */
export function healthAnswer(
  rows: RowReader,
  { node, address, port }: { readonly node: string; readonly address: string; readonly port: number },
): HttpAnswer | undefined {
  const rule = rows.rowsBy('proxyRules', 'node', node).find(({ healthPort }) => healthPort === port);
  if (!rule) return undefined;
  const service = rule.servicePort.split(':')[0] ?? '';
  const [namespace, name] = service.split('/');
  const count = localEndpoints(rows, node, service);
  const body = [
    '{',
    '\t"service": {',
    `\t\t"namespace": "${namespace}",`,
    `\t\t"name": "${name}"`,
    '\t},',
    `\t"localEndpoints": ${count},`,
    '\t"serviceProxyHealthy": true',
    '}',
  ].join('\n');
  return {
    kind: 'http',
    address,
    status: count > 0 ? 200 : 503,
    headers: {
      'Content-Type': 'application/json',
      'X-Content-Type-Options': 'nosniff',
      'X-Load-Balancing-Endpoint-Weight': String(count),
      'Content-Length': String(body.length),
    },
    body,
  };
}
