import { type Millis, SECOND } from '../../../kernel/time/millis.ts';
import type { Reaction, View, Wake } from '../../contract/component.ts';
import { fileKey, hostFileSystem } from '../../contract/file-key.ts';
import type { MachineRow } from '../../contract/machine-rows.ts';
import { BOOTSTRAP_KUBECONFIG, bootstrapToken, kubeletConfFile } from '../../kubeadm/kubeconfig.ts';
import { KUBELET_CERTIFICATE } from '../../kubeadm/kubelet-credentials.ts';
import { decodeBase64, encodeBase64 } from '../../objects/base64.ts';
import type { CertificateSigningRequest } from '../../objects/kubernetes.ts';
import { writeRequest } from '../../objects/pki/certificate-request.ts';
import { makeKey, type RsaKey } from '../../objects/pki/rsa-key.ts';
import { KUBELET_SIGNER } from '../../objects/pki/signers.ts';

const REQUESTS = 'certificatesigningrequests.certificates.k8s.io';

/** How often it tries again while nobody answers (client-go: certificate_manager.go). */
const RETRY_MS = 5 * SECOND;

/**
 * A kubelet that has a bootstrap token and no certificate asks for one, and waits until it is approved and
 * signed; before that it makes no node. Kubelet: certificate/kubelet.go, client-go: certificate_manager.go.
 */
export function* bootstrap(view: View, machine: MachineRow, now: Millis): Reaction {
  const { node } = machine;
  const key = makeKey(`${view.settings.seed} ${node} kubelet ${machine.kubelet.since}`, 2048, 'pkcs1');
  const request = encodeBase64(requestOf(node, key));
  const own = view.objects
    .list<CertificateSigningRequest>(REQUESTS)
    .find(({ spec }) => spec.request === request);
  if (!own) {
    yield* ask(view, node, request);
    return;
  }
  const certificate = decodeBase64(own.status?.certificate ?? '') ?? '';
  if (certificate === '') return;
  const folder = hostFileSystem(node);
  for (const [path, content] of [
    [KUBELET_CERTIFICATE, `${certificate}${key.pem}`],
    ...kubeletConfFile(node, bootstrapText(view, node)),
  ] as const)
    yield {
      type: 'FileWritten',
      node,
      fileSystem: folder,
      path,
      kind: 'file',
      content,
      mode: 0o600,
      modifiedAt: now,
    };
  yield { type: 'KubeletCertified', node };
}

function requestOf(node: string, key: RsaKey): string {
  return writeRequest(
    [
      ['O', 'system:nodes'],
      ['CN', `system:node:${node}`],
    ],
    key,
  );
}

function* ask(view: View, node: string, request: string): Reaction {
  const token = bootstrapToken(bootstrapText(view, node));
  if (token === undefined) return;
  const object: CertificateSigningRequest = {
    apiVersion: 'certificates.k8s.io/v1',
    kind: 'CertificateSigningRequest',
    metadata: { generateName: 'csr-' },
    spec: {
      request,
      signerName: KUBELET_SIGNER,
      usages: ['digital signature', 'key encipherment', 'client auth'],
    },
  };
  yield { verb: 'create', resource: REQUESTS, object, credentials: { token } };
}

function bootstrapText({ rows }: View, node: string): string {
  const row = rows.row('files', fileKey({ fileSystem: hostFileSystem(node), path: BOOTSTRAP_KUBECONFIG }));
  return row?.kind === 'file' ? (row.content ?? '') : '';
}

/** When it tries next. */
export function bootstrapWake(view: View, { node, kubelet: { since } }: MachineRow, from: Millis): Wake {
  const at = since + Math.max(0, Math.ceil((from - since) / RETRY_MS)) * RETRY_MS;
  return { at, cause: view.rows.changedAt('machines', node) };
}
