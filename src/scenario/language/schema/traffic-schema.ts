import * as z from 'zod';
import { count, duration, label } from './scalars.ts';

const source = z
  .union(
    [
      z.enum(['inside', 'outside']),
      z.strictObject({ pod: z.string().min(1), namespace: label.optional() }),
      z.strictObject({ node: label }),
    ],
    { error: 'wanted inside, outside, { pod: … } or { node: … }' },
  )
  .describe(
    'Where it is. `inside` (default): as a pod of the namespace on the first node would be; `outside` reaches nodes ' +
      'only; a node does not ask the name service of the cluster.',
  );

/** What a step says of a client. */
export const trafficSchema = z
  .strictObject({
    client: label.describe('What it is called.'),
    stop: z.literal(true).optional().describe('It sends no more. What is under way goes on.'),
    to: z.string().min(1).optional().describe('What it asks for: http://web/path, http://node-1:30080.'),
    rate: z
      .number()
      .positive()
      .max(10_000)
      .optional()
      .describe('Requests a second, sent whatever becomes of those before.'),
    from: source.optional(),
    method: z
      .string()
      .regex(/^[A-Z]+$/, 'wanted a method such as GET')
      .optional()
      .describe('Default GET.'),
    headers: z
      .record(z.string().min(1), z.string())
      .optional()
      .describe('Besides those that every request has: { Host: shop.example.com }.'),
    timeout: duration.optional().describe('For how long it waits for an answer. Default 2s.'),
    keepAlive: z
      .union([z.literal(true), z.int().min(1).max(1000)], {
        error: 'wanted true, or how many connections it keeps open',
      })
      .optional()
      .describe('It keeps so many connections open (true: 10). Default: a new one for each request.'),
    for: duration.optional().describe('It stops by itself. Default: with the scenario.'),
    window: duration.optional().describe('How often what became of the requests is noted. Default 1s.'),
    jitter: z.boolean().optional().describe('Requests come at uneven intervals.'),
    versions: z
      .union([z.literal('image'), z.strictObject({ label: z.string().min(1) })], {
        error: 'wanted image, or { label: … }',
      })
      .optional()
      .describe('What tells answers apart: the tag of the image (default), or a label of the pod.'),
  })
  .meta({ id: 'traffic', description: 'A client that goes on asking, or that stops.' });

const share = z.strictObject(
  {
    gt: z.number().optional(),
    gte: z.number().optional(),
    lt: z.number().optional(),
    lte: z.number().optional(),
    between: z.tuple([z.number(), z.number()]).optional(),
  },
  { error: 'wanted { gt, gte, lt, lte, between } of shares from 0 to 1' },
);

const latency = z.strictObject(
  {
    gt: duration.optional(),
    gte: duration.optional(),
    lt: duration.optional(),
    lte: duration.optional(),
    between: z.tuple([duration, duration]).optional(),
  },
  { error: 'wanted { gt, gte, lt, lte, between } of durations' },
);

/** What is expected of a client's requests. */
export const trafficFigures = z
  .strictObject({
    client: label.optional().describe('Needed where the scenario has several.'),
    since: z
      .enum(['start', 'step'])
      .optional()
      .describe('Counted since the client started (default), or since this step began.'),
    last: duration
      .optional()
      .describe('Counted over so much time before, at each instant anew: lost in any 10s, say.'),
    sent: count.optional(),
    answered: count.optional().describe('Whatever the status.'),
    lost: count.optional().describe('Neither answered nor still under way.'),
    refused: count.optional(),
    timedOut: count.optional(),
    reset: count.optional(),
    unreachable: count.optional(),
    unresolved: count.optional(),
    status: z
      .record(z.string().regex(/^[1-5]xx$/, 'wanted a class of statuses such as 2xx'), count)
      .optional()
      .describe('Answers by class: { 5xx: 0 }.'),
    versions: z.record(z.string().min(1), count).optional().describe('Answers by version.'),
    answeredShare: share.optional().describe('Answered, of all that were answered or lost: { gte: 0.999 }.'),
    versionShares: z
      .record(z.string().min(1), share)
      .optional()
      .describe('Of the answers: { v2: { between: [0.05, 0.15] } }.'),
    latency: z
      .strictObject({
        p50: latency.optional(),
        p90: latency.optional(),
        p99: latency.optional(),
        max: latency.optional(),
      })
      .optional()
      .describe('How long answers took, from the request on: { p99: { lt: 250ms } }.'),
  })
  .meta({ id: 'figures', description: 'What became of the requests of a client.' });

export type TrafficDocument = z.output<typeof trafficSchema>;
export type TrafficFiguresDocument = z.output<typeof trafficFigures>;
