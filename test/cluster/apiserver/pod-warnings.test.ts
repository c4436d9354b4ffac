import { describe, expect, test } from 'vitest';
import type { Json } from '../../../src/cluster/objects/json.ts';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import type { Container } from '../../../src/cluster/objects/kubernetes.ts';
import { deployment } from './objects.ts';
import { given, settingsOf } from './server.ts';

type Part = Partial<Container>;

const podOf = (...containers: readonly Part[]): KubeObject =>
  ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web' },
    spec: { containers: containers.map((part, index) => ({ name: `c${index}`, image: 'nginx', ...part })) },
  }) as KubeObject;

const create = (object: KubeObject, resource = 'pods') =>
  ({ verb: 'create', resource, namespace: 'default', object, strict: false }) as const;

const warningsOf = (object: KubeObject, version = '1.36'): readonly string[] =>
  given([], settingsOf(version)).grant(create(object)).warnings ?? [];

describe('what is hardly meant is said, and done', () => {
  test.each<[string, readonly Part[], readonly string[]]>([
    ['nothing to say', [{ ports: [{ containerPort: 80 }] }, { ports: [{ containerPort: 81 }] }], []],
    [
      'two containers with one port',
      [{ ports: [{ containerPort: 80 }] }, { ports: [{ containerPort: 80 }] }],
      ['spec.containers[1].ports[0]: duplicate port definition with spec.containers[0].ports[0]'],
    ],
    [
      'one port with two protocols',
      [{ ports: [{ containerPort: 53 }, { containerPort: 53, protocol: 'UDP' }] }],
      [],
    ],
    [
      'one port, with and without one of the host',
      [{ ports: [{ containerPort: 80 }, { containerPort: 80, hostPort: 8080 }] }],
      ['spec.containers[0].ports[1]: overlapping port definition with spec.containers[0].ports[0]'],
    ],
    [
      'one name for two ports',
      [{ ports: [{ name: 'http', containerPort: 80 }] }, { ports: [{ name: 'http', containerPort: 81 }] }],
      [
        'spec.containers[1].ports[0]: duplicate port name "http" with spec.containers[0].ports[0], ' +
          'services and probes that select ports by name will use spec.containers[0].ports[0]',
      ],
    ],
    [
      'a variable twice, and one that builds on itself',
      [
        {
          env: [
            { name: 'A', value: '1' },
            { name: 'A', value: '2' },
            { name: 'A', value: '$(A)3' },
          ],
        },
      ],
      ['spec.containers[0].env[1]: hides previous definition of "A", which may be dropped when using apply'],
    ],
    [
      'a part of a byte',
      [{ resources: { limits: { memory: '1500m' } } }],
      [
        'spec.containers[0].resources.limits[memory]: fractional byte value "1500m" is invalid, must be an integer',
        'spec.containers[0].resources.requests[memory]: fractional byte value "1500m" is invalid, must be an integer',
      ],
    ],
  ])('%s', (_, containers, warnings) => {
    expect(warningsOf(podOf(...containers))).toEqual(warnings);
  });

  test('older clusters say less', () => {
    const twice = podOf(
      { ports: [{ name: 'http', containerPort: 80 }] },
      { ports: [{ name: 'http', containerPort: 80 }] },
    );
    expect(['1.27', '1.32', '1.36'].map((version) => warningsOf(twice, version).length)).toEqual([0, 1, 2]);
  });

  test('a name with a dot makes a strange host name', () => {
    const [warning] = warningsOf({ ...podOf({}), metadata: { name: 'web.1' } });
    expect(warning).toMatch(
      /^metadata\.name: this is used in the Pod's hostname, which can .*: \[must not contain dots\]$/,
    );
  });
});

test('a template is looked at again when it changes, and not when a label does', () => {
  const server = given();
  server.grant(create(deployment('web'), 'deployments.apps'));
  const warningsOfPatch = (patch: Json): readonly string[] => {
    const place = { resource: 'deployments.apps', namespace: 'default', name: 'web' };
    return server.grant({ verb: 'patch', ...place, patchType: 'merge', patch, strict: false }).warnings ?? [];
  };
  const [a, b] = ['a', 'b'].map((name) => ({ name, image: 'nginx', ports: [{ containerPort: 80 }] }));
  const containersTo = (...containers: readonly unknown[]): Json =>
    ({ spec: { template: { spec: { containers } } } }) as unknown as Json;
  expect(warningsOfPatch(containersTo(a))).toEqual([]);
  expect(warningsOfPatch(containersTo(a, b))).toEqual([
    'spec.template.spec.containers[1].ports[0]: duplicate port definition with spec.template.spec.containers[0].ports[0]',
  ]);
  expect(warningsOfPatch({ metadata: { labels: { tier: 'front' } } })).toEqual([]);
});
