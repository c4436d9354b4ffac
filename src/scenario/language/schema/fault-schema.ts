import * as z from 'zod';

const what = z.literal('kubelet', { error: 'wanted kubelet' });

/** What breaks, or is mended, on a machine. */
export const faultSchema = z
  .union(
    [
      z.strictObject({
        stop: what.describe('What stops. Containers of a node without its kubelet run on.'),
        node: z.string().min(1).describe('On which node.'),
      }),
      z.strictObject({
        start: what.describe('What starts again.'),
        node: z.string().min(1).describe('On which node.'),
      }),
    ],
    { error: 'wanted { stop: kubelet, node: … } or { start: kubelet, node: … }' },
  )
  .describe('Something breaks, or is mended.');

export type FaultDocument = z.output<typeof faultSchema>;
