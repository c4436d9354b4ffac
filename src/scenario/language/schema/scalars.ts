import * as z from 'zod';

const DURATION = 'a duration such as 35s, 1m30s or 850ms';

/** In Go's notation, but neither negative nor finer than a millisecond. */
export const duration = z
  .string({ error: `wanted ${DURATION}` })
  .regex(/^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/, `wanted ${DURATION}`)
  .meta({ id: 'duration', description: 'A duration in virtual time, in Go notation: 35s, 1m30s, 850ms.' });

/** A text, or the same in several languages. */
export const localized = z
  .union(
    [
      z.string(),
      z
        .record(
          z.string().regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, 'wanted a language tag such as en or ko'),
          z.string(),
        )
        .refine((texts) => Object.keys(texts).length > 0, 'wanted at least one language'),
    ],
    { error: 'wanted a text, or a text per language: { en: …, ko: … }' },
  )
  .meta({ id: 'localized', description: 'A text in English, or one per language: { en: …, ko: … }.' });

/** A name as Kubernetes allows it for most objects (RFC 1123 label). */
export const label = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
    'wanted a name of lower case letters, digits and dashes, at most 63',
  );

export const quantity = z
  .union(
    [
      z.number().min(0),
      z
        .string()
        .regex(
          /^\d+(?:\.\d+)?(?:[eE][+-]?\d+|[EPTGMk]i?|Ki|[munp])?$/,
          'wanted a quantity such as 2, 500m or 4Gi',
        ),
    ],
    { error: 'wanted a quantity such as 2, 500m or 4Gi' },
  )
  .meta({ id: 'quantity', description: 'A quantity as Kubernetes writes it: 2, 500m, 4Gi.' });

export const captureName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'wanted a name of letters, digits and underscores');

/** A regular expression, bare or between slashes with its flags. */
export const pattern = z
  .string()
  .min(1)
  .describe('A regular expression of JavaScript, bare or as /…/ with the flags i, m and s.');

export const count = z
  .union(
    [
      z.int().min(0),
      z.strictObject({
        gt: z.int().optional(),
        gte: z.int().optional(),
        lt: z.int().optional(),
        lte: z.int().optional(),
        between: z.tuple([z.int(), z.int()]).optional(),
      }),
    ],
    { error: 'wanted a whole number, or { gt, gte, lt, lte, between }' },
  )
  .meta({ id: 'count', description: 'A whole number, or { gt, gte, lt, lte, between: [least, most] }.' });
