import { describe, expect, test } from 'vitest';
import { etcdBench } from '../../../support/etcd-bench.ts';

/** What a real etcd 3.4 prints: each line, what it says, and how it ends. */
const PRINTED: readonly (readonly [line: string, said: string, exitCode?: number])[] = [
  ['put key1 value1', 'OK\n'],
  ['get key1', 'key1\nvalue1\n'],
  [
    'get key1 -w json',
    '{"header":{"cluster_id":6215016506161925028,"member_id":11748485561792334324,"revision":2,"raft_term":2},"kvs":[{"key":"a2V5MQ==","create_revision":2,"mod_revision":2,"version":1,"value":"dmFsdWUx"}],"count":1}\n',
  ],
  ['get key1 -w table', 'Error: table not supported as output format\n', 4],
  ['get key1 -w xml', 'Error: unsupported output format\n', 4],
  ['get key1 --print-value-only', 'value1\n'],
  ["put key2 'two words'", 'OK\n'],
  ['put key3 v3', 'OK\n'],
  ['get --prefix key --keys-only', 'key1\n\nkey2\n\nkey3\n\n'],
  ['get key1 key3', 'key1\nvalue1\nkey2\ntwo words\n'],
  ['get --from-key key2 --limit=1', 'key2\ntwo words\n'],
  ['get --prefix key --sort-by=MODIFY --order=DESCEND --keys-only', 'key3\n\nkey2\n\nkey1\n\n'],
  ['get --hex key3', '\\x6b\\x65\\x79\\x33\n\\x76\\x33\n'],
  ['get missing', ''],
  ['get', 'Error: get command needs one argument as key and an optional argument as range_end\n', 128],
  ['get --order=x a', 'Error: bad sort order x\n', 4],
  ['del key3', '1\n'],
  ['del key3', '0\n'],
  ['del key --prefix --prev-kv', '2\nkey1\nvalue1\nkey2\ntwo words\n'],
  ['get key1 --rev=2', 'key1\nvalue1\n'],
  ['watch --prefix key --rev=5', 'DELETE\nkey3\n\nDELETE\nkey1\n\nDELETE\nkey2\n\n', 124],
  ['member list', 'a30b015f4f7009f4, started, cp-1, http://10.99.0.1:2380, http://10.99.0.1:2379, false\n'],
  ['compact 3', 'compacted revision 3\n'],
  ['alarm list', ''],
  [
    'member remove xyz',
    'Error: bad member ID arg (strconv.ParseUint: parsing "xyz": invalid syntax), expecting ID in Hex\n',
    128,
  ],
  [
    'foo',
    'Error: unknown command "foo" for "etcdctl"\nRun \'etcdctl --help\' for usage.\nError: unknown command "foo" for "etcdctl"\n',
    1,
  ],
];

test('etcdctl prints what the real one prints', () => {
  const bench = etcdBench();
  for (const [line, said, exitCode = 0] of PRINTED) {
    const printed = bench.type(`etcdctl ${line}`);
    expect([line, printed.stdout + printed.stderr, printed.exitCode]).toEqual([line, said, exitCode]);
  }
});

test('a revision that is no more, or not yet, is refused with etcd’s own words', () => {
  const bench = etcdBench();
  for (const value of ['a', 'b', 'c']) bench.type(`etcdctl put key ${value}`);
  bench.type('etcdctl compact 3');
  expect(bench.type('etcdctl get key --rev=3').stdout).toBe('key\nb\n');
  expect(bench.type('etcdctl get key --rev=2').stderr).toContain(
    'Error: etcdserver: mvcc: required revision has been compacted\n',
  );
  expect(bench.type('etcdctl get key --rev=9').stderr).toContain(
    'Error: etcdserver: mvcc: required revision is a future revision\n',
  );
});

