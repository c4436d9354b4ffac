import { decodeBase64, encodeBase64 } from '../objects/base64.ts';

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

/** With which a kubelet asks for its first certificate; kubeadm removes it when that has come. */
export const BOOTSTRAP_KUBECONFIG = '/etc/kubernetes/bootstrap-kubelet.conf';
const USER = 'tls-bootstrap-token-user';

/** What a kubelet knows before it has a certificate (kubeadm: cmd/phases/join/kubelet.go). */
export function bootstrapConfText(server: string, ca: string, token: string): string {
  return kubeconfig({ user: USER, server, ca, credentials: [`    token: ${token}`] });
}

export function bootstrapToken(text: string): string | undefined {
  return /^ *token: *(\S+)$/m.exec(text)?.[1];
}

/** The kubeconfig file that a kubelet makes of the one that it began with. */
export function kubeletConfFile(
  node: string,
  bootstrap: string,
): readonly (readonly [path: string, text: string])[] {
  const server = /^ *server: *https:\/\/(.+):\d+$/m.exec(bootstrap)?.[1] ?? '';
  const ca = decodeBase64(/^ *certificate-authority-data: *(\S+)$/m.exec(bootstrap)?.[1] ?? '') ?? '';
  return [['/etc/kubernetes/kubelet.conf', kubeletConfText(node, server, ca)]];
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
