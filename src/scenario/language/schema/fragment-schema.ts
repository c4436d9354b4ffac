import * as z from 'zod';
import { clusterSchema } from './cluster-schema.ts';
import { imagesSchema } from './image-schema.ts';
import { includeSchema, parametersSchema } from './parameter-schema.ts';
import { localized } from './scalars.ts';
import { webhooksSchema } from './webhook-schema.ts';

/**
 * What stands in a file that is included. Its steps and invariants are checked where they come to stand in
 * the scenario.
 */
export const fragmentSchema = z
  .strictObject({
    $schema: z.string().optional(),
    apiVersion: z.literal('kubereel.dev/v1').optional(),
    kind: z.literal('Fragment', { error: 'wanted Fragment' }).optional(),
    description: localized.optional(),
    parameters: parametersSchema.optional(),
    include: includeSchema.optional(),
    cluster: clusterSchema.optional(),
    images: imagesSchema.optional(),
    webhooks: webhooksSchema.optional(),
    setup: z.array(z.unknown()).optional(),
    steps: z.array(z.unknown()).optional(),
    teardown: z.array(z.unknown()).optional(),
    always: z.array(z.unknown()).optional(),
  })
  .describe('A part of scenarios, which they include.');
