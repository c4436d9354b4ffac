import { describe, expect, test } from 'vitest';
import { sitesOf } from '../../../../src/cluster/network/web/nginx/sites-of.ts';
import { planOf } from '../../../../src/cluster/network/web/plan-of.ts';
import { encodeBase64 } from '../../../../src/cluster/objects/base64.ts';
import type { ConfigMap, Secret } from '../../../../src/cluster/objects/kubernetes.ts';
import { machines, viewAt } from '../view-at.ts';

import { type Asked, CLASS, ingress, SECRET, SERVICES, SERVING, SLICES, told } from './nginx-given.ts';

describe('what is said of an Ingress, and of all', () => {
  const users = { auth: encodeBase64('foo:{PLAIN}bar\nold:$2y$05$abc\n') };
  const auth: readonly [string, Secret] = [
    'secrets',
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'users', namespace: 'default' }, data: users },
  ];
  const config: readonly [string, ConfigMap] = [
    'configmaps',
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings', namespace: 'nginx' },
      data: { 'whitelist-source-range': '10.0.0.0/8,192.0.2.1', 'http-redirect-code': '301' },
    },
  ];
  const toldBy = (annotations: Readonly<Record<string, string>>, asked: Asked, configMap = ''): string => {
    const objects = [CLASS, SECRET, auth, config, ...SERVICES, ...SLICES];
    const one = ingress(['/ prefix a'], { annotations });
    const view = viewAt({ objects: [...objects, one], facts: machines() });
    const [, host = ''] = /^http:\/\/([^/]*)/.exec(asked.url) ?? [];
    return told(
      planOf(sitesOf(view.objects, { ...SERVING, configMap }), {
        method: 'GET',
        host,
        path: '/',
        headers: { Host: host, ...asked.headers },
        port: 80,
        isSecure: false,
        client: asked.client ?? '192.0.2.1',
      }),
    );
  };
  const SHOP = 'http://shop.example.com';
  const basic = (text: string) => ({ Authorization: `Basic ${encodeBase64(text)}` });
  const BASIC = { 'auth-type': 'basic', 'auth-secret': 'users' };
  test.each([
    ['nobody is let in without a password', BASIC, { url: SHOP }, '', '401'],
    ['who knows it is', BASIC, { url: SHOP, headers: basic('foo:bar') }, '', 'a'],
    ['who does not is not', BASIC, { url: SHOP, headers: basic('foo:baz') }, '', '401'],
    ['nor who nobody knows', BASIC, { url: SHOP, headers: basic('bar:bar') }, '', '401'],
    ['nor whose password can not be checked', BASIC, { url: SHOP, headers: basic('old:x') }, '', '401'],
    ['a Secret of another namespace', { ...BASIC, 'auth-secret': 'default/users' }, { url: SHOP }, '', '401'],
    ['a Secret that is not there', { ...BASIC, 'auth-secret': 'none' }, { url: SHOP }, '', '503'],
    ['another name', { 'server-alias': 'www.other.com, b.c' }, { url: 'http://www.other.com' }, '', 'a'],
    ['what is said of all: outside', {}, { url: SHOP, client: '192.0.2.2' }, 'nginx/settings', '403'],
    ['what is said of all: an address', {}, { url: SHOP }, 'nginx/settings', 'a'],
    [
      'what one says goes before it',
      { 'whitelist-source-range': '0.0.0.0/0' },
      { url: SHOP, client: '192.0.2.2' },
      'nginx/settings',
      'a',
    ],
    [
      'how it is redirected',
      { 'force-ssl-redirect': 'true' },
      { url: SHOP },
      'nginx/settings',
      `301 https://shop.example.com/`,
    ],
  ])('%s', (_what, annotations, asked, configMap, answer) => {
    expect(toldBy(annotations, asked, configMap)).toBe(answer);
  });
});
