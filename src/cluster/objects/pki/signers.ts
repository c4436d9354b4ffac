import type { CertificateRequest } from './certificate-request.ts';
import { valuesOf } from './distinguished-name.ts';

/** The signers that the controller manager signs for. */
export const CLIENT_SIGNER = 'kubernetes.io/kube-apiserver-client';
export const KUBELET_SIGNER = 'kubernetes.io/kube-apiserver-client-kubelet';
const SERVING_SIGNER = 'kubernetes.io/kubelet-serving';
const LEGACY_SIGNER = 'kubernetes.io/legacy-unknown';

const SIGNERS: readonly string[] = [CLIENT_SIGNER, KUBELET_SIGNER, SERVING_SIGNER, LEGACY_SIGNER];

export function isOwnSigner(name: string): boolean {
  return SIGNERS.includes(name);
}

/** Why a signer refuses a request; undefined when it does not (controller/certificates/signer/signer.go). */
export function whyNotSign(
  signer: string,
  request: CertificateRequest,
  usages: readonly string[],
): string | undefined {
  if (signer === CLIENT_SIGNER) return whyNoClient(usages);
  if (signer === KUBELET_SIGNER) return whyNoKubelet(request, usages, 'client auth');
  return signer === SERVING_SIGNER ? whyNoKubelet(request, usages, 'server auth') : undefined;
}

function whyNoClient(usages: readonly string[]): string | undefined {
  const odd = usages.find(
    (usage) => !['digital signature', 'key encipherment', 'client auth'].includes(usage),
  );
  if (odd !== undefined) return `invalid usage for client certificate: ${odd}`;
  return usages.includes('client auth')
    ? undefined
    : 'missing required usage for client certificate: client auth';
}

/** pkg/apis/certificates/helpers.go ValidateKubeletClientCSR, ValidateKubeletServingCSR. */
function whyNoKubelet(
  { subject, dnsNames }: CertificateRequest,
  usages: readonly string[],
  purpose: 'client auth' | 'server auth',
): string | undefined {
  const organizations = valuesOf(subject, 'O');
  if (organizations.length !== 1 || organizations[0] !== 'system:nodes')
    return 'subject organization is not system:nodes';
  const isServer = purpose === 'server auth';
  if (isServer !== dnsNames.length > 0)
    return isServer ? 'DNS or IP subjectAltName is required' : 'DNS subjectAltNames are not allowed';
  if (!valuesOf(subject, 'CN')[0]?.startsWith('system:node:'))
    return 'subject common name does not begin with system:node:';
  return hasUsages(usages, purpose)
    ? undefined
    : `usages did not match [key encipherment digital signature ${purpose}]`;
}

function hasUsages(usages: readonly string[], purpose: string): boolean {
  const allowed = ['digital signature', 'key encipherment', purpose];
  return (
    ['digital signature', purpose].every((usage) => usages.includes(usage)) &&
    usages.every((usage) => allowed.includes(usage))
  );
}
