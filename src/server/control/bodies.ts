import * as z from 'zod';
import { conditionSchema } from '../../scenario/language/schema/condition-schema.ts';
import { duration, label } from '../../scenario/language/schema/scalars.ts';

const instant = z.union([z.string().min(1), z.number().min(0)], {
  error: 'wanted an instant: 1m30s, an entry such as 412, step:3 or first-warning',
});

/** How far to go on: exactly one of the first four. */
export const advanceSchema = z
  .strictObject({
    by: duration.optional().describe('So much virtual time.'),
    to: duration.optional().describe('To this time since the start.'),
    until: conditionSchema
      .optional()
      .describe('Until something is so, as a step `wait` of a scenario says it.'),
    settled: z.literal(true).optional().describe('Until nothing but leases, heartbeats and probes goes on.'),
    within: duration.optional().describe('Of `until` and `settled`: no longer than this. Default: 10m.'),
  })
  .refine(
    ({ by, to, until, settled }) =>
      [by, to, until, settled].filter((each) => each !== undefined).length === 1,
    'wanted one of by, to, until and settled',
  );

export const clockSchema = z.discriminatedUnion(
  'clock',
  [
    z.strictObject({ clock: z.literal('real'), factor: z.number().positive().max(100_000).default(1) }),
    z.strictObject({ clock: z.literal('idle') }),
    z.strictObject({ clock: z.literal('manual') }),
  ],
  { error: 'wanted { clock: real, factor: 10 }, { clock: idle } or { clock: manual }' },
);

export const seekSchema = z.strictObject({ at: instant.describe('`now` comes back to the present.') });

export const forkSchema = z.strictObject({
  at: instant.optional().describe('Default: now.'),
  name: label.optional().describe('Default: branch-1, branch-2, …'),
});

/** What is wrong with a document, in one line. */
export function problemOf(error: z.ZodError): string {
  const [issue] = error.issues;
  const path = issue?.path.join('.') ?? '';
  return `${path === '' ? '' : `${path}: `}${issue?.message ?? 'it is not what was wanted'}`;
}
