import { describe, expect, test } from 'vitest';
import { isWithinLimit } from '../../../../src/cluster/network/web/limit.ts';

import { ingress, plan, told } from './nginx-given.ts';

const ask = (paths: readonly string[], path: string): string =>
  told(plan([ingress(paths)], { url: `http://shop.example.com${path}` }));

describe('which path takes a request', () => {
  test.each([
    // kubernetes.io: concepts/services-networking/ingress, the table of examples.
    ['/ prefix a', '/anything', 'a'],
    ['/foo exact a', '/foo', 'a'],
    ['/foo exact a', '/bar', '404'],
    ['/foo exact a', '/foo/', '404'],
    ['/foo/ exact a', '/foo', '404'],
    ['/foo prefix a', '/foo', 'a'],
    ['/foo prefix a', '/foo/', 'a'],
    ['/aaa/bb prefix a', '/aaa/bbb', '404'],
    ['/aaa/bbb prefix a', '/aaa/bbb', 'a'],
    ['/aaa/bbb prefix a', '/aaa/bbb/ccc', 'a'],
    ['/aaa/bbb prefix a', '/aaa/bbbxyz', '404'],
    ['/ prefix a,/aaa prefix b', '/aaa/ccc', 'b'],
    ['/ prefix a,/aaa prefix b,/aaa/bbb prefix c', '/aaa/bbb', 'c'],
    ['/ prefix a,/aaa prefix b', '/ccc', 'a'],
    ['/aaa prefix a', '/ccc', '404'],
    ['/foo prefix a,/foo exact b', '/foo', 'b'],
    ['/foo prefix a,/foo exact b', '/foo/x', 'a'],
    // What is specific to nginx: a plain prefix, and the query is no part of the path.
    ['/foo own a', '/foobar', 'a'],
    ['/foo exact a', '/foo?x=1', 'a'],
    ['/Foo prefix a', '/foo', '404'],
    ['/foo prefix none', '/foo', '503'],
  ])('%s: %s goes to %s', (paths, path, wanted) => {
    expect(ask(paths.split(','), path)).toBe(wanted);
  });

  test('a host that nobody names is not found, and one above it may stand for it', () => {
    const wild = ingress(['/ prefix a'], { host: '*.example.com' });
    expect(told(plan([wild], { url: 'http://x.example.com/' }))).toBe('a');
    expect(told(plan([wild], { url: 'http://x.y.example.com/' }))).toBe('404');
    expect(told(plan([wild], { url: 'http://example.com/' }))).toBe('404');
    const own = ingress(['/ prefix b'], { host: 'x.example.com', name: 'own' });
    expect(told(plan([wild, own], { url: 'http://X.example.com/' }))).toBe('b');
  });

  test('of two Ingresses with one path the older counts, and one of another class not at all', () => {
    const [first, second] = [ingress(['/ prefix a'], { name: 'x' }), ingress(['/ prefix b'], { name: 'y' })];
    expect(told(plan([second, first], { url: 'http://shop.example.com/' }))).toBe('a');
    const alb = ingress(['/ prefix a'], { className: 'alb' });
    expect(told(plan([alb], { url: 'http://shop.example.com/' }))).toBe('404');
  });
});

