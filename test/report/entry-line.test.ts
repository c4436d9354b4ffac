import { describe, expect, test } from 'vitest';
import type { Event } from '../../src/cluster/contract/event.ts';
import type { KubeObject } from '../../src/cluster/objects/kube-object.ts';
import { createTimeline } from '../../src/replay/timeline.ts';
import { entryLine } from '../../src/report/entry-line.ts';
import { logOf } from '../support/small-log.ts';

const POD = 'default/web/uid';
const node = 'node-1';
const key = '/registry/pods/default/web';

/** What the last of these events says. */
function lineAfter(...events: readonly Event[]): string {
  const log = logOf(events.map((event, index) => [index * 1000, event]));
  const last = log[log.length - 1];
  if (!last) throw new Error('there are no events');
  return entryLine(last, createTimeline(log).worldAt(last.seq));
}

function created(object: Record<string, unknown>, at = key, resource = 'pods'): Event {
  return { type: 'ObjectCreated', resource, key: at, object: object as unknown as KubeObject };
}

function updated(set: Readonly<Record<string, unknown>>, at = key, resource = 'pods'): Event {
  return { type: 'ObjectUpdated', resource, key: at, set: { ...set, '/metadata/resourceVersion': '9' } };
}

const pod = {
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'default' },
  spec: { containers: [{ name: 'nginx' }] },
  status: { phase: 'Pending', conditions: [{ type: 'Ready', status: 'False' }] },
};
const ran = { name: 'nginx', ready: true, restartCount: 0, state: { running: {} } };

describe('a change of an object', () => {
  test.each<[line: string, events: readonly Event[]]>([
    ['created Pod web', [created(pod)]],
    [
      'created Pod shop/web',
      [created({ ...pod, metadata: { name: 'web', namespace: 'shop' } }, '/registry/pods/shop/web')],
    ],
    [
      'created Node node-1',
      [created({ kind: 'Node', metadata: { name: node } }, '/registry/minions/node-1')],
    ],
    ['Pod web: bound to node-1', [created(pod), updated({ '/spec/nodeName': node })]],
    [
      'Pod web: Pending → Running, ready 0/1 → 1/1, IP 10.0.0.1, Ready False → True',
      [
        created(pod),
        updated({
          '/status/phase': 'Running',
          '/status/podIP': '10.0.0.1',
          '/status/containerStatuses': [ran],
          '/status/conditions/0/status': 'True',
        }),
      ],
    ],
    [
      'Pod web: restarts 0 → 1',
      [
        created({ ...pod, status: { phase: 'Running', containerStatuses: [ran] } }),
        updated({ '/status/containerStatuses/0/restartCount': 1 }),
      ],
    ],
    [
      'Pod web: is to be deleted, with 30 s of grace, Pending → Terminating',
      [
        created(pod),
        updated({
          '/metadata/deletionTimestamp': '2026-01-01T00:00:30Z',
          '/metadata/deletionGracePeriodSeconds': 30,
        }),
      ],
    ],
    [
      'Pod web: may be removed now',
      [
        created({
          ...pod,
          metadata: { ...pod.metadata, deletionTimestamp: 'x', deletionGracePeriodSeconds: 30 },
        }),
        updated({ '/metadata/deletionGracePeriodSeconds': 0 }),
      ],
    ],
    [
      'Pod web: PodScheduled True',
      [created(pod), updated({ '/status/conditions/1': { type: 'PodScheduled', status: 'True' } })],
    ],
    ['removed Pod web', [created(pod), { type: 'ObjectDeleted', resource: 'pods', key, revision: 3 }]],
  ])('%s', (line, events) => {
    expect(lineAfter(...events)).toBe(line);
  });

  test('of any other kind is told by its fields, with what they were before', () => {
    const at = '/registry/deployments/default/web';
    const deployment = {
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'default' },
      spec: { replicas: 1 },
    };
    const change = { '/spec/replicas': 3, '/status': { replicas: 1 }, '/metadata/labels': { a: 'b' } };
    const events = [created(deployment, at), updated({ ...change, '/metadata/generation': 2 }, at)] as const;
    expect(lineAfter(...events)).toBe('Deployment web: spec.replicas 1 → 3, status {…}, metadata.labels {…}');
    expect(lineAfter(...events, { ...updated({}, at), unset: ['/metadata/labels'] } as Event)).toBe(
      'Deployment web: without metadata.labels',
    );
  });
});

describe('a Kubernetes Event', () => {
  const event = {
    kind: 'Event',
    metadata: { name: 'web.1', namespace: 'default' },
    involvedObject: { name: 'web' },
    type: 'Normal',
    reason: 'Started',
    message: 'Container\nstarted',
    count: 1,
  };
  const at = '/registry/events/default/web.1';

  test('is told with its reason, its count and its message', () => {
    expect(lineAfter(created(event, at, 'events'))).toBe('Event web: Started: Container started');
    expect(lineAfter(created(event, at, 'events'), updated({ '/count': 3 }, at, 'events'))).toBe(
      'Event web: Started (x3): Container started',
    );
    expect(lineAfter(created({ ...event, type: 'Warning' }, at, 'events'))).toBe(
      'Warning web: Started: Container started',
    );
  });
});

