import { parse, stringify } from 'yaml';

export interface Kubeconfig {
  /** `https://127.0.0.1:6443` */
  readonly server: string;
  /** PEM; absent where the server does not speak TLS. */
  readonly authority?: string;
  readonly user: string;
  readonly token: string;
  readonly namespace: string;
}

/** What clients need to find the server, to believe it, and to be believed. */
export function kubeconfigText({ server, authority, user, token, namespace }: Kubeconfig): string {
  const data = authority && { 'certificate-authority-data': Buffer.from(authority).toString('base64') };
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: NAME, cluster: { server, ...data } }],
    users: [{ name: user, user: { token } }],
    contexts: [{ name: NAME, context: { cluster: NAME, user, namespace } }],
    'current-context': NAME,
  });
}

const NAME = 'kubereel';

/** Whether a kubeconfig speaks of a served cluster and of nothing else: kubectl may have written it anew. */
export function isOfServed(text: string): boolean {
  let config: unknown;
  try {
    config = parse(text, { logLevel: 'silent' });
  } catch {
    return false;
  }
  const { kind, clusters } = (config ?? {}) as { kind?: unknown; clusters?: unknown };
  const isOwn = (cluster: unknown): boolean => (cluster as { name?: unknown } | null)?.name === NAME;
  return kind === 'Config' && Array.isArray(clusters) && clusters.length > 0 && clusters.every(isOwn);
}
