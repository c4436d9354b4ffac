/** The lines that a real etcd and the simulated one are compared by: each with what it reads, if anything. */
type Line = string | readonly [line: string, stdin: string];

const AT = 'etcdctl --endpoints 127.0.0.1:2379';

/** One member that is up. */
export const LINES: readonly Line[] = [
  ...['put key1 value1', 'get key1', 'get key1 -w json', 'get key1 -w fields', 'get key1 -w table'],
  ...[
    'get key1 -w simple',
    'get key1 -w xml',
    'get key1 --print-value-only',
    "put key2 'two words'",
    'put key3 v3',
  ],
  ...[
    'get --prefix key',
    'get --prefix key --keys-only',
    'get key --prefix --keys-only -w json',
    'get key1 key3',
  ],
  ...[
    'get --from-key key2',
    'get --prefix key --limit=1',
    'get --prefix key --limit=1 -w json',
    'get missing',
  ],
  ...[
    'get --prefix key --sort-by=MODIFY --order=DESCEND --keys-only',
    'get missing -w json',
    'get',
    'put',
    'del',
  ],
  ...['get key --bogus', 'get k --rev=abc', 'get k --limit', 'get a b --prefix', 'get a --prefix --from-key'],
  ...[
    'get --consistency=x a',
    'get --order=x a',
    'get --sort-by=x a',
    'get key1 --consistency=s',
    'get --hex key2',
  ],
  ...["get ''", "get '' --prefix --keys-only", 'get key1 --rev=2', 'get key1 --rev=999', 'get key3 --rev=2'],
  ...[
    'put a b c',
    'put k v -w json',
    'put k v2 --prev-kv',
    'put k v3 --prev-kv -w json',
    'put k v3 --prev-kv -w fields',
  ],
  ...[
    'put k --ignore-value',
    'put fresh --ignore-value',
    'put k x --ignore-value',
    'get k -w json',
    'put q w --lease=1234',
  ],
  ...[
    'put q w --lease=zz',
    'del key3',
    'del key3',
    'del key --prefix --prev-kv',
    'del nobody -w json',
    'del a b --prefix',
  ],
  ...[
    'get key1 --rev=2 -w json',
    'put w1 a',
    'put w2 b',
    'del w1',
    'watch --prefix w --rev=2',
    'watch w1 --rev=2 -w json',
  ],
  ...[
    'watch --prefix w --rev=2 -w fields',
    'watch w1 --prev-kv --rev=2',
    'watch',
    'member list',
    'member list -w table',
  ],
  ...[
    'member list -w json',
    'member list -w fields',
    'member remove xyz',
    'member remove 1234',
    'member remove',
    'member add',
  ],
  ...[
    'member add m2',
    'member',
    'endpoint',
    'endpoint health',
    'endpoint health -w table',
    'endpoint health -w json',
  ],
  ...['endpoint health -w fields', 'endpoint status', 'endpoint status -w table', 'endpoint status -w json'],
  ...[
    'endpoint status -w fields',
    'snapshot save b.db',
    'snapshot status b.db',
    'snapshot status b.db -w table',
  ],
  ...['snapshot status b.db -w json', 'snapshot status b.db -w fields', 'snapshot save', 'snapshot save a b'],
  ...[
    'snapshot save /nodir/b.db',
    'snapshot status nofile.db',
    'snapshot status',
    'snapshot restore b.db --data-dir r1',
  ],
  ...['snapshot restore b.db --data-dir r1', 'snapshot restore nofile.db --data-dir r3', 'snapshot restore'],
  'snapshot restore b.db --data-dir r2 --name m1 --initial-cluster m1=http://10.0.0.1:2380 --initial-advertise-peer-urls http://10.0.0.1:2380 --initial-cluster-token tk',
  ...[
    'snapshot restore b.db --data-dir r4 --name foo',
    'snapshot status junk.db',
    'snapshot restore junk.db --data-dir r5',
  ],
  ...['snapshot', 'compact', 'compact 5', 'compact 5', 'compact 500', 'compact abc', 'compact 8 --physical'],
  ...[
    'get w1 --rev=2',
    'watch w --rev=2',
    'defrag',
    'alarm list',
    'alarm disarm',
    'alarm',
    'alarm list x',
    'lease',
  ],
  ...[
    'lease grant 60',
    'lease grant',
    'lease grant x',
    'lease list',
    'lease revoke zz',
    'lease revoke 12',
    'lease timetolive 12',
  ],
  ...[
    'lease keep-alive',
    'version',
    'foo',
    'get --help',
    'put --help',
    'del --help',
    'watch --help',
    'endpoint status --help',
  ],
].map((line) => `${AT} ${line}`);

/** One member that may take 16 MiB, and has taken them. */
export const QUOTA_LINES: readonly Line[] = [
  ...['alarm list', 'alarm list -w json', 'endpoint status', 'endpoint status -w table'].map(
    (line) => `${AT} ${line}`,
  ),
  ...['endpoint health', 'get foo', 'put foo bar', 'del big1', 'alarm disarm', 'alarm list'].map(
    (line) => `${AT} ${line}`,
  ),
];

const ALL = 'etcdctl --endpoints 10.99.0.1:2379,10.99.0.2:2379,10.99.0.3:2379';

/** Three members. */
export const UP_LINES: readonly Line[] = [
  'etcdctl --endpoints 127.0.0.1:2379 put a b',
  'etcdctl --endpoints 10.99.0.2:2379 get a',
  `${ALL} get a`,
  `${ALL} member list`,
  `${ALL} endpoint health`,
  `${ALL} snapshot save s.db`,
];

/** One of three. */
export const DOWN_LINES: readonly Line[] = [
  ...[
    'put a c',
    'get a',
    'get a --consistency=s',
    'get a --consistency=s -w json',
    'del a',
    'compact 2',
    'alarm list',
  ],
  ...[
    'endpoint health',
    'endpoint status -w table',
    'endpoint status -w json',
    'member list',
    'lease grant 60',
    'lease list',
  ],
  ...[
    'snapshot save down.db',
    'defrag',
    'watch a',
    'endpoint health -w table',
    'member add x --peer-urls http://10.0.0.9:2380',
  ],
]
  .map((line) => `${AT} ${line}`)
  .concat([`${ALL} endpoint health`, `${ALL} endpoint status`, `${ALL} get a`]);
