import { describe, expect, test } from 'vitest';
import { withDefaults } from '../../../../src/cluster/objects/defaults/apply-defaults.ts';
import type { KubeObject } from '../../../../src/cluster/objects/kube-object.ts';
import { createErrors, updateErrors } from './new-objects.ts';

const V136 = { minor: 36, patch: 2 };

describe('a Service', () => {
  const serviceOf = (spec: object): KubeObject =>
    withDefaults(
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'web', namespace: 'default' },
        spec,
      } as KubeObject,
      V136,
    );

  test.each<[spec: object, errors: readonly string[]]>([
    [{ ports: [{ port: 80 }] }, []],
    [{}, ['spec.ports: Required value']],
    [{ clusterIP: 'None' }, []],
    [
      { ports: [{ port: 80 }, { port: 81 }] },
      ['spec.ports[0].name: Required value', 'spec.ports[1].name: Required value'],
    ],
    [
      {
        ports: [
          { name: 'a', port: 80 },
          { name: 'a', port: 81 },
        ],
      },
      ['spec.ports[1].name: Duplicate value: "a"'],
    ],
    [
      { ports: [{ port: 70_000 }] },
      [
        'spec.ports[0].port: Invalid value: 70000: must be between 1 and 65535, inclusive',
        'spec.ports[0].targetPort: Invalid value: 70000: must be between 1 and 65535, inclusive',
      ],
    ],
    [
      {
        ports: [
          { name: 'a', port: 80 },
          { name: 'b', port: 80 },
        ],
      },
      [
        'spec.ports[1]: Duplicate value: {"Name":"","Protocol":"TCP","AppProtocol":null,"Port":80,"TargetPort":0,"NodePort":0}',
      ],
    ],
    [{ type: 'ExternalName' }, ['spec.externalName: Required value']],
    [
      { type: 'NodePort', clusterIP: 'None', ports: [{ port: 80 }] },
      ['spec.clusterIPs[0]: Invalid value: "None": may not be set to \'None\' for NodePort services'],
    ],
    [
      { type: 'Internal', ports: [{ port: 80 }] },
      [
        'spec.type: Unsupported value: "Internal": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"',
      ],
    ],
    [
      { ports: [{ port: 80, nodePort: 30_100 }] },
      ["spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'"],
    ],
  ])('with %j', (spec, errors) => {
    expect(createErrors(serviceOf(spec))).toEqual(errors);
  });

  test('has a name without dots', () => {
    const service = serviceOf({ ports: [{ port: 80 }] });
    const metadata = { ...service.metadata, name: 'a.b' };
    expect(createErrors({ ...service, metadata })).toEqual([
      'metadata.name: Invalid value: "a.b": must not contain dots',
    ]);
  });

  test('keeps its address', () => {
    const at = (clusterIP: string) =>
      serviceOf({ clusterIP, clusterIPs: [clusterIP], ports: [{ port: 80 }] });
    expect(updateErrors(at('10.96.0.7'), at('10.96.0.8'))).toEqual([
      'spec.clusterIPs[0]: Invalid value: ["10.96.0.7"]: may not change once set',
    ]);
  });
});
