import * as z from 'zod';
import { localized } from './scalars.ts';

export const quizSchema = z
  .strictObject({
    ask: localized.describe('The question.'),
    choices: z
      .array(localized)
      .min(2)
      .max(9)
      .optional()
      .describe('What there is to choose from. Without it the answer is typed.'),
    answer: z
      .union([z.int().min(1), z.string().min(1), z.array(z.string().min(1)).min(1)], {
        error: 'wanted the number of the right choice, a text, or a list of texts',
      })
      .describe(
        'The number of the right choice, counted from 1; of a question without choices, what is accepted: a text, several, ' +
          'or /a regular expression/. Capitals do not matter.',
      ),
    explain: localized.optional().describe('What is told after the answer.'),
  })
  .describe(
    'A question: in the player it is answered before time moves on; elsewhere it is told with its answer. What is ' +
      'answered changes nothing.',
  );

export type QuizDocument = z.output<typeof quizSchema>;
