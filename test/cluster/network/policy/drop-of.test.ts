import { describe, expect, test } from 'vitest';
import { nameDropOf } from '../../../../src/cluster/network/dns/name-drop.ts';
import { type Crossing, dropOf } from '../../../../src/cluster/network/policy/drop-of.ts';
import type { NetworkPolicySpec } from '../../../../src/cluster/objects/kubernetes.ts';
import { clusterWith, end, originOf } from './policy-cluster.ts';

const API = { podSelector: { matchLabels: { app: 'api' } } };
const fromApp = (app: string) => [{ from: [{ podSelector: { matchLabels: { app } } }] }];
const DENY: NetworkPolicySpec = { podSelector: {}, policyTypes: ['Ingress'] };
const NO_WAY_OUT: NetworkPolicySpec = { podSelector: {}, policyTypes: ['Egress'] };
const LAB = { namespaceSelector: { matchLabels: { team: 'lab' } } };
const TESTER = { podSelector: { matchLabels: { role: 'tester' } } };

type Row = readonly [string, Record<string, NetworkPolicySpec>, string, string, string];

describe('a connection to port 8080', () => {
  test.each<Row>([
    ['passes without policies', {}, 'lab/guest', 'shop/api', 'passes'],
    ['default deny shuts everybody out', { 'shop/deny': DENY }, 'shop/web', 'shop/api', 'Ingress shop/deny'],
    ['and leaves other namespaces alone', { 'shop/deny': DENY }, 'shop/web', 'lab/guest', 'passes'],
    ['and what goes out', { 'shop/deny': DENY }, 'shop/api', 'lab/guest', 'passes'],
    ['and a pod to itself', { 'shop/deny': DENY }, 'shop/api', 'shop/api', 'passes'],
    ['and the node of the pod', { 'shop/deny': DENY }, 'node-1', 'shop/api', 'passes'],
    ['but not another node', { 'shop/deny': DENY }, 'node-2', 'shop/api', 'Ingress shop/deny'],
    ['nor what comes from outside', { 'shop/deny': DENY }, 'outside', 'shop/api', 'Ingress shop/deny'],
    [
      'a rule without peers lets everybody in',
      { 'shop/all': { podSelector: {}, ingress: [{}] } },
      'outside',
      'shop/api',
      'passes',
    ],
    [
      'a pod selector means the own namespace',
      { 'shop/web': { ...API, ingress: fromApp('web') } },
      'shop/web',
      'shop/api',
      'passes',
    ],
    [
      'and no other one',
      { 'shop/web': { ...API, ingress: fromApp('web') } },
      'lab/guest',
      'shop/api',
      'Ingress shop/web',
    ],
    [
      'nor pods on the network of their node',
      { 'shop/web': { ...API, ingress: fromApp('web') } },
      'shop/agent',
      'shop/api',
      'Ingress shop/web',
    ],
    [
      'policies add up',
      { 'shop/deny': DENY, 'shop/web': { ...API, ingress: fromApp('web') } },
      'shop/web',
      'shop/api',
      'passes',
    ],
    [
      'all that select are told of',
      { 'shop/deny': DENY, 'shop/web': { ...API, ingress: fromApp('web') } },
      'lab/guest',
      'shop/api',
      'Ingress shop/deny shop/web',
    ],
    [
      'a namespace selector means all its pods',
      { 'shop/lab': { ...API, ingress: [{ from: [LAB] }] } },
      'lab/guest',
      'shop/api',
      'passes',
    ],
    [
      'both in one peer mean both',
      { 'shop/lab': { ...API, ingress: [{ from: [{ ...LAB, ...TESTER }] }] } },
      'lab/guest',
      'shop/api',
      'Ingress shop/lab',
    ],
    [
      'and pass with both',
      { 'shop/lab': { ...API, ingress: [{ from: [{ ...LAB, ...TESTER }] }] } },
      'lab/tester',
      'shop/api',
      'passes',
    ],
    [
      'two peers mean either',
      { 'shop/lab': { ...API, ingress: [{ from: [LAB, TESTER] }] } },
      'lab/guest',
      'shop/api',
      'passes',
    ],
    [
      'an empty namespace selector means all',
      { 'shop/any': { ...API, ingress: [{ from: [{ namespaceSelector: {} }] }] } },
      'lab/guest',
      'shop/api',
      'passes',
    ],
    [
      'and pods alone',
      { 'shop/any': { ...API, ingress: [{ from: [{ namespaceSelector: {} }] }] } },
      'outside',
      'shop/api',
      'Ingress shop/any',
    ],
    [
      'an IP block means addresses',
      { 'shop/ip': { ...API, ingress: [{ from: [{ ipBlock: { cidr: '192.0.2.0/28' } }] }] } },
      'outside',
      'shop/api',
      'passes',
    ],
    [
      'but for its exceptions',
      {
        'shop/ip': {
          ...API,
          ingress: [{ from: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['192.0.2.0/30'] } }] }],
        },
      },
      'outside',
      'shop/api',
      'Ingress shop/ip',
    ],
    [
      'a port by its number',
      { 'shop/p': { ...API, ingress: [{ ports: [{ port: 8080 }] }] } },
      'lab/guest',
      'shop/api',
      'passes',
    ],
    [
      'another port',
      { 'shop/p': { ...API, ingress: [{ ports: [{ port: 80 }] }] } },
      'lab/guest',
      'shop/api',
      'Ingress shop/p',
    ],
    [
      'a port by its name',
      { 'shop/p': { ...API, ingress: [{ ports: [{ port: 'http' }] }] } },
      'lab/guest',
      'shop/api',
      'passes',
    ],
    [
      'a range of ports',
      { 'shop/p': { ...API, ingress: [{ ports: [{ port: 8000, endPort: 8080 }] }] } },
      'lab/guest',
      'shop/api',
      'passes',
    ],
    [
      'another protocol',
      { 'shop/p': { ...API, ingress: [{ ports: [{ port: 8080, protocol: 'UDP' }] }] } },
      'lab/guest',
      'shop/api',
      'Ingress shop/p',
    ],
    ['default deny of what goes out', { 'lab/out': NO_WAY_OUT }, 'lab/guest', 'shop/web', 'Egress lab/out'],
    ['and leaves what comes in alone', { 'lab/out': NO_WAY_OUT }, 'shop/web', 'lab/guest', 'passes'],
    [
      'to a selected namespace',
      {
        'lab/out': {
          podSelector: {},
          egress: [{ to: [{ namespaceSelector: { matchLabels: { team: 'shop' } } }] }],
          policyTypes: ['Egress'],
        },
      },
      'lab/guest',
      'shop/api',
      'passes',
    ],
    [
      'both ends must allow it',
      { 'lab/out': { podSelector: {}, egress: [{}], policyTypes: ['Egress'] }, 'shop/deny': DENY },
      'lab/guest',
      'shop/api',
      'Ingress shop/deny',
    ],
    [
      'rules for what goes out imply both types',
      { 'lab/out': { podSelector: {}, egress: [{}] } },
      'shop/web',
      'lab/guest',
      'Ingress lab/out',
    ],
  ])('%s', (_, policies, from, to, outcome) => {
    const crossing: Crossing = { from: originOf(from), to: end(to), port: 8080 };
    const dropped = dropOf(clusterWith(policies), crossing);
    expect(dropped ? [dropped.direction, ...dropped.policies].join(' ') : 'passes').toBe(outcome);
  });

  test('through the port of another node comes from that node, and through its own from the client', () => {
    const rows = clusterWith({
      'shop/ip': { ...API, ingress: [{ from: [{ ipBlock: { cidr: '192.0.2.0/24' } }] }] },
    });
    const via = (node: string) =>
      dropOf(rows, { from: 'outside', to: end('shop/api'), port: 8080, masqueradedBy: node });
    expect([via('node-1'), via('node-2')?.policies]).toEqual([undefined, ['shop/ip']]);
  });
});

describe('questions for the name service', () => {
  const toDns = (port: number): NetworkPolicySpec => ({
    podSelector: {},
    policyTypes: ['Egress'],
    egress: [
      {
        to: [
          {
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
            podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
          },
        ],
        ports: [{ protocol: 'UDP', port }],
      },
    ],
  });

  test.each<readonly [string, Record<string, NetworkPolicySpec>, readonly string[] | undefined]>([
    ['are answered', {}, undefined],
    ['do not leave a pod from which nothing goes out', { 'lab/out': NO_WAY_OUT }, ['lab/out']],
    ['are let out as its pods in kube-system', { 'lab/out': NO_WAY_OUT, 'lab/dns': toDns(53) }, undefined],
    ['but not by another port', { 'lab/dns': toDns(5353) }, ['lab/dns']],
  ])('%s', (_, policies, dropped) => {
    expect(nameDropOf(clusterWith(policies), originOf('lab/guest'))?.policies).toEqual(dropped);
  });
});
