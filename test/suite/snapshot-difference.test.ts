import { expect, it } from 'vitest';
import { createLogEncoder } from '../../src/kernel/log/log-format.ts';
import { logHeaderOf } from '../../src/scenario/log-header.ts';
import { logDifference, textDifference } from '../../src/suite/snapshot-difference.ts';
import { snapshotOwner, snapshotTexts } from '../../src/suite/snapshot-texts.ts';
import { ENGLISH } from '../../src/words/english.ts';
import { playToEnd, scenarioOf } from '../support/play-scenario.ts';
import { scenarioText } from '../support/scenario-folder.ts';

const telling = {
  names: { kept: 'kept', now: 'now' },
  words: ENGLISH.told.branch,
  language: 'en',
};

function played(value: string) {
  const scenario = scenarioOf({
    'scenario.yaml': scenarioText(`steps:
  - say: { en: Once upon a time., ko: 옛날 옛적에. }
  - run: kubectl create configmap cm --from-literal=a=${value}
`),
  });
  return { scenario, log: playToEnd(scenario).log };
}

it('a run is kept as its log and a transcript in each language that it is told in', () => {
  const { scenario, log } = played('b');
  const texts = snapshotTexts(scenario, log);
  expect([...texts.keys()]).toEqual(['small.ndjson', 'small.en.txt', 'small.ko.txt']);
  const encoder = createLogEncoder();
  const lines = [
    encoder.header(logHeaderOf(scenario, '1', 'golden')),
    ...log.map(encoder.entry),
    encoder.end(),
  ];
  expect(texts.get('small.ndjson')).toBe(lines.join(''));
  expect(texts.get('small.ko.txt')).toContain('옛날 옛적에.');
});

it.each([
  ['shop.ndjson', 'shop'],
  ['my.shop.en.txt', 'my.shop'],
  ['shop.zh-hant.txt', 'shop'],
  ['README.md', undefined],
  ['notes.txt', undefined],
])('%s is a snapshot of %s', (file, owner) => {
  expect(snapshotOwner(file)).toBe(owner);
});

it('where two logs part is told as a story', () => {
  const [before, now] = [played('b'), played('c')];
  const kept = snapshotTexts(before.scenario, before.log).get('small.ndjson') ?? '';
  const { story, seq, isRewritten } = logDifference(kept, now.log, { digest: now.scenario.digest, telling });
  expect(isRewritten).toBe(true);
  expect(now.log[seq - 1]?.event.type).toBe('StepBegan');
  expect(story.join('\n')).toMatch(/^The same up to 00:00\.001\. Then:\n {2}kept .*a=b\n {2}now .*a=c/);
  expect(story.join('\n')).toContain('~ ConfigMap cm: data.a b → c');
});

it('two entries that read alike are told by the fields in which they are not', () => {
  const { scenario, log } = played('b');
  const kept = snapshotTexts(scenario, log).get('small.ndjson') ?? '';
  const other = log.map((entry) => {
    const { event } = entry;
    if (event.type !== 'ObjectCreated' || event.object.metadata.name !== 'cm') return entry;
    const metadata = { ...event.object.metadata, uid: 'another' };
    return { ...entry, event: { ...event, object: { ...event.object, metadata } } };
  });
  const { story } = logDifference(kept, other, { digest: scenario.digest, telling });
  expect(story.join('\n')).toMatch(/object\.metadata\.uid: "[0-9a-f-]{36}" → "another"/);
});

it('what parts two logs before anything is told of it is told where all that follows reads alike', () => {
  const { scenario, log } = played('b');
  const kept = snapshotTexts(scenario, log).get('small.ndjson') ?? '';
  const other = log.map((entry) =>
    entry.event.type === 'MachineInstalled' ? { ...entry, event: { ...entry.event, ip: '10.9.9.9' } } : entry,
  );
  const { story } = logDifference(kept, other, { digest: scenario.digest, telling });
  expect(story.join('\n')).toMatch(/genesis: MachineInstalled .*:\n +ip: "[\d.]+" → "10\.9\.9\.9"/);
});

it('a log that was kept and is damaged says where', () => {
  const { scenario, log } = played('b');
  const kept = (snapshotTexts(scenario, log).get('small.ndjson') ?? '').split('\n').slice(0, 5).join('\n');
  const { story } = logDifference(`${kept}\n{`, log, { digest: scenario.digest, telling });
  expect(story[0]).toMatch(/^kept: line 6: /);
});

it.each([
  ['another line', 'a\nb\nc\n', 'a\nx\nc\n', ['  a', '- b', '+ x']],
  ['a line more', 'a\n', 'a\nb\n', ['  a', '- ', '+ b']],
  ['the first line', 'a', 'b', ['- a', '+ b']],
])('texts that part: %s', (_what, before, after, lines) => {
  expect(textDifference(before, after)).toEqual(lines);
});
