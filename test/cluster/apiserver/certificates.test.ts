import { expect, test } from 'vitest';
import { encodeBase64 } from '../../../src/cluster/objects/base64.ts';
import type { CertificateSigningRequest } from '../../../src/cluster/objects/kubernetes.ts';
import { writeRequest } from '../../../src/cluster/objects/pki/certificate-request.ts';
import { makeKey } from '../../../src/cluster/objects/pki/rsa-key.ts';
import { given, type Server } from './server.ts';

const RESOURCE = 'certificatesigningrequests.certificates.k8s.io';
const CLIENT = 'kubernetes.io/kube-apiserver-client';

function requestOf(organization: string, more: object = {}): CertificateSigningRequest {
  const pem = writeRequest(
    [
      ['CN', 'jane'],
      ['O', organization],
    ],
    makeKey('jane', 2048),
  );
  return {
    apiVersion: 'certificates.k8s.io/v1',
    kind: 'CertificateSigningRequest',
    metadata: { name: 'jane' },
    spec: { request: encodeBase64(pem), signerName: CLIENT, usages: ['client auth'], ...more },
  };
}

function create(server: Server, object: CertificateSigningRequest) {
  return server.send({ verb: 'create', resource: RESOURCE, object, strict: true }).response;
}

test('the server writes down who asks, whatever the request says', () => {
  const server = given();
  create(server, requestOf('dev', { username: 'somebody else', groups: ['system:masters'] }));
  expect(server.stored<CertificateSigningRequest>(RESOURCE, undefined, 'jane')).toMatchObject({
    spec: { username: 'kubernetes-admin', groups: ['kubeadm:cluster-admins', 'system:authenticated'] },
  });
});

test.each`
  object                                                              | message
  ${requestOf('system:masters')}                                      | ${'use of kubernetes.io/kube-apiserver-client signer with system:masters group is not allowed'}
  ${requestOf('dev', { request: encodeBase64('nothing') })}           | ${'PEM block type must be CERTIFICATE REQUEST'}
  ${requestOf('dev', { usages: ['eating'] })}                         | ${'spec.usages[0]: Unsupported value: "eating"'}
  ${requestOf('dev', { usages: [] })}                                 | ${'spec.usages: Required value'}
  ${requestOf('dev', { expirationSeconds: 599 })}                     | ${'may not specify a duration less than 600 seconds (10 minutes)'}
  ${requestOf('dev', { signerName: 'kubernetes.io/legacy-unknown' })} | ${'the legacy signerName is not allowed via this API version'}
`('refused: $message', ({ object, message }) => {
  const response = create(given(), object);
  expect(response.ok ? '' : response.status.message).toContain(message);
});

function withCondition(request: CertificateSigningRequest, type: string): CertificateSigningRequest {
  const conditions = [...(request.status?.conditions ?? []), { type, status: 'True', reason: 'r' }];
  return { ...request, status: { ...request.status, conditions } };
}

test('only the subresource approves, and nobody both approves and denies', () => {
  const server = given();
  create(server, requestOf('dev'));
  const stored = (): CertificateSigningRequest => {
    const found = server.stored<CertificateSigningRequest>(RESOURCE, undefined, 'jane');
    if (!found) throw new Error('not stored');
    return found;
  };
  const update = (subresource: string, object: CertificateSigningRequest) =>
    server.send({ verb: 'update', resource: RESOURCE, subresource, name: 'jane', object, strict: true })
      .response;
  expect(update('status', withCondition(stored(), 'Approved'))).toMatchObject({
    status: { message: expect.stringContaining('updates may not add a condition of type "Approved"') },
  });
  expect(update('approval', withCondition(stored(), 'Approved')).ok).toBe(true);
  expect(stored().status?.conditions).toMatchObject([
    { type: 'Approved', lastTransitionTime: '2026-11-21T05:00:00Z', lastUpdateTime: '2026-11-21T05:00:00Z' },
  ]);
  expect(update('approval', withCondition(stored(), 'Denied'))).toMatchObject({
    status: { message: expect.stringContaining('Approved and Denied conditions are mutually exclusive') },
  });
});