describe('what happens on a machine', () => {
  const container: Event = {
    type: 'ContainerCreated',
    id: 'c1',
    node,
    pod: POD,
    name: 'nginx',
    attempt: 0,
    sandbox: 's1',
    image: 'docker.io/library/nginx:1',
    imageId: 'sha256:1',
    specImage: 'nginx:1',
    createdAt: 0,
  };
  const again: Event = { ...container, id: 'c2', attempt: 2 };
  const of = { node, pod: POD, container: 'c1' };
  const file = { node, pod: POD, fileSystem: 'c1', path: '/tmp/healthy', mode: 420, modifiedAt: 0 };
  const probe = `${POD}/nginx/liveness`;
  const exec = { exec: 'e1', node, pod: POD };
  const asked: Event = { type: 'ExecRequested', ...of, exec: 'e1', argv: ['cat', '/tmp/healthy'] };

  test.each<[line: string, events: readonly Event[]]>([
    ['web: container nginx created', [container]],
    ['web: container nginx started', [container, { type: 'ContainerStarted', ...of, process: {} }]],
    [
      'web: container nginx started, restart 2',
      [again, { type: 'ContainerStarted', ...of, container: 'c2', process: {} }],
    ],
    ['web: SIGTERM sent to container nginx', [container, { type: 'SignalSent', ...of, signal: 'TERM' }]],
    [
      'web: container nginx ended: exit code 137 (Error)',
      [container, { type: 'ContainerExited', ...of, exit: { at: 0, code: 137, reason: 'Error' } }],
    ],
    [
      'web: container nginx could not start: exit code 128 (StartError): no such file',
      [
        container,
        {
          type: 'ContainerStartFailed',
          ...of,
          exit: { at: 0, code: 128, reason: 'StartError', message: 'no such file' },
        },
      ],
    ],
    [
      'web: nginx logs: hello',
      [container, { type: 'ContainerLogged', ...of, stream: 'stdout', text: 'hello\n' }],
    ],
    ['web: container nginx was cleaned up', [container, { type: 'ContainerRemoved', ...of }]],
    [
      'web: nginx wrote /tmp/healthy',
      [container, { type: 'FileWritten', ...file, kind: 'file', content: '' }],
    ],
    ['web: nginx removed /tmp/healthy', [container, { type: 'FileWritten', ...file, kind: 'removed' }]],
    [
      'web: volume data wrote /x',
      [{ type: 'FileWritten', ...file, fileSystem: 'volume/a/data', path: '/x', kind: 'file' }],
    ],
    ['web: runs in container nginx: cat /tmp/healthy', [container, asked]],
    [
      "web: cat /tmp/healthy ended with exit code 1: cat: can't open",
      [container, asked, { type: 'ExecFinished', ...exec, exitCode: 1, stderr: "cat: can't open\n" }],
    ],
    [
      'web: sandbox up, IP 10.88.1.2',
      [{ type: 'SandboxStarted', id: 's1', node, pod: POD, attempt: 0, ip: '10.88.1.2', startedAt: 0 }],
    ],
    [
      'web: the kubelet takes the pod in',
      [{ type: 'PodAdmitted', node, pod: POD, namespace: 'default', name: 'web', uid: 'uid' }],
    ],
    ['web: liveness probe of nginx stopped', [{ type: 'ProbeWorkerStopped', node, pod: POD, probe }]],
  ])('%s', (line, events) => {
    expect(lineAfter(...events)).toBe(line);
  });

  test.each(['success', 'failure'])('a probe that comes to %s', (result) => {
    const worker = {
      key: probe,
      node,
      pod: POD,
      container: 'nginx',
      kind: 'liveness',
      periodMs: 1,
      anchor: 0,
      last: 'unknown',
      run: 0,
      onHold: false,
    } as const;
    const moved = {
      type: 'ProbeWorkerMoved',
      node,
      pod: POD,
      probe,
      set: { '/result': result, '/last': result },
    } as const;
    expect(lineAfter({ type: 'ProbeWorkerStarted', node, pod: POD, worker }, moved)).toBe(
      `web: liveness probe of nginx ${result === 'success' ? 'succeeds' : 'fails'}`,
    );
  });
});

describe('the story', () => {
  test.each<[line: string, event: Event]>([
    [
      '$ kubectl get pods -w &',
      { type: 'CommandTyped', command: 'c', line: 'kubectl get pods -w', background: true },
    ],
    ['printed one', { type: 'CommandPrinted', command: 'c', stdout: 'one\n' }],
    ['printed 2 lines', { type: 'CommandPrinted', command: 'c', stdout: 'one\n', stderr: 'two' }],
    ['step 3: wait 20s', { type: 'StepBegan', step: 3, kind: 'wait', text: { en: 'wait 20s' } }],
    ['✓ as wanted', { type: 'ExpectationMet', step: 1, part: 0, what: 'as wanted' }],
    ['✗ as wanted', { type: 'ExpectationMissed', step: 1, part: 0, what: 'as wanted', why: 'no' }],
    ['✗ always so', { type: 'InvariantBroken', invariant: 0, what: 'always so', why: 'no' }],
    ['! step 2: too late', { type: 'NoticeGiven', about: 'step 2', message: 'too late' }],
    ['the end: all expectations met', { type: 'ScenarioEnded', passed: true }],
    [
      'refused to create web: no',
      {
        type: 'RequestRefused',
        verb: 'create',
        resource: 'pods',
        name: 'web',
        code: 403,
        reason: 'Forbidden',
        message: 'no',
      },
    ],
  ])('%s', (line, event) => {
    expect(lineAfter({ type: 'CommandTyped', command: 'c', line: '' }, event)).toBe(line);
  });

  test('is told in the language of the reader', () => {
    const [entry] = logOf([
      [0, { type: 'StepBegan', step: 1, kind: 'say', told: true, text: { en: 'Hi', ko: '안녕' } }],
    ]);
    if (!entry) throw new Error('there is no entry');
    const world = createTimeline([entry]).worldAt(1);
    expect([entryLine(entry, world), entryLine(entry, world, 'ko')]).toEqual(['step 1: Hi', '단계 1: 안녕']);
  });
});
