import type { EtcdSeries } from '../../etcd/etcd-version.ts';
import type { ToolFlag } from './command-flags.ts';

const CAUTION = '(CAUTION: this option should be enabled only for testing purposes)';

const GLOBAL_FLAGS: readonly ToolFlag[] = [
  {
    name: 'cacert',
    kind: 'text',
    byDefault: '',
    usage: 'verify certificates of TLS-enabled secure servers using this CA bundle',
  },
  {
    name: 'cert',
    kind: 'text',
    byDefault: '',
    usage: 'identify secure client using this TLS certificate file',
  },
  {
    name: 'command-timeout',
    kind: 'duration',
    byDefault: '5s',
    usage: 'timeout for short running command (excluding dial timeout)',
  },
  {
    name: 'debug',
    kind: 'bool',
    bare: 'true',
    byDefault: 'false',
    usage: 'enable client-side debug logging',
  },
  { name: 'dial-timeout', kind: 'duration', byDefault: '2s', usage: 'dial timeout for client connections' },
  {
    name: 'discovery-srv',
    short: 'd',
    kind: 'text',
    byDefault: '',
    usage: 'domain name to query for SRV records describing cluster endpoints',
  },
  {
    name: 'discovery-srv-name',
    kind: 'text',
    byDefault: '',
    usage: 'service name to query when using DNS discovery',
  },
  { name: 'endpoints', kind: 'list', byDefault: '127.0.0.1:2379', usage: 'gRPC endpoints' },
  {
    name: 'hex',
    kind: 'bool',
    bare: 'true',
    byDefault: 'false',
    usage: 'print byte strings as hex encoded strings',
  },
  {
    name: 'insecure-discovery',
    kind: 'bool',
    bare: 'true',
    byDefault: 'true',
    usage: 'accept insecure SRV records describing cluster endpoints',
  },
  {
    name: 'insecure-skip-tls-verify',
    kind: 'bool',
    bare: 'true',
    byDefault: 'false',
    usage: `skip server certificate verification ${CAUTION}`,
  },
  {
    name: 'insecure-transport',
    kind: 'bool',
    bare: 'true',
    byDefault: 'true',
    usage: 'disable transport security for client connections',
  },
  {
    name: 'keepalive-time',
    kind: 'duration',
    byDefault: '2s',
    usage: 'keepalive time for client connections',
  },
  {
    name: 'keepalive-timeout',
    kind: 'duration',
    byDefault: '6s',
    usage: 'keepalive timeout for client connections',
  },
  { name: 'key', kind: 'text', byDefault: '', usage: 'identify secure client using this TLS key file' },
  {
    name: 'max-recv-bytes',
    kind: 'int',
    byDefault: '0',
    usage: 'client-side response receive limit in bytes (if 0, it defaults to "math.MaxInt32")',
  },
  {
    name: 'max-request-bytes',
    kind: 'int',
    byDefault: '0',
    usage: 'client-side request send limit in bytes (if 0, it defaults to 2.0 MiB (2 * 1024 * 1024).)',
  },
  {
    name: 'password',
    kind: 'text',
    byDefault: '',
    usage: "password for authentication (if this option is used, --user option shouldn't include password)",
  },
  {
    name: 'user',
    kind: 'text',
    byDefault: '',
    usage: 'username[:password] for authentication (prompt if password is not supplied)',
  },
  {
    name: 'write-out',
    short: 'w',
    kind: 'text',
    byDefault: 'simple',
    usage: 'set the output format (fields, json, protobuf, simple, table)',
  },
];

/** The flags that every command of etcdctl takes, as its `--help` lists them. */
export function globalFlags(series: EtcdSeries): readonly ToolFlag[] {
  return series === '3.6' ? GLOBAL_FLAGS : GLOBAL_FLAGS.filter(({ name }) => !name.startsWith('max-'));
}

/** etcdutl asks no server. */
export const UTL_FLAGS: readonly ToolFlag[] = GLOBAL_FLAGS.filter(({ name }) => name === 'write-out');

/** `ETCDCTL_DIAL_TIMEOUT`: every global flag can be a variable. */
export function variableOf(flag: string): string {
  return `ETCDCTL_${flag.toUpperCase().replaceAll('-', '_')}`;
}
