import * as z from 'zod';
import { nodeSchema } from './cluster-schema.ts';
import { conditionSchema, expectationSchema, watchSchemas } from './condition-schema.ts';
import { faultSchema } from './fault-schema.ts';
import { includeStep, withSchema } from './parameter-schema.ts';
import { quizSchema } from './quiz-schema.ts';
import { captureName, duration, label, localized, pattern } from './scalars.ts';
import { trafficSchema } from './traffic-schema.ts';

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

const plain = {
  include: includeStep.optional(),
  with: withSchema.optional(),
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
  checkpoint: label
    .optional()
    .describe(
      'A name for this instant: a mark in the player, and a place for `--at NAME` of every command. Branches may begin there.',
    ),
  quiz: quizSchema.optional(),
};

const ofStep = { description: 'One step of the story.' };

/** A step before or after the story, which has no branches. */
const plainStep = z.strictObject(plain).meta({ id: 'plain-step', ...ofStep });

/** A step as it is written. */
export interface StepDocument extends z.output<typeof plainStep> {
  readonly branch?: BranchDocument | undefined;
}

/** A branch may tell of branches, so neither of the two can be told of without the other. */
export interface BranchDocument {
  readonly name: string;
  readonly from?: string | undefined;
  readonly steps: readonly StepDocument[];
  readonly always?: readonly z.output<typeof watchSchemas.always>[] | undefined;
  readonly never?: readonly z.output<typeof watchSchemas.never>[] | undefined;
  readonly eventually?: readonly z.output<typeof watchSchemas.eventually>[] | undefined;
}

const stepSchema: z.ZodType<StepDocument> = z
  .strictObject({
    ...plain,
    get branch(): z.ZodOptional<z.ZodType<BranchDocument>> {
      return branch.optional();
    },
  })
  .meta({ id: 'step', ...ofStep });

const branch: z.ZodType<BranchDocument> = z
  .strictObject({
    name: label.describe('What it is called among the branches: `--branch NAME`, and its log.'),
    from: label.optional().describe('The checkpoint at which it begins. Default: here.'),
    steps: z
      .array(stepSchema)
      .min(1, 'a branch needs at least one step')
      .describe('What happens there instead. They may tell of branches of their own.'),
    always: z
      .array(watchSchemas.always)
      .optional()
      .describe('What must stay so in the branch. What the scenario says of all of it does not hold there.'),
    never: z.array(watchSchemas.never).optional().describe('What must at no time be so in the branch.'),
    eventually: z
      .array(watchSchemas.eventually)
      .optional()
      .describe('What must be so at some time before the branch ends.'),
  })
  .describe(
    'What if: a fork of the run, in which other steps happen. Its log is its own; the story itself goes on as if it had ' +
      'not been. Its expectations count.',
  );

export const stepsSchema = z.array(stepSchema);

export const setupSchema = z
  .array(plainStep)
  .min(1)
  .describe(
    'Steps before the story: they are told in short, the player opens behind them, and `always` is watched from their end on.',
  );

export const teardownSchema = z
  .array(plainStep)
  .min(1)
  .describe(
    'Steps after the story, which are done also where a wait in vain has ended it. What fails there is a failure of its ' +
      'own, and `always` is watched no more.',
  );
