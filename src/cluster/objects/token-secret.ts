import type { Secret, ServiceAccount } from './kubernetes.ts';
import { inVersion, type KubeVersion, type Since } from './versions.ts';

/** Up to 1.23 every service account had a secret with a token (LegacyServiceAccountTokenNoAutoGeneration). */
const HAS_TOKEN_SECRET: Since<boolean> = [
  [0, true],
  [24, false],
];

export function hasTokenSecret(version: KubeVersion): boolean {
  return inVersion(HAS_TOKEN_SECRET, version);
}

/** The secret with an account's token. What is in it opens nothing: nobody checks tokens here. */
export function tokenSecretOf({ metadata }: ServiceAccount, name: string): Secret {
  const { namespace = '', uid = '' } = metadata;
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name,
      namespace,
      annotations: {
        'kubernetes.io/service-account.name': metadata.name ?? '',
        'kubernetes.io/service-account.uid': uid,
      },
    },
    // base64 of "kubereel" and of the namespace's place.
    data: { 'ca.crt': 'a3ViZXJlZWw=', namespace: 'a3ViZXJlZWw=', token: 'a3ViZXJlZWw=' },
    type: 'kubernetes.io/service-account-token',
  };
}

/** The account, which names its token's secret. */
export function withTokenSecret(account: ServiceAccount, name: string): ServiceAccount {
  return { ...account, secrets: [...(account.secrets ?? []), { name }] };
}
