import { describe, expect, it } from 'vitest';
import { podSpans } from '../../../src/replay/pod-states.ts';
import { createTimeline } from '../../../src/replay/timeline.ts';
import { lanesSvg } from '../../../src/report/record/lanes-svg.ts';
import { xmlText } from '../../../src/report/record/svg.ts';
import { ENGLISH } from '../../../src/words/english.ts';
import { ENGLISH_SCREEN } from '../../../src/words/english-screen.ts';
import { playToEnd, scenarioOf } from '../../support/play-scenario.ts';
import { scenarioText } from '../../support/scenario-folder.ts';

const { log } = playToEnd(
  scenarioOf({
    'scenario.yaml': scenarioText(`steps:
  - run: kubectl run web --image=nginx:1.27
  - wait: 20s
  - run: kubectl delete pod web --now
`),
  }),
);
const timeline = createTimeline(log);
const words = { ...ENGLISH.record, states: ENGLISH_SCREEN.laneStates };
const svg = lanesSvg(timeline, { title: 'a <b> & c', words });

describe('a picture of the pods over time', () => {
  it('has a box for each state of a pod, from when it began', () => {
    const said = [...svg.matchAll(/<title>web: ([^<]*)<\/title>/g)].map(([, text]) =>
      text?.replace(/,.*/, ''),
    );
    expect(said).toEqual(['pending', 'ready', 'ending']);
    expect(
      podSpans(timeline.pods.ever[0] ?? { key: '', name: '', seq: 0, changes: [], asks: [] }).at(-1)?.state,
    ).toBe('absent');
  });

  it('is named, styled for light and dark, and the same every time', () => {
    expect(svg).toContain('role="img">\n<title>a &lt;b&gt; &amp; c</title>');
    expect(svg).toContain('prefers-color-scheme: dark');
    expect(lanesSvg(createTimeline(log), { title: 'a <b> & c', words })).toBe(svg);
  });

  it('has every box inside of it, and none of a negative size', () => {
    const boxes = [
      ...svg.matchAll(/<rect class="\w+" x="([^"]+)" y="[^"]+" width="([^"]+)" height="([^"]+)"/g),
    ];
    expect(boxes.length).toBeGreaterThan(5);
    for (const [, x, width, height] of boxes) {
      expect(Number(width)).toBeGreaterThan(0);
      expect(Number(height)).toBeGreaterThan(0);
      expect(Number(x) + Number(width)).toBeLessThanOrEqual(961);
    }
  });

  it('lets nothing through that XML can not say', () => {
    expect(xmlText('\u0000\u001b<&>')).toBe('\ufffd\ufffd&lt;&amp;&gt;');
  });
});
