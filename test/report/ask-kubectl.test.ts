import { describe, expect, test } from 'vitest';
import { emptyWorld } from '../../src/cluster/world/world.ts';
import { stopAtTime } from '../../src/replay/seek.ts';
import { createTimeline } from '../../src/replay/timeline.ts';
import { askKubectl } from '../../src/report/ask-kubectl.ts';
import { playedLog } from '../support/play-scenario.ts';

const timelineOf = (name: string) => createTimeline(playedLog(name));

describe('what is asked of a past world is what it answered then', () => {
  test.each(['liveness-failure', 'crash-loop', 'rolling-update'])('in %s', (name) => {
    const timeline = timelineOf(name);
    const entries = [...timeline.entries];
    let asked = 0;
    for (const { event } of entries) {
      if (event.type !== 'CommandTyped' || !/^kubectl (?:get|describe|logs) [^|;&$>]*$/.test(event.line))
        continue;
      if (/ (?:-w|-f|--watch|--follow)\b/.test(event.line) || event.background) continue;
      const printed = entries.filter(
        (entry) => entry.event.type === 'CommandPrinted' && entry.event.command === event.command,
      );
      const [first] = printed;
      if (!first) continue;
      const said = printed.flatMap((entry) =>
        entry.event.type === 'CommandPrinted' ? [entry.event.stdout ?? entry.event.stderr ?? ''] : [],
      );
      const answer = askKubectl(timeline.worldAt(first.seq - 1), event.line, { now: first.at });
      expect(answer).toMatchObject({ text: said.join('') });
      asked++;
    }
    expect(asked).toBeGreaterThan(0);
  });
});

describe('a line', () => {
  const timeline = timelineOf('liveness-failure');
  const world = timeline.worldAt(stopAtTime(timeline, 20_000));

  test.each([
    ['kubectl get nodes -o name', { text: 'node/node-1\nnode/node-2\n', exitCode: 0 }],
    ['kubectl get nodes -o name | head -1', { text: 'node/node-1\n', exitCode: 0 }],
    ['kubectl get ns default -o name; kubectl get ns x -o name', { exitCode: 1 }],
    ['kubectl get pods -w -o name', { goesOn: true }],
    ['kubectl delete pod liveness-exec', { refusal: 'it would delete pods: what is past can only be read' }],
    ['kubectl exec liveness-exec -- ls', { refusal: /^it would run something in a container/ }],
    ['kubectl create ns x --dry-run=server -o name', { text: 'namespace/x\n', exitCode: 0 }],
    ['kubectl gte pods', { refusal: /did you mean/ }],
    ['kubectl get "pods', { refusal: /./ }],
    ['vi x', { refusal: /not simulated/ }],
    ['rm x', { exitCode: 1 }],
  ])('%s', (line, expected) => {
    const answer = askKubectl(world, line);
    for (const [key, value] of Object.entries(expected)) {
      const found = (answer as unknown as Record<string, unknown>)[key];
      if (value instanceof RegExp) expect(found).toMatch(value);
      else expect(found).toEqual(value);
    }
  });

  test('changes nothing of the world, and needs a cluster', () => {
    const before = world.store.head;
    askKubectl(world, 'kubectl scale deploy x --replicas=2');
    expect(world.store.head).toBe(before);
    expect(askKubectl(emptyWorld(), 'kubectl get pods')).toEqual({ refusal: 'there is no cluster yet' });
  });
});
