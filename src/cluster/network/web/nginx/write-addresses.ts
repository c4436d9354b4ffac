import type { View } from '../../../contract/component.ts';
import type { Doing } from '../../../contract/doing.ts';
import { compareText, isEqualJson } from '../../../objects/json.ts';
import type { Node, Pod, Service } from '../../../objects/kubernetes.ts';
import { optionOf } from '../proxy-pods.ts';
import { type Serving, servedIngresses } from './served-ingresses.ts';

/** Under which addresses the controller is found: written into each Ingress (status.go). */
export function* writeAddresses(view: View, serving: Serving, pod: Pod | undefined): Doing<void> {
  const ingress = addressesOf(view, pod);
  for (const { metadata, status } of servedIngresses(view.objects, serving)) {
    if (isEqualJson(status?.loadBalancer?.ingress ?? [], ingress)) continue;
    const { namespace = '', name = '' } = metadata;
    const patch = { status: { loadBalancer: { ingress: ingress.length > 0 ? ingress : null } } };
    const target = {
      resource: 'ingresses.networking.k8s.io',
      namespace,
      name,
      subresource: 'status',
    } as const;
    yield { verb: 'patch', ...target, patchType: 'merge', patch };
  }
}

interface Point {
  readonly ip?: string;
  readonly hostname?: string;
}

function addressesOf({ objects }: View, pod: Pod | undefined): readonly Point[] {
  const given = optionOf(pod, '--publish-status-address');
  if (given !== undefined) return given.split(',').map(pointOf);
  const published = optionOf(pod, '--publish-service');
  if (published === undefined) return nodePoints(objects.list<Node>('nodes'), pod);
  const [namespace = '', name = ''] = published.split('/');
  const service = objects.get<Service>('services', namespace, name);
  if (!service) return [];
  const { type, clusterIP, externalIPs = [], externalName = '' } = service.spec ?? {};
  if (type === 'ExternalName') return [{ hostname: externalName }];
  if (type === 'ClusterIP') return [{ ip: clusterIP ?? '' }];
  const outside = externalIPs.map((ip): Point => ({ ip }));
  if (type === 'NodePort') return outside.length > 0 ? outside : [{ ip: clusterIP ?? '' }];
  const balanced = (service.status?.loadBalancer?.ingress ?? []).map(
    ({ ip, hostname }): Point => (ip ? { ip } : { hostname: hostname ?? '' }),
  );
  return [...balanced, ...outside].toSorted((a, b) => compareText(a.ip ?? '', b.ip ?? ''));
}

function pointOf(text: string): Point {
  return /^[\d.]+$/.test(text) ? { ip: text } : { hostname: text };
}

/** Without a service: the machine that it runs on. */
function nodePoints(nodes: readonly Node[], pod: Pod | undefined): readonly Point[] {
  const own = nodes.find(({ metadata }) => metadata.name === pod?.spec.nodeName);
  const ip = own?.status?.addresses?.find(({ type }) => type === 'InternalIP')?.address;
  return ip === undefined ? [] : [{ ip }];
}
