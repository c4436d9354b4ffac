import { describe, expect, test } from 'vitest';
import type { ProxyRuleChange } from '../../../../src/cluster/contract/proxy-rows.ts';
import type { Origin } from '../../../../src/cluster/network/approach.ts';
import { affinityOf, chooseEndpoint } from '../../../../src/cluster/network/proxy/choose-endpoint.ts';
import { type Destination, destinationsOf } from '../../../../src/cluster/network/proxy/destinations-of.ts';
import { rulesOf } from '../../../../src/cluster/network/proxy/rules-of.ts';
import { seenAs } from '../../../../src/cluster/network/proxy/seen-as.ts';
import type { ServiceSpec } from '../../../../src/cluster/objects/kubernetes.ts';
import { machines, sandbox, service, slice, viewAt } from '../view-at.ts';

const NODE_PORT: Partial<ServiceSpec> = {
  type: 'NodePort',
  ports: [{ port: 80, protocol: 'TCP', nodePort: 30_080 }],
};
const AFFINE: Partial<ServiceSpec> = {
  sessionAffinity: 'ClientIP',
  sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } },
};
const POD: Origin = { node: 'node-1', pod: 'default/at-10.88.1.9/uid' };

/** What both nodes have made of a service with these endpoints. */
function ruled(spec: Partial<ServiceSpec>, endpoints: readonly string[]) {
  const version = { minor: 36, patch: 0 };
  const rulesOn = (node: string): ProxyRuleChange[] =>
    [...rulesOf(service(spec), [slice(endpoints)], { node, version })].map(([servicePort, rule]) => ({
      servicePort,
      rule,
    }));
  const up = endpoints.map((text) => sandbox(text.split(' ')[0] ?? ''));
  return [...machines(rulesOn('node-1'), rulesOn('node-2')), ...up, sandbox('10.88.1.9')];
}

function told(destination: Destination): string {
  if (destination.kind !== 'endpoints') return destination.kind;
  return destination.endpoints
    .map(({ address, port, node }) => `${address}:${port}${node === undefined ? ' (nobody)' : ''}`)
    .join(' ');
}

const SPREAD = ['10.88.1.2 ready', '10.88.2.2 ready'];
const ELSEWHERE = ['10.88.2.2 ready'];

