import type { Node } from '../../objects/kubernetes.ts';
import { formatKubeVersion } from '../../objects/versions.ts';
import { packageVersion } from '../../world/installs.ts';
import { atOnce } from '../at-once.ts';
import type { Call, Outcome, Program } from '../program.ts';

/** A tool by which a machine is prepared for Kubernetes, or cleaned up: what it does is so anyway. */
function tool(name: string, run: (call: Call) => string | Outcome = () => ''): Program {
  return {
    type: 'program',
    name,
    isOfMachine: true,
    run: atOnce((call) => {
      const result = run(call);
      if (typeof result !== 'string') return result;
      call.write('stdout', result);
      return { exitCode: 0 };
    }),
  };
}

const SETTINGS: Readonly<Record<string, string>> = {
  'net.bridge.bridge-nf-call-iptables': '1',
  'net.bridge.bridge-nf-call-ip6tables': '1',
  'net.ipv4.ip_forward': '1',
  'vm.overcommit_memory': '1',
  'vm.swappiness': '60',
  'fs.inotify.max_user_watches': '524288',
  'fs.inotify.max_user_instances': '8192',
  'kernel.pid_max': '4194304',
};

function sysctl({ args, write }: Call): string | Outcome {
  if (args.some((word) => word === '--system' || word === '-p')) {
    const applied = Object.entries(SETTINGS).slice(0, 3);
    return `* Applying /etc/sysctl.d/k8s.conf ...\n${applied.map(([name, value]) => `${name} = ${value}\n`).join('')}`;
  }
  if (args.includes('-a'))
    return Object.entries(SETTINGS)
      .map(([name, value]) => `${name} = ${value}\n`)
      .join('');
  let text = '';
  for (const word of args.filter((each) => !each.startsWith('-'))) {
    const [name = '', value] = word.split('=');
    const known = value ?? SETTINGS[name];
    if (known === undefined) {
      write(
        'stderr',
        `sysctl: cannot stat /proc/sys/${name.replaceAll('.', '/')}: No such file or directory\n`,
      );
      return { exitCode: 1 };
    }
    text += args.includes('-n') ? `${known}\n` : `${name} = ${known}\n`;
  }
  return text;
}

function lsmod(): string {
  return 'Module                  Size  Used by\nbr_netfilter           36864  0\nbridge                389120  1 br_netfilter\noverlay               163840  9\nip_tables              36864  2\nnf_conntrack          188416  4\n';
}

/** `ip a`, `ip addr show eth0`, `ip route`. */
function ip({ args, view, machine = '' }: Call): string {
  const row = view.rows.row('machines', machine);
  const address = row?.ip ?? '';
  const what = args.find((word) => !word.startsWith('-')) ?? 'addr';
  if (/^r/.test(what)) {
    const pods = row?.podCidr
      ? `${row.podCidr} dev cni0 proto kernel scope link src ${row.podCidr.replace(/\.0\/\d+$/, '.1')} \n`
      : '';
    return `default via ${address.replace(/\.\d+$/, '.254')} dev eth0 \n${address.replace(/\.\d+$/, '.0')}/24 dev eth0 proto kernel scope link src ${address} \n${pods}`;
  }
  if (/^l/.test(what))
    return '1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN mode DEFAULT group default qlen 1000\n2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP mode DEFAULT group default qlen 1000\n';
  return (
    '1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000\n' +
    '    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00\n    inet 127.0.0.1/8 scope host lo\n       valid_lft forever preferred_lft forever\n' +
    '2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP group default qlen 1000\n' +
    `    inet ${address}/24 brd ${address.replace(/\.\d+$/, '.255')} scope global eth0\n       valid_lft forever preferred_lft forever\n`
  );
}

function getent({ args, view }: Call): string | Outcome {
  const [, name = ''] = args;
  const found = view.rows.rowsBy('machines', 'all', '').find((row) => row.node === name || row.ip === name);
  return found ? `${found.ip.padEnd(15)} ${found.node}\n` : { exitCode: 2 };
}

/** `kubelet --version`: the package's. */
function kubelet({ args, view, machine = '', write }: Call): string | Outcome {
  if (args.includes('--version'))
    return `Kubernetes ${formatKubeVersion(packageVersion(view.rows, view.settings, { node: machine, name: 'kubelet' }))}\n`;
  write('stderr', 'kubelet: systemd runs it here: systemctl start kubelet\n');
  return { exitCode: 1 };
}

function containerd({ args, files, view, machine = '' }: Call): string {
  if (args[0] === 'config') return files['/etc/containerd/config.toml'] ?? '';
  const info = view.objects.get<Node>('nodes', undefined, machine)?.status?.nodeInfo;
  return `containerd github.com/containerd/containerd/v2 v${info?.containerRuntimeVersion.replace(/^.*:\/\//, '') ?? ''}\n`;
}

/** What filters had is put back by kube-proxy and the network's plugin when they are flushed. */
const SILENT = 'swapoff swapon modprobe ipvsadm gpg ufw setenforce sync nft iptables ip6tables'.split(' ');

export const SETUP_TOOLS: readonly Program[] = [
  ...SILENT.map((name) => tool(name)),
  tool('sysctl', sysctl),
  tool('lsmod', lsmod),
  tool('ip', ip),
  tool('getent', getent),
  tool('kubelet', kubelet),
  tool('containerd', containerd),
];
