import type { RowReader } from '../../contract/reader.ts';
import type { WebProxyKind } from '../../contract/web-rows.ts';
import { parseImageName } from '../../objects/image-name.ts';
import type { Pod } from '../../objects/kubernetes.ts';

/** Images of reverse proxies that go by objects of the API. */
const KINDS: readonly (readonly [repository: RegExp, kind: WebProxyKind])[] = [
  [/(?:^|\/)(?:ingress-nginx\/controller|nginx-ingress-controller)$/, 'ingress-nginx'],
  [/(?:^|\/)nginx-gateway-fabric\/nginx$/, 'gateway'],
  [/(?:^|\/)istio\/proxyv2$/, 'istio-proxy'],
];

/** What kind of reverse proxy a container is; undefined for all others. */
export function proxyKindOf(rows: RowReader, container: string): WebProxyKind | undefined {
  const row = rows.row('containers', container);
  const repository = row && parseImageName(row.specImage)?.repository;
  return repository === undefined ? undefined : KINDS.find(([wanted]) => wanted.test(repository))?.[1];
}

/** The pod that a proxy runs in. */
export function podOfProxy(rows: RowReader, pod: string): Pod | undefined {
  return rows.row('podWorkers', pod)?.pod;
}

/** An option of the proxy's command line, with what the pod says of itself filled in. */
export function optionOf(pod: Pod | undefined, option: string): string | undefined {
  const { namespace = '', name = '' } = pod?.metadata ?? {};
  const words = (pod?.spec.containers ?? []).flatMap(({ command = [], args = [] }) => [...command, ...args]);
  const found = words.find((word) => word === option || word.startsWith(`${option}=`));
  if (found === undefined) return undefined;
  const value = found === option ? 'true' : found.slice(option.length + 1);
  return value.replaceAll('$(POD_NAMESPACE)', namespace).replaceAll('$(POD_NAME)', name);
}
