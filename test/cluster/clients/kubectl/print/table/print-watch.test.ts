import { expect, test } from 'vitest';
import {
  NOTHING_WATCHED,
  printWatched,
  type WatchedChange,
  type WatchOptions,
} from '../../../../../../src/cluster/clients/kubectl/print/table/print-watch.ts';
import type { KubeObject } from '../../../../../../src/cluster/objects/kube-object.ts';
import { resourceOf } from '../../../../../../src/cluster/objects/schema/resources.ts';

const CONTEXT = { now: Date.parse('2026-11-21T05:10:00Z'), version: { minor: 36, patch: 0 } };

function change(type: WatchedChange['type'], name: string, phase: string): WatchedChange {
  const metadata = { name, creationTimestamp: '2026-11-21T05:09:00Z' };
  return {
    type,
    object: { apiVersion: 'v1', kind: 'Namespace', metadata, status: { phase } } as unknown as KubeObject,
  };
}

/** What is printed for changes that come in these portions. */
function printed(
  portions: readonly (readonly WatchedChange[])[],
  options: Partial<WatchOptions> = {},
): string[] {
  const namespaces = resourceOf('namespaces');
  if (namespaces === undefined) throw new Error('there are namespaces');
  let output = NOTHING_WATCHED;
  return portions.map((portion) => {
    const result = printWatched(namespaces, portion, { ...CONTEXT, ...options }, output);
    output = result.output;
    return result.text;
  });
}

const shop = change('ADDED', 'shop', 'Active');
const going = change('MODIFIED', 'shop', 'Terminating');
const gone = change('DELETED', 'shop', 'Terminating');

test('the header comes once, and a column never becomes narrower', () => {
  expect(printed([[shop], [going], [], [change('ADDED', 'x', 'Active')]])).toEqual([
    'NAME   STATUS   AGE\nshop   Active   60s\n',
    'shop   Terminating   60s\n',
    '',
    'x      Active        60s\n',
  ]);
});

test('the header waits for the first object', () => {
  expect(printed([[], [shop]])).toEqual(['', 'NAME   STATUS   AGE\nshop   Active   60s\n']);
});

test('with --output-watch-events each row says what happened', () => {
  expect(printed([[shop], [going], [gone]], { outputWatchEvents: true })).toEqual([
    'EVENT      NAME   STATUS   AGE\nADDED      shop   Active   60s\n',
    'MODIFIED   shop   Terminating   60s\n',
    'DELETED    shop   Terminating   60s\n',
  ]);
});

test('without headers there are rows only', () => {
  expect(printed([[shop], [going]], { noHeaders: true })).toEqual([
    'shop   Active   60s\n',
    'shop   Terminating   60s\n',
  ]);
});
