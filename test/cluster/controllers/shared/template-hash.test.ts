import { expect, test } from 'vitest';
import { templateHash } from '../../../../src/cluster/controllers/shared/template-hash.ts';
import { labels, podSpec } from '../workloads.ts';

const template = { metadata: { labels }, spec: podSpec };

test('a template has one hash, whatever the order of its fields', () => {
  const turned = { spec: podSpec, metadata: { labels } };
  expect(templateHash(turned, undefined)).toBe(templateHash(template, undefined));
  expect(templateHash(template, undefined)).toMatch(/^[bcdfghjklmnpqrstvwxz2456789]{1,10}$/);
});

test('another template, or a collision, has another hash', () => {
  const other = { ...template, metadata: { labels, annotations: { note: 'größer 🙂' } } };
  const hashes = [
    templateHash(template, undefined),
    templateHash(template, 0),
    templateHash(template, 1),
    templateHash(other, undefined),
  ];
  expect(new Set(hashes).size).toBe(4);
});

test('it is FNV-1a over the canonical JSON, in UTF-8', () => {
  // 32-bit FNV-1a of `{"metadata":{"name":"é€🙂"}}` is 317804525.
  expect(templateHash({ metadata: { name: 'é€🙂' } }, undefined)).toBe('75cd48969');
});
