import type { Refused } from '../../contract/response.ts';
import { decodeBase64 } from '../../objects/base64.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { CertificateSigningRequest } from '../../objects/kubernetes.ts';
import { readRequest } from '../../objects/pki/certificate-request.ts';
import { valuesOf } from '../../objects/pki/distinguished-name.ts';
import { CLIENT_SIGNER } from '../../objects/pki/signers.ts';
import { judge } from '../authorize/authorize.ts';
import { type Call, timestamp } from '../call.ts';
import { forbidden } from '../refusal.ts';

/** Who asks for a certificate is written down by the server (registry/certificates: PrepareForCreate). */
export function prepareCertificateRequest(draft: KubeObject, call: Call): Refused | undefined {
  const request = draft as CertificateSigningRequest;
  const { name, groups } = call.user;
  const { uid: _, extra: __, ...spec } = request.spec;
  request.spec = { ...spec, username: name, groups: [...groups] };
  request.status = {};
  return refuseSubject(request, call);
}

/** Nobody becomes a master by a request (admission/certificates/subjectrestriction). */
function refuseSubject({ metadata, spec }: CertificateSigningRequest, call: Call): Refused | undefined {
  if (spec.signerName !== CLIENT_SIGNER) return undefined;
  const request = readRequest(decodeBase64(spec.request) ?? '');
  if (request === undefined || !valuesOf(request.subject, 'O').includes('system:masters')) return undefined;
  const why = `use of ${CLIENT_SIGNER} signer with system:masters group is not allowed`;
  return forbidden(call.resource, metadata.name ?? '', why);
}

/** What was asked for stays as it was. */
export function prepareCertificateRequestUpdate(draft: KubeObject, stored: KubeObject): undefined {
  (draft as CertificateSigningRequest).spec = (stored as CertificateSigningRequest).spec;
}

export function prepareCertificateRequestStatus(
  draft: KubeObject,
  stored: KubeObject,
  call: Call,
): Refused | undefined {
  const request = draft as CertificateSigningRequest;
  const old = stored as CertificateSigningRequest;
  const before = old.status?.conditions ?? [];
  const conditions = request.status?.conditions?.map((condition) => {
    const known = before.find(({ type }) => type === condition.type);
    const isSame = known?.status === condition.status;
    const since = isSame ? (known.lastTransitionTime ?? timestamp(call)) : timestamp(call);
    return {
      ...condition,
      lastTransitionTime: condition.lastTransitionTime ?? since,
      lastUpdateTime: condition.lastUpdateTime ?? timestamp(call),
    };
  });
  if (conditions && request.status) request.status = { ...request.status, conditions };
  return request.status?.certificate === old.status?.certificate || call.subresource === 'approval'
    ? undefined
    : refuseSigner(call, 'sign', old);
}

/** Who approves or signs for a signer must have the right to (admission/certificates/approval, signing). */
export function refuseSigner(
  call: Call,
  verb: 'approve' | 'sign',
  { metadata, spec }: CertificateSigningRequest,
): Refused | undefined {
  const { signerName } = spec;
  const [domain = ''] = signerName.split('/');
  const isAllowed = [signerName, `${domain}/*`].some((name) => {
    const attributes = { verb, group: 'certificates.k8s.io', resource: 'signers', name };
    return judge(call.store, call.user, attributes).isAllowed;
  });
  if (isAllowed) return undefined;
  const why = `user not permitted to ${verb} requests with signerName "${signerName}"`;
  return forbidden(call.resource, metadata.name ?? '', why);
}
