import { BUSY, both, type Cases, change, GOING, OLD, pod, sizes, told, typed } from './fixtures.ts';

const NOT_READY = change('Event', 'e', { reason: 'NodeNotReady', involvedObject: { kind: 'Pod' } });
const HOLLOW = pod('p', {
  spec: { nodeName: 'a' },
  status: { containerStatuses: [{ name: 'c', containerID: 'fakeRuntime://1', state: {} }] },
});

/** Of controllers, recorders and kubelets. */
export const OF_CONTROLLERS: Cases = {
  'completed-job-seen-twice': {
    yes: [['x2', both('x1 Normal SawCompletedJob: a', 'x2 Normal SawCompletedJob: a')]],
    no: [['another Job', both('x1 Normal SawCompletedJob: a', 'x2 Normal SawCompletedJob: b')]],
  },
  'claims-looked-at': {
    yes: [['x3', both('x1 Warning ProvisioningFailed: a', 'x3 Warning ProvisioningFailed: a')]],
    no: [['no such class', both('x1 Warning ProvisioningFailed: a', 'x1 Warning ProvisioningFailed: b')]],
  },
  'pod-deleted-twice': {
    yes: [['x2', both('x1 Normal SuccessfulDelete: a', 'x2 Normal SuccessfulDelete: a')]],
    no: [['never', { wanted: told('x1 Normal SuccessfulDelete: a') }]],
  },
  'address-repaired': {
    yes: [['an Event', { wanted: told('x1 Warning ClusterIPNotAllocated: a') }]],
    no: [['another', { wanted: told('x1 Warning ClusterIPAlreadyAllocated: a') }]],
  },
  'recorder-stopped-at-volumes': {
    yes: [
      [
        'gone after',
        { about: 'PersistentVolume v', actual: told('gone') },
        { wanted: { commands: [typed('kubectl delete pvc --all')] } },
      ],
    ],
    no: [
      [
        'gone before',
        { about: 'PersistentVolume v', actual: told('gone', 1000) },
        { wanted: { commands: [typed('kubectl delete pvc --all')] } },
      ],
    ],
  },
  'recorder-stopped-at-cleaning': {
    yes: [
      [
        'in the end',
        { actual: told('deleted') },
        { wanted: { commands: [typed('kubectl delete all --all')] } },
      ],
    ],
    no: [
      ['nobody cleans', { actual: told('deleted') }, { wanted: { commands: [typed('kubectl get all')] } }],
    ],
  },
  'slice-made-twice': {
    yes: [['a second slice', { about: 'EndpointSlice web-slice-<2>', aspect: 'objects' }, { wanted: OLD }]],
    no: [
      ['the first', { about: 'EndpointSlice web-slice-<1>', aspect: 'objects' }, { wanted: OLD }],
      ['1.36', { about: 'EndpointSlice web-slice-<2>', aspect: 'objects' }],
    ],
  },
  'container-removed-first': {
    yes: [
      [
        'no container',
        {
          about: 'Pod p',
          aspect: 'states',
          ...both('exited: Running', 'waiting: Running c=waiting:ContainerCreating'),
        },
        { wanted: OLD },
      ],
    ],
    no: [
      [
        '1.36',
        {
          about: 'Pod p',
          aspect: 'states',
          ...both('exited: Running', 'waiting: Running c=waiting:ContainerCreating'),
        },
      ],
    ],
  },
  'made-and-deleted': {
    yes: [
      [
        'at once',
        { about: 'Pod p', aspect: 'states' },
        { wanted: { changes: [pod('p', {}, { atMs: 1000 }), pod('p', GOING, { atMs: 1900 })] } },
      ],
    ],
    no: [
      [
        'later',
        { about: 'Pod p', aspect: 'states' },
        { wanted: { changes: [pod('p', {}, { atMs: 1000 }), pod('p', GOING, { atMs: 9000 })] } },
      ],
    ],
  },
  'scaled-up-and-down': {
    yes: [
      [
        'at once',
        { about: 'ReplicaSet web', of: 'replicas' },
        { wanted: sizes([0, 2], [1000, 3], [1100, 2]) },
      ],
    ],
    no: [
      ['later', { about: 'ReplicaSet web', of: 'replicas' }, { wanted: sizes([0, 2], [1000, 3], [9000, 2]) }],
      [
        'its image',
        { about: 'ReplicaSet web', of: 'conditions' },
        { wanted: sizes([0, 2], [1000, 3], [1100, 2]) },
      ],
    ],
  },
  'evicted-together': {
    yes: [
      [
        'two',
        { about: 'ReplicaSet web', of: 'replicas' },
        { wanted: { changes: [pod('a', GOING), pod('b', GOING)] } },
      ],
    ],
    no: [['one', { about: 'ReplicaSet web', of: 'replicas' }, { wanted: { changes: [pod('a', GOING)] } }]],
  },
  'budget-written-at-once': {
    yes: [
      [
        'while draining',
        { about: 'PodDisruptionBudget b' },
        { wanted: { commands: [typed('kubectl drain a')] } },
      ],
    ],
    no: [
      [
        'later',
        { about: 'PodDisruptionBudget b', atMs: 9000 },
        { wanted: { commands: [typed('kubectl drain a')] } },
      ],
    ],
  },
  'budget-before-pods': {
    yes: [['an Event', { about: 'PodDisruptionBudget b', wanted: told('x1 Normal NoPods: a') }]],
    no: [['another', { about: 'PodDisruptionBudget b', wanted: told('x1 Normal Other: a') }]],
  },
  'pulls-in-turn': {
    yes: [
      ['on a busy node', { about: 'Pod p', wanted: told('Normal Pulling (kubelet) x1') }, { wanted: BUSY }],
    ],
    no: [
      ['on a quiet one', { about: 'Pod p', wanted: told('Normal Pulling (kubelet) x1') }, { wanted: OLD }],
    ],
  },
  'another-of-its-kind': {
    yes: [['one of two', { about: 'Pod a-<1>', wanted: told('Warning NodeNotReady (n) x1') }]],
    no: [
      ['one that is named', { about: 'Pod a', wanted: told('Warning NodeNotReady (n) x1') }],
      [
        'one more',
        { about: 'Pod a-<1>', wanted: told('Warning NodeNotReady (n) x1') },
        { wanted: { changes: [NOT_READY] }, actual: { changes: [] } },
      ],
    ],
  },
  'hollow-node': {
    yes: [['its logs', { about: '$ kubectl logs p', aspect: 'outputs' }, { wanted: { changes: [HOLLOW] } }]],
    no: [['of another', { about: '$ kubectl logs q', aspect: 'outputs' }, { wanted: { changes: [HOLLOW] } }]],
  },
};
