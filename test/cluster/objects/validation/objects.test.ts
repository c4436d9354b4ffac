import { describe, expect, test } from 'vitest';
import { createErrors, objectOf, updateErrors } from './new-objects.ts';

const dnsSubdomain =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and " +
  "end with an alphanumeric character (e.g. 'example.com', regex used for validation is " +
  "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const keyName =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric " +
  "character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is " +
  "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const labelValue =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and " +
  "end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is " +
  "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

describe('metadata', () => {
  test.each<[metadata: object, ...errors: string[]]>([
    [{ name: '' }, 'metadata.name: Required value: name or generateName is required'],
    [{ name: 'Web' }, `metadata.name: Invalid value: "Web": ${dnsSubdomain}`],
    [{ generateName: 'Web-' }, `metadata.generateName: Invalid value: "Web-": ${dnsSubdomain}`],
    [
      { name: 'a'.repeat(254) },
      `metadata.name: Invalid value: "${'a'.repeat(254)}": must be no more than 253 characters`,
    ],
    [{ namespace: '' }, 'metadata.namespace: Required value'],
    [{ labels: { '-a': 'b' } }, `metadata.labels: Invalid value: "-a": ${keyName}`],
    [{ labels: { a: 'b c' } }, `metadata.labels: Invalid value: "b c": ${labelValue}`],
    [
      { labels: { a: 'b'.repeat(64) } },
      `metadata.labels: Invalid value: "${'b'.repeat(64)}": must be no more than 63 bytes`,
    ],
    [{ labels: { '/a': 'b' } }, 'metadata.labels: Invalid value: "/a": prefix part must be non-empty'],
    [{ labels: { 'A_b/c': 'd' } }, `metadata.labels: Invalid value: "A_b/c": prefix part ${dnsSubdomain}`],
    [{ annotations: { 'a b': 'any text' } }, `metadata.annotations: Invalid value: "a b": ${keyName}`],
    [
      { annotations: { a: 'x'.repeat(262_144) } },
      'metadata.annotations: Too long: may not be more than 262144 bytes',
    ],
    [
      { finalizers: ['mine'] },
      'metadata.finalizers[0]: Invalid value: "mine": name is neither a standard finalizer name nor is it fully qualified',
    ],
    [
      {
        ownerReferences: [
          { apiVersion: 'v1', kind: 'A', name: 'a', uid: '1', controller: true },
          { apiVersion: 'v1', kind: 'B', name: 'b', uid: '', controller: true },
        ],
      },
      'metadata.ownerReferences.uid: Invalid value: "": must not be empty',
      'metadata.ownerReferences: Invalid value: [{"apiVersion":"v1","controller":true,"kind":"A","name":"a","uid":"1"},' +
        '{"apiVersion":"v1","controller":true,"kind":"B","name":"b","uid":""}]: Only one reference can have Controller ' +
        'set to true. Found "true" in references for A/a and B/b',
    ],
  ])('%j is refused', (metadata, ...errors) => {
    expect(createErrors(objectOf('ConfigMap', {}, metadata))).toEqual(errors);
  });

  test('may say much that is right', () => {
    const metadata = {
      generateName: 'x-',
      labels: { 'example.com/My_Key.1': '', app: 'A-b_c.d' },
      annotations: { 'Example.COM/Any': '{"free": "text"}' },
      finalizers: ['foregroundDeletion', 'example.com/f'],
    };
    expect(createErrors(objectOf('ConfigMap', {}, metadata))).toEqual([]);
  });

  test.each<[kind: string, name: string, ...errors: string[]]>([
    ['ClusterRole', 'system:node'],
    ['ClusterRole', 'a/b', `metadata.name: Invalid value: "a/b": may not contain '/'`],
    ['Endpoints', 'a.b'],
  ])('of a %s may be named %s', (kind, name, ...errors) => {
    const isNamespaced = kind !== 'ClusterRole';
    const apiVersion = isNamespaced ? 'v1' : 'rbac.authorization.k8s.io/v1';
    const metadata = { name, ...(isNamespaced ? { namespace: 'default' } : {}) };
    expect(createErrors({ apiVersion, kind, metadata })).toEqual(errors);
  });

  test('of a node has no namespace', () => {
    expect(createErrors(objectOf('Node', {}, { namespace: 'default' }))).toEqual([
      'metadata.namespace: Forbidden: not allowed on this type',
    ]);
  });
});

