import * as z from 'zod';
import { count, pattern } from './scalars.ts';

const texts = z.union([z.string(), z.array(z.string()).min(1)], {
  error: 'wanted a text, or a list of texts',
});

/** What can be said of a text of several lines. */
export const textOperators = {
  contains: texts.optional().describe('It holds this text, or each of these.'),
  lacks: texts.optional().describe('It holds none of these texts.'),
  matches: pattern.optional(),
  equals: z.string().optional().describe('It is exactly this.'),
  lines: count.optional().describe('How many lines it has.'),
  order: z
    .array(z.string().min(1), { error: 'wanted a list of texts' })
    .min(2, 'wanted at least two texts, in their order')
    .optional()
    .describe('Lines with these texts follow one another in this order, whatever stands between them.'),
};

export const text = z
  .union([z.string(), z.strictObject(textOperators)], {
    error: 'wanted a text to be contained, or { contains, lacks, matches, equals, lines, order }',
  })
  .meta({
    id: 'text',
    description:
      'What a text must hold: a part of it, or { contains, lacks, matches, equals, lines, order }.',
  });

const scalar = z.union([z.string(), z.number(), z.boolean()], { error: 'wanted a text or a number' });
const amount = z.union([z.string(), z.number()], {
  error: 'wanted a number, a quantity, a time or a duration',
});

/** What can be said of a single value that was printed. */
export const printed = z
  .union(
    [
      scalar,
      z.strictObject({
        absent: z.boolean().optional().describe('Nothing is there.'),
        equals: scalar.optional(),
        not: scalar.optional(),
        oneOf: z.array(scalar).min(1).optional(),
        contains: texts.optional(),
        lacks: texts.optional(),
        matches: pattern.optional(),
        gt: amount.optional(),
        gte: amount.optional(),
        lt: amount.optional(),
        lte: amount.optional(),
        between: z.tuple([amount, amount]).optional().describe('Not below the first, not above the second.'),
        grown: z
          .strictObject({
            since: amount.describe('What it was: a value that was captured, as a rule.'),
            by: count.describe('Seconds, of times and durations.'),
          })
          .optional()
          .describe('How much more it is than it was.'),
      }),
    ],
    {
      error:
        'wanted a value, or { absent, equals, not, oneOf, contains, lacks, matches, gt, gte, lt, lte, between, grown }',
    },
  )
  .meta({
    id: 'printed',
    description:
      'What a value must be: itself, or { absent, equals, not, oneOf, contains, lacks, matches, gt, gte, lt, lte, ' +
      'between, grown }. Numbers, quantities, times and durations are compared as what they are.',
  });
