import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { userOf } from '../../../src/cluster/contract/user.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'kubereel-access-'));
let server: TestServer;
beforeAll(async () => {
  const users = { jane: userOf({ name: 'jane', groups: ['dev'] }) };
  server = await startTestServer({ clock: { clock: 'manual' }, secure: true, users });
  await server.clock.advance(5000);
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Shown {
  readonly token?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks over TLS, with or without a certificate of one's own. */
async function ask(path: string, { token, cert, key, headers }: Shown, method = 'GET', body?: object) {
  const { hostname, port } = new URL(server.url);
  return await new Promise<{ code: number; json: Record<string, unknown> }>((resolve, reject) => {
    const asking = request(
      {
        ...{ hostname, port, path, method, ca: server.authority, agent: false },
        ...(cert !== undefined && { cert, key }),
        headers: {
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(body && { 'content-type': 'application/json' }),
          ...headers,
        },
      },
      (response) => {
        let text = '';
        response.on('data', (piece) => {
          text += String(piece);
        });
        response.on('end', () => resolve({ code: response.statusCode ?? 0, json: JSON.parse(text) }));
      },
    );
    asking.on('error', reject);
    asking.end(body && JSON.stringify(body));
  });
}

const REVIEWS = '/apis/authentication.k8s.io/v1';

async function whoAmI(shown: Shown): Promise<unknown> {
  const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' };
  const { code, json } = await ask(`${REVIEWS}/selfsubjectreviews`, shown, 'POST', body);
  return code === 201 ? (json['status'] as { userInfo: unknown }).userInfo : code;
}

describe('who asks', () => {
  test('is known by a token of his or of an account, and taken for another where he may', async () => {
    const admin = { token: server.token };
    expect(await whoAmI({})).toBe(401);
    expect(await whoAmI({ token: 'guessed' })).toBe(401);
    expect(await whoAmI({ token: 'jane' })).toEqual({
      username: 'jane',
      groups: ['dev', 'system:authenticated'],
    });
    const path = '/api/v1/namespaces/default/serviceaccounts/default/token';
    const made = await ask(path, admin, 'POST', {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: {},
    });
    const { token } = made.json['status'] as { token: string };
    expect(await whoAmI({ token })).toMatchObject({ username: 'system:serviceaccount:default:default' });
    const as = { 'impersonate-user': 'bob', 'impersonate-group': 'ops' };
    expect(await whoAmI({ ...admin, headers: as })).toMatchObject({ username: 'bob' });
    expect(await whoAmI({ token: 'jane', headers: as })).toBe(403);
  });

  test('is told to whoever was shown a token', async () => {
    const admin = { token: server.token };
    const requested = async (audiences: readonly string[]): Promise<string> => {
      const path = '/api/v1/namespaces/default/serviceaccounts/default/token';
      const spec = { audiences, expirationSeconds: 600 };
      const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec };
      return ((await ask(path, admin, 'POST', body)).json['status'] as { token: string }).token;
    };
    const review = async (spec: object): Promise<unknown> => {
      const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', spec };
      return (await ask(`${REVIEWS}/tokenreviews`, admin, 'POST', body)).json['status'];
    };
    expect(await review({ token: await requested([]) })).toMatchObject({
      authenticated: true,
      user: {
        username: 'system:serviceaccount:default:default',
        groups: ['system:serviceaccounts', 'system:serviceaccounts:default', 'system:authenticated'],
      },
      audiences: ['https://kubernetes.default.svc.cluster.local'],
    });
    const vault = await requested(['vault']);
    expect(await review({ token: vault })).toMatchObject({ user: {}, error: expect.any(String) });
    expect(await review({ token: vault, audiences: ['vault', 'other'] })).toMatchObject({
      authenticated: true,
      audiences: ['vault'],
    });
    expect(await whoAmI({ token: vault })).toBe(401);
    expect(await review({ token: 'nonsense' })).toMatchObject({ user: {} });
  });

  test('finds by which key tokens are said to be signed', async () => {
    const admin = { token: server.token };
    const { json } = await ask('/.well-known/openid-configuration', admin);
    expect(json).toMatchObject({
      issuer: 'https://kubernetes.default.svc.cluster.local',
      jwks_uri: 'https://kubernetes.default.svc.cluster.local/openid/v1/jwks',
    });
    const { keys } = (await ask('/openid/v1/jwks', admin)).json as { keys: readonly { kid: string }[] };
    const path = '/api/v1/namespaces/default/serviceaccounts/default/token';
    const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} };
    const { token } = (await ask(path, admin, 'POST', body)).json['status'] as { token: string };
    const head = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString());
    expect(keys).toMatchObject([{ kty: 'RSA', alg: 'RS256', kid: head.kid, e: 'AQAB' }]);
    expect((await ask('/openid/v1/jwks', { token: 'jane' })).code).toBe(403);
  });
});

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
if (!hasOpenssl) console.warn('Client certificates are not tested: there is no openssl.');

describe.skipIf(!hasOpenssl)('a certificate that the cluster has signed', () => {
  const file = (name: string): string => join(folder, name);
  const openssl = (...args: readonly string[]): void => {
    const { status, stderr } = spawnSync('openssl', [...args], { encoding: 'utf8' });
    expect(status, stderr).toBe(0);
  };

  test('lets its owner in over TLS, and nobody else', async () => {
    const admin = { token: server.token };
    openssl('genrsa', '-out', file('amy.key'), '2048');
    openssl('req', '-new', '-key', file('amy.key'), '-subj', '/O=dev/CN=amy', '-out', file('amy.csr'));
    const path = '/apis/certificates.k8s.io/v1/certificatesigningrequests';
    const spec = {
      request: readFileSync(file('amy.csr')).toString('base64'),
      signerName: 'kubernetes.io/kube-apiserver-client',
      usages: ['client auth'],
    };
    const body = { apiVersion: 'certificates.k8s.io/v1', kind: 'CertificateSigningRequest', spec };
    const made = await ask(path, admin, 'POST', { ...body, metadata: { name: 'amy' } });
    expect(made.code).toBe(201);
    const condition = { type: 'Approved', status: 'True', reason: 'Test', message: 'let in' };
    const approved = { ...made.json, status: { conditions: [condition] } };
    expect((await ask(`${path}/amy/approval`, admin, 'PUT', approved)).code).toBe(200);
    await server.clock.advance(server.live.now() + 10_000);
    const { status } = (await ask(`${path}/amy`, admin)).json as { status: { certificate: string } };
    const cert = Buffer.from(status.certificate, 'base64').toString();
    const key = readFileSync(file('amy.key'), 'utf8');
    const amy = { username: 'amy', groups: ['dev', 'system:authenticated'] };
    expect(await whoAmI({ cert, key })).toEqual(amy);
    expect((await ask('/api/v1/namespaces/default/pods', { cert, key })).code).toBe(403);
    // Somebody else's authority, whatever it says of itself; beside it a token is still believed.
    openssl(
      'req',
      '-x509',
      '-key',
      file('amy.key'),
      '-subj',
      '/O=system:masters/CN=amy',
      '-out',
      file('own.crt'),
    );
    const own = { cert: readFileSync(file('own.crt'), 'utf8'), key };
    expect(await whoAmI(own)).toBe(401);
    expect(await whoAmI({ ...own, token: 'jane' })).toMatchObject({ username: 'jane' });
    // A certificate is of use to whoever has its key.
    openssl('genrsa', '-out', file('eve.key'), '2048');
    await expect(whoAmI({ cert, key: readFileSync(file('eve.key'), 'utf8') })).rejects.toThrow();
  });
});
