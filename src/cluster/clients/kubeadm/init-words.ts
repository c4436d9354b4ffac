import { USE_CLUSTER } from './init-phases.ts';
import { placeOf } from './place-of.ts';
import type { Phase, Run } from './run-phases.ts';
import { caHash } from './token.ts';
import { drawCertificateKey } from './uploaded-certs.ts';

/** `--control-plane-endpoint`, with its port. */
export function endpointOf({ flags }: Run): string | undefined {
  const text = flags.text('control-plane-endpoint');
  if (text === '') return undefined;
  return /:\d+$/.test(text) ? text : `${text}:6443`;
}

/** The last words of `kubeadm init`: what to type next, and where. */
export const tellInitialized: Phase = function* (run) {
  yield* [];
  const { call, say, flags, notes, version } = run;
  const endpoint = endpointOf(run);
  const server = endpoint ?? `${placeOf(call, version).server}:6443`;
  const join = `kubeadm join ${server} --token ${notes['token']} \\\n\t--discovery-token-ca-cert-hash ${caHash(call)}`;
  say(`
Your Kubernetes control-plane has initialized successfully!

To start using your cluster, you need to run the following as a regular user:

${USE_CLUSTER}

Alternatively, if you are the root user, you can run:

  export KUBECONFIG=/etc/kubernetes/admin.conf

You should now deploy a pod network to the cluster.
Run "kubectl apply -f [podnetwork].yaml" with one of the options listed at:
  https://kubernetes.io/docs/concepts/cluster-administration/addons/
`);
  if (endpoint !== undefined && flags.bool('upload-certs')) {
    const key = flags.text('certificate-key') || drawCertificateKey(call);
    say(`You can now join any number of control-plane nodes running the following command on each as root:

  ${join} \\
	--control-plane --certificate-key ${key}

Please note that the certificate-key gives access to cluster sensitive data, keep it secret!
As a safeguard, uploaded-certs will be deleted in two hours; If necessary, you can use
"kubeadm init phase upload-certs --upload-certs" to reload certs afterward.
`);
  } else if (endpoint !== undefined)
    say(`You can now join any number of control-plane nodes by copying certificate authorities
and service account keys on each node and then running the following as root:

  ${join} \\
	--control-plane
`);
  say(`Then you can join any number of worker nodes by running the following on each as root:

${join}`);
  return 'done';
};
