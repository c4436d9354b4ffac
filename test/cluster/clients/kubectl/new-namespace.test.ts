import { describe, expect, test } from 'vitest';
import { typeInCluster } from '../type-in-cluster.ts';
import { typeLines } from '../type-lines.ts';

const SPACE = `apiVersion: v1
kind: Namespace
metadata: {name: fresh}
---
apiVersion: v1
kind: Pod
metadata: {name: first, namespace: fresh}
spec: {containers: [{name: c, image: nginx}]}
`;

describe('a pod in a namespace that was made just before', () => {
  const made = 'namespace/fresh created\npod/first created\n';

  test.each(['apply', 'create'])('is held by the API server until there is a service account: %s', (verb) => {
    const { commands, log } = typeInCluster([[10_000, `kubectl ${verb} -f -<<'END'\n${SPACE}END`]]);
    const [row] = commands;
    expect(row).toMatchObject({ stdout: made, stderr: '', exitCode: 0 });
    const took = (row?.endedAt ?? 0) - 10_000;
    expect(took).toBeGreaterThan(100);
    expect(took).toBeLessThan(600);
    expect(log.filter(({ event }) => event.type === 'RequestRefused')).toEqual([]);
  });

  test('is refused when none comes', () => {
    const [row] = typeLines([[1000, `kubectl create -f - <<'END'\n${SPACE}END`]]).commands;
    const why = 'error looking up service account fresh/default: serviceaccount "default" not found';
    expect(row?.stdout).toBe('namespace/fresh created\n');
    expect(row?.stderr).toBe(
      `Error from server (Forbidden): error when creating "STDIN": pods "first" is forbidden: ${why}\n`,
    );
    expect((row?.endedAt ?? 0) - 1000).toBeGreaterThan(900);
  });

  test('is refused at once for another account', () => {
    const pod = SPACE.replace('spec: {', 'spec: {serviceAccountName: other, ');
    const [row] = typeLines([[1000, `kubectl create -f - <<'END'\n${pod}END`]]).commands;
    expect(row?.stderr).toContain('serviceaccount "other" not found');
    expect((row?.endedAt ?? 0) - 1000).toBeLessThan(200);
  });
});
