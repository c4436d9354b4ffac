import type { EtcdSeries } from '../../etcd/etcd-version.ts';
import type { FlagSpec } from './cobra.ts';

const CAUTION = '(CAUTION: this option should be enabled only for testing purposes)';

const GLOBAL_FLAGS: readonly FlagSpec[] = [
  {
    name: 'cacert',
    type: 'string',
    preset: '',
    usage: 'verify certificates of TLS-enabled secure servers using this CA bundle',
  },
  {
    name: 'cert',
    type: 'string',
    preset: '',
    usage: 'identify secure client using this TLS certificate file',
  },
  {
    name: 'command-timeout',
    type: 'duration',
    preset: '5s',
    usage: 'timeout for short running command (excluding dial timeout)',
  },
  { name: 'debug', type: 'bool', preset: 'false', usage: 'enable client-side debug logging' },
  { name: 'dial-timeout', type: 'duration', preset: '2s', usage: 'dial timeout for client connections' },
  {
    name: 'discovery-srv',
    short: 'd',
    type: 'string',
    preset: '',
    usage: 'domain name to query for SRV records describing cluster endpoints',
  },
  {
    name: 'discovery-srv-name',
    type: 'string',
    preset: '',
    usage: 'service name to query when using DNS discovery',
  },
  { name: 'endpoints', type: 'list', preset: '127.0.0.1:2379', usage: 'gRPC endpoints' },
  { name: 'hex', type: 'bool', preset: 'false', usage: 'print byte strings as hex encoded strings' },
  {
    name: 'insecure-discovery',
    type: 'bool',
    preset: 'true',
    usage: 'accept insecure SRV records describing cluster endpoints',
  },
  {
    name: 'insecure-skip-tls-verify',
    type: 'bool',
    preset: 'false',
    usage: `skip server certificate verification ${CAUTION}`,
  },
  {
    name: 'insecure-transport',
    type: 'bool',
    preset: 'true',
    usage: 'disable transport security for client connections',
  },
  { name: 'keepalive-time', type: 'duration', preset: '2s', usage: 'keepalive time for client connections' },
  {
    name: 'keepalive-timeout',
    type: 'duration',
    preset: '6s',
    usage: 'keepalive timeout for client connections',
  },
  { name: 'key', type: 'string', preset: '', usage: 'identify secure client using this TLS key file' },
  {
    name: 'max-recv-bytes',
    type: 'int',
    preset: '0',
    usage: 'client-side response receive limit in bytes (if 0, it defaults to "math.MaxInt32")',
  },
  {
    name: 'max-request-bytes',
    type: 'int',
    preset: '0',
    usage: 'client-side request send limit in bytes (if 0, it defaults to 2.0 MiB (2 * 1024 * 1024).)',
  },
  {
    name: 'password',
    type: 'string',
    preset: '',
    usage: "password for authentication (if this option is used, --user option shouldn't include password)",
  },
  {
    name: 'user',
    type: 'string',
    preset: '',
    usage: 'username[:password] for authentication (prompt if password is not supplied)',
  },
  {
    name: 'write-out',
    short: 'w',
    type: 'string',
    preset: 'simple',
    usage: 'set the output format (fields, json, protobuf, simple, table)',
  },
];

/** The flags that every command of etcdctl takes, as its `--help` lists them. */
export function globalFlags(series: EtcdSeries): readonly FlagSpec[] {
  return series === '3.6' ? GLOBAL_FLAGS : GLOBAL_FLAGS.filter(({ name }) => !name.startsWith('max-'));
}

/** etcdutl asks no server. */
export const UTL_FLAGS: readonly FlagSpec[] = GLOBAL_FLAGS.filter(({ name }) => name === 'write-out');

/** `ETCDCTL_DIAL_TIMEOUT`: every global flag can be a variable. */
export function variableOf(flag: string): string {
  return `ETCDCTL_${flag.toUpperCase().replaceAll('-', '_')}`;
}
