import { describe, expect, test } from 'vitest';
import type { DnsAnswer, DnsType } from '../../../../src/cluster/contract/dns-record.ts';
import { answerQuestion } from '../../../../src/cluster/network/dns/answer-question.ts';
import { resolveHost } from '../../../../src/cluster/network/dns/resolve-host.ts';
import type { EndpointSlice } from '../../../../src/cluster/objects/kubernetes.ts';
import { candidatesOf } from '../../../../src/cluster/objects/pod-names.ts';
import { namespace } from '../../controllers/workloads.ts';
import { admitted, machines, service, slice, viewAt } from '../view-at.ts';

const SLICES = 'endpointslices.discovery.k8s.io';

function named<Kind extends EndpointSlice>(object: Kind, name: string): Kind {
  const labels = { 'kubernetes.io/service-name': name };
  return { ...object, metadata: { ...object.metadata, name: `${name}-x`, labels } };
}

const PORTS = [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 8080 }];
const ENDPOINTS = ['10.88.1.2 ready web-0', '10.88.2.2 ready web-1', '10.88.2.3 unready web-2'];
const objects = [
  ['namespaces', namespace],
  ['services', service({ ports: PORTS })],
  ['services', service({ clusterIP: 'None', clusterIPs: ['None'], ports: PORTS }, { name: 'db' })],
  ['services', service({ clusterIP: 'None', clusterIPs: ['None'] }, { name: 'empty' })],
  [
    'services',
    service(
      { type: 'ExternalName', clusterIP: '', clusterIPs: [], externalName: 'db.default.svc.cluster.local' },
      { name: 'ext' },
    ),
  ],
  [SLICES, named(slice(ENDPOINTS, [{ name: 'http', port: 8080, protocol: 'TCP' }]), 'db')],
] as const;
const pod = admitted();
const view = viewAt({ objects: [...objects, pod.object], facts: [...machines(), ...pod.facts] });
const DOMAIN = 'default.svc.cluster.local';

/** In words: `A 10.96.0.7`, `SRV 100 80 web… + A …`, `noName`. */
function told(answer: DnsAnswer): string {
  if (answer.kind !== 'records') return answer.kind;
  const texts = answer.records.map((record) => {
    if (record.type === 'A') return `A ${record.address}`;
    if (record.type === 'SRV') return `SRV ${record.weight} ${record.port} ${record.target}`;
    return `${record.type} ${record.target}`;
  });
  return texts.join(', ');
}

describe('the name service', () => {
  test.each<[string, DnsType, string]>([
    [`web.${DOMAIN}`, 'A', 'A 10.96.0.7'],
    [`WEB.${DOMAIN}.`, 'A', 'A 10.96.0.7'],
    [`web.${DOMAIN}`, 'AAAA', 'noData'],
    [`db.${DOMAIN}`, 'A', 'A 10.88.1.2, A 10.88.2.2'],
    [`web-0.db.${DOMAIN}`, 'A', 'A 10.88.1.2'],
    [`web-2.db.${DOMAIN}`, 'A', 'noName'],
    [`empty.${DOMAIN}`, 'A', 'noName'],
    [`nobody.${DOMAIN}`, 'A', 'noName'],
    [`_http._tcp.web.${DOMAIN}`, 'SRV', `SRV 100 80 web.${DOMAIN}`],
    [`_http._udp.web.${DOMAIN}`, 'SRV', 'noName'],
    [`_http._tcp.db.${DOMAIN}`, 'SRV', `SRV 50 8080 web-0.db.${DOMAIN}, SRV 50 8080 web-1.db.${DOMAIN}`],
    [`ext.${DOMAIN}`, 'A', `CNAME db.${DOMAIN}, A 10.88.1.2, A 10.88.2.2`],
    ['10-88-1-2.default.pod.cluster.local', 'A', 'A 10.88.1.2'],
    ['10-88-1-2.nowhere.pod.cluster.local', 'A', 'noName'],
    [DOMAIN, 'A', 'noData'],
    ['nowhere.svc.cluster.local', 'A', 'noName'],
    ['cluster.local', 'A', 'noData'],
    ['example.com', 'A', 'noName'],
    ['7.0.96.10.in-addr.arpa', 'PTR', `PTR web.${DOMAIN}`],
    ['2.1.88.10.in-addr.arpa', 'PTR', `PTR web-0.db.${DOMAIN}`],
    ['9.9.9.10.in-addr.arpa', 'PTR', 'noName'],
  ])('asked for %s (%s), it says: %s', (name, type, wanted) => {
    expect(told(answerQuestion(view.objects, { name, type }))).toBe(wanted);
  });
});

describe('a name in a pod', () => {
  const from = { node: 'node-1', pod: pod.key };
  test.each<[string, readonly string[]]>([
    ['web', ['10.96.0.7']],
    ['web.default', ['10.96.0.7']],
    ['web.default.svc', ['10.96.0.7']],
    [`web.${DOMAIN}.`, ['10.96.0.7']],
    ['web.', []],
    ['db', ['10.88.1.2', '10.88.2.2']],
    ['web-1.db', ['10.88.2.2']],
    ['localhost', ['127.0.0.1']],
    ['client', ['10.88.1.9']],
    ['example.com', []],
  ])('%s stands for %j', (host, addresses) => {
    expect(resolveHost(view, { from, host })).toEqual(addresses);
  });

  test.each<[string, object, string, readonly string[]]>([
    ['the node’s own resolver knows no services', { dnsPolicy: 'Default' }, 'web', []],
    [
      'aliases of the host come first',
      { hostAliases: [{ ip: '192.0.2.7', hostnames: ['web'] }] },
      'web',
      ['192.0.2.7'],
    ],
    [
      'its own searches are tried',
      { dnsPolicy: 'None', dnsConfig: { nameservers: ['10.96.0.10'], searches: [DOMAIN] } },
      'web',
      ['10.96.0.7'],
    ],
  ])('%s', (_, spec, host, addresses) => {
    const other = admitted(spec);
    const there = viewAt({ objects: [...objects, other.object], facts: [...machines(), ...other.facts] });
    expect(resolveHost(there, { from: { node: 'node-1', pod: other.key }, host })).toEqual(addresses);
  });

  test('stands for nothing outside of pods', () => {
    expect(resolveHost(view, { from: 'outside', host: 'web' })).toEqual([]);
    expect(resolveHost(view, { from: { node: 'node-1' }, host: 'web' })).toEqual([]);
  });

  test.each([
    ['a', ['a.x', 'a.y', 'a']],
    ['a.b', ['a.b.x', 'a.b.y', 'a.b']],
    ['a.b.c', ['a.b.c', 'a.b.c.x', 'a.b.c.y']],
    ['a.', ['a.']],
  ])('%s is asked for as %j, with two dots for a whole name', (host, names) => {
    expect(candidatesOf({ servers: [], searches: ['x', 'y'], options: ['ndots:2'] }, host)).toEqual(names);
  });
});
