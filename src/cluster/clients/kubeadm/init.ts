import { manifestPath } from '../../contract/control-plane-paths.ts';
import { PROGRAMS } from '../../contract/control-plane-rows.ts';
import { formatKubeVersion } from '../../objects/versions.ts';
import { findFile } from '../files.ts';
import { fatal } from './cluster-state.ts';
import type { Command } from './command.ts';
import { bools, texts } from './flags.ts';
import { type Phase, runPhases } from './run-phases.ts';

/**
 * `kubeadm init` (kubeadm: cmd/init.go), as far as its checks: a cluster is there already when a story
 * begins, and a second one beside it is not simulated.
 */
export const init: Command = {
  flags: [
    ...texts(
      'apiserver-advertise-address',
      'apiserver-bind-port',
      'apiserver-cert-extra-sans',
      'certificate-key',
      'control-plane-endpoint',
      'cri-socket',
      'feature-gates',
      'ignore-preflight-errors',
      'image-repository',
      'kubernetes-version',
      'node-name',
      'pod-network-cidr',
      'service-cidr',
      'service-dns-domain',
      'skip-phases',
      'token',
      'token-ttl',
    ),
    ...bools('upload-certs', 'dry-run', 'skip-token-print', 'skip-certificate-key-print'),
  ],
  run: (call, flags) => runPhases(call, flags, [preflight]),
};

const preflight: Phase = function* ({ call, say, version, node }) {
  say(`[init] Using Kubernetes version: ${formatKubeVersion(version)}`);
  say('[preflight] Running pre-flight checks');
  const errors = PROGRAMS.map(manifestPath)
    .filter((path) => findFile(call.files, path).type === 'file')
    .map((path) => `[ERROR FileAvailable-${path.replaceAll('/', '-')}]: ${path} already exists`);
  const { rows } = call.view;
  if (errors.length > 0) errors.push('[ERROR Port-6443]: Port 6443 is in use');
  if (rows.row('machines', node)?.kubelet.running) errors.push('[ERROR Port-10250]: Port 10250 is in use');
  if (findFile(call.files, '/var/lib/etcd').type === 'folder')
    errors.push('[ERROR DirAvailable--var-lib-etcd]: /var/lib/etcd is not empty');
  if (errors.length > 0) return { error: `error execution phase preflight: ${fatal(errors.sort())}` };
  const message = 'a second cluster beside the one that is there is not simulated';
  yield { type: 'NoticeGiven', about: 'kubeadm init', message };
  return { error: `kubeadm init: ${message}` };
};
