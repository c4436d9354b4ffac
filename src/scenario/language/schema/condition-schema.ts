import * as z from 'zod';
import { captureName, count, duration } from './scalars.ts';
import { printed, text, textOperators } from './text-schema.ts';
import { trafficFigures } from './traffic-schema.ts';

const selector = z
  .string()
  .min(1)
  .describe("A selector of labels, as kubectl's -l takes it: app=web,tier!=db.");

const resource = z.looseObject({ kind: z.string(), apiVersion: z.string().optional() }).meta({
  id: 'resource',
  description:
    'An object of the API, in part: what is not said does not matter, and a list must hold an element like each ' +
    'of those said. A value may be { absent, between, contains, count, equals, gt, gte, lt, lte, matches, not, ' +
    'oneOf }.',
});

const fields = z.record(z.string().min(1), printed).meta({
  id: 'fields',
  description:
    "Templates of kubectl's -o jsonpath, and what each prints of the object; without a resource, of the output of " +
    'the command.',
});

const event = z
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
      .describe('What it is about (`regarding`).'),
    from: z.string().min(1).optional().describe('Who reported it: kubelet, deployment-controller.'),
    count: count.optional().describe('How often it happened, all taken together. Default: at least once.'),
  })
  .meta({ id: 'event', description: 'A Kubernetes Event.' });

const logs = z
  .strictObject({
    pod: z.string().optional(),
    selector: selector.optional().describe('Of one of the pods that it selects, whichever.'),
    namespace: z.string().optional(),
    container: z.string().optional().describe('Needed where the pod has several.'),
    previous: z.boolean().optional().describe('Those of the container before the last restart.'),
    ...textOperators,
  })
  .meta({ id: 'logs', description: 'What a container wrote to its output.' });

const values = z
  .record(captureName, printed)
  .meta({ id: 'captured', description: 'What was captured by an earlier step, by its name.' });

const cluster = {
  resource: resource.optional(),
  selector: selector.optional(),
  jsonpath: fields.optional(),
  count: count.optional().describe('How many objects are like that.'),
  absent: z.literal(true).optional().describe('No object is like that.'),
  event: event.optional(),
  logs: logs.optional(),
  traffic: trafficFigures.optional(),
  captured: values.optional(),
};

/** What may be so, at one instant. */
export const stateSchema = z.strictObject(cluster).meta({ id: 'state' });

const lasting = duration.describe('It is so without a break for that long.');

/** What may be waited for: the cluster comes to be like that. */
export const conditionSchema = z
  .strictObject({ ...cluster, for: lasting.optional() })
  .meta({ id: 'condition' });

const until = stateSchema.optional().describe('What ends it; it must come.');

/** What must stay so, must never be so, or must be so some time. */
export const watchSchemas = {
  always: z
    .strictObject({
      ...cluster,
      for: duration.optional().describe('For that long from then on. Default: to the end of the scenario.'),
      until,
    })
    .meta({ id: 'always', description: 'From the first moment at which it is so it stays so.' }),
  never: z
    .strictObject({
      ...cluster,
      for: duration.optional().describe('It may be so, but not for that long without a break.'),
      until,
    })
    .meta({ id: 'never', description: 'It is at no time so.' }),
  eventually: z
    .strictObject({ ...cluster, for: lasting.optional() })
    .meta({ id: 'eventually', description: 'It is so at some time before the scenario ends.' }),
};

const through = z
  .enum(['step', 'end'], { error: 'wanted step or end' })
  .optional()
  .describe('To the end of this step, or of the scenario (default).');

export const expectationSchema = z.strictObject({
  output: text.optional().describe('What the command wrote to standard output.'),
  stderr: text.optional().describe('What the command wrote to standard error.'),
  exitCode: z.int().min(0).max(255).optional().describe('Unless it is said, it must be 0.'),
  of: captureName
    .optional()
    .describe('The command from whose output this name was captured. Default: the one that was typed last.'),
  ...cluster,
  within: duration.optional().describe('It need not be so at once, but before this time is over.'),
  for: lasting.optional(),
  until: stateSchema
    .optional()
    .describe('It is so without a break until this is so. The story goes on then.'),
  always: watchSchemas.always
    .extend({ through })
    .optional()
    .describe('From this step on it stays so, once it is. The story goes on meanwhile.'),
  never: watchSchemas.never
    .extend({ through })
    .optional()
    .describe('From this step on it is never so. The story goes on meanwhile.'),
  eventually: watchSchemas.eventually
    .optional()
    .describe('From this step on it is so at some time. The story goes on meanwhile.'),
});
