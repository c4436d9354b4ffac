import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../../src/cluster/objects/kube-object.ts';
import { fork, goOn } from '../../src/replay/fork.ts';
import { stopAtTime } from '../../src/replay/seek.ts';
import { createTimeline, type Timeline } from '../../src/replay/timeline.ts';
import { patchLine, retypedLine } from '../../src/report/change-lines.ts';
import { readChange, suggestFields } from '../../src/report/field-path.ts';
import { bundledScenario, playedLog } from '../support/play-scenario.ts';

const scenario = bundledScenario('liveness-failure');
const timeline = createTimeline(playedLog('liveness-failure'));
const key = '/registry/pods/default/liveness-exec';
const { files } = scenario;

function objectAt(line: Timeline, of: string, ms: number): KubeObject {
  const seq = stopAtTime(line, ms);
  const object = line.worldAt(seq).store.tables.objects.read(of, seq);
  if (!object) throw new Error(`${of} is not there`);
  return object;
}

const pod = objectAt(timeline, key, 20_000);
const world = timeline.worldAt(stopAtTime(timeline, 20_000));

describe('what is typed of a field', () => {
  test.each([
    ['spec.containers[0].livenessProbe.failureThreshold=10', 10],
    ['failureThreshold=10', 10],
    ['livenessProbe.failureThreshold = 10', 10],
    ['labels.test=web', 'web'],
    ['restartPolicy=Never', 'Never'],
    ['image=nginx:1.17', 'nginx:1.17'],
    ['labels.test=10', '10'],
    ['spec.containers[0].env=[{name: A, value: "1"}]', [{ name: 'A', value: '1' }]],
    ['failureThreshold=', undefined],
    ['metadata.labels["app.kubernetes.io/name"]=web', 'web'],
  ])('%s', (text, value) => {
    expect(readChange(pod, text)).toMatchObject({ value });
  });

  test.each([
    ['failureThreshold', 'unknownField'],
    ['nothing=1', 'unknownField'],
    ['spec.nothing.more=1', 'unknownField'],
    ['name=x', 'ambiguousField'],
    ['status.phase=Failed', 'unknownField'],
  ])('%s: %s', (text, problem) => {
    expect(readChange(pod, text)).toBe(problem);
  });

  test('is suggested by any part of it, those whose own name it is first, with what they are', () => {
    expect(suggestFields(pod, 'failureT')).toEqual(['spec.containers[0].livenessProbe.failureThreshold=3']);
    expect(suggestFields(pod, 'liveness')[0]).toMatch(/livenessProbe/);
    expect(suggestFields(pod, 'failureThreshold=')).toEqual([]);
  });
});

describe('a field of what is there', () => {
  test('is changed by a patch', () => {
    expect(patchLine(pod, { path: ['metadata', 'labels', 'a/b'], value: "it's" }, world)).toBe(
      `kubectl patch pod/liveness-exec --type=json -p ` +
        `'[{"op":"add","path":"/metadata/labels/a~1b","value":"it'\\''s"}]'`,
    );
    expect(patchLine(pod, { path: ['metadata', 'labels', 'test'], value: undefined }, world)).toBe(
      `kubectl patch pod/liveness-exec --type=json -p '[{"op":"remove","path":"/metadata/labels/test"}]'`,
    );
  });
});

describe('the line that made an object', () => {
  const path = ['spec', 'containers', 0, 'livenessProbe', 'failureThreshold'];
  const change = { path, value: 10 };
  const seq = stopAtTime(timeline, 50_000);
  const retyped = retypedLine(timeline, { key, seq, files }, change);

  test('is typed again with its manifest changed, the rest of it as it was', () => {
    const manifest = files['exec-liveness.yaml']?.trimEnd();
    expect(retyped?.line).toBe(`kubectl apply -f - <<'EOF'\n${manifest}\n      failureThreshold: 10\nEOF`);
  });

  test('is typed when it was typed, so that nothing else is otherwise', () => {
    const { line = '', at = 0, time = 0 } = retyped ?? {};
    const branch = fork(timeline, { scenario, at, typed: [{ line, at: time }] });
    for (const _ of goOn(branch, 120_000));
    const made = objectAt(branch.timeline, key, 50_000) as { spec?: unknown } & KubeObject;
    expect(made.metadata.creationTimestamp).toBe(pod.metadata.creationTimestamp);
    expect(made.metadata.uid).toBe(pod.metadata.uid);
    expect(JSON.stringify(made.spec)).toContain('"failureThreshold":10');
    const again = retypedLine(
      branch.timeline,
      { key, seq: stopAtTime(branch.timeline, 50_000), files },
      { ...change, value: 5 },
    );
    expect(again?.line).toContain('      failureThreshold: 5\nEOF');
  });

  test('is not known of what a controller made', () => {
    const healing = createTimeline(playedLog('self-healing'));
    const end = stopAtTime(healing, 5000);
    const pods = [...healing.worldAt(end).store.tables.objects.keysBy('resource', '/registry/pods/', end)];
    const owned = pods.find((each) => /web-/.test(each)) ?? '';
    expect(retypedLine(healing, { key: owned, seq: end, files }, change)).toBeUndefined();
  });

  test('with several manifests changes the one that is meant', () => {
    const two = `apiVersion: v1\nkind: Pod\nmetadata:\n  name: other\n---\n${files['exec-liveness.yaml']}`;
    const line = retypedLine(
      timeline,
      { key, seq, files: { 'exec-liveness.yaml': two } },
      { path: ['metadata', 'labels', 'test'], value: 'x' },
    )?.line;
    expect(line).toContain('name: other\n---\n');
    expect(line).toContain('test: x');
  });
});
