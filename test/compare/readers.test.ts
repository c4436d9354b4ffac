import { describe, expect, test } from 'vitest';
import { readCommands } from '../../src/compare/recording/read-commands.ts';
import { createTraceReader, type TraceReading } from '../../src/compare/recording/read-trace.ts';
import { faultsOf } from '../../src/compare/recording/recorded-faults.ts';
import { recordingOf } from '../../src/compare/recording/recording.ts';

function read(lines: readonly string[]): TraceReading {
  const reader = createTraceReader();
  for (const line of lines) reader.line(line);
  return reader.finish();
}

function line(atMs: number, object: object, type = 'ADDED'): string {
  return JSON.stringify({ t_ms: atMs, type, object });
}

function pod(revision: number, more: object = {}, metadata: object = {}): object {
  return {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: { name: 'a', namespace: 'shop', resourceVersion: String(revision), ...metadata },
    ...more,
  };
}

describe('a trace', () => {
  test('is put in the order of revisions, whatever the watches did', () => {
    const { changes } = read([line(5, pod(8)), line(6, pod(7))]);
    expect(changes.map(({ object }) => object.metadata.resourceVersion)).toEqual(['7', '8']);
  });

  test('begins a new count of revisions when a lost watch lists anew', () => {
    const { changes, listed } = read([
      line(1, pod(90)),
      line(2, pod(40), 'RELIST'),
      line(3, pod(41), 'MODIFIED'),
    ]);
    expect(changes.map(({ object }) => object.metadata.resourceVersion)).toEqual(['90', '41']);
    expect(listed).toHaveLength(1);
  });

  test('may have other line ends, empty lines, bookmarks and damage', () => {
    const lines = [
      `${line(1, pod(1))}\r`,
      '',
      line(2, pod(2), 'BOOKMARK'),
      '{"t_ms":3,"ty',
      '[]',
      line(4, pod(4)),
    ];
    const { changes, damage } = read(lines);
    expect(changes.map(({ atMs }) => atMs)).toEqual([1, 4]);
    expect(damage).toEqual([
      'line 4: it is no JSON, or was cut off',
      'line 5: it is no watch event {t_ms, type, object}',
    ]);
  });

  test('does not tell of each of many damaged lines', () => {
    expect(read(Array.from({ length: 50 }, () => 'x')).damage).toHaveLength(6);
  });
});

describe('what was typed', () => {
  test('is read with its output, its times and its exit code', () => {
    const text =
      '[t+1.5] $ kubectl get pods   # stamped\r\n[t+1.6] NAME\n[t+1.7] a\n[t+2] (exit 1)\n[t+3] # a remark\n[t+9.000] END\n';
    expect(readCommands(text)).toEqual({
      commands: [
        { index: 0, line: 'kubectl get pods', beginMs: 1500, endMs: 2000, output: 'NAME\na\n', exitCode: 1 },
      ],
      remarks: [{ atMs: 3000, text: 'a remark' }],
      endMs: 9000,
    });
  });

  test('is left out where the file was cut before its end', () => {
    expect(readCommands('[t+1.500] $ kubectl get pods\nNAME\n').commands).toEqual([]);
  });
});

describe('a recording', () => {
  const trace = (...objects: readonly object[]) =>
    read(objects.map((object, index) => line(index * 1000, object)));

  test.each<[what: string, meta: object, objects: readonly object[], minor: number]>([
    ['meta.json', { version: '1.31.4' }, [pod(1)], 31],
    [
      'a kubelet',
      {},
      [{ ...pod(1), kind: 'Node', status: { nodeInfo: { kubeletVersion: 'v1.29.3-gke.1' } } }],
      29,
    ],
    ['generations of pods', {}, [pod(1, {}, { generation: 1 })], 36],
    ['projected tokens', {}, [pod(1, { spec: { volumes: [{ name: 'kube-api-access-x' }] } })], 24],
    [
      'secrets of tokens',
      {},
      [pod(1, { spec: { volumes: [{ name: 'd', secret: { secretName: 'default-token-x' } }] } })],
      20,
    ],
    ['nothing', {}, [{ ...pod(1), kind: 'Service' }], 36],
  ])('is of the version that %s tells, and not its folder', (_what, meta, objects, minor) => {
    const files = { 'meta.json': JSON.stringify(meta) };
    expect(recordingOf({ name: 'v1.19/x', trace: trace(...objects), files }).minor).toBe(minor);
  });

  test('without meta.json has the namespace that most was written to, and begins when its stamps say', () => {
    const created = { creationTimestamp: '2026-11-21T05:00:02Z' };
    const system = pod(1, {}, { namespace: 'kube-system' });
    const { namespace, startMs, commands } = recordingOf({
      name: 'x',
      trace: trace(system, system, pod(2, {}, created)),
      files: { 'meta.json': '{"ns":' },
    });
    expect({ namespace, commands }).toEqual({ namespace: 'shop', commands: [] });
    expect(startMs).toBe(Date.parse('2026-11-21T05:00:00Z'));
  });

  test('has the namespace and the beginning that meta.json names', () => {
    const files = { 'meta.json': '{"scenario":"x","ns":"d2","start_ms":5}' };
    expect(recordingOf({ name: 'x', trace: trace(pod(1)), files })).toMatchObject({
      namespace: 'd2',
      startMs: 5,
    });
  });
});

describe('remarks of a recording', () => {
  test.each([
    [
      'NODE-6 KUBELET FROZEN (SIGSTOP of the hollow kubelet: node unreachable)',
      { freeze: 'kubelet', node: 'node-6' },
    ],
    ['NODE-6 KUBELET RESUMED (SIGCONT)', { resume: 'kubelet', node: 'node-6' }],
    ['node-5 kubelet killed (SIGKILL)', { stop: 'kubelet', node: 'node-5' }],
    ['node-5 kubelet started again', { start: 'kubelet', node: 'node-5' }],
    ['kubelet restart with running pods', { restart: 'kubelet', node: 'worker-a' }],
    ['Worker-A kubelet resumed', { resume: 'kubelet', node: 'worker-a' }],
  ])('become faults: %s', (text, fault) => {
    expect(faultsOf([{ atMs: 7438, text }], { nodes: ['worker-a'] })).toEqual([
      { atMs: 7438, node: fault.node, step: { fault } },
    ]);
  });

  test.each([
    'scale up to 8 so that disruptions are allowed, drain again',
    'STOP apiserver (SIGKILL) and etcd (SIGTERM); kcm/scheduler/kubelets left running',
    'RESTART kcm, scheduler, kubelet, hollow kubelets (what a runbook says)',
  ])('stay remarks where no node is meant: %s', (text) => {
    expect(faultsOf([{ atMs: 0, text }], { nodes: ['node-1'] })).toEqual([]);
  });

  test('are about the kubelet that says next that it starts, which was away until then', () => {
    const starts = [
      { atMs: 1000, node: 'node-3' },
      { atMs: 29_388, node: 'node-1' },
    ];
    const text = 'kubelet restart with running pods';
    expect(faultsOf([{ atMs: 27_569, text }], { starts })).toEqual([
      {
        atMs: 27_569,
        node: 'node-1',
        step: { fault: { restart: 'kubelet', node: 'node-1', takes: '1819ms' } },
      },
    ]);
  });

  test('without a node of their own are about the only one', () => {
    expect(faultsOf([{ atMs: 0, text: 'kubelet restart with running pods' }])).toEqual([]);
  });
});
