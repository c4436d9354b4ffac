import * as z from 'zod';
import { PARAMETER_TYPES } from '../expand/parameters.ts';
import { localized } from './scalars.ts';

const scalar = z.union([z.string(), z.number(), z.boolean()], {
  error: 'wanted a text, a number, or true or false',
});

const parameter = z
  .union(
    [
      scalar,
      z.strictObject({
        type: z
          .enum(PARAMETER_TYPES)
          .optional()
          .describe(
            'What it may be. Without it: as its default is, or the first value of its enum, else a text.',
          ),
        default: scalar
          .optional()
          .describe('Its value where nobody gives one. Without it one must be given.'),
        description: localized.optional().describe('What it is for, as `kubereel list` shows it.'),
        enum: z.array(scalar).min(1).optional().describe('All values that it may have.'),
      }),
    ],
    { error: 'wanted a default, or { type, default, description, enum }' },
  )
  .meta({ id: 'parameter', description: 'What a parameter may be: its default, or more about it.' });

const parameterName = z
  .string()
  .regex(/^[a-z][A-Za-z0-9_-]{0,39}$/, 'wanted a name of letters, digits, dashes and underscores');

export const parametersSchema = z
  .record(parameterName, parameter)
  .describe(
    'What can be set from outside: `--set name=value`, `with: { name: value }` where it is included, or `matrix`. ' +
      `Texts write \${{ name }}; one that is the whole value keeps its type.`,
  );

export const withSchema = z
  .record(parameterName, scalar)
  .describe('The parameters of what is included, by their names.');

const includePath = z
  .string()
  .min(1)
  .describe('The path of a fragment, from the folder of the file that includes it.');

const included = z.strictObject({ file: includePath, with: withSchema.optional() });

export const includeStep = includePath.describe(
  'The steps of a fragment, in the place of this step. What else is in it belongs to the scenario.',
);

export const includeSchema = z
  .union([includePath, included, z.array(z.union([includePath, included])).min(1)], {
    error: 'wanted the path of a file, { file, with }, or a list of these',
  })
  .describe(
    'Fragments that belong to the scenario: their cluster, images, webhooks, setup, steps (before its own), teardown ' +
      'and always. What the scenario says itself decides.',
  );

export const templatesSchema = z
  .array(z.string().min(1))
  .min(1)
  .describe(
    `Files in which \${{ name }} is filled in before they are used. All others stay as they are: manifests are the ` +
      'real ones.',
  );

/** The values of each name; of `exclude` the cases that are left out, of `seeds` which, or how many. */
export type MatrixDocument = Readonly<
  Record<string, readonly z.output<typeof scalar>[] | readonly Readonly<Record<string, unknown>>[] | number>
>;

export const matrixSchema: z.ZodType<MatrixDocument> = z
  .object({
    exclude: z
      .array(z.record(z.string(), scalar))
      .min(1)
      .optional()
      .describe('Cases that are left out: those that have all the values of one of these.'),
    seeds: z
      .union([z.int().min(1).max(100), z.array(z.int().min(0)).min(1)], {
        error: 'wanted how many seeds, or a list of them',
      })
      .optional()
      .describe('Each case is played with each of these seeds; a number means 1, 2, … up to it.'),
  })
  .catchall(z.array(scalar).min(1))
  .describe(
    'The same scenario over several values: each combination is a case of its own in `kubereel test`, and `--case` ' +
      'chooses one elsewhere. A name that is not declared under `parameters` is declared by its values.',
  );
