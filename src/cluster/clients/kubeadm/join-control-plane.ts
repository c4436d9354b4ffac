import { MINUTE, type Millis, SECOND } from '../../../kernel/time/millis.ts';
import type { EtcdPeer } from '../../contract/etcd-rows.ts';
import { CLUSTER_TOKEN, memberIdOf } from '../../etcd/etcd-ids.ts';
import { etcdRow } from '../../etcd/membership.ts';
import { programsOf } from '../../world/control-plane.ts';
import { findFile } from '../files.ts';
import { awaitBootstrap, bootstrapFiles } from './bootstrap-kubelet.ts';
import { readClusterConfig } from './cluster-config.ts';
import {
  planeFiles,
  pullImages,
  tellCertificates,
  tellChecked,
  tellChecking,
  tellHealthy,
  tellKubeconfigs,
  tellKubelet,
  tellManifests,
  tellMarking,
  USE_CLUSTER,
  writeFiles,
} from './init-phases.ts';
import { placeOf } from './place-of.ts';
import { type Phase, type Run, taking } from './run-phases.ts';
import { askedBefore } from './setup-asked.ts';
import { targetOf } from './target-of.ts';
import { downloadCerts } from './uploaded-certs.ts';

const NO_ENDPOINT =
  "unable to add a new control plane instance to a cluster that doesn't have a stable controlPlaneEndpoint address";

/** Whether a machine may be one more of the control plane, and has what all of those share. */
const checkPlane: Phase = function* (run) {
  const { call, say, flags, node } = run;
  const { settings } = call.view;
  if (!settings.nodes.some(({ name, controlPlane }) => name === node && controlPlane)) {
    const message = `${node} is none of the machines with controlPlane: true`;
    yield { type: 'NoticeGiven', about: 'kubeadm join --control-plane', message };
    return { error: `kubeadm join --control-plane: ${message}` };
  }
  const config = yield* readClusterConfig(call);
  const text = 'text' in config ? config.text : '';
  const problems = [
    ...(/^controlPlaneEndpoint: /m.test(text) ? [] : [NO_ENDPOINT]),
    ...(flags.text('certificate-key') === '' ? missingCerts(run) : []),
  ];
  if (problems.length > 0) return { error: notSatisfied(problems) };
  say('[preflight] Running pre-flight checks before initializing the new control plane instance');
  return 'done';
};

/** kubeadm: cmd/join.go notReadyToJoinControlPlaneTemp. */
function notSatisfied(problems: readonly string[]): string {
  const listed = problems.length === 1 ? problems.join('') : `[${problems.join(', ')}]`;
  return `error execution phase preflight: 
One or more conditions for hosting a new control plane instance is not satisfied.

${listed}

Please ensure that:
* The cluster has a stable controlPlaneEndpoint address.
* The certificates that must be shared among control plane instances are provided.

`;
}

const SHARED = [
  ['certificate for CA', 'certificate', 'ca.crt'],
  ['key for service account', 'private key', 'sa.key'],
  ['certificate for front-proxy CA', 'certificate', 'front-proxy-ca.crt'],
  ['certificate for etcd CA', 'certificate', 'etcd/ca.crt'],
] as const;

function missingCerts({ call }: Run): readonly string[] {
  return SHARED.flatMap(([what, kind, name]) => {
    const path = `/etc/kubernetes/pki/${name}`;
    if (findFile(call.files, path).type === 'file') return [];
    return [
      `failure loading ${what}: couldn't load the ${kind} file ${path}: open ${path}: no such file or directory`,
    ];
  });
}

const DOWNLOADING = 'error execution phase control-plane-prepare/download-certs';

const getCerts: Phase = function* ({ call, say, flags }) {
  const key = flags.text('certificate-key');
  if (key === '') return 'done';
  say(
    '[download-certs] Downloading the certificates in Secret "kubeadm-certs" in the "kube-system" Namespace',
  );
  const problem = yield* downloadCerts(call, key);
  if (problem !== undefined) return { error: `${DOWNLOADING}: error downloading certs: ${problem}` };
  say('[download-certs] Saving the certificates to the folder: "/etc/kubernetes/pki"');
  return 'done';
};

/**
 * The new member of etcd is announced before its manifest is there; it counts only when it has caught up
 * (kubeadm: phases/etcd/local.go, with learners).
 */
