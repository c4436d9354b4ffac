import { describe, expect, test } from 'vitest';
import type { TypedCommand, WatchedChange } from '../../src/compare/play.ts';
import { createTraceReader } from '../../src/compare/recording/read-trace.ts';
import { traceEnd } from '../../src/compare/recording/trace-end.ts';

const CHANGES: readonly WatchedChange[] = [
  {
    atMs: 5000,
    type: 'ADDED',
    object: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web', namespace: 'n' },
      status: { containerStatuses: [{ name: 'c', restartCount: 2 }] },
    } as WatchedChange['object'],
  },
];

function typed(line: string, output: string, rest: Partial<TypedCommand> = {}): TypedCommand {
  return { index: 0, line, beginMs: 9000, endMs: 9100, output, exitCode: 0, ...rest };
}

describe('a trace ended before what was typed', () => {
  test.each([
    ['more restarts than it tells of', typed('kubectl get pods', 'web   1/1   Running   3   9s\n')],
    ['as many in all kinds', typed('kubectl get all', 'pod/web   0/1   Error   3 (2s ago)   9s\n')],
    ['a pod that was made later', typed('kubectl apply -f p.yaml', 'pod/other created\n')],
    ['a pod that was deleted later', typed('kubectl delete pod web', 'pod "web" deleted from n namespace\n')],
  ])('if a command tells of %s', (_, command) => {
    expect(traceEnd({ changes: CHANGES }, [command])).toBe(5000);
  });

  test.each([
    ['the same restarts', typed('kubectl get pods', 'web   1/1   Running   2   9s\n')],
    ['nothing new', typed('kubectl apply -f p.yaml', 'pod/web unchanged\n')],
    [
      'what was only tried',
      typed('kubectl apply -f p.yaml --dry-run=server', 'pod/x created (server dry run)\n'),
    ],
    ['a kind that nobody watched', typed('kubectl delete ns x', 'namespace "x" deleted\n')],
    ['a refusal', typed('kubectl delete pod x', 'Error: pod "x" deleted\n', { exitCode: 1 })],
    ['another namespace', typed('kubectl get pods -A', 'web   1/1   Running   3   9s\n')],
    ['what was so before its end', typed('kubectl get pods', 'web 1/1 Running 3 9s\n', { beginMs: 4000 })],
  ])('not if a command tells of %s', (_, command) => {
    expect(traceEnd({ changes: CHANGES }, [command])).toBeUndefined();
  });

  test.each([
    ['{"t_ms":1,"type":"ADDED","object":{"kind":"Pod","metadata":{}}}', false],
    ['{"t_ms":1,"type":"ADDED","object":{"kind":"Po', true],
  ])('whose last line is %s: %s', (line, isCutOff) => {
    const reader = createTraceReader();
    reader.line(line);
    expect(reader.finish().isCutOff).toBe(isCutOff);
    expect(traceEnd({ changes: CHANGES, isCutOff }, [])).toBe(isCutOff ? 5000 : undefined);
  });
});
