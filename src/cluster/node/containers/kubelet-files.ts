import type { Container, Pod } from '../../objects/kubernetes.ts';
import { aliasHosts, type HostsLine, ownHosts, resolverOf } from '../../objects/pod-names.ts';
import { milliValue, wholeValue } from '../../objects/quantity.ts';
import type { FileNode } from '../images/file-node.ts';

const TERMINATION_LOG = '/dev/termination-log';

interface Named {
  readonly hostname: string;
  readonly ip?: string;
}

/** Files that the kubelet puts into every container. Kubelet: kubelet_pods.go, network/dns/dns.go. */
export function kubeletFiles(pod: Pod, container: Container, named: Named): Record<string, FileNode> {
  return {
    '/etc/hosts': file(hostsText(pod, named)),
    '/etc/resolv.conf': file(resolvText(pod)),
    [container.terminationMessagePath ?? TERMINATION_LOG]: file('', 0o666),
    ...cgroupFiles(container),
  };
}

/** What the kernel says of a container's limits: microseconds of each tenth of a second, and bytes. */
function cgroupFiles({ resources }: Container): Record<string, FileNode> {
  const { cpu, memory } = resources?.limits ?? {};
  const quota = cpu === undefined ? 'max' : Math.max(1000, milliValue(cpu) * 100);
  return {
    '/sys/fs/cgroup/cpu.max': file(`${quota} 100000\n`),
    '/sys/fs/cgroup/memory.max': file(`${memory === undefined ? 'max' : wholeValue(memory)}\n`),
  };
}

function file(content: string, mode = 0o644): FileNode {
  return { kind: 'file', mode, modifiedAt: 0, content };
}

const HOSTS = `# Kubernetes-managed hosts file.
127.0.0.1\tlocalhost
::1\tlocalhost ip6-localhost ip6-loopback
fe00::0\tip6-localnet
fe00::0\tip6-mcastprefix
fe00::1\tip6-allnodes
fe00::2\tip6-allrouters
`;

function hostsText(pod: Pod, named: Named): string {
  const line = ({ ip, names }: HostsLine): string => `${ip}\t${names.join('\t')}\n`;
  const aliases = aliasHosts(pod).map(line);
  const more = aliases.length > 0 ? `\n# Entries added by HostAliases.\n${aliases.join('')}` : '';
  return HOSTS + ownHosts(pod, named).map(line).join('') + more;
}

function resolvText(pod: Pod): string {
  const { servers, searches, options } = resolverOf(pod);
  return [
    searches.length > 0 ? `search ${searches.join(' ')}\n` : '',
    ...servers.map((server) => `nameserver ${server}\n`),
    options.length > 0 ? `options ${options.join(' ')}\n` : '',
  ].join('');
}
