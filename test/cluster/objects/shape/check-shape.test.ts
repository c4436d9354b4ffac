import { describe, expect, test } from 'vitest';
import { checkShape, formatShapePath } from '../../../../src/cluster/objects/shape/check-shape.ts';
import { describeDecodingError } from '../../../../src/cluster/objects/shape/describe-decoding-error.ts';
import { nearMiss } from '../../../../src/cluster/objects/shape/near-miss.ts';

const POD = { apiVersion: 'v1', kind: 'Pod' };

function podProblems(spec: unknown, metadata: unknown = { name: 'x' }) {
  return checkShape({ ...POD, metadata, spec }, POD);
}

describe('a field that Kubernetes does not know', () => {
  test('is named with its place and with the field that was probably meant', () => {
    expect(podProblems({ containers: [{ name: 'c', imagee: 'y' }] })).toEqual([
      {
        code: 'unknownField',
        path: ['spec', 'containers', 0, 'imagee'],
        message: 'unknown field "spec.containers[0].imagee"',
        hint: 'did you mean "image"?',
      },
    ]);
  });

  test('is refused in the words of the recorded API server', () => {
    const problems = podProblems({ containers: [{ name: 'c', imagee: 'y' }] });
    expect(describeDecodingError(problems, POD)).toBe(
      'Pod in version "v1" cannot be handled as a Pod: strict decoding error: unknown field "spec.containers[0].imagee"',
    );
  });

  test('is listed with all others, in the order of the sorted keys', () => {
    const problems = podProblems(
      { zone: 1, containers: [{ livenesProbe: {} }, { args: [], foo: 1 }] },
      { nam: 'x' },
    );
    expect(describeDecodingError(problems, POD)).toBe(
      'Pod in version "v1" cannot be handled as a Pod: strict decoding error: ' +
        'unknown field "metadata.nam", ' +
        'unknown field "spec.containers[0].livenesProbe", unknown field "spec.containers[1].foo", ' +
        'unknown field "spec.zone"',
    );
  });

  test('is unknown in another case too, but never below free maps', () => {
    expect(podProblems({ Containers: [] }).map(({ hint }) => hint)).toEqual(['did you mean "containers"?']);
    expect(podProblems({ nodeSelector: { anything: 'goes' } }, { labels: { 'any/thing': '' } })).toEqual([]);
  });
});

describe('a value of the wrong type', () => {
  test('is refused in the words of the recorded API server', () => {
    // The recording's manifest says `image: y`, which YAML 1.1 reads as true.
    const deployment = { apiVersion: 'apps/v1', kind: 'Deployment' };
    const template = { spec: { containers: [{ name: 'c', image: true }] } };
    const problems = checkShape({ ...deployment, spec: { template, unknown: 1 } }, deployment);
    expect(describeDecodingError(problems, deployment)).toBe(
      'Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal bool into Go struct field ' +
        'Container.spec.template.spec.containers.image of type string',
    );
    expect(problems.map(({ code }) => code)).toEqual(['wrongType', 'unknownField']);
  });

  test.each<[spec: unknown, words: string]>([
    ['text', 'cannot unmarshal string into Go struct field Pod.spec of type v1.PodSpec'],
    [
      { containers: {} },
      'cannot unmarshal object into Go struct field PodSpec.spec.containers of type []v1.Container',
    ],
    [
      { containers: [{ command: 'ls' }] },
      'cannot unmarshal string into Go struct field Container.spec.containers.command of type []string',
    ],
    [
      { containers: [{ command: [1] }] },
      'cannot unmarshal number into Go struct field Container.spec.containers.command of type string',
    ],
    [
      { containers: [{ ports: [{ containerPort: '80' }] }] },
      'cannot unmarshal string into Go struct field ContainerPort.spec.containers.ports.containerPort of type int32',
    ],
    [
      { containers: [{ ports: [{ containerPort: 80.5 }] }] },
      'cannot unmarshal number 80.5 into Go struct field ContainerPort.spec.containers.ports.containerPort of type int32',
    ],
    [
      { restartPolicy: 1 },
      'cannot unmarshal number into Go struct field PodSpec.spec.restartPolicy of type v1.RestartPolicy',
    ],
    [
      { hostNetwork: 'yes' },
      'cannot unmarshal string into Go struct field PodSpec.spec.hostNetwork of type bool',
    ],
    [
      { nodeSelector: { disk: 1 } },
      'cannot unmarshal number into Go struct field PodSpec.spec.nodeSelector of type string',
    ],
    [
      { nodeSelector: [] },
      'cannot unmarshal array into Go struct field PodSpec.spec.nodeSelector of type map[string]string',
    ],
    [
      { containers: [{ resources: { limits: 'all' } }] },
      'cannot unmarshal string into Go struct field ResourceRequirements.spec.containers.resources.limits of type v1.ResourceList',
    ],
  ])('%j: %s', (spec, words) => {
    expect(podProblems(spec).map(({ message }) => message)).toEqual([`json: ${words}`]);
  });

  test('comes with what to do about it', () => {
    const hints = podProblems({
      hostNetwork: 'yes',
      containers: [{ command: 'ls', image: 1.5, ports: [{ containerPort: '80' }] }],
    }).map(({ hint }) => hint);
    expect(hints).toEqual([
      'this is a list: begin its items with "- "',
      'YAML reads this as another type: put it in quotes',
      'write the number without quotes',
      'write true or false, without quotes',
    ]);
  });
});

