import * as z from 'zod';
import { clusterSchema } from './cluster-schema.ts';
import {
  type conditionSchema,
  type expectationSchema,
  type stateSchema,
  watchSchemas,
} from './condition-schema.ts';
import { imagesSchema } from './image-schema.ts';
import { includeSchema, matrixSchema, parametersSchema, templatesSchema } from './parameter-schema.ts';
import { label, localized } from './scalars.ts';
import { setupSchema, stepsSchema, teardownSchema } from './step-schema.ts';
import { webhooksSchema } from './webhook-schema.ts';

export const scenarioSchema = z
  .strictObject({
    $schema: z.string().optional().describe('Where editors find this schema.'),
    apiVersion: z.literal('kubereel.dev/v1').describe('The version of this language.'),
    kind: z.literal('Scenario').describe('What the file is.'),
    metadata: z
      .strictObject({
        name: label.describe('As it is called on the command line: the name of its folder.'),
        title: localized.optional().describe('What stands above the story. Default: its name.'),
        description: localized.optional().describe('What it shows, in a sentence or two.'),
        tags: z
          .array(z.string().min(1))
          .optional()
          .describe('Words by which `kubereel list --tag` and `kubereel test --tag` choose it.'),
      })
      .describe('What the scenario is called.'),
    curriculum: z
      .array(z.int().min(1))
      .min(1)
      .optional()
      .describe('The rows of the curriculum that it plays, as `kubereel list --curriculum` numbers them.'),
    parameters: parametersSchema.optional(),
    matrix: matrixSchema.optional(),
    include: includeSchema.optional(),
    templates: templatesSchema.optional(),
    cluster: clusterSchema.optional(),
    images: imagesSchema.optional(),
    webhooks: webhooksSchema.optional(),
    seed: z
      .union([z.int().min(0), z.string().regex(/^\d{1,15}$/, 'wanted a whole number')], {
        error: 'wanted a whole number',
      })
      .optional()
      .describe('Which of the possible runs is played. Default 1.'),
    setup: setupSchema.optional(),
    steps: stepsSchema
      .min(1, 'a scenario needs at least one step')
      .describe('The story: one step after another.'),
    teardown: teardownSchema.optional(),
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
