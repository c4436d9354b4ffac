import { expect, test } from 'vitest';
import type { Pod } from '../../../../src/cluster/objects/kubernetes.ts';
import { changeOf } from '../../../../src/cluster/world/changes.ts';
import type { Play } from '../play.ts';
import { played, podOf } from '../pods.ts';

function lastMessage({ log, world }: Play): string | undefined {
  let message: string | undefined;
  for (const entry of log) {
    const pod = changeOf(world.store.tables, entry)?.object as Pod | undefined;
    message = pod?.status?.containerStatuses?.[0]?.state?.terminated?.message ?? message;
  }
  return message;
}

const fallBack = { terminationMessagePolicy: 'FallbackToLogsOnError' };

test.each([
  ['what it has written for it', 'echo why > /dev/termination-log; exit 1', {}, 'why\n'],
  [
    'another file, if the pod says so',
    'echo why > /tmp/end; exit 1',
    { terminationMessagePath: '/tmp/end' },
    'why\n',
  ],
  ['nothing, if it has only logged', 'echo log; exit 1', {}, undefined],
  ['the end of its log, if it is to fall back', 'echo log; exit 1', fallBack, 'log\n'],
  ['nothing, if it has ended well', 'echo log', fallBack, undefined],
  ['at most 80 lines of its log', 'seq 1 100; exit 1', fallBack, `${seq(21, 100)}\n`],
])('a container leaves behind %s', (_, script, container, message) => {
  const pod = podOf('end', script, { container, spec: { restartPolicy: 'Never' } });
  expect(lastMessage(played([pod], { until: 20_000 }))).toBe(message);
});

function seq(from: number, to: number): string {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index).join('\n');
}
