import { expect, test } from 'vitest';
import type { CSINode } from '../../../src/cluster/objects/kubernetes.ts';
import { given, type Server } from './server.ts';

const CSI_NODES = 'csinodes.storage.k8s.io';
const node = (name: string): object => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, uid: `of-${name}` },
});
const namesIn = (server: Server): unknown[] =>
  (server.grant({ verb: 'list', resource: CSI_NODES }).items ?? []).map(({ metadata }) => metadata.name);

test('each node tells of no drivers yet, and its CSINode is written with the first change', () => {
  const server = given([node('node-1'), node('node-2')]);
  expect(namesIn(server)).toEqual(['node-1', 'node-2']);
  expect(server.stored(CSI_NODES, undefined, 'node-1')).toBeUndefined();
  const patch = { metadata: { labels: { seen: 'yes' } } };
  server.grant({ verb: 'patch', resource: CSI_NODES, name: 'node-1', patchType: 'merge', patch });
  const stored = server.stored<CSINode>(CSI_NODES, undefined, 'node-1');
  expect(stored?.metadata).toMatchObject({
    labels: { seen: 'yes' },
    ownerReferences: [{ kind: 'Node', name: 'node-1', uid: 'of-node-1' }],
  });
  expect(namesIn(server)).toEqual(['node-1', 'node-2']);
});

test('a CSINode that was deleted stays gone', () => {
  const server = given([node('node-1'), node('node-2')]);
  server.grant({ verb: 'delete', resource: CSI_NODES, name: 'node-1' });
  expect(namesIn(server)).toEqual(['node-2']);
  expect(server.refuse({ verb: 'get', resource: CSI_NODES, name: 'node-1' }).reason).toBe('NotFound');
});
