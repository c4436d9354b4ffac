import { inVersion, type KubeVersion, type Since } from '../../objects/versions.ts';

/** What kubeadm says on its way through an upgrade; its phases got names of their own in 1.31. */
export interface UpgradeWords {
  readonly config: string;
  readonly checks: string;
  readonly health: string;
  readonly chosen: string;
  readonly pull: string;
  readonly sure: string;
  upgrading(version: string): string;
  readonly waits: readonly string[];
  readonly planeDone?: string;
  success(version: string): readonly string[];
}

const WORDS: Since<UpgradeWords> = [
  [
    0,
    {
      config: 'upgrade/config',
      checks: '[preflight] Running pre-flight checks.',
      health: '[upgrade] Running cluster health checks',
      chosen: '[upgrade/version] You have chosen to change the cluster version to',
      pull: 'upgrade/prepull',
      sure: '[upgrade/confirm] Are you sure you want to proceed with the upgrade? [y/N]: y',
      upgrading: (version) =>
        `[upgrade/apply] Upgrading your Static Pod-hosted control plane to version "${version}" (timeout: 5m0s)...`,
      waits: [
        '[upgrade/staticpods] Waiting for the kubelet to restart the component',
        '[upgrade/staticpods] This might take a minute or longer depending on the component/version gap (timeout 5m0s)',
      ],
      success: (version) => [
        '',
        `[upgrade/successful] SUCCESS! Your cluster was upgraded to "${version}". Enjoy!`,
        '',
        "[upgrade/kubelet] Now that your control plane is upgraded, please proceed with upgrading your kubelets if you haven't already done so.",
      ],
    },
  ],
  [
    31,
    {
      config: 'upgrade',
      checks: '[upgrade/preflight] Running preflight checks',
      health: '[upgrade] Running cluster health checks',
      chosen: '[upgrade/preflight] You have chosen to upgrade the cluster version to',
      pull: 'upgrade/preflight',
      sure: '[upgrade] Are you sure you want to proceed? [y/N]: y',
      upgrading: (version) =>
        `[upgrade/control-plane] Upgrading your static Pod-hosted control plane to version "${version}" (timeout: 5m0s)...`,
      waits: [
        '[upgrade/staticpods] Waiting for the kubelet to restart the component',
        '[upgrade/staticpods] This can take up to 5m0s',
      ],
      planeDone:
        '[upgrade/control-plane] The control plane instance for this node was successfully upgraded!',
      success: (version) => [
        '',
        `[upgrade] SUCCESS! A control plane node of your cluster was upgraded to "${version}".`,
        '',
        '[upgrade] Now please proceed with upgrading the rest of the nodes by following the right order.',
      ],
    },
  ],
];

export function upgradeWords(version: KubeVersion): UpgradeWords {
  return inVersion(WORDS, version);
}
