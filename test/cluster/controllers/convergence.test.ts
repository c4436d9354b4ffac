import fc from 'fast-check';
import { expect, test } from 'vitest';
import { daemonSetController } from '../../../src/cluster/controllers/daemon-set/daemon-set.ts';
import { endpointSliceController } from '../../../src/cluster/controllers/endpoint-slice/endpoint-slice.ts';
import { endpointsController } from '../../../src/cluster/controllers/endpoints/endpoints.ts';
import { jobController } from '../../../src/cluster/controllers/job/job.ts';
import { podGarbageCollector } from '../../../src/cluster/controllers/pod-garbage-collector.ts';
import { statefulSetController } from '../../../src/cluster/controllers/stateful-set/stateful-set.ts';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import type {
  DaemonSet,
  Deployment,
  EndpointSlice,
  Endpoints,
  Job,
  Node,
  Pod,
  Service,
  StatefulSet,
} from '../../../src/cluster/objects/kubernetes.ts';
import { create, type Play, type Typed } from '../node/play.ts';
import { type Mischief, mischiefMaker } from './mischief.ts';
import { objectsOf, playWorkloads, podsOf } from './workloads.ts';

const controllers = [
  daemonSetController,
  endpointSliceController,
  endpointsController,
  jobController,
  podGarbageCollector,
  statefulSetController,
];

function templateOf(app: string, script: string, restartPolicy = 'Always') {
  const main = { name: 'main', image: 'busybox:1.36', command: ['sh', '-c', script] };
  const spec = { terminationGracePeriodSeconds: 1, restartPolicy, containers: [main] };
  return { metadata: { labels: { app } }, spec };
}

/** Something that stays, of every kind that has a controller. */
function objectsFor({
  replicas,
  policy,
}: Story): readonly (readonly [resource: string, object: KubeObject])[] {
  const common = (app: string, script = 'sleep 3600') => ({
    selector: { matchLabels: { app } },
    template: templateOf(app, script),
  });
  const web = { replicas, ...common('web') };
  const db = { replicas, serviceName: 'db', podManagementPolicy: policy, ...common('db') };
  const work = { completions: replicas, parallelism: 2, template: templateOf('work', 'sleep 9', 'Never') };
  const service: Service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web' },
    spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
  };
  return [
    ['services', service],
    ['deployments.apps', of('apps/v1', 'Deployment', 'web', web)],
    ['statefulsets.apps', of('apps/v1', 'StatefulSet', 'db', db)],
    [
      'replicationcontrollers',
      of('v1', 'ReplicationController', 'old', { ...common('old'), replicas, selector: { app: 'old' } }),
    ],
    ['daemonsets.apps', of('apps/v1', 'DaemonSet', 'agent', common('agent'))],
    ['jobs.batch', of('batch/v1', 'Job', 'work', work)],
  ];
}

function of(apiVersion: string, kind: string, name: string, spec: object): KubeObject {
  return { apiVersion, kind, metadata: { name }, spec } as KubeObject;
}

const DELETED = [
  'pods',
  'pods',
  'replicasets.apps',
  'controllerrevisions.apps',
  'endpoints',
  'endpointslices.discovery.k8s.io',
];

