import { drawWhole } from '../../../kernel/chance/draw.ts';
import { SECOND } from '../../../kernel/time/millis.ts';
import { kubeadmImages } from '../../kubeadm/images.ts';
import { kubeletFiles } from '../../kubeadm/machine-files.ts';
import { formatKubeVersion } from '../../objects/versions.ts';
import { findFile } from '../files.ts';
import { bool } from '../flags/flag.ts';
import { readClusterConfig, readingLines } from './cluster-config.ts';
import type { Command } from './command.ts';
import { bools, texts } from './flags.ts';
import { prepull } from './prepull.ts';
import { type Phase, type Run, runPhases, taking } from './run-phases.ts';
import { targetOf } from './target-of.ts';
import { upgradeComponent } from './upgrade-component.ts';
import { upgradeWords } from './upgrade-words.ts';

/** `kubeadm upgrade node` (kubeadm: cmd/upgrade/node.go): a machine follows what the cluster has become. */
export const upgradeNode: Command = {
  flags: [
    ...texts('ignore-preflight-errors', 'skip-phases'),
    bool('etcd-upgrade', 'true'),
    bool('certificate-renewal', 'true'),
    ...bools('dry-run'),
  ],
  run: (call, flags) => runPhases(call, flags, PHASES),
};

function isPlane({ call }: Run): boolean {
  return findFile(call.files, '/etc/kubernetes/manifests/kube-apiserver.yaml').type === 'file';
}

const preflight: Phase = function* (run) {
  const { call, say, version, notes } = run;
  for (const line of readingLines('upgrade', version)) say(line);
  const config = yield* readClusterConfig(call);
  if ('problem' in config)
    return {
      error: `unable to fetch the kubeadm-config ConfigMap: failed to get config map: ${config.problem}`,
    };
  notes['target'] = formatKubeVersion(config.version);
  const tag = version.minor >= 31 ? 'upgrade/preflight' : 'preflight';
  say(`[${tag}] Running pre-flight checks`);
  if (isPlane(run)) {
    say(`[${tag}] Pulling images required for setting up a Kubernetes cluster`);
    say(`[${tag}] This might take a minute or two, depending on the speed of your internet connection`);
    say(`[${tag}] You can also perform this action in beforehand using 'kubeadm config images pull'`);
  } else {
    say(`[${tag}] Skipping prepull. Not a control plane node.`);
  }
  return 'done';
};

/** Done on a machine of the control plane, and passed over on any other. */
function onPlane(phase: Phase): Phase {
  return function* (run) {
    return isPlane(run) ? yield* phase(run) : 'done';
  };
}

const begin: Phase = function* (run) {
  yield* [];
  const { say, version } = run;
  const tag = version.minor >= 31 ? 'upgrade/control-plane' : 'upgrade';
  if (isPlane(run)) {
    say(
      upgradeWords(version)
        .upgrading(formatKubeVersion(targetOf(run)))
        .replace('control plane to', 'control plane instance to'),
    );
  } else {
    say(`[${tag}] Skipping phase. Not a control plane node.`);
    if (version.minor >= 31) say('[upgrade/kubeconfig] Skipping phase. Not a control plane node.');
  }
  return 'done';
};

/** The kubelet's own configuration, which it reads when it is started next. */
export const upgradeKubeletConfig: Phase = function* ({ call, say, version, written }) {
  yield* [];
  const [config, env] = kubeletFiles(version);
  if (version.minor >= 27) {
    const number = drawWhole(
      call.view.chance,
      1_000_000,
      4_000_000_000,
      'kubelet config',
      call.command,
      call.instance,
    );
    say(
      `[upgrade] Backing up kubelet config file to /etc/kubernetes/tmp/kubeadm-kubelet-config${number}/config.yaml`,
    );
  }
  say('[kubelet-start] Writing kubelet configuration to file "/var/lib/kubelet/config.yaml"');
  for (const file of [config, env])
    if (file) written.push({ path: file.path, text: file.content, mode: file.mode });
  if (version.minor >= 31)
    say('[upgrade/kubelet-config] The kubelet configuration for this node was successfully upgraded!');
  return 'done';
};

const end: Phase = function* (run) {
  yield* [];
  const { say, version } = run;
  if (version.minor < 31) {
    say('[upgrade] The configuration for this node was successfully updated!');
    say('[upgrade] Now you should go ahead and upgrade the kubelet package using your package manager.');
  } else if (isPlane(run)) {
    say('[upgrade/control-plane] The control plane instance for this node was successfully upgraded!');
  } else {
    say('[upgrade/addon] Skipping the addon/coredns phase. Not a control plane node.');
    say('[upgrade/addon] Skipping the addon/kube-proxy phase. Not a control plane node.');
  }
  return 'done';
};

const pulled: Phase = function* (run) {
  yield* prepull(run, kubeadmImages(targetOf(run)));
  return 'done';
};

const PHASES: readonly Phase[] = [
  preflight,
  taking([SECOND, 2 * SECOND], 'preflight of a node'),
  onPlane(taking([12 * SECOND, 25 * SECOND], 'images')),
  onPlane(pulled),
  begin,
  onPlane(upgradeComponent('etcd')),
  onPlane(upgradeComponent('kube-apiserver')),
  onPlane(upgradeComponent('kube-controller-manager')),
  onPlane(upgradeComponent('kube-scheduler')),
  upgradeKubeletConfig,
  end,
];
