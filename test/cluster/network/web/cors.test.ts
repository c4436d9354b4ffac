import { expect, test } from 'vitest';
import { corsHeaders } from '../../../../src/cluster/network/web/cors.ts';
import { deedOf } from '../../../../src/cluster/network/web/nginx/read-annotations.ts';
import { planOf } from '../../../../src/cluster/network/web/plan-of.ts';

test.each<[what: string, annotations: Record<string, string>, origin: string, allowed: string | undefined]>([
  ['anybody, if nobody is named', {}, 'https://a.example.com', '*'],
  [
    'who is named',
    { 'cors-allow-origin': 'https://a.example.com, https://b.example.com' },
    'https://b.example.com',
    'https://b.example.com',
  ],
  [
    'all below a name',
    { 'cors-allow-origin': 'https://*.example.com' },
    'https://x.y.example.com',
    'https://x.y.example.com',
  ],
  [
    'not the name itself',
    { 'cors-allow-origin': 'https://*.example.com' },
    'https://.example.com',
    undefined,
  ],
  ['nobody else', { 'cors-allow-origin': 'https://a.example.com' }, 'https://evil.example.org', undefined],
])('%s may ask from a page of another site', (_what, annotations, origin, allowed) => {
  const { cors } = deedOf({ 'enable-cors': 'true', ...annotations });
  expect(cors && corsHeaders(cors, { Origin: origin })['Access-Control-Allow-Origin']).toBe(allowed);
});

test('what a browser asks beforehand is answered by the proxy', () => {
  const deed = deedOf({ 'enable-cors': 'true', 'cors-max-age': '60' });
  const route = { path: '/', match: 'within', from: 'default/shop', does: { ...deed, to: [] } } as const;
  const request = { host: 'a', path: '/', port: 80, isSecure: false, client: '192.0.2.1' };
  const sites = { hosts: { '': { routes: [route] } }, backends: {} };
  const plan = planOf(sites, { ...request, method: 'OPTIONS', headers: { Origin: 'https://x' } });
  expect(plan.kind === 'answer' && [plan.status, plan.headers['Access-Control-Max-Age']]).toEqual([
    204,
    '60',
  ]);
  expect(deedOf({}).cors).toBeUndefined();
});
