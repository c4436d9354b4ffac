import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { importedRecording } from '../../src/compare/imported/imported-recording.ts';
import { createImportReader, type Imported } from '../../src/compare/imported/read-import.ts';
import { readMessagePack } from '../../src/compare/imported/read-msgpack.ts';
import { traceScenario } from '../../src/compare/imported/trace-scenario.ts';
import { recordedEntries } from '../../src/compare/recording/recorded-entries.ts';
import { playToEnd, scenarioOf } from '../support/play-scenario.ts';

/** MessagePack as Rust's rmp_serde writes structs: maps with the names of fields. */
function packed(value: unknown): number[] {
  const sized = (head: number, size: number): number[] => [head, size >> 8, size & 0xff];
  if (value === null || value === undefined) return [0xc0];
  if (typeof value === 'boolean') return [value ? 0xc3 : 0xc2];
  if (typeof value === 'number') {
    if (!Number.isInteger(value))
      return [0xcb, ...new Uint8Array(new Float64Array([value]).buffer).reverse()];
    if (value >= 0 && value < 128) return [value];
    const bytes = new DataView(new ArrayBuffer(8));
    bytes.setBigInt64(0, BigInt(value));
    return [0xd3, ...new Uint8Array(bytes.buffer)];
  }
  if (typeof value === 'string') {
    const bytes = [...Buffer.from(value)];
    return bytes.length < 32 ? [0xa0 + bytes.length, ...bytes] : [...sized(0xda, bytes.length), ...bytes];
  }
  if (Array.isArray(value)) return [...sized(0xdc, value.length), ...value.flatMap(packed)];
  const members = Object.entries(value as object);
  return [0x80 + members.length, ...members.flatMap(([key, member]) => [...packed(key), ...packed(member)])];
}

const START = 1_760_000_000;
const web = (replicas: number) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    replicas,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'web', image: 'nginx:1.27' }] },
    },
  },
});
const event = (seconds: number, applied: readonly object[], deleted: readonly object[] = []) => ({
  ts: START + seconds,
  applied_objs: applied,
  deleted_objs: deleted,
});
const trace = {
  version: 2,
  config: { trackedObjects: { 'apps/v1.Deployment': {} } },
  events: [event(0, []), event(0, [web(1)]), event(60, [web(3)]), event(120, [], [web(3)])],
  index: {},
  pod_lifecycles: {},
};

function imported(value: unknown): Imported {
  const reader = createImportReader();
  reader.bytes('a.sktrace', Uint8Array.from(packed(value)));
  return reader.finish();
}

test.each([
  0,
  127,
  -1,
  -32,
  128,
  70_000,
  -70_000,
  1.5,
  2 ** 40,
  '',
  'é한',
  'x'.repeat(300),
  null,
  true,
  [[1], []],
])('%j is read as it was packed', (value) => {
  expect(readMessagePack(Uint8Array.from(packed(value)))).toEqual(value);
});

describe('a trace of SimKube', () => {
  test('is a log of what was applied and deleted, with its times', () => {
    const { damage, changes } = imported(trace);
    expect(damage).toEqual([]);
    expect(changes.flat().map(({ type, atMs }) => [type, (atMs ?? 0) / 1000 - START])).toEqual([
      ['ADDED', 0],
      ['MODIFIED', 60],
      ['DELETED', 120],
    ]);
    const entries = recordedEntries(importedRecording('trace', imported(trace)));
    const told = entries.filter(({ event: { type } }) => type.startsWith('Object'));
    expect(told.map(({ event: { type }, at }) => [type, at])).toEqual([
      ['ObjectCreated', 0],
      ['ObjectUpdated', 60_000],
      ['ObjectDeleted', 120_000],
    ]);
  });

  test('is a scenario, in which what follows is simulated', () => {
    const { files } = traceScenario(importedRecording('trace', imported(trace)));
    expect(Object.keys(files)).toEqual([
      'applied/0001-deployment-web.yaml',
      'applied/0002-deployment-web.yaml',
      'scenario.yaml',
    ]);
    const { log } = playToEnd(scenarioOf(files));
    const born = log.filter(({ event: { type }, at }) => type === 'ContainerStarted' && at < 120_000);
    expect(born).toHaveLength(3);
    expect(log.at(-1)?.event).toMatchObject({ type: 'ScenarioEnded', passed: true });
  });

  test.each([
    [{ ...trace, version: 1 }, 'a trace of SimKube in version 1: only version 2 is known'],
    [{ ...trace, events: {} }, 'without events'],
    [{ ...trace, events: [{ ts: 'soon' }] }, 'events[0] has no ts'],
    [{ ...trace, events: [event(0, [{ kind: 'Pod' }])] }, 'events[0] has an object without kind'],
    [{ version: 2 }, 'it has no version, events and index'],
    [7, 'it has no version, events and index'],
  ])('that is none is refused in words: %#', (value, message) => {
    expect(imported(value).damage).toEqual([expect.stringContaining(message)]);
  });

  test('that is damaged anywhere is told with the byte, and never throws', () => {
    const whole = packed(trace);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.boolean(), (at, byte, isCut) => {
        const reader = createImportReader();
        const bytes = isCut ? whole.slice(0, at) : whole.with(at, byte);
        reader.bytes('a.sktrace', Uint8Array.from(bytes));
        const { damage } = reader.finish();
        if (isCut) expect(damage[0]).toMatch(/^a\.sktrace:byte \d+: .* cut off$/);
      }),
      { numRuns: 300 },
    );
  });
});
