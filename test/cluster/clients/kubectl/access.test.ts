import { expect, test } from 'vitest';
import { typeInCluster } from '../type-in-cluster.ts';

/** What the lines print, one after another, a second apart. */
function said(...lines: readonly string[]): readonly string[] {
  const typed = lines.map((line, index): [number, string] => [1000 * (index + 1), line]);
  return typeInCluster(typed).commands.map(({ stdout, stderr }) => `${stdout}${stderr}`);
}

test('a context is made, used, renamed and forgotten', () => {
  expect(
    said(
      'kubectl config set-credentials jane --token=abc',
      'kubectl config set-context jane --cluster=kubernetes --user=jane --namespace=dev',
      'kubectl config use-context jane',
      'kubectl config rename-context jane j2',
      'kubectl config current-context',
      'kubectl config use-context nope',
      'kubectl config delete-context j2',
    ),
  ).toEqual([
    'User "jane" set.\n',
    'Context "jane" created.\n',
    'Switched to context "jane".\n',
    'Context "jane" renamed to "j2".\n',
    'j2\n',
    'error: no context exists with the name: "nope"\n',
    'deleted context j2 from /root/.kube/config\n' +
      'warning: this removed your active context, use "kubectl config use-context" to select a different one\n',
  ]);
});

test('a line acts as the user of its context, of its flags, or of its file', () => {
  const lines = said(
    'kubectl create serviceaccount robot',
    'TOKEN=$(kubectl create token robot)',
    'kubectl auth whoami -o jsonpath={.status.userInfo.username} --token=$TOKEN',
    'kubectl get pods --token=wrong',
    'kubectl config --kubeconfig=r.conf set-cluster k --server=https://10.99.0.1:6443 --insecure-skip-tls-verify',
    'kubectl config --kubeconfig=r.conf set-credentials robot --token=$TOKEN',
    'kubectl config --kubeconfig=r.conf set-context c --cluster=k --user=robot',
    'kubectl config --kubeconfig=r.conf use-context c',
    'kubectl --kubeconfig=r.conf auth whoami -o jsonpath={.status.userInfo.username}',
    'kubectl get pods --context=nope',
  );
  expect(lines[2]).toBe('system:serviceaccount:default:robot');
  expect(lines[3]).toBe('error: You must be logged in to the server (Unauthorized)\n');
  expect(lines[8]).toBe('system:serviceaccount:default:robot');
  expect(lines[9]).toBe('Error in configuration: context was not found for specified context: nope\n');
});

test('a certificate needs its own key', () => {
  const lines = said(
    'openssl genrsa -out a.key 2048 && openssl genrsa -out b.key 2048',
    'openssl req -new -key a.key -subj /CN=ann/O=dev/O=ops -out a.csr && openssl req -in a.csr -noout -subject',
    `kubectl create -f - <<END
apiVersion: certificates.k8s.io/v1
kind: CertificateSigningRequest
metadata: { name: ann }
spec: { request: $(base64 -w0 a.csr), signerName: kubernetes.io/kube-apiserver-client, usages: [client auth] }
END`,
    'kubectl certificate approve ann',
    "kubectl get csr ann -o jsonpath='{.status.certificate}' | base64 -d > a.crt",
    'kubectl auth whoami -o jsonpath={.status.userInfo.groups} --client-certificate=a.crt --client-key=a.key --user=',
    'kubectl get pods --client-certificate=a.crt --client-key=b.key',
    'kubectl certificate deny ann',
  );
  expect(lines[1]).toBe('subject=CN = ann, O = dev, O = ops\n');
  expect(lines[3]).toBe('certificatesigningrequest.certificates.k8s.io/ann approved\n');
  expect(lines[5]).toBe('["dev","ops","system:authenticated"]');
  expect(lines[6]).toBe('error: tls: private key does not match public key\n');
  expect(lines[7]).toContain('certificate signing request "ann" is already Approved');
});
