import * as z from 'zod';
import { count, duration, pattern } from './scalars.ts';
import { trafficFigures } from './traffic-schema.ts';

const texts = z.union([z.string(), z.array(z.string()).min(1)], {
  error: 'wanted a text, or a list of texts',
});

const textOperators = {
  contains: texts.optional().describe('It holds this text, or each of these.'),
  lacks: texts.optional().describe('It holds none of these texts.'),
  matches: pattern.optional(),
  equals: z.string().optional().describe('It is exactly this.'),
};

const text = z
  .union([z.string(), z.strictObject(textOperators)], {
    error: 'wanted a text to be contained, or { contains, lacks, matches, equals }',
  })
  .meta({
    id: 'text',
    description: 'What a text must hold: a part of it, or { contains, lacks, matches, equals }.',
  });

const cluster = {
  resource: z
    .looseObject({ kind: z.string(), apiVersion: z.string().optional() })
    .optional()
    .describe(
      'An object of the API, in part: what is not said does not matter, and a list must hold an element like each ' +
        'of those said. A value may be { absent, contains, count, equals, gt, gte, lt, lte, matches, not, oneOf }.',
    ),
  count: count.optional().describe('How many objects are like that.'),
  absent: z.literal(true).optional().describe('No object is like that.'),
  event: z
    .strictObject({
      reason: text.optional(),
      message: text.optional(),
      type: z.enum(['Normal', 'Warning']).optional(),
      object: z
        .strictObject({
          kind: z.string().optional(),
          name: z.string().optional(),
          namespace: z.string().optional(),
        })
        .optional()
        .describe('What it is about.'),
      count: count.optional().describe('How often it happened, all taken together. Default: at least once.'),
    })
    .optional()
    .describe('A Kubernetes Event.'),
  logs: z
    .strictObject({
      pod: z.string(),
      namespace: z.string().optional(),
      container: z.string().optional().describe('Needed where the pod has several.'),
      previous: z.boolean().optional().describe('Those of the container before the last restart.'),
      ...textOperators,
    })
    .optional()
    .describe('What a container wrote to its output.'),
  traffic: trafficFigures.optional(),
};

/** What may be waited for: the cluster comes to be like that. */
export const conditionSchema = z.strictObject(cluster).meta({ id: 'condition' });

export const expectationSchema = z.strictObject({
  output: text.optional().describe('What the command wrote to standard output.'),
  stderr: text.optional().describe('What the command wrote to standard error.'),
  exitCode: z.int().min(0).max(255).optional().describe('Unless it is said, it must be 0.'),
  ...cluster,
  within: duration.optional().describe('It need not be so at once, but before this time is over.'),
});
