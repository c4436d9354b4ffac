import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import type { Device, DeviceClaim, Pod } from '../../../src/cluster/objects/kubernetes.ts';
import { allocate } from '../../../src/cluster/scheduler/devices/allocate.ts';
import {
  currentSlices,
  devicesOn,
  devicesTaken,
} from '../../../src/cluster/scheduler/devices/offered-devices.ts';
import { filterNodes } from '../../../src/cluster/scheduler/filter-nodes.ts';
import { typeInCluster } from '../clients/type-in-cluster.ts';
import { cycleOf, infoOf, nodeOf, podOf } from './given-nodes.ts';

type Stored = readonly [resource: string, object: KubeObject];

const resource = (kind: string, metadata: object, rest: object): KubeObject =>
  ({ apiVersion: 'resource.k8s.io/v1', kind, metadata, ...rest }) as unknown as KubeObject;

const DRIVER = 'gpu.example.com';
const classOf: Stored = [
  'deviceclasses.resource.k8s.io',
  resource(
    'DeviceClass',
    { name: 'gpu' },
    {
      spec: { selectors: [{ cel: { expression: `device.driver == '${DRIVER}'` } }] },
    },
  ),
];

interface SliceDraft {
  readonly devices: readonly Device[];
  readonly place?: object;
  readonly pool?: object;
}

function sliceOf(name: string, { devices, place = { nodeName: 'a' }, pool = {} }: SliceDraft): Stored {
  const spec = {
    driver: DRIVER,
    pool: { name: 'p', generation: 1, resourceSliceCount: 1, ...pool },
    devices,
    ...place,
  };
  return ['resourceslices.resource.k8s.io', resource('ResourceSlice', { name }, { spec })];
}

function claimOf(name: string, devices: DeviceClaim, status?: object): Stored {
  const metadata = { name, namespace: 'default', uid: name };
  const object = resource('ResourceClaim', metadata, { spec: { devices }, ...(status && { status }) });
  return ['resourceclaims.resource.k8s.io', object];
}

const gpu = (name: string, model: string, memory = '40Gi'): Device => ({
  name,
  attributes: { model: { string: model }, 'pci.example.com/root': { string: name.slice(-1) } },
  capacity: { memory: { value: memory } },
});
const one = { deviceClassName: 'gpu', allocationMode: 'ExactCount', count: 1 };
const request = (rest: object = {}) => ({ name: 'g', exactly: { ...one, ...rest } });
const such = (expression: string) => request({ selectors: [{ cel: { expression } }] });
const own = `device.attributes['${DRIVER}']`;
const cards = [gpu('gpu-0', 'old'), gpu('gpu-1', 'new', '80Gi')];

const asking = (...names: string[]): Pod =>
  podOf('p', { resourceClaims: names.map((name) => ({ name, resourceClaimName: name })) });

/** What each of two nodes says to a pod that wants the claim `c`. */
function said(objects: readonly Stored[], minor = 36): readonly unknown[] {
  const nodes = [infoOf(nodeOf('a')), infoOf(nodeOf('b'))];
  const cycle = cycleOf(asking('c'), nodes, { objects, minor });
  const problem = cycle.profile.filters.map((each) => each.problemOf?.(cycle)).find(Boolean);
  if (problem !== undefined) return [problem];
  const { refusals } = filterNodes(cycle);
  return refusals.map(({ node, refusal }) => `${node}: ${refusal.reasons.join(', ')}`);
}

