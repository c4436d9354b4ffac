import { describe, expect, test } from 'vitest';
import { dumpScenario } from '../../src/compare/imported/dump-scenario.ts';
import { importedRecording } from '../../src/compare/imported/imported-recording.ts';
import { createImportReader } from '../../src/compare/imported/read-import.ts';
import { recordedEntries } from '../../src/compare/recording/recorded-entries.ts';
import { createTimeline } from '../../src/replay/timeline.ts';
import { playToEnd, scenarioOf } from '../support/play-scenario.ts';

const deployment = (version: number, status: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: 'web',
    namespace: 'shop',
    uid: 'd',
    resourceVersion: String(version),
    creationTimestamp: '2026-03-01T10:00:00Z',
    annotations: { 'deployment.kubernetes.io/revision': '1', team: 'a' },
  },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'web', image: 'nginx:1.27' }] },
    },
  },
  status,
});

const owned = (kind: string, name: string, version: number, more: object = {}) => ({
  apiVersion: kind === 'ReplicaSet' ? 'apps/v1' : 'v1',
  kind,
  metadata: {
    name,
    namespace: 'shop',
    uid: name,
    resourceVersion: String(version),
    creationTimestamp: '2026-03-01T10:00:01Z',
    ownerReferences: [
      kind === 'ReplicaSet'
        ? { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: 'd', controller: true }
        : { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-1', uid: 'web-1', controller: true },
    ],
    ...more,
  },
  spec: {},
});

const audit = (verb: string, object: object, more: object = {}) => ({
  kind: 'Event',
  apiVersion: 'audit.k8s.io/v1',
  level: 'RequestResponse',
  auditID: 'x',
  stage: 'ResponseComplete',
  verb,
  user: { username: 'kim', groups: ['system:authenticated'] },
  userAgent: 'kubectl/v1.36.0 (linux/amd64)',
  objectRef: { resource: 'deployments', apiGroup: 'apps', apiVersion: 'v1', namespace: 'shop', name: 'web' },
  responseStatus: { code: 201 },
  responseObject: object,
  requestReceivedTimestamp: '2026-03-01T10:00:00.250000Z',
  stageTimestamp: '2026-03-01T10:00:00.500000Z',
  ...more,
});

/** Files by name; an array is written as one JSON a line, or indented as kubectl does. */
function importOf(files: Readonly<Record<string, string | readonly object[]>>, indent?: number) {
  const reader = createImportReader();
  for (const [name, content] of Object.entries(files)) {
    if (typeof content === 'string' && name.endsWith('.yaml')) {
      reader.yaml(name, content);
      continue;
    }
    const text =
      typeof content === 'string'
        ? content
        : content.map((each) => JSON.stringify(each, null, indent)).join('\n');
    const file = reader.file(name);
    for (const line of text.split('\n')) file.line(line);
    file.end();
  }
  const imported = reader.finish();
  return { imported, recording: importedRecording('past', imported) };
}

/** `4 deployment-controller ObjectCreated web-1 <- 3`, of what happened after the beginning. */
function told(recording: Parameters<typeof recordedEntries>[0]): readonly string[] {
  return recordedEntries(recording).flatMap(({ seq, at, actor, cause, event }) =>
    'key' in event
      ? [`${seq} ${at} ${actor} ${event.type} ${event.key.replace(/.*\//, '')} <- ${cause}`]
      : [],
  );
}

const watch = (type: string, object: object) => ({ type, object });

const STORY = [
  watch('ADDED', deployment(10)),
  watch('MODIFIED', deployment(14, { observedGeneration: 1 })),
  watch('ADDED', owned('ReplicaSet', 'web-1', 11)),
  watch('ADDED', owned('Pod', 'web-1-a', 12)),
  watch('BOOKMARK', { metadata: { resourceVersion: '13' } }),
];

describe('a watch', () => {
  test('begins with what was there, and tells the rest in the order of revisions, with what owners say of causes', () => {
    const { imported, recording } = importOf({ 'watch.json': STORY });
    expect(imported.damage).toEqual([]);
    expect(told(recording)).toEqual([
      '4 0 unrecorded ObjectCreated web <- null',
      '5 1000 deployment-controller ObjectCreated web-1 <- 4',
      '6 1000 replicaset-controller ObjectCreated web-1-a <- 5',
      '7 1000 deployment-controller ObjectUpdated web <- 5',
    ]);
  });

  test('is read alike on single lines and as kubectl indents it', () => {
    expect(importOf({ 'watch.json': STORY }, 4)).toEqual(importOf({ 'watch.json': STORY }));
  });

  test('says which lines can not be read, and goes on with the next', () => {
    const text = [
      JSON.stringify(STORY[0]),
      '{"type":"MODIFIED","object":{"kind"',
      JSON.stringify(STORY[2], null, 4).split('\n').slice(0, 4).join('\n'),
      JSON.stringify(STORY[1]),
      'Error from server',
      '{"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","metadata":{},"message":"too old resource version"}}',
      '{"type":"MODIFIED","object":{}}',
      '{"hello":1}',
    ].join('\n');
    const { imported, recording } = importOf({ w: text });
    expect(imported.damage).toEqual([
      'w:2: it is no JSON, or was cut off',
      'w:3: it is no JSON, or was cut off',
      'w:8: it is no JSON, or was cut off',
      'w:9: the watch was broken off: too old resource version',
      'w:10: it is an event without an object',
      'w:11: it is no event of a watch, no object and no event of an audit',
    ]);
    expect(told(recording)).toHaveLength(2);
  });

  test('tells of objects whose definition it holds, and says which kinds are not known', () => {
    const definition = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'crons.example.com', resourceVersion: '1' },
      spec: {
        group: 'example.com',
        scope: 'Namespaced',
        names: { plural: 'crons', singular: 'cron', kind: 'Cron', listKind: 'CronList' },
        versions: [
          { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } },
        ],
      },
    };
    const custom = (kind: string) => ({
      apiVersion: 'example.com/v1',
      kind,
      metadata: { name: kind.toLowerCase(), namespace: 'shop', resourceVersion: '2' },
    });
    const { recording } = importOf({ w: [definition, custom('Cron'), custom('Stranger')] });
    const entries = recordedEntries(recording);
    expect(told(recording).map((line) => line.split(' ')[4])).toEqual(['crons.example.com', 'cron']);
    expect(JSON.stringify(entries)).toContain('left out: Stranger (example.com/v1)');
  });
});

