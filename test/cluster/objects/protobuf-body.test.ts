import { describe, expect, test } from 'vitest';
import { decodeBytes } from '../../../src/cluster/objects/base64.ts';
import { decodeProtobuf, numbersKnown } from '../../../src/cluster/objects/protobuf/decode-protobuf.ts';
import { typeNamed } from '../../../src/cluster/objects/schema/read-schema-table.ts';

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(decodeBytes(text) ?? []);
}

/** What kubectl 1.33 sends. */
const SENT: readonly (readonly [what: string, body: string, object: object])[] = [
  [
    'create deployment',
    [
      'azhzAAoVCgdhcHBzL3YxEgpEZXBsb3ltZW50EsEBCiEKBHplcm8SABoAIgAqADIAOABCAFoLCgNhcHASBHplcm8SjQEIABIN',
      'CgsKA2FwcBIEemVybxpyCh0KABIAGgAiACoAMgA4AEIAWgsKA2FwcBIEemVybxJREjMKBW5naW54EgpuZ2lueDoxLjI1KgAy',
      'CgoAEAAYUCIAKgBCAGoAcgCAAQCIAQCQAQCiAQAaADIAQgBKAFIAWABgAGgAggEAigEAmgEAwgEAIgIKACgAOAAaDAgAEAAY',
      'ACAAKAA4ABoAIgA=',
    ].join(''),
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'zero', labels: { app: 'zero' } },
      spec: {
        replicas: 0,
        selector: { matchLabels: { app: 'zero' } },
        template: { spec: { containers: [{ image: 'nginx:1.25', ports: [{ containerPort: 80 }] }] } },
      },
    },
  ],
  [
    'create job',
    [
      'azhzAAoPCghiYXRjaC92MRIDSm9iEoYBChEKAWoSABoAIgAqADIAOABCABJnMmUKEAoAEgAaACIAKgAyADgAQgASURIuCgFq',
      'EgdidXN5Ym94GgJzaBoCLWMaBGRhdGUqAEIAagByAIABAIgBAJABAKIBABoFTmV2ZXIyAEIASgBSAFgAYABoAIIBAIoBAJoB',
      'AMIBABoIIAAoADAAOgAaACIA',
    ].join(''),
    { kind: 'Job', spec: { template: { spec: { containers: [{ command: ['sh', '-c', 'date'] }] } } } },
  ],
  [
    'create token',
    [
      'azhzAAooChhhdXRoZW50aWNhdGlvbi5rOHMuaW8vdjESDFRva2VuUmVxdWVzdBIdChAKABIAGgAiACoAMgA4AEIAEgMgkBwa',
      'BAoAEgAaACIA',
    ].join(''),
    { kind: 'TokenRequest', spec: { expirationSeconds: 3600 } },
  ],
  [
    'auth can-i',
    [
      'azhzAAoyChdhdXRob3JpemF0aW9uLms4cy5pby92MRIXU2VsZlN1YmplY3RBY2Nlc3NSZXZpZXcSPQoQCgASABoAIgAqADIA',
      'OABCABIfCh0KB2RlZmF1bHQSBGxpc3QaACIAKgRwb2RzMgA6ABoICAASABoAIAAaACIA',
    ].join(''),
    {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes: { namespace: 'default', verb: 'list', resource: 'pods' } },
    },
  ],
  [
    'create quota',
    ['azhzAAoTCgJ2MRINUmVzb3VyY2VRdW90YRInChEKAXESABoAIgAqADIAOABCABIQCg4KA2NwdRIHCgUxNTAwbRoAGgAiAA=='].join(
      '',
    ),
    { kind: 'ResourceQuota', spec: { hard: { cpu: '1500m' } } },
  ],
  [
    'create pdb',
    [
      'azhzAAogCglwb2xpY3kvdjESE1BvZERpc3J1cHRpb25CdWRnZXQSOgoRCgFwEgAaACIAKgAyADgAQgASGRIMCgoKA2FwcBID',
      'd2ViGgkIARAAGgMzMCUaCggAGAAgACgAMAAaACIA',
    ].join(''),
    { kind: 'PodDisruptionBudget', spec: { maxUnavailable: '30%' } },
  ],
];

describe('a body in protobuf', () => {
  test.each(SENT)('of kubectl %s says what its JSON would', (_what, body, object) => {
    expect(decodeProtobuf(bytesOf(body))).toMatchObject(object);
  });

  test('that is cut anywhere is an object or none, and nothing breaks', () => {
    for (const [, body] of SENT) {
      const whole = bytesOf(body);
      for (let length = 0; length < whole.length; length += 1)
        expect(typeof decodeProtobuf(whole.subarray(0, length))).toMatch(/^(?:object|undefined)$/);
    }
  });

  test('of which a byte is another is an object or none, and nothing breaks', () => {
    for (const [, body] of SENT) {
      for (let place = 4; place < bytesOf(body).length; place += 1) {
        const changed = bytesOf(body);
        changed[place] = (changed[place] ?? 0) ^ 0xa5;
        expect(typeof decodeProtobuf(changed)).toMatch(/^(?:object|undefined)$/);
      }
    }
  });
});

test('each type of the table of numbers has as many as the schema has fields', () => {
  const differing = [...numbersKnown()].filter(([type, count]) => typeNamed(type)?.fields.size !== count);
  expect(differing).toEqual([]);
  expect(numbersKnown().size).toBeGreaterThan(400);
});
