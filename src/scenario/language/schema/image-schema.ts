import * as z from 'zod';
import { duration, quantity } from './scalars.ts';

const strings = z.array(z.string());
const texts = z.record(z.string().min(1), z.string());
const stream = z.enum(['stdout', 'stderr']).optional();
const exitCode = z.int().min(0).max(255);
const portNumber = z.int().min(1).max(65535);
const signal = z.string().regex(/^[A-Z][A-Z0-9]*$/, 'wanted a signal without SIG, such as TERM');

const port = z
  .union(
    [
      portNumber,
      z.literal('declared'),
      z.strictObject({
        option: strings.optional().describe('Options of the command line that set it.'),
        env: z.string().optional().describe('A variable that sets it.'),
        argument: z.literal(true).optional().describe('The first argument that is a number sets it.'),
        default: portNumber,
      }),
    ],
    { error: 'wanted a port number, "declared", or { option, env, argument, default }' },
  )
  .describe('A number; all that the pod declares; or where the program finds it.');

const answer = z
  .strictObject({
    path: z.string().optional().describe('Of the request; a trailing * stands for anything.'),
    method: z.string().optional(),
    from: duration.optional().describe('Since the start of the program.'),
    until: duration.optional().describe('Since the start of the program.'),
    fromRequests: z.int().min(0).optional(),
    untilRequests: z.int().min(0).optional(),
    status: z.int().min(100).max(599).optional().describe('Default 200.'),
    body: z.string().optional(),
    headers: texts.optional(),
    delay: duration.optional(),
    cpu: duration.optional().describe('Time of one processor that it takes.'),
    hangs: z.literal(true).optional().describe('It never answers.'),
    exitCode: exitCode.optional().describe('The program ends after this answer.'),
    grpc: z.enum(['SERVING', 'NOT_SERVING', 'UNIMPLEMENTED']).optional(),
  })
  .describe('Conditions, all of which must hold; then the answer.');

const listener = z.strictObject({
  port,
  protocol: z.enum(['http', 'tcp', 'grpc']),
  from: duration.optional().describe('From when it is open, if later than the start-up.'),
  until: duration.optional().describe('From when it is closed again.'),
  answers: z
    .array(answer)
    .optional()
    .describe('The first that fits answers; if none does, 404. Without any: 200 and an empty body.'),
  accessLog: z.string().optional().describe('One line for each request.'),
  accessLogStream: stream,
  greeting: z.string().optional().describe('What it sends to whoever connects by plain TCP.'),
});

const reaction = z.union(
  [
    z.literal('ignore'),
    z.strictObject({
      code: exitCode.optional().describe('It ends with this code; without it, it goes on.'),
      after: duration.optional(),
      meanwhile: z
        .enum(['drains', 'drops'])
        .optional()
        .describe(
          'Until it ends, its ports are closed, and what it has begun is finished (drains) or reset ' +
            '(drops). Default: it serves as before.',
        ),
      text: z.string().optional(),
      stream,
    }),
  ],
  { error: 'wanted "ignore", or { code, after, text, stream }' },
);

const program = z
  .strictObject({
    startup: duration.optional().describe('Until its ports are open.'),
    listens: z.array(listener).optional(),
    logs: z.array(z.strictObject({ after: duration, stream, text: z.string() })).optional(),
    exits: z
      .strictObject({ after: duration, code: exitCode, stderr: z.string().optional() })
      .optional()
      .describe('It ends by itself.'),
    onSignal: z.record(signal, reaction).optional(),
    memory: z
      .array(z.strictObject({ at: duration, size: quantity }))
      .optional()
      .describe('What it takes over time: straight lines between the points, and the last one stays.'),
    cpus: z
      .number()
      .min(0)
      .optional()
      .describe('Processors that it keeps busy, whatever is asked of it: 0.05.'),
    cpuPerRequest: duration
      .optional()
      .describe(
        'Time of one processor that an answer takes, if the answer does not say: 20ms. More than it may have, ' +
          'and answers take longer.',
      ),
    requires: z
      .strictObject({ anyOf: strings.min(1), code: exitCode, stderr: z.string() })
      .optional()
      .describe('It ends at once unless one of these variables is set.'),
  })
  .meta({
    id: 'program',
    description: 'What a program does: when it listens, how it answers, what it logs, how it ends.',
  });

const image = z.strictObject({
  size: quantity.optional().describe('Compressed, as it is pulled.'),
  pull: z
    .strictObject({
      error: z.string().optional().describe('The pull fails with this text.'),
      takes: duration.optional().describe('Instead of what follows from the size.'),
    })
    .optional(),
  entrypoint: strings.optional(),
  cmd: strings.optional(),
  env: texts.optional(),
  uid: z.int().min(0).optional().describe('0 is root.'),
  stopSignal: signal.optional().describe('What asks it to end. Default TERM.'),
  workingDir: z.string().optional(),
  userland: z.enum(['busybox', 'gnu', 'none']).optional().describe('Whose shell and tools it has.'),
  commands: strings.optional().describe('Tools besides those of its userland: curl.'),
  programs: z.record(z.string().min(1), program).optional().describe('By the name of the command.'),
  program: program.optional().describe('What the entrypoint does, for an image with a single program.'),
  files: texts.optional().describe('Texts of files, by path.'),
  directories: strings.optional(),
});

export const imagesSchema = z
  .record(z.string().min(1), image)
  .describe("Images of the scenario's own, by name as manifests write it.");

export type ImagesDocument = z.output<typeof imagesSchema>;
export type ImageDocument = z.output<typeof image>;
export type ProgramDocument = z.output<typeof program>;
export type ListenerDocument = z.output<typeof listener>;
export type AnswerDocument = z.output<typeof answer>;
export type ReactionDocument = z.output<typeof reaction>;