describe('a claim to devices', () => {
  const full = (name: string): object => ({
    allocation: { devices: { results: [{ request: 'g', driver: DRIVER, pool: 'p', device: name }] } },
    reservedFor: [{ name: 'q', resource: 'pods', uid: 'q' }],
  });
  const slice = sliceOf('s', { devices: cards });
  const wants = (...requests: object[]): Stored => claimOf('c', { requests } as DeviceClaim);
  const b = 'b: cannot allocate all claims';
  const nobody = ['a: cannot allocate all claims', b];
  test.each<[what: string, objects: Stored[], said: readonly string[]]>([
    ['leads to the node that has some', [classOf, slice, wants(request())], [b]],
    ['waits where there are none', [classOf, wants(request())], nobody],
    ['chooses by attributes', [classOf, slice, wants(such(`${own}.model == 'new'`))], [b]],
    ['finds none that is so', [classOf, slice, wants(such(`${own}.model == 'best'`))], nobody],
    [
      'chooses by capacity',
      [classOf, slice, wants(such(`device.capacity['${DRIVER}'].memory.compareTo(quantity('60Gi')) > 0`))],
      [b],
    ],
    ['wants more than there are', [classOf, slice, wants(request({ count: 3 }))], nobody],
    ['takes what nobody has', [classOf, slice, claimOf('o', {}, full('gpu-0')), wants(request())], [b]],
    [
      'does not take what others have',
      [classOf, slice, claimOf('o', {}, full('gpu-0')), wants(request({ count: 2 }))],
      nobody,
    ],
    [
      'looks on where it only administers',
      [classOf, slice, claimOf('o', {}, full('gpu-0')), wants(request({ count: 2, adminAccess: true }))],
      [b],
    ],
    [
      'wants all, of which one is taken',
      [classOf, slice, claimOf('o', {}, full('gpu-0')), wants(request({ allocationMode: 'All' }))],
      nobody,
    ],
    [
      'names a class that is not there',
      [slice, wants(request())],
      ['request g: device class gpu does not exist'],
    ],
    ['is not there', [classOf, slice], ['resourceclaim.resource.k8s.io "c" not found']],
    [
      'uses devices that every node reaches',
      [classOf, sliceOf('s', { devices: cards, place: { allNodes: true } }), wants(request())],
      [],
    ],
    [
      'does not count a pool that is not whole',
      [classOf, sliceOf('s', { devices: cards, pool: { resourceSliceCount: 2 } }), wants(request())],
      nobody,
    ],
    [
      'goes by the latest generation of a pool',
      [classOf, slice, sliceOf('t', { devices: [], pool: { generation: 2 } }), wants(request())],
      nobody,
    ],
    [
      'does not bear a taint',
      [
        classOf,
        sliceOf('s', { devices: [{ ...gpu('x', 'y'), taints: [{ key: 'k', effect: 'NoSchedule' }] }] }),
        wants(request()),
      ],
      nobody,
    ],
    [
      'is held elsewhere',
      [
        classOf,
        claimOf(
          'c',
          {},
          {
            allocation: {
              nodeSelector: {
                nodeSelectorTerms: [
                  { matchFields: [{ key: 'metadata.name', operator: 'In', values: ['b'] }] },
                ],
              },
            },
          },
        ),
      ],
      ['a: resourceclaim not available on the node'],
    ],
    [
      'may not be told',
      [classOf, slice, wants(such(`${own}.serial == 'x'`))],
      ['a: claim c: request g: selector #0: runtime error: no such key: serial', b],
    ],
  ])('%s', (_what, objects, expected) => {
    expect(said(objects)).toEqual(expected);
  });

  test('means nothing to releases that know no devices', () => {
    expect(said([], 33)).toEqual([]);
  });
});

