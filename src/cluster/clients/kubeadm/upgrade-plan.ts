import { corednsImage, etcdImage } from '../../kubeadm/images.ts';
import { formatKubeVersion, type KubeVersion, parseKubeVersion } from '../../objects/versions.ts';
import { bool } from '../flags/flag.ts';
import { alignColumns } from '../kubectl/print/table/align-columns.ts';
import { readingLines } from './cluster-config.ts';
import { type ClusterState, clusterState, unhealthy } from './cluster-state.ts';
import type { Command } from './command.ts';
import { bools, texts } from './flags.ts';
import { packageVersionOf } from './package-version.ts';
import { failed } from './run-phases.ts';
import { isOlder } from './version-policy.ts';

const RULE = '_____________________________________________________________________';

/**
 * `kubeadm upgrade plan [VERSION]` (kubeadm: cmd/upgrade/plan.go). The newest version that it can find is its
 * own: nothing is looked up on the internet.
 */
export const upgradePlan: Command = {
  flags: [
    ...texts('feature-gates', 'ignore-preflight-errors', 'o,output'),
    bool('etcd-upgrade', 'true'),
    ...bools('allow-experimental-upgrades', 'allow-release-candidate-upgrades', 'print-config', 'y,yes'),
  ],
  *run(call, { operands: [asked] }) {
    const { write } = call;
    const own = packageVersionOf(call, 'kubeadm');
    const say = (...lines: readonly string[]): void =>
      write('stdout', lines.map((line) => `${line}\n`).join(''));
    say('[preflight] Running pre-flight checks.', ...readingLines('upgrade/config', own));
    const state = yield* clusterState(call);
    if (typeof state === 'string') return failed(call, `[upgrade/config] FATAL: ${state}`);
    say('[upgrade] Running cluster health checks');
    const sick = unhealthy(state);
    if (sick !== undefined) return failed(call, `[upgrade/health] FATAL: ${sick}`);
    const target = asked === undefined ? own : parseKubeVersion(asked);
    if (!target) return failed(call, `couldn't parse Kubernetes version "${asked}"`);
    say(
      '[upgrade] Fetching available versions to upgrade to',
      `[upgrade/versions] Cluster version: ${formatKubeVersion(state.server).slice(own.minor >= 31 ? 1 : 0)}`,
      `[upgrade/versions] kubeadm version: ${formatKubeVersion(own)}`,
      `[upgrade/versions] Target version: ${formatKubeVersion(target)}`,
      `[upgrade/versions] Latest version in the v1.${state.server.minor} series: ${formatKubeVersion(newestOf(state.server, target))}`,
      '',
    );
    if (!isOlder(state.server, target)) {
      say("Awesome, you're up-to-date! Enjoy!");
      return { exitCode: 0 };
    }
    write('stdout', planText(state, { target, own }));
    return { exitCode: 0 };
  },
};

function newestOf(cluster: KubeVersion, target: KubeVersion): KubeVersion {
  return cluster.minor === target.minor && isOlder(cluster, target) ? target : cluster;
}

interface Planned {
  readonly target: KubeVersion;
  readonly own: KubeVersion;
}

function planText({ server, nodes }: ClusterState, { target, own }: Planned): string {
  const after = formatKubeVersion(target);
  const before = formatKubeVersion(server);
  const head = ['COMPONENT', 'NODE', 'CURRENT', 'TARGET'];
  const kubelets = nodes
    .filter(({ kubelet }) => isOlder(kubelet, target))
    .map(({ name, kubelet }) => ['kubelet', name, formatKubeVersion(kubelet), after]);
  const planes = nodes.filter(({ isPlane }) => isPlane);
  const program = (name: string): readonly (readonly string[])[] =>
    planes.map((node) => [name, node.name, before, after]);
  const components = [
    ...['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'].flatMap(program),
    ['kube-proxy', '', before.slice(1), after],
    ['CoreDNS', '', tagOf(corednsImage(server)), tagOf(corednsImage(target))],
    ...planes.map(({ name }) => ['etcd', name, tagOf(etcdImage(server)), tagOf(etcdImage(target))]),
  ];
  const what = server.minor === target.minor ? `version in the v1.${target.minor} series` : 'stable version';
  const manual =
    kubelets.length === 0
      ? ''
      : `Components that must be upgraded manually after you have upgraded the control plane with 'kubeadm upgrade apply':\n${table([head, ...kubelets])}\n`;
  const note = isOlder(own, target)
    ? `Note: Before you can perform this upgrade, you have to update kubeadm to ${after}.\n\n`
    : '';
  return (
    `${manual}Upgrade to the latest ${what}:\n\n${table([head, ...components])}\n` +
    'You can now apply the upgrade by executing the following command:\n\n' +
    `\tkubeadm upgrade apply ${after}\n\n${note}${RULE}\n\n\n${configsText()}`
  );
}

function configsText(): string {
  const rows = [
    ['API GROUP', 'CURRENT VERSION', 'PREFERRED VERSION', 'MANUAL UPGRADE REQUIRED'],
    ['kubeproxy.config.k8s.io', 'v1alpha1', 'v1alpha1', 'no'],
    ['kubelet.config.k8s.io', 'v1beta1', 'v1beta1', 'no'],
  ];
  return `The table below shows the current state of component configs as understood by this version of kubeadm.
Configs that have a "yes" mark in the "MANUAL UPGRADE REQUIRED" column require manual config upgrade or
resetting to kubeadm defaults before a successful upgrade can be performed. The version to manually
upgrade to is denoted in the "PREFERRED VERSION" column.

${table(rows)}${RULE}

`;
}

function tagOf(image: string): string {
  return image.slice(image.lastIndexOf(':') + 1);
}

function table(rows: readonly (readonly string[])[]): string {
  const text = rows.map((row) => row.join('\t')).join('\n');
  return alignColumns(`${text}\n`, { minWidth: 10, padding: 3 }).text;
}