describe('a namespace', () => {
  test('is named by a label', () => {
    expect(createErrors(objectOf('Namespace', {}, { name: 'a.b' }))).toEqual([
      'metadata.name: Invalid value: "a.b": must not contain dots',
    ]);
  });

  test('is Active or Terminating as it is being deleted or not', () => {
    const active = objectOf('Namespace', { status: { phase: 'Active' } });
    const terminating = objectOf('Namespace', { status: { phase: 'Terminating' } });
    const deleted = {
      ...active,
      metadata: { ...active.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' },
    };
    expect(updateErrors(terminating, active, 'status')).toEqual([
      'status.Phase: Invalid value: "Terminating": may only be \'Active\' if `deletionTimestamp` is empty',
    ]);
    expect(updateErrors(deleted, deleted, 'status')).toEqual([
      'status.Phase: Invalid value: "Active": ' +
        "may only be 'Terminating' if `deletionTimestamp` is not empty",
    ]);
  });
});

describe('a node', () => {
  test.each<[spec: object, ...errors: string[]]>([
    [
      { taints: [{ key: 'a', effect: 'Bad' }] },
      'metadata.taints[0].effect: Unsupported value: "Bad": supported values: "NoSchedule", "PreferNoSchedule", "NoExecute"',
    ],
    [
      {
        taints: [
          { key: 'a', effect: 'NoExecute' },
          { key: 'a', effect: 'NoExecute', value: 'b' },
        ],
      },
      'metadata.taints[1]: Duplicate value: {"effect":"NoExecute","key":"a","value":"b"}: taints must be unique by key and effect pair',
    ],
    [
      { podCIDRs: ['10.0.0.0/33'] },
      'spec.podCIDRs[0]: Invalid value: "10.0.0.0/33": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)',
    ],
  ])('with %j is refused', (spec, ...errors) => {
    expect(createErrors(objectOf('Node', { spec }))).toEqual(errors);
  });

  test.each<[before: object, after: object, ...errors: string[]]>([
    [{}, { podCIDR: '10.0.0.0/24', podCIDRs: ['10.0.0.0/24'], providerID: 'p', unschedulable: true }],
    [
      { podCIDRs: ['10.0.0.0/24'] },
      { podCIDRs: ['10.0.1.0/24'] },
      'spec.podCIDRs: Forbidden: node updates may not change podCIDR except from "" to valid',
    ],
    [
      { providerID: 'a' },
      { providerID: 'b' },
      'spec.providerID: Forbidden: node updates may not change providerID except from "" to valid',
    ],
  ])('that was %j and becomes %j', (before, after, ...errors) => {
    expect(updateErrors(objectOf('Node', { spec: after }), objectOf('Node', { spec: before }))).toEqual(
      errors,
    );
  });
});

describe('an Event', () => {
  const about = (namespace: string | undefined, metadata: object, rest: object = {}): readonly string[] => {
    const involvedObject = namespace === undefined ? {} : { namespace };
    return createErrors(objectOf('Event', { involvedObject, ...rest }, metadata));
  };
  const mismatch = 'does not match event.namespace';

  test('lies in the namespace of its object, and in default when the object has none', () => {
    expect(about('a', { namespace: 'a' })).toEqual([]);
    expect(about(undefined, { namespace: 'default' })).toEqual([]);
    expect(about('a', { namespace: 'b' })).toEqual([
      `involvedObject.namespace: Invalid value: "a": ${mismatch}`,
    ]);
    expect(about(undefined, { namespace: 'b' })).toEqual([
      `involvedObject.namespace: Invalid value: "": ${mismatch}`,
    ]);
  });

  test('with a time says who reports what', () => {
    const timed = {
      eventTime: '2026-01-01T00:00:00.000000Z',
      reason: 'r'.repeat(129),
      message: 'm'.repeat(1025),
    };
    expect(about('a', { namespace: 'a' }, timed)).toEqual([
      'reportingComponent: Required value',
      expect.stringContaining('reportingComponent: Invalid value: "": name part must be non-empty'),
      expect.stringContaining('reportingComponent: Invalid value: "": name part must consist'),
      'reportingInstance: Required value',
      'action: Required value',
      'reason: Invalid value: "": can have at most 128 characters',
      'message: Invalid value: "": can have at most 1024 characters',
    ]);
  });
});

describe('a ConfigMap', () => {
  test.each<[fields: object, ...errors: string[]]>([
    [
      { data: { 'a b': '' } },
      `data[a b]: Invalid value: "a b": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')`,
    ],
    [{ data: { '..': '' } }, `data[..]: Invalid value: "..": must not be '..'`],
    [
      { data: { a: '' }, binaryData: { a: 'aGk=' } },
      'data[a]: Invalid value: "a": duplicate of key present in binaryData',
    ],
    [{ data: { a: '한'.repeat(349_526) } }, '[]: Too long: may not be more than 1048576 bytes'],
  ])('%# is refused', (fields, ...errors) => {
    expect(createErrors(objectOf('ConfigMap', fields))).toEqual(errors);
  });

  test('of a megabyte is not too long', () => {
    expect(createErrors(objectOf('ConfigMap', { data: { a: 'x'.repeat(1_048_576) } }))).toEqual([]);
  });

  test('that is immutable stays as it is', () => {
    const frozen = objectOf('ConfigMap', { data: { a: '1' }, immutable: true });
    const detail = 'Forbidden: field is immutable when `immutable` is set';
    expect(updateErrors(objectOf('ConfigMap', { data: { a: '2' } }), frozen)).toEqual([
      `immutable: ${detail}`,
      `data: ${detail}`,
    ]);
    expect(updateErrors(frozen, frozen)).toEqual([]);
  });
});

describe('a Secret', () => {
  test.each<[type: string, data: object, ...errors: string[]]>([
    ['kubernetes.io/tls', {}, 'data[tls.crt]: Required value', 'data[tls.key]: Required value'],
    ['kubernetes.io/basic-auth', {}, 'data[username]: Required value', 'data[password]: Required value'],
    ['kubernetes.io/basic-auth', { username: 'YQ==' }],
    ['kubernetes.io/ssh-auth', { 'ssh-privatekey': '' }, 'data[ssh-privatekey]: Required value'],
    ['kubernetes.io/dockerconfigjson', {}, 'data[.dockerconfigjson]: Required value'],
    [
      'kubernetes.io/dockerconfigjson',
      { '.dockerconfigjson': '' },
      'data[.dockerconfigjson]: Invalid value: "<secret contents redacted>": unexpected end of JSON input',
    ],
    ['kubernetes.io/dockerconfigjson', { '.dockerconfigjson': 'e30=' }],
    [
      'kubernetes.io/service-account-token',
      {},
      'metadata.annotations[kubernetes.io/service-account.name]: Required value',
    ],
    ['example.com/own', {}],
  ])('of type %s with %j', (type, data, ...errors) => {
    expect(createErrors(objectOf('Secret', { type, data }))).toEqual(errors);
  });

  test('keeps its type', () => {
    const before = objectOf('Secret', { type: 'a' });
    expect(updateErrors(objectOf('Secret', { type: 'b' }), before)).toEqual([
      'type: Invalid value: "b": field is immutable',
    ]);
  });
});
