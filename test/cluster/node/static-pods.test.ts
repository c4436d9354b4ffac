import { expect, test } from 'vitest';
import { MANIFESTS } from '../../../src/cluster/contract/control-plane-paths.ts';
import { hostFileSystem } from '../../../src/cluster/contract/file-key.ts';
import type { FileRow } from '../../../src/cluster/contract/file-row.ts';
import { manifestHash, readStaticPod } from '../../../src/cluster/node/static-pods/read-static-pod.ts';

const POD =
  'apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec: { containers: [{ name: a, image: nginx }] }\n';

function file(content: string, path = `${MANIFESTS}/web.yaml`): FileRow {
  return { fileSystem: hostFileSystem('Node-1'), path, kind: 'file', content, mode: 0o600, modifiedAt: 0 };
}

const READER = { node: 'Node-1', version: { minor: 36, patch: 0 }, seen: '2026-01-01T00:00:00.000000Z' };

test('a manifest becomes a pod of its node, known by what the file says', () => {
  const row = file(POD);
  const read = readStaticPod(row, READER);
  if ('problem' in read) throw new Error(read.problem);
  expect(read.pod.metadata).toMatchObject({
    name: 'web-node-1',
    namespace: 'default',
    uid: manifestHash(row),
    annotations: {
      'kubernetes.io/config.hash': manifestHash(row),
      'kubernetes.io/config.seen': READER.seen,
      'kubernetes.io/config.source': 'file',
    },
  });
  expect(read.pod.spec.nodeName).toBe('Node-1');
  expect(read.pod.spec.tolerations).toEqual([{ effect: 'NoExecute', operator: 'Exists' }]);
  expect(read.pod.spec.terminationGracePeriodSeconds).toBe(30);
});

test('what it says and where it lies make the difference, not when it was written', () => {
  const hash = manifestHash(file(POD));
  expect(hash).toMatch(/^[0-9a-f]{32}$/);
  expect(manifestHash({ ...file(POD), modifiedAt: 9 })).toBe(hash);
  expect(manifestHash(file(`${POD}#`))).not.toBe(hash);
  expect(manifestHash(file(POD, `${MANIFESTS}/other.yaml`))).not.toBe(hash);
});

test.each([
  ['no YAML', 'kind Pod\n  a: [', /./],
  ['something else', 'apiVersion: v1\nkind: Service\nmetadata: { name: a }\n', /invalid pod: Service/],
  [
    'no container',
    'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: {}\n',
    /spec\.containers: Required/,
  ],
  ['no name', POD.replace('name: web', 'labels: {}'), /metadata\.name: Required/],
  ['no image', POD.replace(', image: nginx', ''), /containers\[0\]\.image: Required/],
])('of %s no pod is made', (_, text, problem) => {
  const read = readStaticPod(file(text), READER);
  expect('problem' in read && read.problem).toMatch(problem);
});
