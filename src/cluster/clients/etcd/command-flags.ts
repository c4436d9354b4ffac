import type { Flag, FlagKind } from '../flags/flag.ts';

/** A flag as etcd's tools declare it, with what their `--help` says of it. */
export interface ToolFlag extends Flag {
  readonly byDefault: string;
  readonly usage: string;
}

export function flag(name: string, kind: FlagKind, byDefault: string, usage: string): ToolFlag {
  return { name, kind, byDefault, usage };
}

export const bool = (name: string, usage: string): ToolFlag => ({
  ...flag(name, 'bool', 'false', usage),
  bare: 'true',
});

export const CONSISTENCY = flag('consistency', 'text', 'l', 'Linearizable(l) or Serializable(s)');
export const CLUSTER = bool('cluster', 'use all endpoints from the cluster member list');
export const PEER_URLS = flag('peer-urls', 'text', '', 'comma separated peer URLs for the new member.');

export const RESTORE: readonly ToolFlag[] = [
  flag('data-dir', 'text', '', 'Path to the data directory'),
  flag(
    'initial-advertise-peer-urls',
    'text',
    'http://localhost:2380',
    "List of this member's peer URLs to advertise to the rest of the cluster",
  ),
  flag(
    'initial-cluster',
    'text',
    'default=http://localhost:2380',
    'Initial cluster configuration for restore bootstrap',
  ),
  flag(
    'initial-cluster-token',
    'text',
    'etcd-cluster',
    'Initial cluster token for the etcd cluster during restore bootstrap',
  ),
  flag('name', 'text', 'default', 'Human-readable name for this member'),
  bool('skip-hash-check', 'Ignore snapshot integrity hash value (required if copied from data directory)'),
  flag('wal-dir', 'text', '', 'Path to the WAL directory (use --data-dir if none given)'),
];

export const BUMP: readonly ToolFlag[] = [
  flag('bump-revision', 'uint', '0', 'How much to increase the latest revision after restore'),
  bool(
    'mark-compacted',
    'Mark the latest revision after restore as the point of scheduled compaction ' +
      '(required if --bump-revision > 0, disallowed otherwise)',
  ),
];

export const MMAP = flag(
  'initial-memory-map-size',
  'uint',
  '10737418240',
  'Initial memory map size of the database in bytes. ' +
    'It uses the default value if not defined or defined to 0',
);

export const GET: readonly ToolFlag[] = [
  CONSISTENCY,
  bool('from-key', 'Get keys that are greater than or equal to the given key using byte compare'),
  bool('keys-only', 'Get only the keys'),
  flag('limit', 'int', '0', 'Maximum number of results'),
  flag('order', 'text', '', 'Order of results; ASCEND or DESCEND (ASCEND by default)'),
  bool('prefix', 'Get keys with matching prefix'),
  bool('print-value-only', 'Only write values when using the "simple" output format'),
  flag('rev', 'int', '0', 'Specify the kv revision'),
  flag('sort-by', 'text', '', 'Sort target; CREATE, KEY, MODIFY, VALUE, or VERSION'),
];

export const COUNT_ONLY = bool('count-only', 'Get only the count');

export const REVISIONS: readonly ToolFlag[] = [
  flag('max-create-rev', 'int', '0', 'Maximum create revision'),
  flag('max-mod-rev', 'int', '0', 'Maximum modification revision'),
  flag('min-create-rev', 'int', '0', 'Minimum create revision'),
  flag('min-mod-rev', 'int', '0', 'Minimum modification revision'),
];

export const DEL: readonly ToolFlag[] = [
  bool('from-key', 'delete keys that are greater than or equal to the given key using byte compare'),
  bool('prefix', 'delete keys with matching prefix'),
  bool('prev-kv', 'return deleted key-value pairs'),
];

export const INTERACTIVE: ToolFlag = { ...bool('interactive', 'Interactive mode'), short: 'i' };
