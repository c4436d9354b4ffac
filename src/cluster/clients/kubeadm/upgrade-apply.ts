import { drawWhole } from '../../../kernel/chance/draw.ts';
import { SECOND } from '../../../kernel/time/millis.ts';
import { kubeadmImages } from '../../kubeadm/images.ts';
import { managedIn } from '../../kubeadm/pki.ts';
import { formatKubeVersion, parseKubeVersion } from '../../objects/versions.ts';
import { bool } from '../flags/flag.ts';
import { applyAddons, storeConfig } from './addons.ts';
import { renewedFiles } from './certs.ts';
import { readingLines } from './cluster-config.ts';
import { clusterState, fatal, unhealthy } from './cluster-state.ts';
import type { Command } from './command.ts';
import { bools, texts } from './flags.ts';
import { prepull } from './prepull.ts';
import { type Phase, type Run, runPhases, taking } from './run-phases.ts';
import { targetOf } from './target-of.ts';
import { upgradeComponent } from './upgrade-component.ts';
import { upgradeKubeletConfig } from './upgrade-node.ts';
import { upgradeWords } from './upgrade-words.ts';
import { enforcePolicy } from './version-policy.ts';

const UPGRADE_FLAGS = [
  ...texts('feature-gates', 'ignore-preflight-errors', 'skip-phases'),
  bool('etcd-upgrade', 'true'),
  bool('certificate-renewal', 'true'),
  ...bools('y,yes', 'f,force', 'dry-run', 'print-config'),
  ...bools('allow-experimental-upgrades', 'allow-release-candidate-upgrades'),
];

/** `kubeadm upgrade apply VERSION` (kubeadm: cmd/upgrade/apply.go and its phases). */
export const upgradeApply: Command = {
  flags: UPGRADE_FLAGS,
  run: (call, flags) => runPhases(call, flags, flags.bool('dry-run') ? [preflight, dryRun] : PHASES),
};

const preflight: Phase = function* (run) {
  const { call, flags, version, say, notes } = run;
  const words = upgradeWords(version);
  const asked = flags.operands[0] ?? '';
  const target = parseKubeVersion(asked);
  if (asked === '') return { error: 'missing one or more required arguments. Required arguments: [version]' };
  for (const line of readingLines(words.config, version)) say(line);
  const state = yield* clusterState(call);
  if (typeof state === 'string') return { error: `[${words.config}] FATAL: ${state}` };
  say(words.checks);
  if (!target) return { error: `unable to parse "${asked}" as a version: it needs a form such as v1.36.0` };
  say(words.health);
  const sick = unhealthy(state);
  if (sick !== undefined)
    return { error: `error execution phase preflight: [upgrade/health] FATAL: ${sick}` };
  const missing = missingManifests(run);
  if (missing !== undefined) return { error: `error execution phase preflight: ${missing}` };
  say(`${words.chosen} "${formatKubeVersion(target)}"`);
  say(`[upgrade/versions] Cluster version: ${formatKubeVersion(state.server)}`);
  say(`[upgrade/versions] kubeadm version: ${formatKubeVersion(version)}`);
  const kubelets = state.nodes.map(({ kubelet }) => kubelet);
  const { mandatory, skippable } = enforcePolicy({
    target,
    cluster: state.server,
    kubeadm: version,
    kubelets,
  });
  const list = (errors: readonly string[]): string => errors.map((error) => `\t- ${error}\n`).join('');
  if (mandatory.length > 0)
    return {
      error: `error execution phase preflight: the version argument is invalid due to these fatal errors:\n\n${list(mandatory)}\nPlease fix the misalignments highlighted above and try upgrading again`,
    };
  if (skippable.length > 0 && !flags.bool('force'))
    return {
      error: `error execution phase preflight: the version argument is invalid due to these errors:\n\n${list(skippable)}\nCan be bypassed if you pass the --force flag`,
    };
  // Whoever types it without -y says yes when asked.
  if (!flags.bool('yes') && !flags.bool('force') && !flags.bool('dry-run')) say(words.sure);
  notes['target'] = formatKubeVersion(target);
  notes['from'] = formatKubeVersion(state.server);
  return 'done';
};

function missingManifests({ call }: Run): string | undefined {
  const isPlane = call.files['/etc/kubernetes/manifests/kube-apiserver.yaml'] !== undefined;
  return isPlane
    ? undefined
    : fatal([
        '[ERROR StaticPodManifest]: manifest files not found: [/etc/kubernetes/manifests/kube-apiserver.yaml /etc/kubernetes/manifests/kube-controller-manager.yaml /etc/kubernetes/manifests/kube-scheduler.yaml]',
      ]);
}

const dryRun: Phase = function* (run) {
  yield* [];
  run.say(`[dryrun] Would upgrade your static Pod-hosted control plane to version "${run.notes['target']}"`);
  run.say('[upgrade] Finished dryrunning successfully!');
  return 'done';
};

const tellPull: Phase = function* ({ say, version }) {
  yield* [];
  const { pull } = upgradeWords(version);
  say(`[${pull}] Pulling images required for setting up a Kubernetes cluster`);
  say(`[${pull}] This might take a minute or two, depending on the speed of your internet connection`);
  say(`[${pull}] You can also perform this action beforehand using 'kubeadm config images pull'`);
  return 'done';
};

const pulled: Phase = function* (run) {
  yield* prepull(run, kubeadmImages(targetOf(run)));
  return 'done';
};

const beginPlane: Phase = function* (run) {
  yield* [];
  const { call, say, version } = run;
  say(upgradeWords(version).upgrading(formatKubeVersion(targetOf(run))));
  const number = drawWhole(
    call.view.chance,
    1_000_000,
    4_000_000_000,
    'kubeadm folder',
    call.command,
    call.instance,
  );
  say(
    `[upgrade/staticpods] Writing new Static Pod manifests to "/etc/kubernetes/tmp/kubeadm-upgraded-manifests${number}"`,
  );
  return 'done';
};

const PLANE_PHASES: readonly Phase[] = [
  beginPlane,
  upgradeComponent('etcd'),
  upgradeComponent('kube-apiserver'),
  upgradeComponent('kube-controller-manager'),
  upgradeComponent('kube-scheduler'),
];

/** Those who administer the cluster get new certificates, too, without a word. */
const planeDone: Phase = function* ({ call, flags, say, version, written }) {
  yield* [];
  const people = managedIn(version).filter(({ name }) => /^(super-)?admin\.conf$/.test(name));
  if (flags.bool('certificate-renewal'))
    for (const managed of people) written.push(...renewedFiles(call, managed));
  const { planeDone: done } = upgradeWords(version);
  if (done !== undefined) say(done);
  return 'done';
};

const success: Phase = function* (run) {
  yield* [];
  const { say, version, notes } = run;
  for (const line of upgradeWords(version).success(formatKubeVersion(targetOf(run)))) say(line);
  notes['done'] = 'yes';
  return 'done';
};

const PHASES: readonly Phase[] = [
  preflight,
  taking([2 * SECOND, 4 * SECOND], 'health checks'),
  tellPull,
  taking([12 * SECOND, 25 * SECOND], 'images'),
  pulled,
  ...PLANE_PHASES,
  planeDone,
  storeConfig,
  upgradeKubeletConfig,
  applyAddons,
  success,
];
