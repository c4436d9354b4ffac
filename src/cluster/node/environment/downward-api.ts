import { quoteGo } from '../../objects/go-json.ts';
import { sortedKeys } from '../../objects/json.ts';
import type { Container, ResourceFieldSelector } from '../../objects/kubernetes.ts';
import { milliValue, wholeValue } from '../../objects/quantity.ts';
import { containerSpec, type PodContext } from '../pod-worker/pod-context.ts';
import { settingsOfNode } from '../settings-of-node.ts';
import { newestSandbox } from '../status/runtime-status.ts';

/**
 * What a pod tells its containers of itself. Kubelet: fieldpath.go and kubelet_pods.go
 * podFieldSelectorRuntimeValue.
 */
export function fieldOf({ view, key, pod, worker, machine, node }: PodContext, fieldPath: string): string {
  const { labels = {}, annotations = {} } = pod.metadata;
  const keyed = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(fieldPath);
  if (keyed) return (keyed[1] === 'labels' ? labels : annotations)[keyed[2] ?? ''] ?? '';
  const ip = pod.spec.hostNetwork ? machine.ip : (newestSandbox(view.rows, key)?.ip ?? '');
  switch (fieldPath) {
    case 'metadata.name':
      return worker.name;
    case 'metadata.namespace':
      return worker.namespace;
    case 'metadata.uid':
      return worker.uid;
    case 'metadata.labels':
      return listed(labels);
    case 'metadata.annotations':
      return listed(annotations);
    case 'spec.nodeName':
      return node;
    case 'spec.serviceAccountName':
      return pod.spec.serviceAccountName ?? '';
    case 'status.hostIP':
    case 'status.hostIPs':
      return machine.ip;
    case 'status.podIP':
    case 'status.podIPs':
      return ip;
    default:
      return '';
  }
}

/** `key="value"`, a line each. */
function listed(map: Readonly<Record<string, string>>): string {
  return sortedKeys(map)
    .map((key) => `${key}=${quoteGo(map[key] ?? '')}`)
    .join('\n');
}

/**
 * An amount that a container asks for or may use, in whole units of a divisor; without a limit that of its
 * node.
 */
export function resourceFieldOf(
  context: PodContext,
  self: Container,
  selector: ResourceFieldSelector,
): string {
  const { resource, containerName, divisor = '1' } = selector;
  const container = containerName ? (containerSpec(context.pod, containerName) ?? self) : self;
  const [side = 'limits', name = 'cpu'] = resource.split('.') as ['limits' | 'requests', string];
  const stated = container.resources?.[side]?.[name];
  const amount = stated ?? (side === 'limits' ? nodeAmount(context, name) : '0');
  const unit = divisor === '0' ? '1' : divisor;
  if (name === 'cpu') return String(Math.ceil(milliValue(amount) / milliValue(unit)));
  return String(Math.ceil(wholeValue(amount) / wholeValue(unit)));
}

function nodeAmount({ view, node }: PodContext, name: string): string {
  return settingsOfNode(view, node)?.capacity[name] ?? '0';
}
