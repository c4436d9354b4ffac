import headless from '@xterm/headless';
import { describe, expect, it } from 'vitest';
import { asciicastOf } from '../../../src/report/record/asciicast.ts';
import { redactor } from '../../../src/report/record/redact.ts';
import { transcriptOf } from '../../../src/report/transcript.ts';
import { playToEnd, scenarioOf } from '../../support/play-scenario.ts';
import { scenarioText } from '../../support/scenario-folder.ts';

const { log } = playToEnd(
  scenarioOf({
    'scenario.yaml': scenarioText(`steps:
  - say: { en: Once upon a time., ko: 옛날 옛적에. }
  - run: kubectl create secret generic key --from-literal=word=xyzzy-plugh
  - wait: 10m
  - run: kubectl get secret key -o jsonpath={.data.word}
    expect: { output: { equals: eHl6enktcGx1Z2g= } }
  - run: kubectl get secret lock
    expect: { exitCode: 1 }
`),
  }),
);

const options = { language: 'en', version: 2, columns: 120, rows: 40, seed: '1' } as const;

type CastEvent = readonly [time: number, code: string, data: string];

function castOf(over: Partial<Parameters<typeof asciicastOf>[1]> = {}) {
  const text = [...asciicastOf(log, { ...options, ...over })].join('');
  const [header = '', ...lines] = text.trimEnd().split('\n');
  return { text, header: JSON.parse(header), events: lines.map((line) => JSON.parse(line) as CastEvent) };
}

/** What stands on a terminal after the recording. */
async function screenAfter(events: readonly CastEvent[]): Promise<string> {
  const terminal = new headless.Terminal({ cols: 120, rows: 40, allowProposedApi: true });
  const written = events.filter(([, code]) => code === 'o').map(([, , data]) => data);
  await new Promise<void>((done) => terminal.write(written.join(''), done));
  const { active } = terminal.buffer;
  const lines = Array.from({ length: active.length }, (_, row) =>
    active.getLine(row)?.translateToString(true),
  );
  return lines.join('\n').trimEnd();
}

describe('a recording of a terminal', () => {
  it.each(['en', 'ko'])('leaves the transcript on the screen: %s', async (language) => {
    const transcript = [...transcriptOf(log, language)].join('').trimEnd();
    expect(await screenAfter(castOf({ language }).events)).toBe(transcript);
  });

  it('is of version 2: a header, and times since the beginning', () => {
    const { header, events } = castOf();
    expect(header).toEqual({
      version: 2,
      width: 120,
      height: 40,
      title: 'small',
      env: { TERM: 'xterm-256color' },
    });
    const times = events.map(([time]) => time);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it('is of version 3: times since the line before, and how it ended', () => {
    const { header, events } = castOf({ version: 3 });
    expect(header).toMatchObject({ version: 3, term: { cols: 120, rows: 40 } });
    expect(events.every(([time]) => time >= 0)).toBe(true);
    const whole = events.reduce((sum, [time]) => sum + time, 0);
    expect(whole).toBeCloseTo(castOf().events.at(-1)?.[0] ?? 0, 0);
    expect(events.at(-1)?.slice(1)).toEqual(['x', '0']);
  });

  it('has a marker at each step', () => {
    const markers = castOf().events.filter(([, code]) => code === 'm');
    expect(markers.map(([, , label]) => label)).toEqual([
      '1 Once upon a time.',
      '2 kubectl create secret generic key --from-literal=word=xyz…',
      '3 wait 10m',
      '4 kubectl get secret key -o jsonpath={.data.word}',
      '5 kubectl get secret lock',
    ]);
  });

  it('shortens a wait of ten minutes, and types key by key', () => {
    const { events } = castOf();
    expect(events.at(-1)?.[0]).toBeLessThan(30);
    const keys = events.filter(([, code, data]) => code === 'o' && data.length === 1);
    expect(keys.map(([, , key]) => key).join('')).toContain('kubectl get secret lock');
  });

  it('is the same every time, and typed otherwise with another seed', () => {
    expect(castOf().text).toBe(castOf().text);
    expect(castOf({ seed: '2' }).text).not.toBe(castOf().text);
  });

  it('hides the values of Secrets, as they are typed and as they are stored', () => {
    const { text } = castOf({ redact: redactor(log) });
    const screen = castOf({ redact: redactor(log) })
      .events.map(([, , data]) => data)
      .join('');
    expect(screen).not.toContain('xyzzy-plugh');
    expect(text).not.toContain('eHl6enktcGx1Z2g=');
    expect(screen).toContain('••••••');
  });
});
