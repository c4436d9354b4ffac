import * as z from 'zod';

const answer = z
  .strictObject({
    when: z
      .string()
      .min(1)
      .optional()
      .describe('A CEL expression over object, oldObject, request and namespaceObject. Without it: always.'),
    allow: z.literal(true).optional(),
    warnings: z.array(z.string().min(1)).optional().describe('What an answer that allows warns of.'),
    deny: z.string().optional().describe('What it says when it denies the request.'),
    code: z.int().min(400).max(599).optional().describe('The code of a denial. Default 403.'),
    patch: z
      .union([z.array(z.record(z.string(), z.unknown())), z.record(z.string(), z.unknown())])
      .optional()
      .describe('Of a webhook that changes objects: a JSON patch, or fields to merge.'),
    fail: z.string().min(1).optional().describe('It answers with an error instead.'),
    timeout: z.literal(true).optional().describe('It does not answer in time.'),
  })
  .refine(
    ({ allow, deny, patch, fail, timeout }) =>
      [allow, deny, patch, fail, timeout].filter((each) => each !== undefined).length === 1,
    'wanted one of allow, deny, patch, fail and timeout',
  );

export const webhooksSchema = z
  .record(z.string().min(1), z.array(answer).min(1))
  .describe(
    'What webhooks of admission answer, by their names in the cluster: the first answer whose condition holds. ' +
      'Where none does, the request is allowed. A webhook behind a Service answers while that has ready endpoints.',
  );

export type WebhooksDocument = z.output<typeof webhooksSchema>;
