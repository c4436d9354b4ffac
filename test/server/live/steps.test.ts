import { expect, test } from 'vitest';
import { emptyScenario, openLive } from '../../../src/server/live/open-live.ts';

// How far a clock goes at a time decides nothing: input, its end and a program's end come in their order.
const LINES = [
  'kubectl run shell --image=busybox -- sleep 1d',
  'kubectl wait --for=condition=Ready pod/shell',
  'echo hi | kubectl exec -i shell -- cat',
  'kubectl exec -i shell -- sh -c "sleep 1; wc -c; exit 3" <<< four',
  'kubectl delete pod shell --now',
];
const BETWEEN = 10_000;

async function played(step: number) {
  const live = openLive({ scenario: emptyScenario({ nodes: 1 }) });
  const ids: string[] = [];
  for (const [index, line] of LINES.entries()) {
    ids.push(await live.type({ client: 'me', line }));
    const end = (index + 1) * BETWEEN;
    while (live.now() < end) live.advance(Math.min(end, live.now() + step));
  }
  const { store, seq } = live.world();
  const said = ids.map((id) => store.tables.commands.read(id, seq)?.stdout);
  return { said, log: live.entries.map((entry) => JSON.stringify(entry)) };
}

test('a line ends as it does, by whichever steps the clock goes', async () => {
  const whole = await played(BETWEEN);
  expect(whole.said.slice(2, 4)).toEqual(['hi\n', '5\n']);
  for (const step of [1, 7, 50, 200]) expect(await played(step)).toEqual(whole);
});