describe('an audit', () => {
  test('says to the millisecond who wrote what a watch tells', () => {
    const other = owned('Pod', 'other', 9, { creationTimestamp: '2026-03-01T09:59:59Z' });
    const { recording } = importOf({
      'audit.log': [
        audit('create', deployment(10)),
        audit('get', deployment(10)),
        audit('create', {}, { stage: 'RequestReceived' }),
      ],
      'watch.json': [watch('ADDED', other), watch('DELETED', other), watch('ADDED', deployment(10))],
    });
    expect(told(recording).at(-1)).toBe('6 1500 kubectl ObjectCreated web <- null');
    expect(recording.notices).toEqual(['left out: 1 requests of the audit that only read']);
  });

  test('alone is a past, as far as its policy had it written down', () => {
    const node = { username: 'system:node:node-1' };
    const { recording, imported } = importOf({
      'audit.log': [
        audit('create', deployment(10)),
        audit('update', deployment(11, { replicas: 1 }), {
          user: { username: 'system:serviceaccount:kube-system:deployment-controller' },
          stageTimestamp: '2026-03-01T10:00:02Z',
        }),
        audit('patch', undefined as never, { user: node, userAgent: 'kubelet/v1.36.0' }),
        audit('create', deployment(12), { responseStatus: { code: 409 } }),
        audit(
          'delete',
          { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success' },
          {
            stageTimestamp: '2026-03-01T10:00:09Z',
          },
        ),
      ],
    });
    expect(told(recording)).toEqual([
      '5 500 kubectl ObjectCreated web <- null',
      '6 2000 deployment-controller ObjectUpdated web <- 5',
      '7 9000 kubectl ObjectDeleted web <- null',
    ]);
    expect(imported.left).toEqual([
      '1 writes of the audit without what was written (its policy says no more of them)',
      '1 requests of the audit that were refused',
    ]);
  });
});

describe('a dump', () => {
  const node = {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'worker', labels: { pool: 'a', 'kubernetes.io/hostname': 'worker' } },
    spec: {},
    status: { capacity: { cpu: '8', memory: '16Gi' }, nodeInfo: { kubeletVersion: 'v1.33.2' } },
  };
  const list = (items: readonly object[]) => ({ apiVersion: 'v1', kind: 'List', metadata: {}, items });
  const dumped = importOf({
    'dump.json': [list([node, deployment(10), owned('ReplicaSet', 'web-1', 11), owned('Pod', 'p', 12)])],
  });

  test('is a state that can be looked at', () => {
    const timeline = createTimeline(recordedEntries(dumped.recording));
    const { store, seq } = timeline.worldAt(timeline.entries.length);
    expect([...store.tables.objects.rows(seq)]).toHaveLength(4);
  });

  test('is a scenario of what somebody applied, on such machines, which plays', () => {
    const { files, applied, made } = dumpScenario(dumped.recording);
    expect({ applied, made }).toEqual({ applied: 1, made: 3 });
    expect(files['scenario.yaml']).toContain('version: "1.33"');
    expect(files['shop.yaml']).not.toMatch(/uid|resourceVersion|status|revision:/);
    expect(files['shop.yaml']).toContain('team: a');
    const last = playToEnd(scenarioOf(files)).log.at(-1)?.event;
    expect(last).toMatchObject({ type: 'ScenarioEnded', passed: true });
  });

  test('in YAML says the same, and items of a list of one kind need not say it', () => {
    const yaml = JSON.stringify(list([node, deployment(10)]));
    expect(importOf({ 'dump.yaml': yaml }).imported.found).toEqual([node, deployment(10)]);
    const { kind: _, apiVersion: __, ...bare } = node;
    const nodes = { apiVersion: 'v1', kind: 'NodeList', metadata: {}, items: [bare] };
    expect(importOf({ 'nodes.json': [nodes] }).imported.found).toEqual([node]);
  });
});
