import { describe, expect, test } from 'vitest';
import {
  printTables,
  type TableOptions,
} from '../../../../../../src/cluster/clients/kubectl/print/table/print-table.ts';
import type { KubeObject } from '../../../../../../src/cluster/objects/kube-object.ts';
import { resourceOf } from '../../../../../../src/cluster/objects/schema/resources.ts';

const NOW = Date.parse('2026-11-21T05:10:00Z');

function listed(word: string, ...objects: readonly object[]) {
  const resource = resourceOf(word);
  if (resource === undefined) throw new Error(`${word} is no resource`);
  return { resource, objects: objects as readonly KubeObject[] };
}

const settings = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {
    name: 'settings',
    namespace: 'shop',
    creationTimestamp: '2026-11-21T05:09:00Z',
    labels: { b: '2', 'example.com/tier': 'x' },
  },
  data: { a: '1' },
};
const other = {
  ...settings,
  metadata: { name: 'a-longer-name', namespace: 'default', creationTimestamp: '2026-11-21T05:09:30Z' },
};
const shop = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'shop', creationTimestamp: '2026-11-21T05:00:00Z' },
  status: { phase: 'Active' },
};
const lease = {
  apiVersion: 'coordination.k8s.io/v1',
  kind: 'Lease',
  metadata: { name: 'leader', namespace: 'shop' },
  spec: { holderIdentity: 'x' },
};

function printed(answers: Parameters<typeof printTables>[0], options: Partial<TableOptions> = {}): string {
  return printTables(answers, { now: NOW, version: { minor: 36, patch: 0 }, ...options });
}

const both = [listed('cm', settings, other)];

describe('printTables', () => {
  test.each<[string, Parameters<typeof printTables>[0], Partial<TableOptions>, string]>([
    [
      'a list',
      both,
      {},
      'NAME            DATA   AGE\nsettings        1      60s\na-longer-name   1      30s\n',
    ],
    ['no headers', both, { noHeaders: true }, 'settings        1     60s\na-longer-name   1     30s\n'],
    [
      'all namespaces',
      both,
      { allNamespaces: true },
      'NAMESPACE   NAME            DATA   AGE\nshop        settings        1      60s\ndefault     a-longer-name   1      30s\n',
    ],
    [
      'all namespaces of what has none',
      [listed('ns', shop)],
      { allNamespaces: true },
      'NAME   STATUS   AGE\nshop   Active   10m\n',
    ],
    [
      'labels',
      both,
      { showLabels: true },
      'NAME            DATA   AGE   LABELS\nsettings        1      60s   b=2,example.com/tier=x\na-longer-name   1      30s   <none>\n',
    ],
    [
      'labels as columns',
      both,
      { labelColumns: ['example.com/tier', 'none'] },
      'NAME            DATA   AGE   TIER   NONE\nsettings        1      60s   x      \na-longer-name   1      30s          \n',
    ],
    [
      'kinds',
      both,
      { showKind: true },
      'NAME                      DATA   AGE\nconfigmap/settings        1      60s\nconfigmap/a-longer-name   1      30s\n',
    ],
    [
      'several kinds, which say what they are',
      [listed('cm', settings), listed('lease', lease)],
      {},
      'NAME                 DATA   AGE\nconfigmap/settings   1      60s\n\nNAME                               HOLDER   AGE\nlease.coordination.k8s.io/leader   x        <unknown>\n',
    ],
    [
      'several kinds of which one has nothing',
      [listed('secret'), listed('cm', settings)],
      {},
      'NAME                 DATA   AGE\nconfigmap/settings   1      60s\n',
    ],
    [
      'objects that were asked for one by one share a table',
      [listed('cm', settings), listed('cm', other)],
      {},
      'NAME            DATA   AGE\nsettings        1      60s\na-longer-name   1      30s\n',
    ],
    ['nothing', [listed('cm')], {}, ''],
  ])('%s', (_, answers, options, text) => {
    expect(printed(answers, options)).toBe(text);
  });

  test('a cell ends at its first line break, and control characters are shown', () => {
    const event = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: 'e', namespace: 'shop' },
      involvedObject: { kind: 'Pod', name: 'web' },
      message: 'one\u001b[31m\ntwo',
      reason: 'Failed',
      type: 'Warning',
    };
    expect(printed([listed('events', event)])).toBe(
      'LAST SEEN   TYPE      REASON   OBJECT    MESSAGE\n<unknown>   Warning   Failed   pod/web   one^[[31m...\n',
    );
  });
});
