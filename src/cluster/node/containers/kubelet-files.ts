import type { Container, Pod } from '../../objects/kubernetes.ts';
import type { FileNode } from '../images/file-node.ts';

const TERMINATION_LOG = '/dev/termination-log';
const CLUSTER_DOMAIN = 'cluster.local';
const CLUSTER_DNS = '10.96.0.10';

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

function hostsText({ spec, metadata }: Pod, { hostname, ip }: Named): string {
  const { subdomain, hostAliases = [], hostNetwork } = spec;
  const domain =
    subdomain === undefined ? '' : `${hostname}.${subdomain}.${metadata.namespace}.svc.${CLUSTER_DOMAIN}\t`;
  const own = ip === undefined || hostNetwork ? '' : `${ip}\t${domain}${hostname}\n`;
  const aliases = hostAliases.map((alias) => `${alias.ip}\t${(alias.hostnames ?? []).join('\t')}\n`);
  const more = aliases.length > 0 ? `\n# Entries added by HostAliases.\n${aliases.join('')}` : '';
  return HOSTS + own + more;
}

function resolvText({ spec, metadata }: Pod): string {
  const { dnsPolicy = 'ClusterFirst', dnsConfig = {}, hostNetwork } = spec;
  const isCluster = dnsPolicy === 'ClusterFirstWithHostNet' || (dnsPolicy === 'ClusterFirst' && !hostNetwork);
  const base = isCluster
    ? {
        servers: [CLUSTER_DNS],
        searches: [`${metadata.namespace}.svc.${CLUSTER_DOMAIN}`, `svc.${CLUSTER_DOMAIN}`, CLUSTER_DOMAIN],
        options: ['ndots:5'],
      }
    : { servers: [], searches: [], options: [] };
  const servers = [...base.servers, ...(dnsConfig.nameservers ?? [])];
  const searches = [...base.searches, ...(dnsConfig.searches ?? [])];
  const options = [
    ...base.options.filter((option) => !dnsConfig.options?.some(({ name }) => option.startsWith(`${name}:`))),
    ...(dnsConfig.options ?? []).map(({ name = '', value }) =>
      value === undefined ? name : `${name}:${value}`,
    ),
  ];
  return [
    searches.length > 0 ? `search ${searches.join(' ')}\n` : '',
    ...servers.map((server) => `nameserver ${server}\n`),
    options.length > 0 ? `options ${options.join(' ')}\n` : '',
  ].join('');
}
