import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeLog } from '../support/log-files.ts';
import { podLog } from '../support/pod-log.ts';
import { ran } from '../support/run-program.ts';
import { createScratch } from '../support/scenario-folder.ts';

const scratch = createScratch();
const small = join(scratch.path, 'small.log');

beforeAll(() => writeLog(small, podLog));
afterAll(() => scratch.remove());

async function linesOf(...args: readonly string[]): Promise<readonly string[]> {
  const { code, stdout, stderr } = await ran(...args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout.trimEnd().split('\n');
}

/** Numbers of the entries that are printed. */
async function entriesOf(log: string, ...args: readonly string[]): Promise<readonly number[]> {
  const lines = await linesOf('log', log, ...args, '--json');
  return lines.map((line) => JSON.parse(line).seq);
}

describe('kubereel log', () => {
  test('prints what tells something: entry, time, actor, what, and the entry that led to it', async () => {
    const lines = await linesOf('log', small, '--kind', 'pod');
    expect(lines[0]).toBe(' 6  00:01.060  kubectl         created Pod web  ← 5');
    expect(lines[1]).toMatch(/^10 {2}00:01\.070 {2}scheduler {7}Pod web: bound to node-1 {2}← 6$/);
  });

  test.each([
    ['everything', ['--all'], podLog.map(({ seq }) => seq)],
    ['a kind by its short name', ['--kind', 'po', '--actor', 'scheduler'], [10]],
    ['a name with any ending', ['--name', 'w*', '--to', '1.07s'], [6, 10]],
    ['a namespace', ['-n', 'default', '--from', '30s', '--to', '31s'], [15]],
    ['an actor without its instance', ['--actor', 'kubelet'], [13, 14, 15]],
    ['an actor with it', ['--actor', 'kubelet/node-1', '--kind', 'Event'], [15]],
    ['a reason', ['--reason', 'unhealthy'], [15]],
    ['a type, also of books', ['--type', 'PodAdmitted'], [11]],
    ['words', ['--text', 'statuscode: 500'], [15]],
    ['a pattern', ['--grep', 'bound to node-\\d'], [10]],
    ['from an entry to another', ['--all', '--from', '10', '--to', '12'], [10, 11, 12, 13]],
    ['from a time to another', ['--all', '--from', '1s', '--to', '1.06s'], [4, 5, 6, 7, 8]],
    ['steps', ['--all', '--step', '3'], [9, 10, 11, 12, 13, 14, 15]],
    ['several steps', ['--all', '--step', '1-2'], [3, 4, 5, 6, 7, 8]],
    ['an object', ['--object', 'pod/web'], [6, 10, 14]],
    ['a field of it', ['--object', 'pod/web', '--field', 'status.phase'], [6, 14]],
    ['the same in a word', ['--object', 'pod/web.status.phase'], [6, 14]],
    ['a field of any object', ['--field', 'spec.nodeName'], [10]],
    ['the last ones first', ['--kind', 'pod', '--reverse', '--limit', '2'], [15, 14]],
    ['so many', ['--limit', '1'], [1]],
  ])('finds by %s', async (_what, args, seqs) => {
    expect(await entriesOf(small, ...args)).toEqual(seqs);
  });

  test('shows what a field was and became', async () => {
    const lines = await linesOf('log', small, '--object', 'pod/web', '--field', 'status.phase');
    expect(lines.map((line) => line.replace(/^.*Pod web: /, ''))).toEqual([
      'status.phase "Pending"  ← 5',
      'status.phase "Pending" → "Running"  ← 13',
    ]);
  });

  test('tells programs a line an entry, with the whole event', async () => {
    const [line = ''] = await linesOf(
      'log',
      small,
      '--json',
      '--object',
      'pod/web.status.phase',
      '--limit',
      '1',
    );
    expect(JSON.parse(line)).toMatchObject({
      seq: 6,
      at: 1060,
      time: '00:01.060',
      actor: 'kubectl',
      cause: 5,
      type: 'ObjectCreated',
      object: { kind: 'Pod', namespace: 'default', name: 'web' },
      field: 'status.phase',
      after: 'Pending',
      event: { type: 'ObjectCreated', object: { metadata: { name: 'web' } } },
    });
  });

  test.each([
    [['--actor', 'kublet'], 'did you mean kubelet?'],
    [['--reason', 'Unhealty'], 'did you mean Unhealthy?'],
    [['--type', 'PodAdmited'], 'did you mean PodAdmitted?'],
    [['--name', 'wbe'], 'did you mean web?'],
    [['--actor', 'scheduler', '--reason', 'Unhealthy'], 'no entry has all of that'],
  ])('that finds nothing with %j says so, and is no failure', async (args, says) => {
    const { code, stdout, stderr } = await ran('log', small, ...args);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toContain(says);
  });
});
