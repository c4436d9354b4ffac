import { both, type Cases, change, ended, forty, OLD, placements, pod, RESTORE, told } from './fixtures.ts';

const WEB = 'web-57b545b656';
const OWNED = { ownerReferences: [{ kind: 'ReplicaSet', name: WEB, controller: true }] };
const EMPTIED = change('ReplicaSet', WEB, { spec: { replicas: 0 } });
const madeAt = (atMs: number) => pod('p', { metadata: OWNED }, { type: 'ADDED', atMs });

/** Two pods of one owner that waited, and found these nodes. */
function waited(...nodes: readonly string[]) {
  const conditions = [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }];
  const changes = nodes.flatMap((nodeName, index) => {
    const [name, metadata] = [`w-${'ab'[index]}`, { generateName: 'w-' }];
    return [pod(name, { metadata, status: { conditions } }), pod(name, { metadata, spec: { nodeName } })];
  });
  return { changes };
}

/** Of queues, back-offs, and what comes of a restore. */
export const OF_QUEUES_AND_RESTORES: Cases = {
  'sooner-than-its-back-off': {
    yes: [
      [
        'sooner than 160 s in one, later in the other',
        { about: 'Pod web', aspect: 'states', atMs: 310_000 },
        { wanted: ended([150, 309], 'backs off'), actual: ended([150, 315], 'is restarted') },
      ],
    ],
    no: [
      [
        'later than 160 s, and yet it backs off',
        { about: 'Pod web', aspect: 'states', atMs: 340_000 },
        { wanted: ended([150, 330], 'backs off'), actual: ended([150, 331], 'is restarted') },
      ],
      [
        'both back off',
        { about: 'Pod web', aspect: 'states', atMs: 310_000 },
        { wanted: ended([150, 309], 'backs off'), actual: ended([150, 308], 'backs off') },
      ],
    ],
  },
  'others-on-nodes': {
    yes: [
      [
        'two of forty',
        { aspect: 'placements' },
        { wanted: { changes: forty }, actual: { odd: placements(2) } },
      ],
    ],
    no: [
      [
        'three of forty',
        { aspect: 'placements' },
        { wanted: { changes: forty }, actual: { odd: placements(3) } },
      ],
    ],
  },
  'deleted-in-two-writes': {
    yes: [
      [
        'an Event',
        { about: 'Pod p', ...both('', 'Warning FailedScheduling: skip schedule deleting pod: n/p') },
      ],
    ],
    no: [
      [
        'another reason',
        { about: 'Pod p', ...both('', 'Warning FailedScheduling: 0/6 nodes are available') },
      ],
    ],
  },
  'counted-together': {
    yes: [
      [
        'one more',
        { about: 'Job ok', ...both('active 1, succeeded 2, failed 0', 'active 1, succeeded 3, failed 0') },
      ],
    ],
    no: [
      [
        'two more',
        { about: 'Job ok', ...both('active 1, succeeded 2, failed 0', 'active 1, succeeded 4, failed 0') },
      ],
      [
        'one failed',
        { about: 'Job ok', ...both('active 1, succeeded 2, failed 0', 'active 1, succeeded 2, failed 1') },
      ],
    ],
  },
  'second-look': {
    yes: [
      [
        'before a deletion',
        { about: 'Pod p', aspect: 'states', ...both('backing off: Running', 'deleted: Running') },
      ],
    ],
    no: [
      [
        'before a restart',
        { about: 'Pod p', aspect: 'states', ...both('backing off: Running', 'restarted: Running') },
      ],
    ],
  },
  'typed-where-etcd-runs': {
    yes: [['etcdctl', { about: '$ etcdctl member list', aspect: 'outputs' }, { wanted: RESTORE }]],
    no: [
      ['kubectl', { about: '$ kubectl get pods', aspect: 'outputs' }, { wanted: RESTORE }],
      ['nothing was restored', { about: '$ etcdctl member list', aspect: 'outputs' }],
    ],
  },
  'silent-nodes-tainted': {
    yes: [
      [
        'told in one',
        { about: 'Pod p', actual: told('Normal TaintManagerEviction (t) x1: Cancelling deletion') },
        { wanted: RESTORE },
      ],
    ],
    no: [
      [
        'a deletion',
        { about: 'Pod p', actual: told('Normal TaintManagerEviction (t) x1: Marking for deletion') },
        { wanted: RESTORE },
      ],
    ],
  },
  'other-nodes-silent': {
    yes: [['one more', { about: 'Pod p', actual: told('Warning NodeNotReady (n) x1') }, { wanted: RESTORE }]],
    no: [
      ['one less', { about: 'Pod p', wanted: told('Warning NodeNotReady (n) x1') }, { wanted: RESTORE }],
      ['nothing was restored', { about: 'Pod p', actual: told('Warning NodeNotReady (n) x1') }],
    ],
  },
  'status-told-for-another-reason': {
    yes: [
      [
        'readiness',
        { about: 'Pod p', aspect: 'times', text: 'state 5, ready changed, came' },
        { wanted: RESTORE },
      ],
    ],
    no: [
      ['a start', { about: 'Pod p', aspect: 'times', text: 'state 5, started, came' }, { wanted: RESTORE }],
      [
        '1.20',
        { about: 'Pod p', aspect: 'times', text: 'state 5, ready changed, came' },
        { wanted: { ...RESTORE, ...OLD } },
      ],
    ],
  },
  'size-went-back': {
    yes: [
      [
        'pods of a size that is gone',
        { about: 'ReplicaSet web<1>', of: 'replicas' },
        { wanted: { ...RESTORE, changes: [EMPTIED, madeAt(5020)] } },
      ],
    ],
    no: [
      [
        'pods made later',
        { about: 'ReplicaSet web<1>', of: 'replicas' },
        { wanted: { ...RESTORE, changes: [EMPTIED, madeAt(9000)] } },
      ],
    ],
  },
  'waited-together': {
    yes: [
      [
        'the same nodes',
        { about: 'Pod w-a', aspect: 'placements' },
        { wanted: waited('x', 'y'), actual: waited('y', 'x') },
      ],
    ],
    no: [
      [
        'another node',
        { about: 'Pod w-a', aspect: 'placements' },
        { wanted: waited('x', 'y'), actual: waited('y', 'z') },
      ],
    ],
  },
};
