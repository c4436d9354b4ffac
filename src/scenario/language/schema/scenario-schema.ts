import * as z from 'zod';
import { clusterSchema, nodeSchema } from './cluster-schema.ts';
import { conditionSchema, expectationSchema, type stateSchema, watchSchemas } from './condition-schema.ts';
import { faultSchema } from './fault-schema.ts';
import { imagesSchema } from './image-schema.ts';
import { captureName, duration, label, localized, pattern } from './scalars.ts';
import { trafficSchema } from './traffic-schema.ts';
import { webhooksSchema } from './webhook-schema.ts';

const capture = z
  .record(
    captureName,
    z.union(
      [
        z.strictObject({
          line: pattern.describe('Of the first line that it matches: the first group, else the whole match.'),
        }),
        z.strictObject({
          jsonpath: z.string().min(1).describe("A template of kubectl's, over an output that is JSON."),
          resource: z
            .looseObject({ kind: z.string(), apiVersion: z.string().optional() })
            .optional()
            .describe('Over this object instead, as it is now.'),
        }),
        z.enum(['output', 'stderr', 'exitCode']).describe('The whole of it.'),
      ],
      { error: 'wanted { line: /…/ }, { jsonpath: … }, or output, stderr or exitCode' },
    ),
  )
  .describe(`Names for parts of the output: later steps write them as \${name}.`);

const wait = z
  .union(
    [
      duration,
      z.strictObject({
        until: conditionSchema.describe('What is waited for.'),
        timeout: duration.optional().describe('After which the scenario ends in failure. Default 1h.'),
      }),
    ],
    { error: 'wanted a duration such as 35s, or { until: …, timeout: … }' },
  )
  .describe('Lets time pass: so long, or until something is so.');

const step = z
  .strictObject({
    at: duration.optional().describe('The step begins at this time since the start of the scenario.'),
    say: localized.optional().describe('What is told.'),
    run: z.string().min(1).optional().describe('A command, as a person types it.'),
    on: label
      .optional()
      .describe(
        "The machine on which the command is typed: a node's name. Without it a person's own; in a cluster with " +
          'a control plane of its own, the first machine of that.',
      ),
    background: z.boolean().optional().describe('The story goes on while the command runs.'),
    timeout: duration.optional().describe('For how long the command may run. Default 1h.'),
    traffic: trafficSchema.optional(),
    fault: faultSchema.optional(),
    join: nodeSchema.optional().describe('A machine is added: its kubelet makes it a node of the cluster.'),
    wait: wait.optional(),
    capture: capture.optional(),
    expect: z
      .union([expectationSchema, z.array(expectationSchema).min(1)], {
        error: 'wanted an expectation, or a list of them',
      })
      .optional()
      .describe('What must be so after the command, or at this point of the story.'),
  })
  .meta({ id: 'step', description: 'One step of the story.' });

export const scenarioSchema = z
  .strictObject({
    apiVersion: z.literal('kubereel.dev/v1'),
    kind: z.literal('Scenario'),
    metadata: z.strictObject({
      name: label.describe('As it is called on the command line: the name of its folder.'),
      title: localized.optional(),
      description: localized.optional(),
      tags: z.array(z.string().min(1)).optional(),
    }),
    curriculum: z
      .array(z.int().min(1))
      .min(1)
      .optional()
      .describe('The rows of the curriculum that it plays, as `kubereel list --curriculum` numbers them.'),
    cluster: clusterSchema.optional(),
    images: imagesSchema.optional(),
    webhooks: webhooksSchema.optional(),
    seed: z
      .union([z.int().min(0), z.string().regex(/^\d{1,15}$/, 'wanted a whole number')], {
        error: 'wanted a whole number',
      })
      .optional()
      .describe('Which of the possible runs is played. Default 1.'),
    steps: z.array(step).min(1, 'a scenario needs at least one step'),
    always: z
      .array(watchSchemas.always)
      .optional()
      .describe(
        'What must stay so to the end, from the first moment at which it is so. Said of a resource without a count, ' +
          'it is about each object of that kind, namespace, name and labels.',
      ),
    never: z.array(watchSchemas.never).optional().describe('What must at no time be so.'),
    eventually: z
      .array(watchSchemas.eventually)
      .optional()
      .describe('What must be so at some time before the scenario ends.'),
  })
  .describe('A story of a Kubernetes cluster that kubereel plays.');

/** A scenario as it is written, checked against the schema. */
export type ScenarioDocument = z.output<typeof scenarioSchema>;
export type StepDocument = ScenarioDocument['steps'][number];
export type ClusterDocument = NonNullable<ScenarioDocument['cluster']>;
export type StateDocument = z.output<typeof stateSchema>;
export type ConditionDocument = z.output<typeof conditionSchema>;
export type AlwaysDocument = z.output<typeof watchSchemas.always>;
export type NeverDocument = z.output<typeof watchSchemas.never>;
export type EventuallyDocument = z.output<typeof watchSchemas.eventually>;
export type ExpectationDocument = z.output<typeof expectationSchema>;

/** The same for editors: JSON Schema, draft 2020-12. */
export function scenarioJsonSchema(): object {
  // One that begins with its steps is given its head.
  return { ...z.toJSONSchema(scenarioSchema), required: ['steps'] };
}