describe('devices for a claim', () => {
  function given(devices: readonly Device[], claim: DeviceClaim): unknown {
    const objects = [classOf, sliceOf('s', { devices })];
    const { objects: reader, nodes } = cycleOf(asking('c'), [infoOf(nodeOf('a'))], { objects });
    const node = nodes[0]?.node ?? nodeOf('a');
    const stock = {
      objects: reader,
      devices: devicesOn(currentSlices(reader), node),
      taken: devicesTaken(reader),
    };
    const [, object] = claimOf('c', claim);
    const found = allocate([object as never], stock);
    if (!Array.isArray(found)) return found;
    return found.flatMap((each) =>
      each.devices?.results?.map(
        (result: { request: string; device: string }) => `${result.request}=${result.device}`,
      ),
    );
  }
  const [x, y] = [
    { ...request(), name: 'x' },
    { ...request(), name: 'y' },
  ];
  test.each<[what: string, devices: Device[], claim: object, expected: unknown]>([
    ['are the first that fit', cards, { requests: [x, y] }, ['x=gpu-0', 'y=gpu-1']],
    [
      'have an attribute in common, though the first is alone with its own',
      [gpu('g1', 'a'), gpu('g2', 'b'), gpu('g3', 'b')],
      { requests: [x, y], constraints: [{ matchAttribute: `${DRIVER}/model` }] },
      ['x=g2', 'y=g3'],
    ],
    [
      'differ in an attribute',
      [gpu('g1', 'a'), gpu('g2', 'a'), gpu('g3', 'b')],
      { requests: [x, y], constraints: [{ distinctAttribute: 'model' }] },
      ['x=g1', 'y=g3'],
    ],
    [
      'are of the first alternative that there is',
      cards,
      {
        requests: [
          {
            name: 'f',
            firstAvailable: [
              { name: 'many', ...one, count: 5 },
              { name: 'two', ...one, count: 2 },
            ],
          },
        ],
      },
      ['f/two=gpu-0', 'f/two=gpu-1'],
    ],
    ['are all of them', cards, { requests: [request({ allocationMode: 'All' })] }, ['g=gpu-0', 'g=gpu-1']],
  ])('%s', (_what, devices, claim, expected) => {
    expect(given(devices, claim as DeviceClaim)).toEqual(expected);
  });
});

test('a claim made from a template lives as long as its pod, and its device goes to who waits for it', () => {
  const manifests = `
apiVersion: resource.k8s.io/v1
kind: DeviceClass
metadata: { name: gpu }
spec: {}
---
apiVersion: resource.k8s.io/v1
kind: ResourceSlice
metadata: { name: s }
spec: { driver: ${DRIVER}, nodeName: node-1, pool: { name: p, generation: 1, resourceSliceCount: 1 }, devices: [{ name: d }] }
---
apiVersion: resource.k8s.io/v1
kind: ResourceClaimTemplate
metadata: { name: one }
spec: { spec: { devices: { requests: [{ name: g, exactly: { deviceClassName: gpu } }] } } }
${['first', 'second']
  .map(
    (name, index) => `---
apiVersion: v1
kind: Pod
metadata: { name: ${name} }
spec:
  restartPolicy: Never
  priority: 0
  resourceClaims: [{ name: g, resourceClaimTemplateName: one }]
  containers: [{ name: c, image: busybox, command: [sleep, "${index === 0 ? 20 : 600}"], resources: { claims: [{ name: g }] } }]
`,
  )
  .join('')}`;
  const show =
    'kubectl get resourceclaims --no-headers | tr -s " " | cut -d" " -f1,2; kubectl get pods --no-headers | tr -s " " | cut -d" " -f1,3';
  const { commands } = typeInCluster(
    [
      [1000, 'kubectl apply -f a.yaml'],
      [10_000, show],
      [
        11_000,
        "kubectl get events --field-selector reason=FailedScheduling -o jsonpath='{.items[0].message}'",
      ],
      [50_000, show],
    ],
    { files: { 'a.yaml': manifests }, until: 52_000 },
  );
  const [, early, refused, late] = commands.map(({ stdout }) => stdout);
  expect(early?.replaceAll(/-g-\S+/g, '-g-*')).toBe(
    'first-g-* allocated,reserved\nsecond-g-* pending\nfirst Running\nsecond Pending\n',
  );
  expect(refused).toBe(
    '0/1 nodes are available: 1 cannot allocate all claims. still not schedulable, preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.',
  );
  expect(late?.replaceAll(/-g-\S+/g, '-g-*')).toBe(
    'second-g-* allocated,reserved\nfirst Completed\nsecond Running\n',
  );
});
