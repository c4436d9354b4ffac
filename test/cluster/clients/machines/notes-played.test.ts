import { expect, test } from 'vitest';
import { typeOnMachines } from './type-on-machines.ts';

/** Lines of notes in one cluster, and what each of them shows of it. */
const SHOWN: readonly (readonly [line: string, shown: RegExp | string])[] = [
  ['ps aux | grep "kube-apiserver --" | wc -l', '1\n'],
  ['ps -ef | grep etcd | grep -v grep | grep -o data-dir=[a-z/]* | head -1', 'data-dir=/var/lib/etcd\n'],
  ['ss -tlnp | grep -c -E "2379|6443|10250|10259"', '5\n'],
  ['netstat -plnt | grep kube-schedul', /127\.0\.0\.1:10259 .* LISTEN +\d+\/kube-schedul/],
  ['nc -zv 127.0.0.1 6443', 'Connection to 127.0.0.1 6443 port [tcp/*] succeeded!\n'],
  ['df -h / | tail -1', /^\/dev\/sda1 +\d+G .*%\s\/\n/],
  ['which etcdctl', '/usr/local/bin/etcdctl\n'],
  ['curl -s localhost:10248/healthz', 'ok'],
  ['curl -sk https://localhost:6443/livez/etcd', 'ok'],
  ['curl -sk https://localhost:6443/api/v1/nodes | grep -c "is forbidden"', '1\n'],
  ['curl -s https://localhost:6443/healthz || echo $?', '60\n'],
  ['curl -sk https://127.0.0.1:2379/health || echo $?', '56\n'],
  [
    'curl -s --cacert /etc/kubernetes/pki/etcd/ca.crt --cert /etc/kubernetes/pki/etcd/server.crt --key /etc/kubernetes/pki/etcd/server.key https://127.0.0.1:2379/health',
    '{"health":"true","reason":""}',
  ],
  ['kubectl get componentstatuses 2>/dev/null', /scheduler +Healthy +ok[\s\S]*etcd-0 +Healthy/],
  [
    'h=$(openssl x509 -pubkey -in /etc/kubernetes/pki/ca.crt | openssl rsa -pubin -outform der 2>/dev/null | openssl dgst -sha256 -hex | sed "s/^.* //"); kubeadm token create --print-join-command | grep -c $h',
    '1\n',
  ],
  [
    'openssl verify -CAfile /etc/kubernetes/pki/ca.crt /etc/kubernetes/pki/apiserver.crt',
    '/etc/kubernetes/pki/apiserver.crt: OK\n',
  ],
  ['crictl exec $(crictl ps --name etcd -q) etcdctl version | head -1', 'etcdctl version: 3.6.8\n'],
  [
    'find /etc/kubernetes/pki/etcd -name "*.crt" -exec openssl x509 -noout -issuer -in {} \\; | sort -u',
    'issuer=CN = etcd-ca\n',
  ],
  ['ls /etc/kubernetes/pki/*.key | xargs -n 1 basename 2>&1 | head -1', /command not found/],
  ['ls /etc/kubernetes/manifests | xargs -I {} echo /m/{} | tail -1', '/m/kube-scheduler.yaml\n'],
  [
    'cp /etc/kubernetes/manifests/etcd.yaml{,.bak}; diff /etc/kubernetes/manifests/etcd.yaml{,.bak} && echo same',
    'same\n',
  ],
  [
    'rm /etc/kubernetes/manifests/etcd.yaml.bak; printf abc | openssl md5',
    'MD5(stdin)= 900150983cd24fb0d6963f7d28e17f72\n',
  ],
  ['crictl logs $(crictl ps --name kube-apiserver -q) | tail -1', /Serving securely on \[::\]:6443\n$/],
  [
    'kubectl cluster-info dump | grep -c "==== START logs for container etcd of pod kube-system/etcd-cp-1"',
    '1\n',
  ],
  [
    'rm /etc/kubernetes/pki/apiserver.crt; kubeadm init phase certs apiserver | head -1',
    '[certs] Generating "apiserver" certificate and key\n',
  ],
];

test('a machine of the control plane tells of itself as notes ask it', () => {
  const { printed } = typeOnMachines(SHOWN.map(([line]) => line));
  const seen = Object.fromEntries(SHOWN.map(([line], index) => [line, printed[index] ?? '']));
  for (const [line, shown] of SHOWN)
    if (typeof shown === 'string') expect([line, seen[line]]).toEqual([line, shown]);
    else expect(seen[line]).toMatch(shown);
});

test('a kubelet with nothing to go by is started again and again, until it has', () => {
  const { printed } = typeOnMachines([
    'ssh node-1 "sed -i s#pki/ca.crt#pki/gone.crt# /var/lib/kubelet/config.yaml; systemctl restart kubelet"',
    { wait: '25s' },
    'ssh node-1 "systemctl is-active kubelet; journalctl -u kubelet | tail -4"',
    'ssh node-1 "systemctl status kubelet | grep Active"',
    { wait: '1m' },
    'kubectl get node node-1 --no-headers',
    'ssh node-1 sed -i s#pki/gone.crt#pki/ca.crt# /var/lib/kubelet/config.yaml',
    { wait: '30s' },
    'ssh node-1 systemctl is-active kubelet; kubectl get node node-1 --no-headers',
    'ssh node-2 "rm /etc/kubernetes/kubelet.conf; systemctl restart kubelet; sleep 1; journalctl -u kubelet | tail -3"',
    'ssh node-2 "echo KUBELET_EXTRA_ARGS=--no-such > /etc/default/kubelet; sleep 10; journalctl -u kubelet | tail -3"',
  ]);
  const [, journal, status, down, , up, noConfig, flag] = printed;
  expect(journal).toContain('activating\n');
  expect(journal).toContain('open /etc/kubernetes/pki/gone.crt: no such file or directory"');
  expect(journal).toContain("Failed with result 'exit-code'.");
  expect(status).toContain('Active: activating (auto-restart) (Result: exit-code)');
  expect(down).toMatch(/^node-1 +NotReady/);
  expect(up).toMatch(/^active\nnode-1 +Ready/);
  expect(noConfig).toContain('stat /etc/kubernetes/bootstrap-kubelet.conf: no such file or directory');
  expect(flag).toContain('failed to parse kubelet flag: unknown flag: --no-such');
});
