import { describe, expect, test } from 'vitest';
import { typeOnMachines } from './type-on-machines.ts';

const KUBELET = 'ssh node-1 sudo kubectl --kubeconfig /etc/kubernetes/kubelet.conf';
const forbidden = (what: string, why: string): string =>
  `Error from server (Forbidden): ${what} is forbidden: ${why}\n`;

describe('somebody with the credentials of a kubelet', () => {
  const lines: readonly (readonly [line: string, printed: string])[] = [
    [`${KUBELET} label node node-1 team=a`, 'node/node-1 labeled\n'],
    [
      `${KUBELET} label node node-1 node-role.kubernetes.io/x=`,
      forbidden('nodes "node-1"', 'is not allowed to modify labels: node-role.kubernetes.io/x'),
    ],
    [
      `${KUBELET} taint node node-1 x=y:NoSchedule`,
      forbidden('nodes "node-1"', 'node "node-1" is not allowed to modify taints'),
    ],
    [
      'kubectl --as system:node:node-1 --as-group system:nodes delete pod -n kube-system etcd-cp-1',
      forbidden('pods "etcd-cp-1"', 'node "node-1" can only delete pods with spec.nodeName set to itself'),
    ],
    [
      'kubectl --as system:node:node-1 --as-group system:nodes run x --image=nginx',
      forbidden(
        'pods "x"',
        'pod does not have "kubernetes.io/config.mirror" annotation, node "node-1" can only create mirror pods',
      ),
    ],
    [
      'ssh node-1 sudo openssl x509 -in /var/lib/kubelet/pki/kubelet-client-current.pem -noout -subject',
      'subject=O = system:nodes, CN = system:node:node-1\n',
    ],
  ];
  const { printed } = typeOnMachines(
    lines.map(([run, text]) => ({ run, expect: { exitCode: text.startsWith('Error') ? 1 : 0 } })),
  );
  test.each(lines.map(([line, text], index) => [line, text, printed[index]]))('%s', (_line, text, said) => {
    expect(said).toBe(text);
  });
});

test('etcd’s tools are called in its pod', () => {
  const ETCDCTL =
    'etcdctl --cacert /etc/kubernetes/pki/etcd/ca.crt --cert /etc/kubernetes/pki/etcd/server.crt --key /etc/kubernetes/pki/etcd/server.key';
  const { printed } = typeOnMachines([
    `kubectl exec -n kube-system etcd-cp-1 -- ${ETCDCTL} get /registry/namespaces/default --keys-only`,
    `kubectl exec -n kube-system etcd-cp-1 -- sh -c "${ETCDCTL} get /registry/namespaces --prefix --keys-only | grep public"`,
    { run: `kubectl exec -n kube-system etcd-cp-1 -- etcdctl get x`, expect: { exitCode: 1 } },
  ]);
  expect(printed[0]).toBe('/registry/namespaces/default\n\n');
  expect(printed[1]).toBe('/registry/namespaces/kube-public\n');
  expect(printed[2]).toContain('command terminated with exit code 1');
});
