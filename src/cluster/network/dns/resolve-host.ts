import type { Millis } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import { addressesIn, type DnsQuestion } from '../../contract/dns-record.ts';
import type { Dropped } from '../../contract/policy-rows.ts';
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
import { isAddress } from '../addresses.ts';
import type { Approach, Origin } from '../approach.ts';
import { askName } from './ask-name.ts';
import { nameDropOf } from './name-drop.ts';
import { outsideAddresses } from './outside-names.ts';

/**
 * The addresses that a name stands for where it is used, as the C library finds them: by `/etc/hosts`, then
 * by the name service; none when nobody knows it, and why where it can't be asked. Several come in another
 * order every time (CoreDNS: plugin loadbalance).
 */
export function resolveHost(view: View, { from, host, now }: Asking): readonly string[] | Dropped {
  if (host === 'localhost') return ['127.0.0.1'];
  if (from === 'outside') return outsideAddresses(view, host);
  const known = podOf(view, from);
  const line = known && hostsOf(view, known).find(({ names }) => names.includes(host));
  if (line) return [line.ip];
  const dropped = askedOf(view, from) ? nameDropOf(view.rows, from) : undefined;
  if (dropped) return dropped;
  const found = questionsFor(view, { from, host, now }).at(-1);
  return found ? addressesIn(askName(view, found, now)) : [];
}

export type Asking = Pick<Approach, 'from' | 'host'> & { readonly now?: Millis | undefined };

/** What the name service is asked for a name, until it knows it. */
export function questionsFor(view: View, { from, host, now }: Asking): readonly DnsQuestion[] {
  const resolver = askedOf(view, from);
  if (isAddress(host) || host === 'localhost' || !resolver || nameDropOf(view.rows, from)) return [];
  const questions = candidatesOf(resolver, host).map((name): DnsQuestion => ({ name, type: 'A' }));
  const found = questions.findIndex((question) => addressesIn(askName(view, question, now)).length > 0);
  return found < 0 ? questions : questions.slice(0, found + 1);
}

/** Of those who ask the name service of the cluster. */
function askedOf(view: View, from: Origin): Resolver | undefined {
  const resolver = resolverFor(view, from);
  return resolver?.servers.includes(CLUSTER_DNS) ? resolver : undefined;
}

function resolverFor(view: View, from: Origin): Resolver | undefined {
  if (from !== 'outside' && from.asOf !== undefined) {
    const metadata = { namespace: from.asOf };
    return resolverOf({ apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers: [] } });
  }
  const known = podOf(view, from);
  return known && resolverOf(known.pod);
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
