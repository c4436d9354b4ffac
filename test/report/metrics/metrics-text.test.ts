import { describe, expect, test } from 'vitest';
import { createTimeline, type Timeline } from '../../../src/replay/timeline.ts';
import { containerLogFiles } from '../../../src/report/container-log-files.ts';
import { metricsText } from '../../../src/report/metrics/metrics-text.ts';
import { createMetricsText } from '../../../src/report/metrics/open-metrics.ts';
import { bundledScenario, playToEnd, scenarioOf } from '../../support/play-scenario.ts';

const timelineOf = (...played: Parameters<typeof playToEnd>): Timeline => {
  const timeline = createTimeline(playToEnd(...played).log);
  timeline.finish();
  return timeline;
};

const text = [...metricsText(timelineOf(bundledScenario('crash-loop')), 5000)].join('');
const lines = text.split('\n');

/** The values of a series, first to last. */
function valuesOf(series: string): readonly number[] {
  return lines.filter((line) => line.startsWith(series)).map((line) => Number(line.split(' ').at(-2)));
}

describe('the metrics of a log', () => {
  test('are OpenMetrics: each family once, each series whole, times ascending, and an end', () => {
    expect(text.endsWith('# EOF\n')).toBe(true);
    const families = lines.filter((line) => line.startsWith('# TYPE ')).map((line) => line.split(' ')[2]);
    expect(new Set(families).size).toBe(families.length);
    const over = new Set<string>();
    let [last, lastAt] = ['', 0];
    for (const line of lines.filter((each) => each !== '' && !each.startsWith('#'))) {
      const [, series = '', at = ''] = /^(.*) \S+ (\S+)$/.exec(line) ?? [];
      if (series !== last) {
        expect(over.has(series)).toBe(false);
        over.add(series);
      } else expect(Number(at)).toBeGreaterThan(lastAt);
      [last, lastAt] = [series, Number(at)];
    }
    expect(over.size).toBeGreaterThan(50);
  });

  test('follow the cluster: a container that crashes is counted, and waits in between', () => {
    const restarts = valuesOf('kube_pod_container_status_restarts_total{namespace="default",pod="shop"');
    expect(restarts[0]).toBe(0);
    expect(restarts.at(-1)).toBeGreaterThan(2);
    expect(restarts).toEqual([...restarts].sort((a, b) => a - b));
    expect(lines.some((line) => line.includes('reason="CrashLoopBackOff"'))).toBe(true);
  });

  test('name the phases of a pod, of which one is so', () => {
    const phases = ['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'].map((phase) =>
      lines.filter((line) => line.startsWith('kube_pod_status_phase{') && line.includes(`phase="${phase}"`)),
    );
    const samples = phases.map((each) => each.map((line) => Number(line.split(' ').at(-2))));
    for (let index = 0; index < (samples[0]?.length ?? 0); index++) {
      expect(samples.reduce((sum, each) => sum + (each[index] ?? 0), 0)).toBe(1);
    }
  });
});

test('labels are escaped', () => {
  const metrics = createMetricsText();
  metrics.take([{ family: 'x', labels: { a: 'say "hi"\n\\' }, value: 0.5 }], 1500);
  expect([...metrics.pieces()].join('')).toContain('x{a="say \\"hi\\"\\n\\\\"} 0.5 1.5\n');
});

test('what containers wrote lies in files as runtimes write them', () => {
  const script =
    'echo one; printf tw; sleep 2; echo o; echo no >&2; printf end; head -c 20000 /dev/zero | tr "\\0" x';
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p' },
    spec: {
      restartPolicy: 'Never',
      containers: [{ name: 'c', image: 'busybox', command: ['sh', '-c', script] }],
    },
  };
  const document = {
    apiVersion: 'kubereel.dev/v1',
    kind: 'Scenario',
    metadata: { name: 'logs', title: 'Logs' },
    steps: [{ run: 'kubectl apply -f p.yaml' }, { wait: '20s' }],
  };
  const files = containerLogFiles(
    timelineOf(scenarioOf({ 'scenario.yaml': JSON.stringify(document), 'p.yaml': JSON.stringify(pod) })),
  );
  expect(files).toHaveLength(1);
  const [file] = files;
  expect(file?.node).toBe('node-1');
  expect(file?.path).toMatch(/^default_p_[0-9a-f-]{36}\/c\/0\.log$/);
  expect(file?.link).toMatch(/^p_default_c-[0-9a-f]{64}\.log$/);
  const told = file?.text.split('\n').map((line) => line.replace(/^2026-01-01T00:00:\d\d(\.\d{1,3})?Z /, ''));
  expect(told?.slice(0, 3)).toEqual(['stdout F one', 'stdout F two', 'stderr F no']);
  expect(told?.slice(3).map((line) => line.replace(/x+/, (all) => `x${all.length}`))).toEqual([
    'stdout P endx16381',
    'stdout F x3619',
    '',
  ]);
});
