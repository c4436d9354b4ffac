import type { EtcdSeries } from '../../etcd/etcd-version.ts';
import type { CommandSpec, FlagSpec } from './cobra.ts';

function flag(name: string, type: FlagSpec['type'], preset: string, usage: string): FlagSpec {
  return { name, type, preset, usage };
}

const bool = (name: string, usage: string): FlagSpec => flag(name, 'bool', 'false', usage);

const CONSISTENCY = flag('consistency', 'string', 'l', 'Linearizable(l) or Serializable(s)');
const CLUSTER = bool('cluster', 'use all endpoints from the cluster member list');
const PEER_URLS = flag('peer-urls', 'string', '', 'comma separated peer URLs for the new member.');

const RESTORE: readonly FlagSpec[] = [
  flag('data-dir', 'string', '', 'Path to the data directory'),
  flag(
    'initial-advertise-peer-urls',
    'string',
    'http://localhost:2380',
    "List of this member's peer URLs to advertise to the rest of the cluster",
  ),
  flag(
    'initial-cluster',
    'string',
    'default=http://localhost:2380',
    'Initial cluster configuration for restore bootstrap',
  ),
  flag(
    'initial-cluster-token',
    'string',
    'etcd-cluster',
    'Initial cluster token for the etcd cluster during restore bootstrap',
  ),
  flag('name', 'string', 'default', 'Human-readable name for this member'),
  bool('skip-hash-check', 'Ignore snapshot integrity hash value (required if copied from data directory)'),
  flag('wal-dir', 'string', '', 'Path to the WAL directory (use --data-dir if none given)'),
];

const BUMP: readonly FlagSpec[] = [
  flag('bump-revision', 'uint', '0', 'How much to increase the latest revision after restore'),
  bool(
    'mark-compacted',
    'Mark the latest revision after restore as the point of scheduled compaction (required if --bump-revision > 0, disallowed otherwise)',
  ),
];

const MMAP = flag(
  'initial-memory-map-size',
  'uint',
  '10737418240',
  'Initial memory map size of the database in bytes. It uses the default value if not defined or defined to 0',
);

const GET: readonly FlagSpec[] = [
  CONSISTENCY,
  bool('from-key', 'Get keys that are greater than or equal to the given key using byte compare'),
  bool('keys-only', 'Get only the keys'),
  flag('limit', 'int', '0', 'Maximum number of results'),
  flag('order', 'string', '', 'Order of results; ASCEND or DESCEND (ASCEND by default)'),
  bool('prefix', 'Get keys with matching prefix'),
  bool('print-value-only', 'Only write values when using the "simple" output format'),
  flag('rev', 'int', '0', 'Specify the kv revision'),
  flag('sort-by', 'string', '', 'Sort target; CREATE, KEY, MODIFY, VALUE, or VERSION'),
];

const COUNT_ONLY = bool('count-only', 'Get only the count');

const REVISIONS: readonly FlagSpec[] = [
  flag('max-create-rev', 'int', '0', 'Maximum create revision'),
  flag('max-mod-rev', 'int', '0', 'Maximum modification revision'),
  flag('min-create-rev', 'int', '0', 'Minimum create revision'),
  flag('min-mod-rev', 'int', '0', 'Minimum modification revision'),
];

const DEL: readonly FlagSpec[] = [
  bool('from-key', 'delete keys that are greater than or equal to the given key using byte compare'),
  bool('prefix', 'delete keys with matching prefix'),
  bool('prev-kv', 'return deleted key-value pairs'),
];

