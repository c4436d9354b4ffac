import type { Event } from '../src/cluster/contract/event.ts';
import type { Pod } from '../src/cluster/objects/kubernetes.ts';
import { drawWhole } from '../src/kernel/chance/draw.ts';
import type { Entry } from '../src/kernel/log/entry.ts';
import { formatRfc3339 } from '../src/kernel/time/rfc3339.ts';

const NAMESPACES = 50;
const NODES = 100;
const EPOCH_MS = 1_767_225_600_000;
/** Virtual time from one entry to the next. */
const ENTRY_MS = 20;
const seed = { seed: 'bench' };

/**
 * The log of a cluster of any size: `pods` pods are created, and go on changing as pods do, until there are
 * `entries` entries. At every fiftieth change a pod is deleted, and a new one takes its place.
 */
export function* syntheticLog(pods: number, entries: number): Generator<Entry<Event>, void, void> {
  const alive = Array.from({ length: pods }, (_, pod) => pod);
  let next = pods;
  let seq = 0;
  for (const pod of alive) yield entryOf(++seq, created(pod, seq));
  while (seq < entries) {
    const place = drawWhole(seed, 0, pods - 1, 'place', ++seq);
    const pod = alive[place] ?? 0;
    if (seq % 50 !== 0 || seq === entries) {
      yield entryOf(seq, restarted(pod, seq));
    } else {
      yield entryOf(seq, { type: 'ObjectDeleted', resource: 'pods', key: keyOf(pod), revision: seq });
      yield entryOf(++seq, created(next, seq));
      alive[place] = next++;
    }
  }
}

/** The etcd folder of one of the namespaces, each with its share of the pods. */
const folderOf = (pod: number): string => `/registry/pods/team-${pod % NAMESPACES}/`;

const keyOf = (pod: number): string => `${folderOf(pod)}web-${pod}`;
const timeOf = (seq: number): string => secondText(Math.floor((EPOCH_MS + seq * ENTRY_MS) / 1000));

let lastSecond = 0;
let lastText = '';

/** Fifty entries share their second, and this benchmark is not about formatting times. */
function secondText(second: number): string {
  if (second !== lastSecond) lastText = formatRfc3339(second * 1000);
  lastSecond = second;
  return lastText;
}

function entryOf(seq: number, event: Event): Entry<Event> {
  const cause = seq > 1 ? seq - 1 : null;
  return { seq, at: seq * ENTRY_MS, actor: `kubelet/node-${seq % NODES}`, key: 'status', cause, event };
}

function created(pod: number, seq: number): Event {
  return { type: 'ObjectCreated', resource: 'pods', key: keyOf(pod), object: podObject(pod, seq) };
}

/** A container has exited and runs again: what a kubelet reports of it. */
function restarted(pod: number, seq: number): Event {
  const ready = seq % 2 === 0 ? 'True' : 'False';
  return {
    type: 'ObjectUpdated',
    resource: 'pods',
    key: keyOf(pod),
    set: {
      '/metadata/resourceVersion': String(seq),
      '/status/conditions/1/lastTransitionTime': timeOf(seq),
      '/status/conditions/1/status': ready,
      '/status/containerStatuses/0/ready': ready === 'True',
      '/status/containerStatuses/0/restartCount': seq,
      '/status/containerStatuses/0/state': { running: { startedAt: timeOf(seq) } },
    },
  };
}

function podObject(pod: number, seq: number): Pod {
  const name = `web-${pod}`;
  const at = timeOf(seq);
  const conditions = ['Initialized', 'Ready', 'ContainersReady', 'PodScheduled'];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: `team-${pod % NAMESPACES}`,
      uid: `00000000-0000-4000-8000-${String(pod).padStart(12, '0')}`,
      resourceVersion: String(seq),
      creationTimestamp: at,
      labels: { app: 'web', tier: 'front', 'pod-template-hash': '7c9d5b' },
    },
    spec: {
      nodeName: `node-${pod % NODES}`,
      restartPolicy: 'Always',
      containers: [
        {
          name: 'web',
          image: 'nginx:1.27',
          ports: [{ containerPort: 80, protocol: 'TCP' }],
          resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '128Mi' } },
        },
      ],
    },
    status: {
      phase: 'Running',
      podIP: `10.244.${(pod >> 8) & 255}.${pod & 255}`,
      startTime: at,
      conditions: conditions.map((type) => ({ type, status: 'True', lastTransitionTime: at })),
      containerStatuses: [
        {
          name: 'web',
          image: 'nginx:1.27',
          imageID: 'docker.io/library/nginx@sha256:0',
          ready: true,
          restartCount: 0,
          started: true,
          state: { running: { startedAt: at } },
        },
      ],
    },
  };
}
