import { describe, expect, it } from 'vitest';
import { createTimeline, type Timeline } from '../../../src/replay/timeline.ts';
import { autoscalingPanels } from '../../../src/report/record/plots/autoscaling-panels.ts';
import { availabilityPanels } from '../../../src/report/record/plots/availability-panels.ts';
import type { Panel, Stepped } from '../../../src/report/record/plots/panels-svg.ts';
import { requestPanels } from '../../../src/report/record/plots/request-panels.ts';
import { RUN_PICTURES, runPicture } from '../../../src/report/record/run-picture.ts';
import { wordsIn } from '../../../src/words/words-in.ts';
import { playedLog } from '../../support/play-scenario.ts';

const timelineOf = (name: string): Timeline => {
  const timeline = createTimeline(playedLog(name));
  timeline.finish();
  return timeline;
};
const update = timelineOf('rolling-update-without-readiness');
const scaled = timelineOf('horizontal-pod-autoscaler');
const words = wordsIn('en').record;

const steps = (panel: Panel | undefined, shape: Stepped['shape']): readonly (number | undefined)[] =>
  (panel?.series ?? []).flatMap((each) =>
    each.kind === 'steps' && each.shape === shape ? each.points.map(({ value }) => value) : [],
  );

describe('plots of a run', () => {
  it('show what workloads wanted and had', () => {
    const [shop, ...others] = availabilityPanels(update, words);
    expect(others).toEqual([]);
    expect(shop?.title).toBe('Deployment shop');
    expect(steps(shop, 'wanted')).toEqual([3]);
    expect(steps(shop, 'count').slice(0, 4)).toEqual([0, 1, 2, 3]);
  });

  it('show pods where there is no workload', () => {
    const [pods] = availabilityPanels(timelineOf('liveness-failure'), words);
    expect(pods?.title).toBe('All pods');
    expect(Math.max(...steps(pods, 'count').map((value = 0) => value))).toBeGreaterThan(0);
  });

  it('show as many requests as were answered and lost', () => {
    const totals = update
      .worldAt(update.entries.length)
      .store.tables.traffic.read('customers', update.entries.length)?.totals;
    const lost = (totals?.losses ?? []).reduce((sum, { count }) => sum + count, 0);
    const answered = Object.values(totals?.answered ?? {}).reduce((sum, each) => sum + each, 0);
    const [customers] = requestPanels(update, words);
    const sums = (customers?.series ?? []).map((each) =>
      each.kind === 'bars' ? Math.round(each.values.reduce((sum, value) => sum + value, 0)) : 0,
    );
    expect(lost).toBeGreaterThan(50);
    expect(sums).toEqual([answered, lost]);
  });

  it('show what autoscalers measured, and made of it', () => {
    const [measured, replicas] = autoscalingPanels(scaled, words);
    expect(measured?.unit).toBe('cpu, % of its request');
    expect(steps(measured, 'wanted')).toEqual([50]);
    expect(Math.max(...steps(measured, 'count').map((value = 0) => value))).toBeGreaterThan(100);
    expect(steps(replicas, 'limit')).toEqual([1, 10]);
    expect(steps(replicas, 'count').at(-1)).toBe(6);
  });

  it.each(RUN_PICTURES)('are named, told in more words, and the same every time: %s', (picture) => {
    for (const language of ['en', 'ko']) {
      const drawn = (): string | undefined =>
        runPicture(picture === 'autoscaling' ? scaled : update, picture, {
          language,
          theme: 'auto',
          name: 'x',
        });
      expect(drawn()).toMatch(/role="img">\n<title>[^<]{8,}<\/title>\n<desc>[^<]{20,}<\/desc>/);
      expect(drawn()).not.toMatch(/NaN|undefined|Infinity/);
      expect(drawn()).toBe(drawn());
    }
  });

  it('are not drawn where there is nothing of theirs', () => {
    const telling = { language: 'en', theme: 'auto', name: 'x' } as const;
    expect(runPicture(update, 'autoscaling', telling)).toBeUndefined();
    expect(runPicture(timelineOf('liveness-failure'), 'requests', telling)).toBeUndefined();
  });
});