test('a lease takes its keys with it', () => {
  const bench = etcdBench();
  const [, lease = ''] =
    /lease (\w+) granted with TTL\(60s\)/.exec(bench.type('etcdctl lease grant 60').stdout) ?? [];
  expect(bench.type(`etcdctl put k v --lease=${lease}`).stdout).toBe('OK\n');
  bench.pass(50_000);
  expect(bench.type(`etcdctl lease keep-alive ${lease} --once`).stdout).toBe(
    `lease ${lease} keepalived with TTL(60)\n`,
  );
  bench.pass(50_000);
  expect(bench.type('etcdctl get k').stdout).toBe('k\nv\n');
  bench.pass(20_000);
  expect(bench.type('etcdctl get k').stdout).toBe('');
  expect(bench.type(`etcdctl lease timetolive ${lease}`).stdout).toBe(`lease ${lease} already expired\n`);
});

test('an etcd that is full takes no more until space was made and the alarm disarmed', () => {
  const bench = etcdBench({ flags: ['--quota-backend-bytes=2000000'] });
  const value = 'x'.repeat(900_000);
  expect(bench.type('etcdctl put big', value).stdout).toBe('OK\n');
  expect(bench.type('etcdctl put big', value).stdout).toBe('OK\n');
  const refused = bench.type('etcdctl put big', value);
  expect(refused.stderr).toContain('Error: etcdserver: mvcc: database space exceeded\n');
  expect(bench.type('etcdctl alarm list').stdout).toBe('memberID:11748485561792334324 alarm:NOSPACE \n');
  expect(bench.type('etcdctl put small x').stderr).toContain('mvcc: database space exceeded');
  bench.type('etcdctl compact 3');
  bench.type('etcdctl defrag');
  expect(bench.type('etcdctl put small x').stderr).toContain('mvcc: database space exceeded');
  expect(bench.type('etcdctl alarm disarm').stdout).toBe('memberID:11748485561792334324 alarm:NOSPACE \n');
  expect(bench.type('etcdctl put small x').stdout).toBe('OK\n');
});

describe('of three members', () => {
  const down = (count: number) => {
    const bench = etcdBench({ members: 3 });
    bench.type('etcdctl put a b');
    for (const node of ['cp-2', 'cp-3'].slice(0, count))
      bench.happen({ type: 'ProgramStopped', program: 'etcd', node });
    bench.pass(3000);
    return bench;
  };

  test('one may be down', () => {
    const bench = down(1);
    expect(bench.type('etcdctl put a c').stdout).toBe('OK\n');
    expect(bench.type('etcdctl get a').stdout).toBe('a\nc\n');
  });

  test('without the leader the others elect another', () => {
    const bench = etcdBench({ members: 3 });
    const leader = bench.view().rows.row('etcd', 'cluster')?.leader;
    bench.happen({ type: 'ProgramStopped', program: 'etcd', node: 'cp-1' });
    bench.pass(3000);
    const row = bench.view().rows.row('etcd', 'cluster');
    expect(row?.leader).not.toBe(leader);
    expect(row?.term).toBe(3);
    expect(bench.type('etcdctl --endpoints 10.99.0.2:2379 put a c').stdout).toBe('OK\n');
  });

  test('with two down nothing is written, and only what asks nobody else is read', () => {
    const bench = down(2);
    const put = bench.type('etcdctl put a c');
    expect(put.stderr).toContain('Error: context deadline exceeded\n');
    expect([put.exitCode, put.tookMs]).toEqual([1, 5000]);
    expect(bench.type('etcdctl get a').exitCode).toBe(1);
    expect(bench.type('etcdctl get a --consistency=s').stdout).toBe('a\nb\n');
    expect(bench.type('etcdctl endpoint health').stderr).toContain(
      '127.0.0.1:2379 is unhealthy: failed to commit proposal: context deadline exceeded\nError: unhealthy cluster\n',
    );
    expect(bench.type('etcdctl endpoint status').stdout).toMatch(
      /, false, false, 2, \d+, \d+, etcdserver: no leader\n$/,
    );
    expect(bench.type('etcdctl snapshot save s.db').stdout).toBe('Snapshot saved at s.db\n');
  });

  test('once one is back, all is taken again', () => {
    const bench = down(2);
    const args = ['etcd', '--name=cp-2', '--advertise-client-urls=http://10.99.0.2:2379'];
    bench.happen({ type: 'ProgramStarted', program: 'etcd', node: 'cp-2', container: '', args });
    bench.pass(3000);
    expect(bench.type('etcdctl put a c').stdout).toBe('OK\n');
    expect(bench.type('etcdctl --endpoints 10.99.0.2:2379 get a').stdout).toBe('a\nc\n');
    expect(bench.log.filter(({ type }) => type === 'StoreRestored')).toEqual([]);
  });
});

