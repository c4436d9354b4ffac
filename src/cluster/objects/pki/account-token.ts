/** Whom accounts' tokens are from (kubeadm: --service-account-issuer). */
export const ISSUER = 'https://kubernetes.default.svc.cluster.local';

/** What the API server signs accounts' tokens with: `sa.key`. */
export function accountSecret({ seed }: { readonly seed: string }): string {
  return `${seed} service accounts`;
}

/** What the API server finds in a token of an account; one of a pod ends with the pod. */
export interface AccountClaims {
  readonly aud?: readonly string[];
  readonly exp?: number;
  readonly nbf?: number;
  readonly 'kubernetes.io'?: {
    readonly namespace: string;
    readonly pod?: { readonly name: string; readonly uid: string };
    readonly serviceaccount: { readonly name: string; readonly uid?: string };
  };
}
