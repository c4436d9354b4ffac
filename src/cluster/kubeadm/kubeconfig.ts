import { encodeBase64 } from '../objects/base64.ts';

export interface KubeconfigParts {
  readonly user: string;
  /** The address of the API server. */
  readonly server: string;
  /** PEM. */
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
}

/** A kubeconfig file as kubeadm writes it (kubeadm: util/kubeconfig/kubeconfig.go). */
export function kubeconfigText({ user, server, ca, certificate, key }: KubeconfigParts): string {
  const credentials = [
    `    client-certificate-data: ${encodeBase64(certificate)}`,
    `    client-key-data: ${encodeBase64(key)}`,
  ];
  return kubeconfig({ user, server, ca, credentials });
}

/** A kubelet's, whose certificate it keeps in a file that it replaces itself. */
export function kubeletConfText(node: string, server: string, ca: string): string {
  const file = '/var/lib/kubelet/pki/kubelet-client-current.pem';
  const credentials = [`    client-certificate: ${file}`, `    client-key: ${file}`];
  return kubeconfig({ user: `system:node:${node}`, server, ca, credentials });
}

function kubeconfig({
  user,
  server,
  ca,
  credentials,
}: Pick<KubeconfigParts, 'user' | 'server' | 'ca'> & { readonly credentials: readonly string[] }): string {
  const context = `${user}@kubernetes`;
  return `${[
    'apiVersion: v1',
    'clusters:',
    '- cluster:',
    `    certificate-authority-data: ${encodeBase64(ca)}`,
    `    server: https://${server}:6443`,
    '  name: kubernetes',
    'contexts:',
    '- context:',
    '    cluster: kubernetes',
    `    user: ${user}`,
    `  name: ${context}`,
    `current-context: ${context}`,
    'kind: Config',
    'preferences: {}',
    'users:',
    `- name: ${user}`,
    '  user:',
    ...credentials,
  ].join('\n')}\n`;
}