describe('by version', () => {
  const typed = (version: string, line: string) => {
    const bench = etcdBench({ version });
    bench.type('etcdctl snapshot save s.db');
    return bench.type(line);
  };

  test('3.6 knows no ETCDCTL_API any more, and says so', () => {
    const line = 'ETCDCTL_API=3 etcdctl put a b';
    expect(typed('1.20', line).stderr).toBe('');
    expect(typed('1.30', line).stderr).toBe('');
    expect(typed('1.36', line).stderr).toMatch(
      /^\{"level":"warn","ts":"[^"]*","caller":"flags\/flag.go:94","msg":"unrecognized environment variable","environment-variable":"ETCDCTL_API=3"\}\n$/,
    );
  });

  test('a variable and a flag of one meaning are too many', () => {
    const line = 'ETCDCTL_ENDPOINTS=127.0.0.1:2379 etcdctl --endpoints 127.0.0.1:2379 get a';
    expect(typed('1.20', line).stderr).toMatch(
      / C \| pkg\/flags: conflicting environment variable "ETCDCTL_ENDPOINTS"/,
    );
    expect(typed('1.36', line).exitCode).toBe(1);
  });

  test('snapshots are restored by etcdctl, by both, and by etcdutl', () => {
    const ctl = 'etcdctl snapshot restore s.db --data-dir /var/lib/new';
    const utl = 'etcdutl snapshot restore s.db --data-dir /var/lib/new';
    expect(typed('1.20', ctl).exitCode).toBe(0);
    expect(typed('1.20', utl).exitCode).toBe(127);
    expect(typed('1.30', ctl).stderr).toMatch(/^Deprecated: Use `etcdutl snapshot restore` instead.\n\n/);
    expect(typed('1.30', utl).stderr).toMatch(
      /^\S+Z\tinfo\tsnapshot\/v3_snapshot.go:265\trestoring snapshot\t\{"path": "s.db", /,
    );
    expect(typed('1.36', ctl).stdout).toContain('Manages etcd node snapshots');
    expect(typed('1.36', utl).exitCode).toBe(0);
    expect(typed('1.36', 'etcdutl snapshot status s.db -w table').stdout).toContain(
      '|   HASH   | REVISION | TOTAL KEYS | TOTAL SIZE | VERSION |',
    );
  });

  test('what is healthy is told on the standard output since 3.6', () => {
    const line = 'etcdctl endpoint health';
    expect(typed('1.30', line).stderr).toMatch(/^127.0.0.1:2379 is healthy: .* took = [\d.]+ms\n$/);
    expect(typed('1.36', line).stdout).toMatch(/^127.0.0.1:2379 is healthy: .* took = [\d.]+ms\n$/);
  });

  test('the status of 3.6 tells of the quota', () => {
    expect(typed('1.36', 'etcdctl endpoint status').stdout).toMatch(
      /^127.0.0.1:2379, a30b015f4f7009f4, 3.6.8, 3.6.0, \d+ kB, \d+ kB, 0%, 2.1 GB, true, false, 2, \d+, \d+, , , false\n$/,
    );
  });
});
