import { describe, expect, test } from 'vitest';
import { transcriptOf } from '../../src/report/transcript.ts';
import { watchStreamOf } from '../../src/report/watch-stream.ts';
import { logOf, smallLog } from '../support/small-log.ts';

const transcript = (language: string): string => [...transcriptOf(smallLog, language)].join('');

describe('the transcript', () => {
  test('tells what was said, typed, printed and expected', () => {
    expect(transcript('en')).toBe(`# A small story

[1/3] 00:00.010
Once upon a time.

[2/3] 00:01.000
$ kubectl create configmap cm
configmap/cm created

[3/3] 00:05.000
MISSED: ConfigMap cm has data
  data: wanted {…}
  actual: nothing

00:05.001  Not all expectations met.
`);
  });

  test('speaks the language asked for, else English', () => {
    expect(transcript('ko')).toContain('옛날 옛적에.');
    expect(transcript('fr')).toContain('Once upon a time.');
  });

  test('says whose output it is when another command was typed in between', () => {
    const log = logOf([
      [0, { type: 'CommandTyped', command: 'a', line: 'kubectl get pods -w', background: true }],
      [1, { type: 'CommandPrinted', command: 'a', stdout: 'NAME\n' }],
      [2, { type: 'CommandTyped', command: 'b', line: 'kubectl get nodes' }],
      [3, { type: 'CommandPrinted', command: 'a', stdout: 'web\n' }],
      [4, { type: 'CommandPrinted', command: 'b', stderr: 'No resources found' }],
      [5, { type: 'CommandEnded', command: 'b', exitCode: 1 }],
    ]);
    expect([...transcriptOf(log, 'en')].join('')).toBe(
      '$ kubectl get pods -w &\nNAME\n$ kubectl get nodes\n(a) web\n(b) No resources found\n(exit 1)\n',
    );
  });
});

describe('the watch stream', () => {
  test('has a line a change, as recordings of real clusters have', () => {
    const key = '/registry/configmaps/default/cm';
    const log = [
      ...smallLog,
      ...logOf([
        [
          6000,
          {
            type: 'ObjectUpdated',
            resource: 'configmaps',
            key,
            set: { '/metadata/resourceVersion': '2', '/data': { a: 'b' } },
          },
        ],
        [7000, { type: 'ObjectDeleted', resource: 'configmaps', key, revision: 3 }],
      ]).map((entry) => ({ ...entry, seq: entry.seq + smallLog.length })),
    ];
    const metadata = { name: 'cm', namespace: 'default' };
    const base = { apiVersion: 'v1', kind: 'ConfigMap' };
    expect([...watchStreamOf(log)].map((line) => JSON.parse(line))).toEqual([
      { t_ms: 1080, type: 'ADDED', object: { ...base, metadata: { ...metadata, resourceVersion: '1' } } },
      {
        t_ms: 6000,
        type: 'MODIFIED',
        object: { ...base, metadata: { ...metadata, resourceVersion: '2' }, data: { a: 'b' } },
      },
      {
        t_ms: 7000,
        type: 'DELETED',
        object: { ...base, metadata: { ...metadata, resourceVersion: '3' }, data: { a: 'b' } },
      },
    ]);
  });
});
