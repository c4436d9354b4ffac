import type { EtcdSeries } from '../../etcd/etcd-version.ts';
import type { CommandSpec } from './cobra.ts';
import {
  BUMP,
  bool,
  CLUSTER,
  CONSISTENCY,
  COUNT_ONLY,
  DEL,
  flag,
  GET,
  INTERACTIVE,
  MMAP,
  PEER_URLS,
  RESTORE,
  REVISIONS,
} from './command-flags.ts';

const PUT_LONG = `
Puts the given key into the store.

When <value> begins with '-', <value> is interpreted as a flag.
Insert '--' for workaround:

$ put <key> -- <value>
$ put -- <key> <value>

If <value> isn't given as a command line argument and '--ignore-value' is not specified,
this command tries to read the value from standard input.

If <lease> isn't given as a command line argument and '--ignore-lease' is not specified,
this command tries to read the value from standard input.

For example,
$ cat file | put <key>
will store the content of the file to <key>.
`;

const STATUS_ITEMS =
  'endpoint, ID, version, db size, is leader, is learner, raft term, raft index, raft applied index, errors';

const LISTS = (what: string, items: string): string =>
  `When --write-out is set to simple, this command prints out comma-separated ${what} lists for each endpoint.
The items in the lists are ${items}.
`;

/** A command as some versions have it; without `within`, as all of them do. */
type Versioned = CommandSpec & { readonly within?: readonly EtcdSeries[] };

const COMMANDS: readonly Versioned[] = [
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
    flags: DEL,
    within: ['3.4'],
  },
  {
    words: 'del',
    use: '[options] <key> [range_end]',
    short: 'Removes the specified key or range of keys [key, range_end)',
    flags: [...DEL, bool('range', 'delete range of keys')],
    within: ['3.5', '3.6'],
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
    long: LISTS('status', STATUS_ITEMS),
    flags: [CLUSTER],
  },
  {
    words: 'get',
    use: '[options] <key> [range_end]',
    short: 'Gets the key or a range of keys',
    flags: GET,
    within: ['3.4'],
  },
  {
    words: 'get',
    use: '[options] <key> [range_end]',
    short: 'Gets the key or a range of keys',
    flags: [...GET, COUNT_ONLY],
    within: ['3.5'],
  },
  {
    words: 'get',
    use: '[options] <key> [range_end]',
    short: 'Gets the key or a range of keys',
    flags: [...GET, COUNT_ONLY, ...REVISIONS],
    within: ['3.6'],
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
    long: LISTS('member', 'ID, Status, Name, Peer Addrs, Client Addrs, Is Learner'),
    within: ['3.4', '3.5'],
  },
  {
    words: 'member list',
    use: '',
    short: 'Lists all members in the cluster',
    long: LISTS('member', 'ID, Status, Name, Peer Addrs, Client Addrs, Is Learner'),
    flags: [CONSISTENCY],
    within: ['3.6'],
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
    long: PUT_LONG,
    flags: [
      bool('ignore-lease', 'updates the key using its current lease'),
      bool('ignore-value', 'updates the key using its current value'),
      flag('lease', 'text', '0', 'lease ID (in hexadecimal) to attach to the key'),
      bool('prev-kv', 'return the previous key-value pair before modification'),
    ],
  },
  {
    words: 'snapshot restore',
    use: '<filename> [options]',
    short: 'Restores an etcd member snapshot to an etcd directory',
    flags: RESTORE,
    within: ['3.4'],
  },
  {
    words: 'snapshot restore',
    use: '<filename> [options]',
    short: 'Restores an etcd member snapshot to an etcd directory',
    flags: [...RESTORE, ...BUMP, MMAP],
    within: ['3.5'],
  },
  {
    words: 'snapshot status',
    use: '<filename>',
    short: 'Gets backend snapshot status of a given file',
    long: LISTS('status', 'hash, revision, total keys, total size'),
    within: ['3.4'],
  },
  {
    words: 'snapshot status',
    use: '<filename>',
    short: '[deprecated] Gets backend snapshot status of a given file',
    within: ['3.5'],
  },
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
      INTERACTIVE,
      bool('prefix', 'Watch on a prefix if prefix is set'),
      bool('prev-kv', 'get the previous key-value pair before the event happens'),
      flag('rev', 'int', '0', 'Revision to start watching'),
    ],
  },
];

/** The commands of etcdctl that are simulated. */
export function ctlCommands(series: EtcdSeries): readonly CommandSpec[] {
  return COMMANDS.filter(({ within }) => within?.includes(series) ?? true);
}

/** The commands of etcdutl that are simulated. */
export function utlCommands(): readonly CommandSpec[] {
  return [
    {
      words: 'defrag',
      use: '',
      short: 'Defragments the storage of the etcd',
      flags: [flag('data-dir', 'text', '', 'Required. Defragments a data directory not in use by etcd.')],
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
export const NOT_SIMULATED: ReadonlySet<string> = new Set([
  ...['auth', 'backup', 'check', 'completion', 'downgrade', 'elect', 'hashkv', 'lock', 'make-mirror'],
  ...['migrate', 'move-leader', 'role', 'txn', 'user'],
]);
