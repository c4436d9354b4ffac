import type { View } from '../../contract/component.ts';
import type { MachineRow } from '../../contract/machine-rows.ts';
import { isFounded } from '../../contract/settings.ts';
import { firstVersion } from '../../contract/settings-in.ts';
import {
  KUBEADM_DROP_IN,
  KUBEADM_DROP_IN_PATH,
  KUBELET_UNIT,
  KUBELET_UNIT_PATH,
} from '../../kubeadm/kubelet-unit.ts';
import { derived, derivedOfPair } from '../../objects/derived.ts';
import type { KubeVersion } from '../../objects/versions.ts';
import type { Files } from '../files.ts';

/** What an installed machine has on its disk that nobody has changed, by absolute path. */
export function installedFiles({ rows, settings }: View, node: string): Files {
  const machine = rows.row('machines', node);
  if (machine === undefined) return COMMON;
  const isOnNetwork =
    isFounded(settings) ||
    rows.rowsBy('podWorkers', 'node', node).some(({ key }) => /^(?:kube-flannel|calico-system)\//.test(key));
  const own = isOnNetwork ? onNetwork(machine) : offNetwork(machine);
  return withPackages(own, firstVersion(settings));
}

/** With where packages of Kubernetes come from. */
const withPackages = derivedOfPair(
  (files: Files, { minor }: KubeVersion): Files => ({
    ...files,
    '/etc/apt/sources.list.d/kubernetes.list': `deb [signed-by=/etc/apt/keyrings/kubernetes-apt-keyring.gpg] https://pkgs.k8s.io/core:/stable:/v1.${minor}/deb/ /\n`,
    '/etc/apt/keyrings/kubernetes-apt-keyring.gpg': '',
  }),
);

const offNetwork = derived(
  ({ node, ip }: MachineRow): Files => ({
    ...COMMON,
    '/etc/hostname': `${node}\n`,
    '/etc/hosts': `127.0.0.1\tlocalhost\n${ip}\t${node}\n\n::1\tlocalhost ip6-localhost ip6-loopback\nff02::1\tip6-allnodes\nff02::2\tip6-allrouters\n`,
  }),
);

/** With what the daemons of the pod network write (flannel). */
const onNetwork = derived(
  (machine: MachineRow): Files => ({
    ...offNetwork(machine),
    '/etc/cni/net.d/10-flannel.conflist': CNI,
    '/run/flannel/subnet.env': subnetText(machine.podCidr),
  }),
);

function subnetText(podCidr: string): string {
  return `FLANNEL_NETWORK=10.88.0.0/16\nFLANNEL_SUBNET=${podCidr.replace(/\.0\/(\d+)$/, '.1/$1')}\nFLANNEL_MTU=1450\nFLANNEL_IPMASQ=true\n`;
}

const PLUGINS =
  'bandwidth bridge dhcp dummy firewall flannel host-device host-local ipvlan loopback macvlan portmap ptp sbr static tap tuning vlan vrf'.split(
    ' ',
  );

const OS_RELEASE = `PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
NAME="Debian GNU/Linux"
VERSION_ID="12"
VERSION="12 (bookworm)"
VERSION_CODENAME=bookworm
ID=debian
HOME_URL="https://www.debian.org/"
SUPPORT_URL="https://www.debian.org/support"
BUG_REPORT_URL="https://bugs.debian.org/"
`;

/** flannel: Documentation/kube-flannel.yml, cni-conf.json. */
const CNI = `{
  "name": "cbr0",
  "cniVersion": "0.3.1",
  "plugins": [
    {
      "type": "flannel",
      "delegate": {
        "hairpinMode": true,
        "isDefaultGateway": true
      }
    },
    {
      "type": "portmap",
      "capabilities": {
        "portMappings": true
      }
    }
  ]
}
`;

const CONTAINERD = `version = 3
root = '/var/lib/containerd'
state = '/run/containerd'

[grpc]
  address = '/run/containerd/containerd.sock'

[plugins]
  [plugins.'io.containerd.cri.v1.images']
    snapshotter = 'overlayfs'
    [plugins.'io.containerd.cri.v1.images'.pinned_images]
      sandbox = 'registry.k8s.io/pause:3.10.2'

  [plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc.options]
    SystemdCgroup = true
`;

const PROGRAMS = 'kubeadm kubectl kubelet crictl containerd containerd-shim-runc-v2 runc'.split(' ');

const COMMON: Files = {
  '/etc/os-release': OS_RELEASE,
  '/etc/default/kubelet': 'KUBELET_EXTRA_ARGS=\n',
  '/etc/debian_version': '12.5\n',
  '/etc/resolv.conf': 'nameserver 10.99.0.254\nsearch .\n',
  '/etc/crictl.yaml':
    'runtime-endpoint: unix:///run/containerd/containerd.sock\nimage-endpoint: unix:///run/containerd/containerd.sock\ntimeout: 10\ndebug: false\n',
  '/etc/containerd/config.toml': CONTAINERD,
  '/etc/modules-load.d/k8s.conf': 'overlay\nbr_netfilter\n',
  '/etc/sysctl.d/k8s.conf':
    'net.bridge.bridge-nf-call-iptables  = 1\nnet.bridge.bridge-nf-call-ip6tables = 1\nnet.ipv4.ip_forward                 = 1\n',
  '/etc/fstab':
    '# <file system> <mount point>   <type>  <options>       <dump>  <pass>\n/dev/sda1       /               ext4    errors=remount-ro 0       1\n',
  '/proc/sys/net/ipv4/ip_forward': '1\n',
  '/proc/sys/net/bridge/bridge-nf-call-iptables': '1\n',
  '/run/containerd/containerd.sock': '',
  [KUBELET_UNIT_PATH]: KUBELET_UNIT,
  [KUBEADM_DROP_IN_PATH]: KUBEADM_DROP_IN,
  '/usr/lib/systemd/system/containerd.service': `[Unit]
Description=containerd container runtime
Documentation=https://containerd.io
After=network.target dbus.service

[Service]
ExecStartPre=-/sbin/modprobe overlay
ExecStart=/usr/bin/containerd
Type=notify
Delegate=yes
KillMode=process
Restart=always
RestartSec=5

[Install]
WantedBy=multi-user.target
`,
  ...Object.fromEntries(PLUGINS.map((name) => [`/opt/cni/bin/${name}`, ''])),
  ...Object.fromEntries(PROGRAMS.map((name) => [`/usr/bin/${name}`, ''])),
  '/usr/local/bin/etcdctl': '',
  '/usr/local/bin/etcdutl': '',
};
