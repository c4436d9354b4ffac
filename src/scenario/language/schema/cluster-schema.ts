import * as z from 'zod';
import { addonsSchema } from './addons-schema.ts';
import { duration, label, quantity } from './scalars.ts';
import { schedulerSchema } from './scheduler-schema.ts';

const span = z
  .union([duration, z.tuple([duration, duration])], {
    error: 'wanted a duration, or the shortest and the longest: [2ms, 6ms]',
  })
  .optional();

const rate = z
  .union([z.number().positive(), z.tuple([z.number().positive(), z.number().positive()])], {
    error: 'wanted a number, or the lowest and the highest: [20000, 45000]',
  })
  .optional();

/** Every latency of the cluster's contract; none of them is without a default. */
const METRICS =
  'What metrics are worth that nothing here measures, by their names: HorizontalPodAutoscalers find them as External, ' +
  'Object and Pods metrics.';

const worth = z
  .union([z.number().min(0), z.string().regex(/^\d+(\.\d+)?(m|k|M|G)?$/, 'wanted a quantity such as 250m')])
  .describe('A number, or a quantity such as 250m.');

const givenMetric = z.union(
  [
    worth,
    z.strictObject({
      values: z
        .array(z.strictObject({ at: duration.describe('From then on.'), value: worth }))
        .min(1)
        .describe('In the order of their times, since the start of the scenario.'),
      shared: z
        .literal(true)
        .optional()
        .describe('As a Pods metric: pods share it. Default: each of them has all of it.'),
    }),
  ],
  { error: 'wanted a number, or { values: [{ at: 0s, value: 10 }, …] }' },
);

const latencies = z
  .strictObject({
    watch: span.describe('A write in etcd until a watcher sees it.'),
    work: span.describe("A watcher's look at what it saw until its request has been handled."),
    kubectl: span.describe('Start of a kubectl process until its first request is handled.'),
    sandbox: span.describe("The end of a pod's admission until its sandbox and network are up."),
    containerCreate: span.describe('Creating a container.'),
    containerStart: span.describe('Starting a created container.'),
    registry: span.describe('Asking a registry for a manifest.'),
    pullBytesPerMs: rate.describe('Bytes of an image pulled and unpacked in a millisecond.'),
    containerExit: span.describe("A process's end until the kubelet knows."),
    sandboxStop: span.describe('Tearing a sandbox down.'),
    network: span.describe('A request to a pod or between pods, one way.'),
    proxySync: span.describe('A change seen by a kube-proxy until its node routes by it.'),
    gitOps: span.describe('What a GitOps controller has seen until it has compared it with its folder.'),
    policySync: span.describe('A change of a NetworkPolicy seen by a node until it enforces it.'),
  })
  .describe(
    'How long things take: one duration, or the shortest and the longest, from which each time one is drawn.',
  );

const taint = z.strictObject({
  key: z.string().min(1),
  value: z.string().optional(),
  effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']),
});

export const nodeSchema = z.strictObject({
  name: label.describe('The name of the Node.'),
  cpu: quantity.optional().describe('Default 4.'),
  memory: quantity.optional().describe('Default 8Gi.'),
  pods: z.int().min(1).max(10_000).optional().describe('How many pods fit on it. Default 110.'),
  capacity: z
    .record(z.string(), quantity)
    .optional()
    .describe('Further resources by name: ephemeral-storage, example.com/gpu.'),
  labels: z.record(z.string(), z.string()).optional().describe('Besides those that every kubelet sets.'),
  taints: z.array(taint).optional(),
  hollow: z
    .boolean()
    .optional()
    .describe('As kubemark makes nodes: whatever a container is to do, it runs until it is stopped.'),
  controlPlane: z.boolean().optional().describe('Bears the role, and its taint unless it has others.'),
  spare: z
    .boolean()
    .optional()
    .describe(
      'A machine with power that belongs to no cluster yet: `kubeadm join` (or `init`) makes it a node.',
    ),
});

const nodeGroup = nodeSchema.omit({ controlPlane: true, spare: true }).extend({
  name: label.describe('Its nodes are called so, with a number.'),
  min: z.int().min(0).optional().describe('Default 0.'),
  max: z.int().min(1).max(1000),
  size: z.int().min(0).optional().describe('How many nodes it has at the start. Default: min.'),
  provision: duration.optional().describe('From the order until a machine has power. Default 60s.'),
});

const autoscaler = z
  .strictObject({
    scanInterval: duration.optional().describe('Default 10s.'),
    scaleDownUnneededTime: duration.optional().describe('Default 10m.'),
    scaleDownDelayAfterAdd: duration.optional().describe('Default 10m.'),
    scaleDownUtilizationThreshold: z.number().min(0).max(1).optional().describe('Default 0.5.'),
    expander: z.enum(['least-waste', 'most-pods', 'random']).optional().describe('Default least-waste.'),
  })
  .describe('How groups of nodes grow and shrink: as the flags of cluster-autoscaler say.');

export const clusterSchema = z
  .strictObject({
    nodeGroups: z
      .array(nodeGroup)
      .min(1)
      .optional()
      .describe('Groups of like nodes, which a cluster autoscaler makes larger and smaller.'),
    autoscaler: autoscaler.optional(),
    nodes: z
      .union([z.int().min(1).max(5000), z.array(nodeSchema).min(1)], {
        error: 'wanted a number of nodes (at most 5000), or a list of them: [{ name: node-1 }]',
      })
      .optional()
      .describe('How many nodes (node-1, node-2, …), or each with its name and size. Default 1.'),
    version: z
      .string()
      .regex(/^v?1\.\d{1,3}(?:\.\d{1,3})?$/, 'wanted a version of Kubernetes such as "1.36"')
      .optional()
      .describe('The version of Kubernetes that is played. Default 1.36.'),
    namespace: label.optional().describe("The namespace of kubectl's context. Default: default."),
    latencies: latencies.optional(),
    metrics: z.record(z.string().min(1), givenMetric).optional().describe(METRICS),
    epoch: z
      .string()
      .regex(
        /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/,
        'wanted a UTC time such as 2026-01-01T00:00:00Z',
      )
      .optional()
      .describe('The date at which the story begins. Default 2026-01-01T00:00:00Z.'),
    defaultStorageClass: z
      .boolean()
      .optional()
      .describe(
        'Whether there is a class, `standard`, that makes volumes for claims that name none. Default: if a manifest counts on it.',
      ),
    addons: addonsSchema.optional(),
    certificatesAge: duration
      .optional()
      .describe(
        'How long ago kubeadm signed its certificates, which are good for a year: 8735h leaves them a day. Only of a ' +
          'cluster with its own control plane.',
      ),
    scheduler: schedulerSchema.optional(),
    leaderLeases: z
      .literal(true)
      .optional()
      .describe(
        "The programs of a control plane that runs elsewhere renew their leases as leaders, which makes etcd's " +
          'revision grow as in a real cluster. Default: they do not, as nobody would see it.',
      ),
    presentImages: z
      .array(z.string().min(1))
      .optional()
      .describe('Images that every node has from the start, so that they need not be pulled.'),
  })
  .describe('The cluster before anything happens.');
