import type { Event } from '../../src/cluster/contract/event.ts';
import type { CoreEvent, Pod } from '../../src/cluster/objects/kubernetes.ts';
import type { Entry } from '../../src/kernel/log/entry.ts';

const NODE = 'node-1';
const POD = 'default/web/uid-web';
const POD_KEY = '/registry/pods/default/web';
const EPOCH_MS = 1_767_225_600_000;

interface Told {
  readonly at: number;
  readonly actor: string;
  readonly cause?: number;
  readonly events: readonly Event[];
}

const pod: Pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'default', uid: 'uid-web', creationTimestamp: stamp(1000) },
  spec: { containers: [{ name: 'nginx', image: 'nginx' }] },
  status: { phase: 'Pending' },
};

const running = {
  name: 'nginx',
  image: 'nginx',
  imageID: 'sha256:1',
  ready: true,
  started: true,
  restartCount: 0,
  state: { running: { startedAt: stamp(3000) } },
};

const warning: CoreEvent = {
  apiVersion: 'v1',
  kind: 'Event',
  metadata: { name: 'web.1', namespace: 'default' },
  involvedObject: { kind: 'Pod', name: 'web', namespace: 'default' },
  type: 'Warning',
  reason: 'Unhealthy',
  message: 'Readiness probe failed: HTTP probe failed with statuscode: 500',
  count: 1,
  lastTimestamp: stamp(30_000),
};

/** The life of a pod as a log, made by hand: it stays as it is, whatever becomes of the simulation. */
export const podLog: readonly Entry<Event>[] = told([
  { at: 0, actor: 'genesis', events: [configured()] },
  {
    at: 0,
    actor: 'scenario',
    events: [{ type: 'ScenarioOpened', name: 'web', title: { en: 'A web server', ko: '웹 서버' }, steps: 4 }],
  },
  {
    at: 1,
    actor: 'scenario',
    events: [
      {
        type: 'StepBegan',
        step: 1,
        kind: 'say',
        told: true,
        text: {
          en: 'A pod is created, and the kubelet of its node starts `nginx` in it.\nThe probe asks\n`GET /` every ten seconds.\n\nWatch READY.\n',
          ko: '파드를 만들면 노드의 kubelet이 그 안에서 `nginx`를 시작합니다.\n프로브는 10초마다 `GET /`로 묻습니다.\n\nREADY를 지켜보세요.\n',
        },
      },
    ],
  },
  {
    at: 1000,
    actor: 'scenario',
    events: [
      { type: 'StepBegan', step: 2, kind: 'run', text: { en: 'kubectl apply -f web.yaml' } },
      { type: 'CommandTyped', command: 'step-2', line: 'kubectl apply -f web.yaml' },
    ],
  },
  {
    at: 1060,
    actor: 'kubectl',
    cause: 5,
    events: [
      { type: 'ObjectCreated', resource: 'pods', key: POD_KEY, object: pod },
      { type: 'CommandPrinted', command: 'step-2', stdout: 'pod/web created\n' },
      { type: 'CommandEnded', command: 'step-2', exitCode: 0 },
    ],
  },
  {
    at: 1061,
    actor: 'scenario',
    events: [{ type: 'StepBegan', step: 3, kind: 'wait', text: { en: 'wait 1m' } }],
  },
  {
    at: 1070,
    actor: 'scheduler',
    cause: 6,
    events: [{ type: 'ObjectUpdated', resource: 'pods', key: POD_KEY, set: { '/spec/nodeName': NODE } }],
  },
  {
    at: 1080,
    actor: `kubelet/${NODE}`,
    cause: 10,
    events: [
      { type: 'PodAdmitted', node: NODE, pod: POD, namespace: 'default', name: 'web', uid: 'uid-web' },
    ],
  },
  {
    at: 3000,
    actor: `kubelet/${NODE}`,
    cause: 11,
    events: [
      {
        type: 'ContainerCreated',
        id: 'c1',
        node: NODE,
        pod: POD,
        name: 'nginx',
        attempt: 0,
        sandbox: 's1',
        image: 'docker.io/library/nginx:latest',
        imageId: 'sha256:1',
        specImage: 'nginx',
        createdAt: 3000,
      },
      { type: 'ContainerStarted', node: NODE, pod: POD, container: 'c1', process: {} },
    ],
  },
  {
    at: 3010,
    actor: `kubelet/${NODE}`,
    cause: 13,
    events: [
      {
        type: 'ObjectUpdated',
        resource: 'pods',
        key: POD_KEY,
        set: { '/status/phase': 'Running', '/status/containerStatuses': [running] },
      },
    ],
  },
  {
    at: 30_000,
    actor: `kubelet/${NODE}`,
    cause: 13,
    events: [
      { type: 'ObjectCreated', resource: 'events', key: '/registry/events/default/web.1', object: warning },
    ],
  },
  {
    at: 61_061,
    actor: 'scenario',
    events: [
      { type: 'StepBegan', step: 4, kind: 'run', text: { en: 'kubectl get pods' } },
      { type: 'CommandTyped', command: 'step-4', line: 'kubectl get pods' },
    ],
  },
  {
    at: 61_120,
    actor: 'kubectl',
    cause: 17,
    events: [
      {
        type: 'CommandPrinted',
        command: 'step-4',
        stdout: 'NAME   READY   STATUS    RESTARTS   AGE\nweb    1/1     Running   0          60s\n',
      },
      { type: 'CommandEnded', command: 'step-4', exitCode: 0 },
    ],
  },
  {
    at: 61_120,
    actor: 'scenario',
    cause: 18,
    events: [
      { type: 'ExpectationMet', step: 4, part: 1, what: 'output to contain "Running"' },
      { type: 'ScenarioEnded', passed: true },
    ],
  },
]);

function told(commits: readonly Told[]): Entry<Event>[] {
  let seq = 0;
  return commits.flatMap(({ at, actor, cause = null, events }) =>
    events.map((event, index) => ({
      seq: ++seq,
      at,
      actor,
      key: 'key',
      cause,
      event,
      ...(index < events.length - 1 && { more: true as const }),
    })),
  );
}

function stamp(at: number): string {
  return new Date(EPOCH_MS + at).toISOString().replace('.000Z', 'Z');
}

function configured(): Event {
  return {
    type: 'ClusterConfigured',
    settings: {
      epochMs: EPOCH_MS,
      seed: '1',
      version: { minor: 36, patch: 0 },
      namespace: 'default',
      nodes: [
        {
          name: NODE,
          capacity: {},
          labels: {},
          taints: [],
          kubeletStartedAt: 0,
          controlPlane: false,
        },
      ],
      latencies: {} as never,
      images: {},
      presentImages: [],
    },
  };
}
