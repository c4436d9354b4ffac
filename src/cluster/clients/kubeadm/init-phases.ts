import { PROGRAMS } from '../../contract/control-plane-rows.ts';
import { kubeadmImages } from '../../kubeadm/images.ts';
import { kubeletCredentials } from '../../kubeadm/kubelet-credentials.ts';
import { credentialFiles, manifestFiles, workerFiles } from '../../kubeadm/machine-files.ts';
import type { PkiPlace, PlacedFile } from '../../kubeadm/pki.ts';
import type { PlaneMachine } from '../../kubeadm/plane-machine.ts';
import { placeOf } from './place-of.ts';
import { prepull } from './prepull.ts';
import type { Phase, Run } from './run-phases.ts';

/** What kubeadm says while it makes a machine one of the control plane. */
export const pullImages: Phase = function* (run) {
  run.say('[preflight] Pulling images required for setting up a Kubernetes cluster');
  run.say('[preflight] This might take a minute or two, depending on the speed of your internet connection');
  const beforehand =
    "[preflight] You can also perform this action beforehand using 'kubeadm config images pull'";
  run.say(run.version.minor >= 30 ? beforehand : beforehand.replace('beforehand', 'in beforehand'));
  yield* prepull(run, kubeadmImages(run.version));
  return 'done';
};

/** In the order in which kubeadm makes them; a machine that joins makes its own ones, too. */
export const CERTIFICATES: readonly (readonly [name: string, isOwn: boolean])[] = [
  ['ca', false],
  ['apiserver', true],
  ['apiserver-kubelet-client', true],
  ['front-proxy-ca', false],
  ['front-proxy-client', true],
  ['etcd/ca', false],
  ['etcd/server', true],
  ['etcd/peer', true],
  ['etcd/healthcheck-client', true],
  ['apiserver-etcd-client', true],
];

export const TELL_CERTIFICATES = '[certs] Using certificateDir folder "/etc/kubernetes/pki"';
export const TELL_ACCOUNT_KEY = '[certs] Generating "sa" key and public key';

/** What is said of one that is made. */
export function tellCertificate({ say, node }: Run, { ip }: PkiPlace, name: string): void {
  say(`[certs] Generating "${name}" certificate and key`);
  if (name === 'apiserver')
    say(
      `[certs] apiserver serving cert is signed for DNS names [${node} kubernetes kubernetes.default kubernetes.default.svc kubernetes.default.svc.cluster.local] and IPs [10.96.0.1 ${ip}]`,
    );
  const own = `${ip} 127.0.0.1 ::1`;
  if (name === 'etcd/server' || name === 'etcd/peer')
    say(`[certs] ${name} serving cert is signed for DNS names [${node} localhost] and IPs [${own}]`);
}

/** What is said of certificates: of all of them, or of those that each machine has of its own. */
export function tellCertificates(run: Run, place: PkiPlace, isFirst: boolean): void {
  const { say } = run;
  say(TELL_CERTIFICATES);
  for (const [name, isOwn] of CERTIFICATES) if (isOwn || isFirst) tellCertificate(run, place, name);
  if (isFirst) say(TELL_ACCOUNT_KEY);
  else {
    say('[certs] Valid certificates and keys now exist in "/etc/kubernetes/pki"');
    say('[certs] Using the existing "sa" key');
  }
}

/** Names of the kubeconfig files, in kubeadm's order. */
export function tellKubeconfigs({ say, version }: Run, isFirst: boolean): void {
  if (!isFirst) say('[kubeconfig] Generating kubeconfig files');
  say('[kubeconfig] Using kubeconfig folder "/etc/kubernetes"');
  const all = [
    'admin.conf',
    ...(version.minor >= 29 && isFirst ? ['super-admin.conf'] : []),
    ...(isFirst ? ['kubelet.conf'] : []),
    'controller-manager.conf',
    'scheduler.conf',
  ];
  for (const name of all) say(`[kubeconfig] Writing "${name}" kubeconfig file`);
}

