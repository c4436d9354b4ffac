import { describe, expect, test } from 'vitest';
import { describeSpecChange } from '../../../../src/cluster/objects/validation/pod/describe-spec-change.ts';
import { internalPodSpec } from '../../../../src/cluster/objects/validation/pod/internal-pod-spec.ts';
import { podWith, podWithContainer } from './new-objects.ts';

describe('a changed spec', () => {
  test('is shown with three lines around each change, as Go writes JSON', () => {
    const before = podWithContainer({
      command: ['sh', '-c', 'a && b'],
      env: [{ name: 'X', value: '1' }],
    }).spec;
    const after = podWithContainer({
      command: ['sh', '-c', 'a && b'],
      env: [{ name: 'X', value: '2' }],
    }).spec;
    expect(describeSpecChange(before, after)).toBe(
      [
        '@@ -17,7 +17,7 @@',
        '    "Env": [',
        '     {',
        '      "Name": "X",',
        '-     "Value": "1",',
        '+     "Value": "2",',
        '      "ValueFrom": null',
        '     }',
        '    ],',
        '',
      ].join('\n'),
    );
  });

  test('is shown in one hunk where changes are near, and in two where they are not', () => {
    const before = podWith({ hostname: 'a', subdomain: 'a' }).spec;
    const near = podWith({ hostname: 'b', subdomain: 'b' }).spec;
    const far = podWith({ hostname: 'b', subdomain: 'a', runtimeClassName: 'c' }).spec;
    const hunks = (text: string): number => text.split('\n').filter((line) => line.startsWith('@@')).length;
    expect([hunks(describeSpecChange(before, near)), hunks(describeSpecChange(before, far))]).toEqual([1, 2]);
  });

  test('shows signs that Go escapes escaped', () => {
    const text = describeSpecChange(
      podWithContainer({ args: ['a && b'] }).spec,
      podWithContainer({ args: ['a > b'] }).spec,
    );
    expect(text).toContain('-    "a \\u0026\\u0026 b"\n+    "a \\u003e b"\n');
  });
});

describe('the internal form of a spec', () => {
  const spec = internalPodSpec(
    podWith({
      hostNetwork: true,
      nodeSelector: { b: '1', a: '2' },
      volumes: [{ name: 'v', emptyDir: {} }],
      affinity: {
        podAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { topologyKey: 'zone', labelSelector: { matchExpressions: [], matchLabels: { a: 'b' } } },
          ],
        },
      },
    }).spec,
  ) as Record<string, unknown>;

  test('has what concerns the host in the security context', () => {
    expect(spec['SecurityContext']).toMatchObject({
      HostNetwork: true,
      HostPID: false,
      HostUsers: null,
      RunAsUser: null,
    });
    expect(spec).not.toHaveProperty('HostNetwork');
  });

  test('has every field, null or zero where nothing is', () => {
    expect(spec).toMatchObject({ InitContainers: null, Hostname: '', Overhead: null, Priority: null });
    expect(spec['Volumes']).toMatchObject([
      { Name: 'v', EmptyDir: { Medium: '', SizeLimit: null }, HostPath: null },
    ]);
    expect(spec['Containers']).toMatchObject([{ Stdin: false, Resources: { Limits: null, Requests: null } }]);
  });

  test('has its maps sorted, and the parts of selectors as Go orders them', () => {
    expect(JSON.stringify(spec['NodeSelector'])).toBe('{"a":"2","b":"1"}');
    expect(JSON.stringify(spec['Affinity'])).toContain('"LabelSelector":{"matchLabels":{"a":"b"}');
  });
});
