import type { Component } from '../../contract/component.ts';
import { decodeBase64 } from '../../objects/base64.ts';
import type { CertificateSigningRequest, SubjectAccessReview } from '../../objects/kubernetes.ts';
import { readRequest } from '../../objects/pki/certificate-request.ts';
import { valuesOf } from '../../objects/pki/distinguished-name.ts';
import { KUBELET_SIGNER, whyNotSign } from '../../objects/pki/signers.ts';

const ACTOR = 'csrapproving';
const RESOURCE = 'certificatesigningrequests.certificates.k8s.io';

/**
 * Says yes to kubelets that may ask for their certificates (controller/certificates/approver/sarapprove.go).
 */
export const certificateApprovingController: Component = {
  name: ACTOR,
  watches: [RESOURCE],
  *deliveriesOf({ object }) {
    if ((object as CertificateSigningRequest).spec.signerName === KUBELET_SIGNER)
      yield { actor: ACTOR, key: object.metadata.name ?? '' };
  },
  *reconcile(view, { key }) {
    const stored = view.objects.get<CertificateSigningRequest>(RESOURCE, undefined, key);
    if (!stored || stored.status?.certificate || stored.status?.conditions?.length) return;
    const { spec } = stored;
    const request = readRequest(decodeBase64(spec.request) ?? '');
    if (!request || whyNotSign(KUBELET_SIGNER, request, spec.usages ?? []) !== undefined) return;
    const isOwn = valuesOf(request.subject, 'CN')[0] === spec.username;
    for (const [subresource, message] of isOwn ? [SELF, NEW] : [NEW]) {
      const answer = yield {
        verb: 'create',
        resource: 'subjectaccessreviews.authorization.k8s.io',
        object: reviewOf(spec, subresource),
      };
      if (!answer.ok || !(answer.object as SubjectAccessReview | undefined)?.status?.allowed) continue;
      const approved = { type: 'Approved', status: 'True', reason: 'AutoApproved', message };
      const object = { ...stored, status: { ...stored.status, conditions: [approved] } };
      yield { verb: 'update', resource: RESOURCE, subresource: 'approval', name: key, object };
      return;
    }
  },
};

const SELF = [
  'selfnodeclient',
  'Auto approving self kubelet client certificate after SubjectAccessReview.',
] as const;
const NEW = ['nodeclient', 'Auto approving kubelet client certificate after SubjectAccessReview.'] as const;

function reviewOf(
  { username = '', groups = [], uid = '' }: CertificateSigningRequest['spec'],
  subresource: string,
): SubjectAccessReview {
  return {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SubjectAccessReview',
    metadata: {},
    spec: {
      user: username,
      groups: [...groups],
      ...(uid !== '' && { uid }),
      resourceAttributes: {
        verb: 'create',
        group: 'certificates.k8s.io',
        resource: 'certificatesigningrequests',
        subresource,
      },
    },
  };
}