const fault = fc.oneof(
  { weight: 4, arbitrary: fc.record({ resource: fc.constantFrom(...DELETED), index: fc.nat(40) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      cordon: fc.constantFrom('node-1', 'node-2'),
      forMs: fc.integer({ min: 100, max: 9000 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ image: fc.constantFrom('busybox', 'nowhere.example/none:1') }) },
);

const story = fc.record({
  minor: fc.constantFrom(36, 20),
  replicas: fc.integer({ min: 1, max: 3 }),
  policy: fc.constantFrom('OrderedReady', 'Parallel'),
  faults: fc.array(fc.tuple(fc.integer({ min: 500, max: 15_000 }), fault), { minLength: 3, maxLength: 9 }),
});

type Story = typeof story extends fc.Arbitrary<infer Value> ? Value : never;

const FAULTS_END_MS = 20_000;

function play(drawn: Story): Play {
  const typed: Typed[] = objectsFor(drawn).map(([resource, object]) => create(100, object, resource));
  const deeds: Mischief[] = [];
  const patch = (at: number, target: { resource: string; name: string; namespace?: string }, what: object) =>
    typed.push({ at, request: { verb: 'patch', ...target, patchType: 'strategic', patch: what } });
  const setImage = (at: number, image: string) => {
    const target = { resource: 'deployments.apps', namespace: 'default', name: 'web' };
    const containers = [{ name: 'main', image, imagePullPolicy: 'Never' }];
    patch(at, target, { spec: { template: { spec: { containers } } } });
  };
  for (const [at, each] of drawn.faults) {
    if ('resource' in each) deeds.push({ at, ...each });
    else if ('image' in each) setImage(at, each.image);
    else {
      const target = { resource: 'nodes', name: each.cordon };
      patch(at, target, { spec: { unschedulable: true } });
      patch(at + each.forMs, target, { spec: { unschedulable: null } });
    }
  }
  setImage(FAULTS_END_MS, 'busybox:1.36');
  for (const name of ['node-1', 'node-2'])
    patch(FAULTS_END_MS + 5000, { resource: 'nodes', name }, { spec: { unschedulable: null } });
  const more = [...controllers, mischiefMaker(deeds)];
  return playWorkloads(typed, { minor: drawn.minor, nodes: 2, until: FAULTS_END_MS + 100_000, more });
}

function isReady({ metadata, status }: Pod): boolean {
  const isLeaving = metadata.deletionTimestamp !== undefined;
  return !isLeaving && status?.conditions?.find(({ type }) => type === 'Ready')?.status === 'True';
}

function podsOfApp(over: Play, app: string): readonly Pod[] {
  return podsOf(over.world).filter(({ metadata }) => metadata.labels?.['app'] === app);
}

const first = <Kind extends KubeObject>({ world }: Play, resource: string) =>
  objectsOf<Kind>(world, resource)[0];

test('whatever happens, once it is over all is as it was asked for', () => {
  fc.assert(
    fc.property(story, (drawn) => {
      const over = play(drawn);
      const { replicas } = drawn;
      const olds = podsOfApp(over, 'old');
      expect([olds.length, olds.filter(isReady).length]).toEqual([replicas, replicas]);
      const [web, db, agents] = ['web', 'db', 'agent'].map((app) => podsOfApp(over, app)) as [
        Pod[],
        Pod[],
        Pod[],
      ];
      expect([web, db, agents].map((pods) => pods.filter(isReady).length)).toEqual([replicas, replicas, 2]);
      expect([web, db, agents].map((pods) => pods.length)).toEqual([replicas, replicas, 2]);
      expect(first<Deployment>(over, 'deployments.apps')?.status).toMatchObject({
        replicas,
        updatedReplicas: replicas,
        availableReplicas: replicas,
      });
      const names = Array.from({ length: replicas }, (_, index) => `db-${index}`);
      expect(db.map(({ metadata }) => metadata.name)).toEqual(names);
      expect(first<StatefulSet>(over, 'statefulsets.apps')?.status).toMatchObject({
        replicas,
        readyReplicas: replicas,
      });
      const nodes = objectsOf<Node>(over.world, 'nodes').map(({ metadata }) => metadata.name);
      expect(agents.map(({ spec }) => spec.nodeName).sort()).toEqual(nodes);
      expect(first<DaemonSet>(over, 'daemonsets.apps')?.status).toMatchObject({ numberReady: 2 });
      const job = first<Job>(over, 'jobs.batch');
      expect(job?.status?.conditions?.at(-1)).toMatchObject({ type: 'Complete', status: 'True' });
      const addresses = web.map(({ status }) => status?.podIP).sort();
      const subsets = objectsOf<Endpoints>(over.world, 'endpoints')
        .filter(({ metadata }) => metadata.name === 'web')
        .flatMap((endpoints) => endpoints.subsets ?? []);
      expect(subsets.flatMap((subset) => (subset.addresses ?? []).map(({ ip }) => ip)).sort()).toEqual(
        addresses,
      );
      const slices = objectsOf<EndpointSlice>(over.world, 'endpointslices.discovery.k8s.io').filter(
        ({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === 'web',
      );
      const ready = slices.flatMap(({ endpoints }) =>
        (endpoints ?? []).filter((each) => each.conditions?.ready),
      );
      expect(ready.flatMap((each) => each.addresses).sort()).toEqual(addresses);
    }),
    { seed: 7, numRuns: 25 },
  );
}, 60_000);