describe('a value that its type refuses', () => {
  test.each<[limits: unknown, words: string]>([
    [
      { memory: '64 megabytes' },
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    ],
    [
      { memory: '64Mib' },
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    ],
    [{ memory: '64mi' }, "unable to parse quantity's suffix"],
  ])('%j hides all other problems', (limits, words) => {
    const problems = podProblems({ containers: [{ name: 1, foo: 2, resources: { limits } }] });
    expect(describeDecodingError(problems, POD)).toBe(
      `Pod in version "v1" cannot be handled as a Pod: ${words}`,
    );
  });

  test.each<[time: unknown, words: string]>([
    ['now', 'parsing time "now" as "2006-01-02T15:04:05Z07:00": cannot parse "now" as "2006"'],
    ['2026-11-21', 'parsing time "2026-11-21" as "2006-01-02T15:04:05Z07:00": cannot parse "" as "T"'],
    ['2026-13-21T00:00:00Z', 'parsing time "2026-13-21T00:00:00Z": month out of range'],
    ['2026-01-01T24:00:00Z', 'parsing time "2026-01-01T24:00:00Z": hour out of range'],
    [5, 'json: cannot unmarshal number into Go value of type string'],
  ])('%j is no time', (time, words) => {
    expect(podProblems({}, { creationTimestamp: time }).map(({ message }) => message)).toEqual([words]);
  });

  test('is no base64 of a Secret', () => {
    const secret = { apiVersion: 'v1', kind: 'Secret' };
    const problems = checkShape({ ...secret, data: { good: 'aGk=', bad: 'not base64', number: 1 } }, secret);
    expect(problems.map(({ message }) => message)).toEqual([
      'illegal base64 data at input byte 3',
      'json: cannot unmarshal number into Go struct field Secret.data of type []uint8',
    ]);
  });
});

describe('a shape is right', () => {
  test('with nulls, with ports by name and by number, and with quantities as numbers', () => {
    const probe = (port: unknown): object => ({ httpGet: { port } });
    expect(
      podProblems({
        containers: [
          {
            name: null,
            livenessProbe: probe('http'),
            readinessProbe: probe(80),
            resources: { limits: { cpu: 1 } },
          },
        ],
        tolerations: null,
      }),
    ).toEqual([]);
  });

  test('but for ports that are neither', () => {
    const spec = { containers: [{ livenessProbe: { tcpSocket: { port: true } } }] };
    expect(podProblems(spec).map(({ message }) => message)).toEqual([
      'json: cannot unmarshal bool into Go value of type int32',
    ]);
  });
});

describe('a kind that Kubernetes does not know', () => {
  test.each`
    apiVersion              | kind            | hint
    ${'v1'}                 | ${'Pood'}       | ${'did you mean kind "Pod"?'}
    ${'v1'}                 | ${'Deployment'} | ${'Deployment is in apiVersion "apps/v1"'}
    ${'extensions/v1beta1'} | ${'Deployment'} | ${'Deployment is in apiVersion "apps/v1"'}
    ${'v1'}                 | ${'Zebra'}      | ${undefined}
  `('$apiVersion $kind: $hint', ({ apiVersion, kind, hint }) => {
    const [problem] = checkShape({}, { apiVersion, kind });
    expect(problem).toMatchObject({
      code: 'unknownKind',
      message: `no matches for kind "${kind}" in version "${apiVersion}"`,
    });
    expect(problem?.hint).toBe(hint);
  });
});

test.each`
  word              | meant
  ${'imagee'}       | ${'image'}
  ${'livnessProbe'} | ${'livenessProbe'}
  ${'prots'}        | ${'ports'}
  ${'EnvFrom'}      | ${'envFrom'}
  ${'x'}            | ${undefined}
  ${'zebra'}        | ${undefined}
`('"$word" is near to $meant', ({ word, meant }) => {
  expect(nearMiss(word, ['ports', 'image', 'livenessProbe', 'envFrom', 'env'])).toBe(meant);
});

test('a place is written as Kubernetes writes it', () => {
  expect(formatShapePath(['spec', 'containers', 0, 'env', 12, 'name'])).toBe(
    'spec.containers[0].env[12].name',
  );
});