describe('what annotations do', () => {
  const main = ingress(['/ prefix a']);
  const canary = (annotations: Readonly<Record<string, string>>) =>
    ingress(['/ prefix b'], { name: 'canary', annotations: { canary: 'true', ...annotations } });
  const url = 'http://shop.example.com/';

  test.each([
    [{ 'canary-weight': '10' }, {}, 'a 90 b 10'],
    [{ 'canary-weight': '100' }, {}, 'b'],
    [{ 'canary-weight': '1', 'canary-weight-total': '1000' }, {}, 'a 999 b 1'],
    [{ 'canary-by-header': 'X-Canary', 'canary-weight': '10' }, { 'x-canary': 'always' }, 'b'],
    [{ 'canary-by-header': 'X-Canary', 'canary-weight': '10' }, { 'X-Canary': 'never' }, 'a'],
    [{ 'canary-by-header': 'X-Canary', 'canary-weight': '10' }, { 'X-Canary': 'maybe' }, 'a 90 b 10'],
    [{ 'canary-by-header': 'X', 'canary-by-header-value': 'us' }, { X: 'us' }, 'b'],
    [{ 'canary-by-header': 'X', 'canary-by-header-value': 'us' }, { X: 'always' }, 'a'],
    [{ 'canary-by-header': 'X', 'canary-by-header-pattern': '^us-' }, { X: 'us-east' }, 'b'],
    [{ 'canary-by-cookie': 'tester' }, { Cookie: 'x=1; tester=always' }, 'b'],
    [{ 'canary-by-cookie': 'tester', 'canary-weight': '50' }, { Cookie: 'tester=never' }, 'a'],
  ])('a canary by %j asked with %j: %s', (annotations, headers, wanted) => {
    expect(told(plan([main, canary(annotations)], { url, headers }))).toBe(wanted);
  });

  test('a canary of a path that nobody has is nothing, and one without endpoints is passed over', () => {
    expect(told(plan([canary({ 'canary-weight': '50' })], { url }))).toBe('404');
    const empty = ingress(['/ prefix none'], {
      name: 'c',
      annotations: { canary: 'true', 'canary-weight': '50' },
    });
    expect(told(plan([main, empty], { url }))).toBe('a');
  });

  test.each([
    ['/api(/|$)(.*) own a', { 'rewrite-target': '/$2', 'use-regex': 'true' }, '/api/v1?x=1', '/v1?x=1'],
    ['/api(/|$)(.*) own a', { 'rewrite-target': '/$2' }, '/api', '/'],
    ['/old own a', { 'rewrite-target': '/' }, '/old/x', '/'],
    ['/same prefix a', {}, '/same/x', '/same/x'],
  ])('%s with %j asks for %s at %s', (path, annotations, from, to) => {
    const found = plan([ingress([path], { annotations })], { url: `http://shop.example.com${from}` });
    expect(found).toMatchObject({ kind: 'ask', path: to });
  });

  test.each([
    [{ 'permanent-redirect': 'https://x.org/' }, '301 https://x.org/'],
    [{ 'permanent-redirect': 'https://x.org/', 'permanent-redirect-code': '308' }, '308 https://x.org/'],
    [{ 'temporal-redirect': 'https://y.org/' }, '302 https://y.org/'],
    [{ 'force-ssl-redirect': 'true' }, '308 https://shop.example.com/a?b'],
    [{ 'whitelist-source-range': '10.0.0.0/8, 192.0.2.0/24' }, 'a'],
    [{ 'whitelist-source-range': '10.0.0.0/8' }, '403'],
    [{ 'denylist-source-range': '192.0.2.1/32' }, '403'],
  ])('%j: %s', (annotations, wanted) => {
    const found = plan([ingress(['/ prefix a'], { annotations })], { url: 'http://shop.example.com/a?b' });
    expect(told(found)).toBe(wanted);
  });

  test('what has a certificate is asked for by https, unless it may be asked for plainly', () => {
    const tls = [{ hosts: ['shop.example.com'], secretName: 'cert' }];
    expect(told(plan([ingress(['/ prefix a'], { tls })], { url }))).toBe('308 https://shop.example.com/');
    expect(told(plan([ingress(['/ prefix a'], { tls })], { url: 'https://shop.example.com/' }))).toBe('a');
    const annotations = { 'ssl-redirect': 'false' };
    expect(told(plan([ingress(['/ prefix a'], { tls, annotations })], { url }))).toBe('a');
  });
});

test('an answer of its own is nginx’s page', () => {
  const found = plan([], { url: 'http://shop.example.com/' });
  expect(found).toEqual({
    kind: 'answer',
    status: 404,
    headers: { 'Content-Type': 'text/html', 'Content-Length': '146', Connection: 'keep-alive' },
    body:
      '<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n<center><h1>404 Not Found</h1></center>\r\n' +
      '<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n',
  });
});

test('a client may ask so often a second, and so many times more at once', () => {
  let used: Parameters<typeof isWithinLimit>[1];
  const taken = [0, 0, 0, 0, 0, 1000, 1000].map((at) => {
    const next = isWithinLimit({ rate: 1, burst: 2 }, used, at);
    used = next.used;
    return next.isIn;
  });
  expect(taken).toEqual([true, true, true, false, false, true, false]);
});
