import type { PatchRequest, UpdateRequest } from '../../contract/request.ts';
import type { Granted, Refused } from '../../contract/response.ts';
import type { CertificateSigningRequest } from '../../objects/kubernetes.ts';
import { type Call, keyOf } from '../call.ts';
import { notFound } from '../refusal.ts';
import { refuseSigner } from '../strategy/certificate-request-strategy.ts';
import { patch } from '../verbs/patch.ts';
import { update } from '../verbs/update.ts';

/** `certificatesigningrequests/approval`: a status that says yes or no, by somebody who may. */
export function approve(call: Call, request: UpdateRequest | PatchRequest): Granted | Refused {
  const stored = call.store.read<CertificateSigningRequest>(keyOf(call, request.name));
  if (stored === undefined) return notFound(call.resource, request.name);
  const refusal = refuseSigner(call, 'approve', stored);
  if (refusal) return refusal;
  return request.verb === 'update' ? update(call, request.name, request) : patch(call, request.name, request);
}
