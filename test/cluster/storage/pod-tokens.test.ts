import { describe, expect, test } from 'vitest';
import { typeInCluster } from '../clients/type-in-cluster.ts';

const manifest = `apiVersion: v1
kind: ServiceAccount
metadata: { name: robot }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: robots }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view }
subjects: [{ kind: ServiceAccount, name: robot }]
---
apiVersion: v1
kind: Pod
metadata: { name: p }
spec:
  serviceAccountName: robot
  containers:
    - name: c
      image: busybox:1.36
      command: [sleep, infinity]
      volumeMounts: [{ name: vault, mountPath: /vault }]
  volumes:
    - name: vault
      projected:
        sources:
          - serviceAccountToken: { path: token, audience: vault, expirationSeconds: 600 }
          - downwardAPI: { items: [{ path: name, fieldRef: { fieldPath: metadata.name } }] }
`;
const OWN = '/var/run/secrets/kubernetes.io/serviceaccount/token';
const read = (path: string): string => `kubectl exec p -- cat ${path}`;
const MINUTE = 60_000;

interface Claims {
  readonly aud: string[];
  readonly exp: number;
  readonly iat: number;
  readonly sub: string;
  readonly 'kubernetes.io': { readonly pod: { readonly name: string }; readonly warnafter?: number };
}

function claimsIn(token = ''): Claims {
  const [, payload = ''] = token.split('.');
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims;
}

describe('the token of a pod', () => {
  const { commands } = typeInCluster(
    [
      [1000, 'kubectl apply -f p.yaml'],
      [10_000, read(OWN)],
      [20_000, read('/vault/token')],
      [21_000, read('/vault/name')],
      [30_000, `kubectl get pods -o name --token=$(${read(OWN)})`],
      [31_000, `kubectl delete pod p --token=$(${read(OWN)})`],
      [32_000, `kubectl get pods --token=$(${read('/vault/token')})`],
      [40 * MINUTE, read(OWN)],
      [50 * MINUTE, read(OWN)],
      [51 * MINUTE, read('/vault/token')],
      [52 * MINUTE, `T=$(${read(OWN)}); kubectl delete pod p --now; kubectl get pods --token=$T`],
    ],
    { files: { 'p.yaml': manifest }, until: 53 * MINUTE },
  );
  const [, first, vault, name, allowed, forbidden, wrong, same, later, rotated, gone] = commands;

  test('has three parts, and says whose it is and until when', () => {
    expect(first?.stdout.split('.')).toHaveLength(3);
    const { aud, exp, iat, sub, 'kubernetes.io': place } = claimsIn(first?.stdout);
    expect({ aud, sub, pod: place.pod.name, lasts: exp - iat, warns: (place.warnafter ?? 0) - iat }).toEqual({
      aud: ['https://kubernetes.default.svc.cluster.local'],
      sub: 'system:serviceaccount:default:robot',
      pod: 'p',
      lasts: 365 * 24 * 3600,
      warns: 3607,
    });
  });

  test('is believed, and gives what the account may do', () => {
    expect(allowed?.stdout).toBe('pod/p\n');
    expect(wrong?.stderr).toContain('Unauthorized');
    expect(forbidden?.stderr).toContain('User "system:serviceaccount:default:robot" cannot delete resource');
  });

  test('is replaced when four fifths of its time are over', () => {
    expect(same?.stdout).toBe(first?.stdout);
    expect(later?.stdout).not.toBe(first?.stdout);
    expect(claimsIn(later?.stdout).iat - claimsIn(first?.stdout).iat).toBeCloseTo(2886, -1);
  });

  test('is for others where a volume says so, beside what else is in it', () => {
    const { aud, exp, iat } = claimsIn(vault?.stdout);
    expect([aud, exp - iat]).toEqual([['vault'], 600]);
    expect(name?.stdout).toBe('p');
    expect(claimsIn(rotated?.stdout).iat).toBeGreaterThan(iat);
  });

  test('ends with the pod', () => {
    expect(gone?.stderr).toContain('error: You must be logged in to the server (Unauthorized)');
  });
});