const makeFiles: Phase = function* (run) {
  const { call, node, version, say } = run;
  const { rows, settings } = call.view;
  const place = placeOf(call, version);
  const config = yield* readClusterConfig(call);
  tellCertificates(run, place, false);
  tellKubeconfigs(run, false);
  tellManifests(run);
  say('[check-etcd] Checking that the etcd cluster is healthy');
  const peers = etcdRow(rows)?.members ?? [];
  const members = Object.fromEntries(
    peers.map(({ name, peerUrls }) => [name, /\/\/([^:]+):/.exec(peerUrls[0] ?? '')?.[1] ?? '']),
  );
  tellKubelet(run);
  const url = `https://${place.ip}:2380`;
  const id = memberIdOf([url], CLUSTER_TOKEN, Math.floor((settings.epochMs + call.now) / 1000));
  const added: EtcdPeer = { id, name: '', peerUrls: [url], clientUrls: [], learner: true };
  yield { type: 'EtcdMembersChanged', members: [...peers, added] };
  writeFiles(
    run,
    bootstrapFiles(
      run,
      planeFiles(run, {
        node,
        ip: place.ip,
        members,
        ...askedBefore(call, 'text' in config ? config.text : ''),
        version: targetOf(run),
      }),
    ),
  );
  yield { type: 'KubeletStarted', node, bootstraps: true };
  return 'done';
};

const POLL_MS: Millis = 500;
const PATIENCE_MS = 4 * MINUTE;

const started: Phase = function* (run) {
  yield* [];
  tellHealthy(run);
  run.say(
    run.version.minor >= 30
      ? '[kubelet-start] Waiting for the kubelet to perform the TLS Bootstrap'
      : '[kubelet-start] Waiting for the kubelet to perform the TLS Bootstrap...',
  );
  return 'done';
};

const announced: Phase = function* (run) {
  yield* [];
  run.say('[etcd] Announced new etcd member joining to the existing etcd cluster');
  run.say('[etcd] Creating static Pod manifest for "etcd"');
  run.say('[etcd] Waiting for the new etcd member to join the cluster. This can take up to 40s');
  return 'done';
};

const awaitPlane: Phase = function* (run) {
  const { call, node, isFirst, since, version } = run;
  const { rows, objects } = call.view;
  const url = `https://${placeOf(call, version).ip}:2380`;
  const row = etcdRow(rows);
  const own = row?.members.find(({ peerUrls }) => peerUrls.includes(url));
  const isRunning = rows.row('etcdMembers', node)?.runs === true;
  if (row && own?.learner && isRunning) {
    const { learner: _, ...voter } =
      rows.row('etcdMembers', node)?.members.find(({ id }) => id === own.id) ?? own;
    yield {
      type: 'EtcdMembersChanged',
      members: row.members.map((peer) => (peer === own ? voter : peer)),
    };
  }
  const isThere =
    isRunning &&
    programsOf(rows, 'kube-apiserver').some((program) => program.node === node) &&
    objects.get('nodes', undefined, node) !== undefined;
  if (isFirst) {
    tellMarking(run);
    tellChecking(run, placeOf(call, version).ip);
  }
  if (!isThere && call.now < since + PATIENCE_MS) return { until: call.now + POLL_MS };
  if (!isThere)
    return {
      error: 'error execution phase wait-control-plane: failed while waiting for the control plane to start',
    };
  tellChecked(run);
  return 'done';
};

const joined: Phase = function* ({ say }) {
  yield* [];
  say(`
This node has joined the cluster and a new control plane instance was created:

* Certificate signing request was sent to apiserver and approval was received.
* The Kubelet was informed of the new secure connection details.
* Control plane label and taint were applied to the new node.
* The Kubernetes control plane instances scaled up.
* A new etcd member was added to the local/stacked etcd cluster.

To start administering your cluster from this node, you need to run the following as a regular user:

${USE_CLUSTER.replaceAll(/^ {2}/gm, '\t')}

Run 'kubectl get nodes' to see this node join the cluster.
`);
  return 'done';
};

/** After the cluster has been found: what `--control-plane` does instead of what a worker does. */
export const joinPlane: readonly Phase[] = [
  checkPlane,
  pullImages,
  taking([12 * SECOND, 30 * SECOND], 'images of a join'),
  getCerts,
  makeFiles,
  taking([500, 1100], 'kubelet start'),
  started,
  awaitBootstrap,
  announced,
  awaitPlane,
  joined,
];
