import * as z from 'zod';

const plugin = z.strictObject({
  name: z.string().min(1).describe('The name that Kubernetes has for it: NodeResourcesFit.'),
  weight: z.int().min(1).optional().describe("What its scores are multiplied by. Default: Kubernetes' own."),
});

const pluginSet = z
  .strictObject({
    enabled: z.array(plugin).optional(),
    disabled: z
      .array(z.strictObject({ name: z.string().min(1) }))
      .optional()
      .describe('By name; "*" for all.'),
  })
  .optional();

const resource = z.strictObject({
  name: z.string().min(1),
  weight: z.int().min(0).max(100).optional(),
});

const point = z.strictObject({
  utilization: z.int().min(0).max(100),
  score: z.int().min(0).max(10),
});

/** The kind of the arguments may stand there, as it does in a file for a real scheduler. */
const typed = { apiVersion: z.string().optional(), kind: z.string().optional() };

const fit = z.strictObject({
  ...typed,
  ignoredResources: z.array(z.string()).optional(),
  ignoredResourceGroups: z.array(z.string()).optional(),
  scoringStrategy: z
    .strictObject({
      type: z.enum(['LeastAllocated', 'MostAllocated', 'RequestedToCapacityRatio']),
      resources: z.array(resource).optional(),
      requestedToCapacityRatio: z.strictObject({ shape: z.array(point).min(1) }).optional(),
    })
    .optional(),
});

const constraint = z.strictObject({
  maxSkew: z.int().min(1),
  topologyKey: z.string().min(1),
  whenUnsatisfiable: z.enum(['DoNotSchedule', 'ScheduleAnyway']),
  minDomains: z.int().min(1).optional(),
  nodeAffinityPolicy: z.enum(['Honor', 'Ignore']).optional(),
  nodeTaintsPolicy: z.enum(['Honor', 'Ignore']).optional(),
});

const selectorTerm = z.strictObject({
  matchExpressions: z
    .array(
      z.strictObject({
        key: z.string().min(1),
        operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt']),
        values: z.array(z.string()).optional(),
      }),
    )
    .min(1),
});

const nodeAffinity = z.strictObject({
  requiredDuringSchedulingIgnoredDuringExecution: z
    .strictObject({ nodeSelectorTerms: z.array(selectorTerm).min(1) })
    .optional(),
  preferredDuringSchedulingIgnoredDuringExecution: z
    .array(z.strictObject({ weight: z.int().min(1).max(100), preference: selectorTerm }))
    .optional(),
});

const ARGS = {
  NodeResourcesFit: fit,
  NodeResourcesBalancedAllocation: z.strictObject({ ...typed, resources: z.array(resource).optional() }),
  InterPodAffinity: z.strictObject({
    ...typed,
    hardPodAffinityWeight: z.int().min(0).max(100).optional(),
    ignorePreferredTermsOfExistingPods: z.boolean().optional(),
  }),
  PodTopologySpread: z.strictObject({
    ...typed,
    defaultConstraints: z.array(constraint).optional(),
    defaultingType: z.enum(['System', 'List']).optional(),
  }),
  NodeAffinity: z.strictObject({ ...typed, addedAffinity: nodeAffinity.optional() }),
  DefaultPreemption: z.strictObject({
    ...typed,
    minCandidateNodesPercentage: z.int().min(0).max(100).optional(),
    minCandidateNodesAbsolute: z.int().min(0).optional(),
  }),
} as const;

const pluginConfig = z.discriminatedUnion(
  'name',
  [
    z.strictObject({ name: z.literal('NodeResourcesFit'), args: ARGS.NodeResourcesFit }),
    z.strictObject({
      name: z.literal('NodeResourcesBalancedAllocation'),
      args: ARGS.NodeResourcesBalancedAllocation,
    }),
    z.strictObject({ name: z.literal('InterPodAffinity'), args: ARGS.InterPodAffinity }),
    z.strictObject({ name: z.literal('PodTopologySpread'), args: ARGS.PodTopologySpread }),
    z.strictObject({ name: z.literal('NodeAffinity'), args: ARGS.NodeAffinity }),
    z.strictObject({ name: z.literal('DefaultPreemption'), args: ARGS.DefaultPreemption }),
  ],
  { error: `wanted the arguments of one of ${Object.keys(ARGS).join(', ')}` },
);

const percentage = z
  .int()
  .min(0)
  .max(100)
  .optional()
  .describe("How many of all nodes that fit are enough, in percent. Default 0: Kubernetes' own formula.");

const profile = z.strictObject({
  schedulerName: z
    .string()
    .min(1)
    .optional()
    .describe('What pods name it by. Default, where it is alone: default-scheduler.'),
  percentageOfNodesToScore: percentage,
  plugins: z
    .strictObject({
      multiPoint: pluginSet.describe('At all extension points at once.'),
      filter: pluginSet,
      postFilter: pluginSet,
      score: pluginSet,
    })
    .optional(),
  pluginConfig: z.array(pluginConfig).optional(),
});

/** KubeSchedulerConfiguration, as far as it is simulated. */
export const schedulerSchema = z
  .strictObject({
    apiVersion: z.literal('kubescheduler.config.k8s.io/v1').optional(),
    kind: z.literal('KubeSchedulerConfiguration').optional(),
    percentageOfNodesToScore: percentage,
    podInitialBackoffSeconds: z.int().min(1).optional(),
    podMaxBackoffSeconds: z.int().min(1).optional(),
    profiles: z.array(profile).min(1).optional(),
  })
  .describe("How kube-scheduler is configured: a KubeSchedulerConfiguration. Default: Kubernetes' own.");

export type SchedulerDocument = z.infer<typeof schedulerSchema>;