export function tellManifests({ say }: Run): void {
  say('[control-plane] Using manifest folder "/etc/kubernetes/manifests"');
  for (const program of PROGRAMS)
    if (program !== 'etcd') say(`[control-plane] Creating static Pod manifest for "${program}"`);
}

export const TELL_ETCD = '[etcd] Creating static Pod manifest for local etcd in "/etc/kubernetes/manifests"';

/** Everything that a machine of the control plane has on its disk, as its kubelet reads it. */
export function planeFiles(run: Run, machine: PlaneMachine): readonly PlacedFile[] {
  const { call } = run;
  const place = placeOf(call, machine.version);
  return [
    ...credentialFiles(place, call.now),
    ...workerFiles(place),
    kubeletCredentials(place, call.now),
    ...manifestFiles(machine),
  ];
}

export function writeFiles({ written }: Run, files: readonly PlacedFile[]): void {
  for (const { path, content, mode } of files) written.push({ path, text: content, mode });
}

export function tellKubelet({ say }: Run): void {
  const env = '/var/lib/kubelet/kubeadm-flags.env';
  say(`[kubelet-start] Writing kubelet environment file with flags to file "${env}"`);
  say('[kubelet-start] Writing kubelet configuration to file "/var/lib/kubelet/config.yaml"');
  say('[kubelet-start] Starting the kubelet');
}

export function tellHealthy({ say, version, call, since }: Run): void {
  if (version.minor < 30) return;
  say(
    '[kubelet-check] Waiting for a healthy kubelet at http://127.0.0.1:10248/healthz. This can take up to 4m0s',
  );
  say(`[kubelet-check] The kubelet is healthy after ${call.now - since + 501}.182ms`);
}

/** Where each program of the control plane is asked how it is, since 1.34 all of them. */
export function tellChecking({ say, version }: Run, ip: string): void {
  if (version.minor >= 34) {
    say('[control-plane-check] Waiting for healthy control plane components. This can take up to 4m0s');
    say(`[control-plane-check] Checking kube-apiserver at https://${ip}:6443/livez`);
    say('[control-plane-check] Checking kube-controller-manager at https://127.0.0.1:10257/healthz');
    say('[control-plane-check] Checking kube-scheduler at https://127.0.0.1:10259/livez');
  } else if (version.minor >= 30)
    say('[api-check] Waiting for a healthy API server. This can take up to 4m0s');
}

export function tellChecked({ say, version, call, since }: Run): void {
  const seconds = ((call.now - since) / 1000).toFixed(3);
  if (version.minor >= 34) {
    for (const program of ['kube-controller-manager', 'kube-scheduler', 'kube-apiserver'])
      say(`[control-plane-check] ${program} is healthy after ${seconds}s`);
  } else if (version.minor >= 30) say(`[api-check] The API server is healthy after ${seconds}s`);
  else say(`[apiclient] All control plane components are healthy after ${seconds} seconds`);
}

/** Labels and taints that kubeadm gives the machine's node. */
export function tellMarking({ say, node, version }: Run): void {
  const role = 'node-role.kubernetes.io/control-plane';
  const old = 'node-role.kubernetes.io/master';
  if (version.minor < 20) {
    say(`[mark-control-plane] Marking the node ${node} as control-plane by adding the label "${old}=''"`);
    say(
      `[mark-control-plane] Marking the node ${node} as control-plane by adding the taints [${old}:NoSchedule]`,
    );
    return;
  }
  const labels =
    version.minor < 24 ? `${old} ${role}` : `${role} node.kubernetes.io/exclude-from-external-load-balancers`;
  const taints = version.minor < 24 ? `${old}:NoSchedule` : `${role}:NoSchedule`;
  say(`[mark-control-plane] Marking the node ${node} as control-plane by adding the labels: [${labels}]`);
  say(`[mark-control-plane] Marking the node ${node} as control-plane by adding the taints [${taints}]`);
}

/** What somebody who is to use the cluster types next. */
export const USE_CLUSTER = `  mkdir -p $HOME/.kube
  sudo cp -i /etc/kubernetes/admin.conf $HOME/.kube/config
  sudo chown $(id -u):$(id -g) $HOME/.kube/config`;
