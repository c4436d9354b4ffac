import { expect, test } from 'vitest';
import { typeInCluster } from '../type-in-cluster.ts';

const rbac = (verbs: string, subjects: string): string => `
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: reader, namespace: team }
rules: [{ apiGroups: [""], resources: [pods], verbs: [${verbs}] }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: readers, namespace: team }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader }
subjects: [${subjects}]
---
apiVersion: v1
kind: ConfigMap
metadata: { name: skipped }
`;
const user = (name: string): string => `{ kind: User, apiGroup: rbac.authorization.k8s.io, name: ${name} }`;
const said = (name: string): string =>
  `{Kind:User APIGroup:rbac.authorization.k8s.io Name:${name} Namespace:}`;
const rule = (verb: string): string =>
  `{Verbs:[${verb}] APIGroups:[] Resources:[pods] ResourceNames:[] NonResourceURLs:[]}`;

test('kubectl auth reconcile adds what is missing, and removes what is too much when it is told to', () => {
  const files = {
    'a.yaml': rbac('get, list', user('jane')),
    'b.yaml': rbac('list, watch', user('joe')),
  };
  const { commands } = typeInCluster(
    [
      [1000, 'kubectl auth reconcile -f a.yaml'],
      [2000, 'kubectl auth reconcile -f a.yaml'],
      [3000, 'kubectl auth reconcile -f b.yaml'],
      [4000, "kubectl get role reader -n team -o jsonpath='{.rules[*].verbs}'; kubectl get cm skipped"],
      [5000, 'kubectl auth reconcile -f b.yaml --remove-extra-permissions --remove-extra-subjects'],
      [6000, "kubectl get role reader -n team -o jsonpath='{.rules[*].verbs}'"],
      [7000, 'kubectl auth reconcile -f a.yaml --dry-run=client'],
    ],
    { files, until: 9000 },
  );
  const reconciled = (suffix = ''): string[] => [
    `role.rbac.authorization.k8s.io/reader reconciled${suffix}`,
    `rolebinding.rbac.authorization.k8s.io/readers reconciled${suffix}`,
    '',
  ];
  expect(commands.map(({ stdout }) => stdout.split('\n'))).toEqual([
    reconciled(),
    reconciled(),
    reconciled(),
    ['["get","list"] ["watch"]'],
    reconciled(),
    ['["list","watch"]'],
    reconciled(' (dry run)'),
  ]);
  expect(commands.map(({ stderr }) => stderr)).toEqual([
    `\treconciliation required create\n\tmissing rules added:\n\t\t${rule('get list')}\n\treconciliation required create\n\tmissing subjects added:\n\t\t${said('jane')}\n`,
    '',
    `\treconciliation required update\n\tmissing rules added:\n\t\t${rule('watch')}\n\treconciliation required update\n\tmissing subjects added:\n\t\t${said('joe')}\n`,
    'Error from server (NotFound): configmaps "skipped" not found\n',
    `\treconciliation required update\n\textra rules removed:\n\t\t${rule('get')}\n\treconciliation required update\n\textra subjects removed:\n\t\t${said('jane')}\n`,
    '',
    `\treconciliation required update\n\tmissing rules added:\n\t\t${rule('get')}\n\treconciliation required update\n\tmissing subjects added:\n\t\t${said('jane')}\n`,
  ]);
});

test('a request for a certificate that was denied is kept for an hour, one that waits for a day', () => {
  const request = (name: string): string =>
    `openssl genrsa -out ${name}.key 2048 && openssl req -new -key ${name}.key -out ${name}.csr -subj "/CN=${name}" && printf 'apiVersion: certificates.k8s.io/v1\nkind: CertificateSigningRequest\nmetadata: { name: ${name} }\nspec: { signerName: kubernetes.io/kube-apiserver-client, usages: [client auth], request: %s }\n' $(base64 -w0 < ${name}.csr) | kubectl apply -f -`;
  const list = "kubectl get csr --no-headers | cut -d' ' -f1";
  const HOUR = 3_600_000;
  const { commands } = typeInCluster(
    [
      [1000, request('bad')],
      [2000, request('late')],
      [3000, 'kubectl certificate deny bad'],
      [HOUR, list],
      [2 * HOUR + 4000, list],
      [25 * HOUR + 10_000, list],
    ],
    { until: 25 * HOUR + 12_000, nodes: 1 },
  );
  expect(commands.slice(3).map(({ stdout }) => stdout.trim().split('\n'))).toEqual([
    ['bad', 'late'],
    ['late'],
    [''],
  ]);
});