describe('a new connection', () => {
  test.each<[string, Partial<ServiceSpec>, readonly string[], Origin, string, string]>([
    ['to a service reaches its endpoints', {}, SPREAD, POD, '10.96.0.7:80', '10.88.1.2:8080 10.88.2.2:8080'],
    ['to a service without endpoints is refused', {}, [], POD, '10.96.0.7:80', 'refused'],
    ['to a port that a service has not meets silence', {}, SPREAD, POD, '10.96.0.7:81', 'timedOut'],
    ['to the address of no service meets silence', {}, SPREAD, POD, '10.96.0.8:80', 'timedOut'],
    ['from outside to a service meets silence', {}, SPREAD, 'outside', '10.96.0.7:80', 'timedOut'],
    ['from outside to a pod meets silence', {}, SPREAD, 'outside', '10.88.1.2:8080', 'timedOut'],
    ['to a pod goes there', {}, SPREAD, POD, '10.88.2.2:8080', '10.88.2.2:8080'],
    ['to the address of no pod is unreachable', {}, SPREAD, POD, '10.88.1.77:80', 'unreachable'],
    [
      'from outside to a port of a node reaches endpoints on any',
      NODE_PORT,
      SPREAD,
      'outside',
      '10.99.0.1:30080',
      '10.88.1.2:8080 10.88.2.2:8080',
    ],
    ['to such a port without endpoints is refused', NODE_PORT, [], 'outside', '10.99.0.1:30080', 'refused'],
    [
      'to a port of a node that no service has goes to the node itself',
      NODE_PORT,
      SPREAD,
      'outside',
      '10.99.0.1:30081',
      '10.99.0.1:30081',
    ],
    [
      'from outside stays on the node with externalTrafficPolicy Local',
      { ...NODE_PORT, externalTrafficPolicy: 'Local' },
      SPREAD,
      'outside',
      '10.99.0.2:30080',
      '10.88.2.2:8080',
    ],
    [
      'and meets silence where that node has no endpoint',
      { ...NODE_PORT, externalTrafficPolicy: 'Local' },
      ELSEWHERE,
      'outside',
      '10.99.0.1:30080',
      'timedOut',
    ],
    [
      'from a pod may leave the node all the same',
      { ...NODE_PORT, externalTrafficPolicy: 'Local' },
      ELSEWHERE,
      POD,
      '10.99.0.1:30080',
      '10.88.2.2:8080',
    ],
    [
      'stays on the node with internalTrafficPolicy Local',
      { internalTrafficPolicy: 'Local' },
      SPREAD,
      POD,
      '10.96.0.7:80',
      '10.88.1.2:8080',
    ],
    [
      'and meets silence where the node has none',
      { internalTrafficPolicy: 'Local' },
      ELSEWHERE,
      POD,
      '10.96.0.7:80',
      'timedOut',
    ],
    [
      'to an external address of a service is like one to a port of a node',
      { externalIPs: ['10.99.0.2'] },
      SPREAD,
      'outside',
      '10.99.0.2:80',
      '10.88.1.2:8080 10.88.2.2:8080',
    ],
    [
      "to a node's loopback is a port of the node for what runs on its network",
      NODE_PORT,
      SPREAD,
      { node: 'node-1' },
      '127.0.0.1:30080',
      '10.88.1.2:8080 10.88.2.2:8080',
    ],
    ["but to a pod's own it stays in the pod", NODE_PORT, SPREAD, POD, '127.0.0.1:30080', '127.0.0.1:30080'],
  ])('%s', (_, spec, endpoints, from, to, wanted) => {
    const view = viewAt({ facts: ruled(spec, endpoints) });
    const [host = '', port] = to.split(':');
    expect(told(destinationsOf(view, { from, host, port: Number(port) }))).toBe(wanted);
  });

  test('goes by the rules of its own node, which may be older than what they speak of', () => {
    const gone = { type: 'SandboxStopped', node: 'node-2', pod: 'p', sandbox: 'sandbox-10.88.2.2' } as const;
    const synced = {
      type: 'ProxyRulesSynced',
      node: 'node-1',
      rules: [{ servicePort: 'default/web', unset: ['/cluster/10.88.2.2:8080'] }],
    } as const;
    const view = viewAt({ facts: [...ruled({}, SPREAD), gone, synced] });
    const from = (node: string) =>
      told(destinationsOf(view, { from: { node }, host: '10.96.0.7', port: 80 }));
    expect(from('node-1')).toBe('10.88.1.2:8080');
    expect(from('node-2')).toBe('10.88.1.2:8080 10.88.2.2:8080 (nobody)');
  });

  test('goes to any endpoint with the same likelihood', () => {
    const view = viewAt({ facts: ruled({}, ['10.88.1.2 ready', '10.88.1.3 ready', '10.88.2.2 ready']) });
    const reached = destinationsOf(view, { from: POD, host: '10.96.0.7', port: 80 });
    if (reached.kind !== 'endpoints') throw new Error('the service has endpoints');
    const counts: Record<string, number> = {};
    for (let number = 0; number < 3000; number++) {
      const { address } = chooseEndpoint(view, reached, { identity: [number], client: '10.88.1.9', now: 0 });
      counts[address] = (counts[address] ?? 0) + 1;
    }
    expect(Object.keys(counts)).toHaveLength(3);
    for (const count of Object.values(counts)) expect(Math.abs(count - 1000)).toBeLessThan(120);
  });
});

