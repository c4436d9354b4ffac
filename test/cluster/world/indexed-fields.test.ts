import { describe, expect, test } from 'vitest';
import { meets } from '../../../src/cluster/world/change-outline.ts';
import { INDEXED_FIELDS, objectIndexes } from '../../../src/cluster/world/world.ts';
import { fieldsRead } from '../../support/fields-read.ts';
import { playedLog } from '../../support/play-scenario.ts';

const created = playedLog('rolling-update').flatMap(({ event }) =>
  event.type === 'ObjectCreated' ? [event.object] : [],
);
const promised = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'default' },
  spec: { containers: [] },
  status: { nominatedNodeName: 'node-1' },
};
const read = new Set(
  Object.values(objectIndexes).flatMap((index) =>
    typeof index === 'function' ? [...created, promised].flatMap((object) => fieldsRead(object, index)) : [],
  ),
);

describe('what objects are found by', () => {
  test('is named field by field, so that an update of anything else need not be looked at', () => {
    expect([...read].filter((field) => !INDEXED_FIELDS.some((named) => meets(field, named)))).toEqual([]);
  });

  test('is no more than what indexes read', () => {
    expect(INDEXED_FIELDS.filter((named) => ![...read].some((field) => meets(field, named)))).toEqual([]);
  });
});
