import { describe, expect, test } from 'vitest';
import type { Event } from '../../src/cluster/contract/event.ts';
import { playToEnd, scenarioOf } from '../support/play-scenario.ts';

const pod = (name: string, node: string): string => `apiVersion: v1
kind: Pod
metadata: { name: ${name} }
spec:
  nodeSelector: { kubernetes.io/hostname: ${node} }
  containers:
  - name: main
    image: busybox:1.36
    command: [sh, -c, "sleep 3; exit 1"]
    readinessProbe: { exec: { command: ["true"] }, periodSeconds: 2 }
`;

const scenario = (steps: string): string => `apiVersion: kubereel.dev/v1
kind: Scenario
metadata: { name: draws, title: { en: Draws } }
cluster: { nodes: 2 }
steps:
${steps}
- wait: 2m
`;

describe('randomness is keyed', () => {
  test('an unrelated pod changes no name, node, uid or time of another', () => {
    const one = { 'one.yaml': pod('one', 'node-1'), 'other.yaml': pod('other', 'node-2') };
    const alone = playToEnd(
      scenarioOf({ ...one, 'scenario.yaml': scenario('- run: kubectl apply -f one.yaml') }),
    );
    const together = playToEnd(
      scenarioOf({
        ...one,
        'scenario.yaml': scenario(
          '- { run: kubectl apply -f one.yaml }\n- { run: kubectl apply -f other.yaml, background: true }',
        ),
      }),
    );
    const mine = storyOf(alone.log, '/registry/pods/default/one');
    expect(mine.length).toBeGreaterThan(10);
    expect(storyOf(together.log, '/registry/pods/default/one')).toEqual(mine);
  });
});

/** What happened to an object, when, and by whom; its revisions are counted with everybody else's. */
function storyOf(log: readonly { at: number; actor: string; event: Event }[], key: string): unknown[] {
  return log
    .filter(({ event }) => 'key' in event && event.key === key)
    .map(({ at, actor, event }) => {
      const text = JSON.stringify(event).replace(/"(\/metadata\/)?resourceVersion":"\d+",?/g, '');
      return { at, actor, text };
    });
}
