import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { templateHash } from '../../../../src/cluster/controllers/shared/template-hash.ts';
import type { KubeObject } from '../../../../src/cluster/objects/kube-object.ts';
import type { DaemonSet, PodTemplateSpec, ReplicaSet } from '../../../../src/cluster/objects/kubernetes.ts';
import { parseKubeVersion } from '../../../../src/cluster/objects/versions.ts';
import { hasRecordings, readRecording, recordingNames } from '../../objects/recordings.ts';
import { labels, podSpec } from '../workloads.ts';

const version = { minor: 36, patch: 0 };
const template = { metadata: { labels }, spec: podSpec };

test('a template has one hash, whatever the order of its fields', () => {
  const turned = { spec: podSpec, metadata: { labels } };
  const circumstances = { collisions: undefined, version };
  expect(templateHash(turned, circumstances)).toBe(templateHash(template, circumstances));
});

test('another template, or a collision, has another hash', () => {
  const other = { ...template, metadata: { labels, annotations: { note: 'größer 🙂' } } };
  const hashes = [
    templateHash(template, { collisions: undefined, version }),
    templateHash(template, { collisions: 0, version }),
    templateHash(template, { collisions: 1, version }),
    templateHash(other, { collisions: undefined, version }),
  ];
  expect(new Set(hashes).size).toBe(4);
});

/**
 * Excerpts of the recordings, with and without probes, resources, volumes, annotations; and the one of a
 * Deployment whose first name was taken.
 */
interface Recorded {
  readonly version: string;
  readonly hash: string;
  readonly collisions?: number;
  readonly template: PodTemplateSpec;
}

const excerpts = readFileSync(new URL('fixtures/template-hashes.ndjson', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded);

test.each(excerpts)('$version: a real cluster called it $hash', ({ hash, collisions, ...recorded }) => {
  const circumstances = { collisions, version: parseKubeVersion(recorded.version) ?? version };
  expect(templateHash(recorded.template, circumstances)).toBe(hash);
});

/**
 * What `kubectl create deployment nginx --image=nginx` has been called in public by clusters of each version.
 */
test.each`
  minor | hash
  ${20} | ${'6799fc88d8'}
  ${23} | ${'85b98978db'}
  ${24} | ${'8f458dc5b'}
  ${25} | ${'76d6c9b8c'}
  ${26} | ${'748c667d99'}
  ${27} | ${'77b4fdf86c'}
  ${28} | ${'7854ff8877'}
  ${30} | ${'bf5d5cf98'}
  ${31} | ${'676b6c5bbc'}
  ${32} | ${'5869d7778c'}
`('in 1.$minor the nginx that everybody makes first is $hash', ({ minor, hash }) => {
  const container = {
    name: 'nginx',
    image: 'nginx',
    resources: {},
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: 'Always',
  };
  const spec = {
    containers: [container],
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    securityContext: {},
    schedulerName: 'default-scheduler',
  };
  const nginx = { metadata: { labels: { app: 'nginx' } }, spec };
  expect(templateHash(nginx, { collisions: undefined, version: { minor, patch: 0 } })).toBe(hash);
});

describe.skipIf(!hasRecordings)('recorded clusters (skipped without ../shared/groundtruth)', () => {
  test.each(recordingNames())('%s: each template has the hash that it had there', (name) => {
    const recording = readRecording(name);
    const differing: string[] = [];
    for (const { object } of recording.events) {
      const pair = pairOf(object);
      if (pair === undefined) continue;
      // How often a name was taken is the Deployment's to know; none had it taken twice.
      const hashes = [undefined, 1].map((collisions) =>
        templateHash(pair.template, { collisions, version: recording.version }),
      );
      if (!hashes.includes(pair.hash)) differing.push(`${object.metadata.name}: ${hashes.join(' or ')}`);
    }
    expect(differing).toEqual([]);
  });
});

function pairOf(
  object: KubeObject,
): { readonly template: PodTemplateSpec; readonly hash: string } | undefined {
  if (object.kind === 'ReplicaSet') {
    const { metadata, spec } = object as ReplicaSet;
    const { 'pod-template-hash': hash, ...labels } = spec.template?.metadata?.labels ?? {};
    if (hash === undefined || metadata.labels?.['pod-template-hash'] !== hash) return undefined;
    return { hash, template: { ...spec.template, metadata: { ...spec.template?.metadata, labels } } };
  }
  const { data, metadata } = object as { data?: { spec?: Pick<DaemonSet['spec'], 'template'> } } & KubeObject;
  const isDaemonSets = metadata?.ownerReferences?.[0]?.kind === 'DaemonSet';
  const hash = metadata?.labels?.['controller-revision-hash'];
  if (object.kind !== 'ControllerRevision' || !isDaemonSets || hash === undefined) return undefined;
  const { $patch: _, ...template } = (data?.spec?.template ?? {}) as PodTemplateSpec & { $patch?: string };
  return { hash, template };
}
