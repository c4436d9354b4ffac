import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../../src/cluster/objects/kube-object.ts';
import { branchStoryOf } from '../../src/replay/branch-story.ts';
import { fork, goOn } from '../../src/replay/fork.ts';
import { stopAtTime } from '../../src/replay/seek.ts';
import { createTimeline, type Timeline } from '../../src/replay/timeline.ts';
import { writeBranch } from '../../src/scenario/language/write-branch.ts';
import { bundledScenario, playedLog, playToEnd, scenarioOf } from '../support/play-scenario.ts';

const NAMES = ['self-healing', 'pod-termination', 'rolling-update', 'crash-loop', 'service-routing'];
const LINES = [
  'kubectl get pods',
  'kubectl delete pod --all --wait=false',
  'kubectl scale deployment/web --replicas=1',
  'kubectl create deployment other --image=nginx',
  'kubectl rollout status deployment/other',
  'stop kubelet node-1',
  'restart machine node-1 takes 3s',
];

function objectsAt(timeline: Timeline, ms: number): readonly KubeObject[] {
  const seq = stopAtTime(timeline, ms);
  const { objects } = timeline.worldAt(seq).store.tables;
  return [...objects.rows(seq)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object);
}

describe('a branch saved as a scenario', () => {
  test.each(NAMES)('of %s plays as the branch did, wherever it was forked', (name) => {
    const scenario = bundledScenario(name);
    const text = readFileSync(new URL(`../../scenarios/${name}/scenario.yaml`, import.meta.url), 'utf8');
    const main = createTimeline(playToEnd(scenario).log);
    const typed = fc.array(fc.record({ line: fc.constantFrom(...LINES) }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), typed, (part, lines) => {
        const at = Math.max(1, Math.floor(main.entries.length * part));
        const branch = fork(main, { scenario, at, typed: lines });
        const until = main.timeOf(branch.at) + 20_000;
        for (const _ of goOn(branch, until));
        const story = branchStoryOf(branch.timeline, 'mine');
        if (!story) throw new Error('somebody has taken it over');
        const saved = scenarioOf({ ...scenario.files, 'scenario.yaml': writeBranch(text, story) });
        expect(saved.name).toBe('mine');
        const again = createTimeline(playToEnd(saved).log);
        expect(objectsAt(again, branch.timeline.duration)).toEqual(
          objectsAt(branch.timeline, branch.timeline.duration),
        );
      }),
      { numRuns: 6 },
    );
  });

  test('keeps the comments of the parent, and says where it is yours', () => {
    const scenario = bundledScenario('liveness-failure');
    const text = readFileSync(
      new URL('../../scenarios/liveness-failure/scenario.yaml', import.meta.url),
      'utf8',
    );
    const main = createTimeline(playToEnd(scenario).log);
    const branch = fork(main, {
      scenario,
      at: stopAtTime(main, 20_000),
      typed: [{ line: 'kubectl delete pod liveness-exec' }, { line: 'kubectl get nothing', at: 60_000 }],
    });
    for (const _ of goOn(branch, 70_000));
    const story = branchStoryOf(branch.timeline, 'mine');
    const written = writeBranch(text, story as NonNullable<typeof story>);
    expect(written.slice(written.indexOf('  - wait:\n'))).toMatchInlineSnapshot(`
      "  - wait:
            until:
              resource: { kind: Pod, metadata: { name: liveness-exec }, status: { phase: Running } }
            timeout: 1m
        - wait: 15.659s
        # From here on, yours.
        - at: 17.015s
          run: kubectl delete pod liveness-exec
        - at: 1m0s
          run: kubectl get nothing
          expect:
            exitCode: 1
        - wait: 7.015s
      always:
        - resource: { kind: Node, status: { conditions: [ { type: Ready, status: "True" } ] } }
        # Whatever the containers do, nobody moves or replaces the pods.
        - resource: { kind: Pod, metadata: { name: liveness-exec }, status: { phase: Running } }
      seed: 1
      "
    `);
    expect(written).toContain('# The two manifests are those of');
  });

  test('is none of a log that nobody has taken over', () => {
    expect(branchStoryOf(createTimeline(playedLog('pod-termination')), 'x')).toBeUndefined();
  });
});