describe('session affinity', () => {
  const kept = {
    type: 'AffinityKept',
    node: 'node-1',
    servicePort: 'default/web',
    client: '10.88.1.9',
    endpoint: '10.88.2.2:8080',
  } as const;
  const facts = ruled(AFFINE, SPREAD);
  const view = viewAt({ facts: [...facts, kept] });
  const keptAt = facts.length * 1000;
  const reached = destinationsOf(view, { from: POD, host: '10.96.0.7', port: 80 });
  if (reached.kind !== 'endpoints' || !reached.rule) throw new Error('the service has endpoints');
  const { rule } = reached;

  test('sends a client where it was sent, whatever is drawn', () => {
    for (let number = 0; number < 20; number++) {
      const connection = { identity: [number], client: '10.88.1.9', now: keptAt + 59_000 };
      expect(chooseEndpoint(view, reached, connection).address).toBe('10.88.2.2');
    }
  });

  test('ends when the client has stayed away for its time, and is no other client’s', () => {
    expect(affinityOf(view, rule, { client: '10.88.1.9', now: keptAt + 59_999 })).toBe('10.88.2.2:8080');
    expect(affinityOf(view, rule, { client: '10.88.1.9', now: keptAt + 60_000 })).toBeUndefined();
    expect(affinityOf(view, rule, { client: '10.88.1.8', now: keptAt })).toBeUndefined();
  });

  test('ends with the endpoint', () => {
    const synced = {
      type: 'ProxyRulesSynced',
      node: 'node-1',
      rules: [{ servicePort: 'default/web', unset: ['/cluster/10.88.2.2:8080'] }],
    } as const;
    const later = viewAt({ facts: [...facts, kept, synced] });
    const left = destinationsOf(later, { from: POD, host: '10.96.0.7', port: 80 });
    if (left.kind !== 'endpoints') throw new Error('the service has an endpoint');
    const connection = { identity: [1], client: '10.88.1.9', now: keptAt };
    expect(chooseEndpoint(later, left, connection).address).toBe('10.88.1.2');
  });
});

describe('whom an endpoint sees', () => {
  test.each<[string, Partial<ServiceSpec>, Origin, string, string]>([
    ['the pod that asks a service', {}, POD, '10.96.0.7:80', '10.88.1.9'],
    ['the node that a request from outside came to', NODE_PORT, 'outside', '10.99.0.1:30080', '10.99.0.1'],
    [
      'the client itself with externalTrafficPolicy Local',
      { ...NODE_PORT, externalTrafficPolicy: 'Local' },
      'outside',
      '10.99.0.2:30080',
      '192.0.2.1',
    ],
    ['the node when a pod asks a port of it', NODE_PORT, POD, '10.99.0.1:30080', '10.99.0.1'],
  ])('is %s', (_, spec, from, to, wanted) => {
    const view = viewAt({ facts: ruled(spec, ELSEWHERE) });
    const [host = '', port] = to.split(':');
    const reached = destinationsOf(view, { from, host, port: Number(port) });
    if (reached.kind !== 'endpoints') throw new Error('the service has an endpoint');
    const client = from === 'outside' ? '192.0.2.1' : '10.88.1.9';
    const chosen = chooseEndpoint(view, reached, { identity: [1], client, now: 0 });
    expect(seenAs(view.rows, { from, client, reached, chosen })).toBe(wanted);
  });

  test('is its bridge when it asks itself by its service', () => {
    const view = viewAt({ facts: ruled({}, ['10.88.1.9 ready']) });
    const reached = destinationsOf(view, { from: POD, host: '10.96.0.7', port: 80 });
    if (reached.kind !== 'endpoints') throw new Error('the service has an endpoint');
    const client = '10.88.1.9';
    const chosen = chooseEndpoint(view, reached, { identity: [1], client, now: 0 });
    expect(seenAs(view.rows, { from: POD, client, reached, chosen })).toBe('10.88.1.1');
  });
});
