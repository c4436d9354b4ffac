import type { View } from '../../contract/component.ts';
import type { DnsAnswer } from '../../contract/dns-record.ts';
import type { Pod } from '../../objects/kubernetes.ts';
import {
  aliasHosts,
  CLUSTER_DNS,
  candidatesOf,
  type HostsLine,
  hostnameOf,
  ownHosts,
  type Resolver,
  resolverOf,
} from '../../objects/pod-names.ts';
import type { Origin } from '../approach.ts';
import { answerQuestion } from './answer-question.ts';

/**
 * The addresses that a name stands for where it is used, as the C library finds them: by `/etc/hosts`, then
 * by the name service; none when nobody knows it. Several come in another order every time (CoreDNS: plugin
 * loadbalance).
 */
export function resolveHost(view: View, from: Origin, host: string): readonly string[] {
  if (host === 'localhost') return ['127.0.0.1'];
  if (from !== 'outside' && from.asOf !== undefined) {
    const metadata = { namespace: from.asOf };
    const pod: Pod = { apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers: [] } };
    return searchedAddresses(view, resolverOf(pod), host);
  }
  const known = podOf(view, from);
  if (!known) return [];
  const line = hostsOf(view, known).find(({ names }) => names.includes(host));
  return line ? [line.ip] : searchedAddresses(view, resolverOf(known.pod), host);
}

function searchedAddresses({ objects }: View, resolver: Resolver, host: string): readonly string[] {
  if (!resolver.servers.includes(CLUSTER_DNS)) return [];
  for (const name of candidatesOf(resolver, host)) {
    const addresses = addressesIn(answerQuestion(objects, { name, type: 'A' }));
    if (addresses.length > 0) return addresses;
  }
  return [];
}

function addressesIn(answer: DnsAnswer): readonly string[] {
  if (answer.kind !== 'records') return [];
  return answer.records.flatMap((record) => (record.type === 'A' ? [record.address] : []));
}

interface Known {
  readonly pod: Pod;
  readonly key: string;
  readonly node: string;
}

/** A machine itself knows of no name service of the cluster. */
function podOf({ rows }: View, from: Origin): Known | undefined {
  if (from === 'outside' || from.pod === undefined) return undefined;
  const pod = rows.row('podWorkers', from.pod)?.pod;
  return pod && { pod, key: from.pod, node: from.node };
}

function hostsOf({ rows }: View, { pod, key, node }: Known): readonly HostsLine[] {
  const ip = rows.rowsBy('sandboxes', 'pod', key).find(({ stoppedAt }) => stoppedAt === undefined)?.ip;
  const hostname = hostnameOf(pod, node);
  return [...ownHosts(pod, { hostname, ...(ip !== undefined && { ip }) }), ...aliasHosts(pod)];
}