/** The commands of etcdctl that are simulated. */
export function ctlCommands(series: EtcdSeries): readonly CommandSpec[] {
  const since35 = series !== '3.4';
  const since36 = series === '3.6';
  const get = [...GET, ...(since35 ? [COUNT_ONLY] : []), ...(since36 ? REVISIONS : [])];
  const del = [...DEL, ...(since35 ? [bool('range', 'delete range of keys')] : [])];
  const restore = [...RESTORE, ...(since35 ? [...BUMP, MMAP] : [])];
  const old: readonly CommandSpec[] = [
    {
      words: 'snapshot restore',
      use: '<filename> [options]',
      short: 'Restores an etcd member snapshot to an etcd directory',
      flags: restore,
    },
    {
      words: 'snapshot status',
      use: '<filename>',
      short: since35
        ? '[deprecated] Gets backend snapshot status of a given file'
        : 'Gets backend snapshot status of a given file',
    },
  ];
  return [
    { words: 'alarm disarm', use: '', short: 'Disarms all alarms' },
    { words: 'alarm list', use: '', short: 'Lists all alarms' },
    {
      words: 'compaction',
      use: '[options] <revision>',
      short: 'Compacts the event history in etcd',
      flags: [bool('physical', "'true' to wait for compaction to physically remove all old revisions")],
    },
    {
      words: 'defrag',
      use: '',
      short: 'Defragments the storage of the etcd members with given endpoints',
      flags: [CLUSTER],
    },
    {
      words: 'del',
      use: '[options] <key> [range_end]',
      short: 'Removes the specified key or range of keys [key, range_end)',
      flags: del,
    },
    {
      words: 'endpoint hashkv',
      use: '',
      short: 'Prints the KV history hash for each endpoint in --endpoints',
      flags: [CLUSTER, flag('rev', 'int', '0', 'maximum revision to hash (default: all revisions)')],
    },
    {
      words: 'endpoint health',
      use: '',
      short: 'Checks the healthiness of endpoints specified in `--endpoints` flag',
      flags: [CLUSTER],
    },
    {
      words: 'endpoint status',
      use: '',
      short: 'Prints out the status of endpoints specified in `--endpoints` flag',
      flags: [CLUSTER],
    },
    {
      words: 'get',
      use: '[options] <key> [range_end]',
      short: 'Gets the key or a range of keys',
      flags: get,
    },
    { words: 'lease grant', use: '<ttl>', short: 'Creates leases' },
    {
      words: 'lease keep-alive',
      use: '[options] <leaseID>',
      short: 'Keeps leases alive (renew)',
      flags: [bool('once', 'Resets the keep-alive time to its original value and exits immediately')],
    },
    { words: 'lease list', use: '', short: 'List all active leases' },
    { words: 'lease revoke', use: '<leaseID>', short: 'Revokes leases' },
    {
      words: 'lease timetolive',
      use: '<leaseID> [options]',
      short: 'Get lease information',
      flags: [bool('keys', 'Get keys attached to this lease')],
    },
    {
      words: 'member add',
      use: '<memberName> [options]',
      short: 'Adds a member into the cluster',
      flags: [bool('learner', 'indicates if the new member is raft learner'), PEER_URLS],
    },
    {
      words: 'member list',
      use: '',
      short: 'Lists all members in the cluster',
      flags: since36 ? [CONSISTENCY] : [],
    },
    { words: 'member promote', use: '<memberID>', short: 'Promotes a non-voting member in the cluster' },
    { words: 'member remove', use: '<memberID>', short: 'Removes a member from the cluster' },
    {
      words: 'member update',
      use: '<memberID> [options]',
      short: 'Updates a member in the cluster',
      flags: [PEER_URLS],
    },
    {
      words: 'put',
      use: '[options] <key> <value> (<value> can also be given from stdin)',
      short: 'Puts the given key into the store',
      flags: [
        bool('ignore-lease', 'updates the key using its current lease'),
        bool('ignore-value', 'updates the key using its current value'),
        flag('lease', 'string', '0', 'lease ID (in hexadecimal) to attach to the key'),
        bool('prev-kv', 'return the previous key-value pair before modification'),
      ],
    },
    ...(since36 ? [] : old),
    {
      words: 'snapshot save',
      use: '<filename>',
      short: 'Stores an etcd node backend snapshot to a given file',
    },
    { words: 'version', use: '', short: 'Prints the version of etcdctl' },
    {
      words: 'watch',
      use: '[options] [key or prefix] [range_end] [--] [exec-command arg1 arg2 ...]',
      short: 'Watches events stream on keys or prefixes',
      flags: [
        bool('interactive', 'Interactive mode'),
        bool('prefix', 'Watch on a prefix if prefix is set'),
        bool('prev-kv', 'get the previous key-value pair before the event happens'),
        flag('rev', 'int', '0', 'Revision to start watching'),
      ],
    },
  ];
}

/** The commands of etcdutl that are simulated. */
export function utlCommands(): readonly CommandSpec[] {
  return [
    {
      words: 'defrag',
      use: '',
      short: 'Defragments the storage of the etcd',
      flags: [flag('data-dir', 'string', '', 'Required. Defragments a data directory not in use by etcd.')],
    },
    {
      words: 'snapshot restore',
      use: '<filename> --data-dir {output dir} [options]',
      short: 'Restores an etcd member snapshot to an etcd directory',
      flags: [...RESTORE, ...BUMP, MMAP],
    },
    { words: 'snapshot status', use: '<filename>', short: 'Gets backend snapshot status of a given file' },
    { words: 'version', use: '', short: 'Prints the version of etcdutl' },
  ];
}

/** Commands that the tools have and that are not simulated. */
export const NOT_SIMULATED =
  /^(auth|backup|check|completion|downgrade|elect|hashkv|lock|make-mirror|migrate|move-leader|role|txn|user)$/;
