import { expect, test } from 'vitest';
import { fileKey, hostFileSystem } from '../../../src/cluster/contract/file-key.ts';
import { clusterIdOf, memberIdOf } from '../../../src/cluster/etcd/etcd-ids.ts';
import { etcdVersion } from '../../../src/cluster/etcd/etcd-version.ts';
import { humanBytes } from '../../../src/cluster/etcd/store-size.ts';
import { type EtcdBench, etcdBench } from '../../support/etcd-bench.ts';

test('members and clusters are called as a real etcd calls them', () => {
  const id = memberIdOf(['http://localhost:2380'], 'etcd-cluster');
  expect([id, clusterIdOf([id])]).toEqual(['8e9e05c52164694d', 'cdf818194e3a8c32']);
  const own = memberIdOf(['http://127.0.0.1:23800'], 'tk');
  expect([own, clusterIdOf([own])]).toEqual(['6d4da40a10139250', '620697af8a8d94b9']);
});

test('etcd is the one that kubeadm pairs with a Kubernetes', () => {
  const paired = [20, 30, 36].map((minor) => etcdVersion({ minor, patch: 0 }));
  expect(paired).toEqual(['3.4.13', '3.5.12', '3.6.8']);
});

test('sizes are told as go-humanize tells them', () => {
  expect([20480, 25_000_000, 2 * 1024 ** 3, 999].map(humanBytes)).toEqual([
    '20 kB',
    '25 MB',
    '2.1 GB',
    '999 B',
  ]);
});

/** The etcd of the first machine is started anew on a directory, whatever lies there. */
function restartOn(bench: EtcdBench, path: string): void {
  bench.happen({ type: 'ProgramStopped', program: 'etcd', node: 'cp-1' });
  bench.pass(1000);
  const args = ['etcd', '--name=cp-1', `--data-dir=${path}`, '--advertise-client-urls=http://10.99.0.1:2379'];
  bench.happen({ type: 'ProgramStarted', program: 'etcd', node: 'cp-1', container: '', args });
  bench.pass(5000);
}

/** Puts what a tool has left on the machine, as the shell does. */
function carry(bench: EtcdBench, path: string): void {
  const file = `${path}/member/snap/db`;
  const row = {
    fileSystem: hostFileSystem('cp-1'),
    path: file,
    kind: 'file',
    mode: 0o600,
    modifiedAt: 0,
  } as const;
  bench.happen({ type: 'FileWritten', node: 'cp-1', pod: '', ...row, content: bench.files[file] ?? '' });
}

test('an etcd that starts on a restored directory holds what the snapshot held', () => {
  const bench = etcdBench();
  bench.type('etcdctl put k before');
  bench.type('etcdctl snapshot save s.db');
  bench.type('etcdctl put k after');
  bench.type('etcdctl put more x');
  bench.type('etcdctl snapshot restore s.db --data-dir /var/lib/new');
  carry(bench, '/var/lib/new');
  restartOn(bench, '/var/lib/new');
  expect(bench.log.find(({ type }) => type === 'StoreRestored')).toMatchObject({
    revision: 2,
    path: '/var/lib/new',
  });
  expect(bench.type('etcdctl get "" --prefix').stdout).toBe('k\nbefore\n');
  expect(bench.type('etcdctl member list').stdout).toBe(
    '8e9e05c52164694d, started, cp-1, http://localhost:2380, http://10.99.0.1:2379, false\n',
  );
  expect(bench.type('etcdctl put k again -w json').stdout).toContain('"revision":3');
  expect(bench.type('etcdctl get k -w json').stdout).toContain(
    '"create_revision":2,"mod_revision":3,"version":2',
  );
  expect(bench.type('etcdctl get k --rev=2').stdout).toBe('k\nbefore\n');
});

test('on its old directory it holds what it held there', () => {
  const bench = etcdBench();
  bench.type('etcdctl put k old');
  bench.type('etcdctl snapshot save s.db');
  bench.type('etcdctl put k newer');
  bench.type('etcdctl snapshot restore s.db --data-dir /var/lib/new');
  carry(bench, '/var/lib/new');
  restartOn(bench, '/var/lib/new');
  bench.type('etcdctl put k other');
  restartOn(bench, '/var/lib/etcd');
  expect(bench.type('etcdctl get k').stdout).toBe('k\nnewer\n');
  restartOn(bench, '/var/lib/new');
  expect(bench.type('etcdctl get k').stdout).toBe('k\nother\n');
});

test('a restart on the same directory loses nothing, and turns nothing back', () => {
  const bench = etcdBench();
  bench.type('etcdctl put k v');
  restartOn(bench, '/var/lib/etcd');
  expect(bench.log.some(({ type }) => type === 'StoreRestored')).toBe(false);
  expect(bench.type('etcdctl get k').stdout).toBe('k\nv\n');
  expect(bench.view().rows.row('etcd', 'cluster')?.term).toBe(3);
});

test('on a directory with nothing in it an etcd begins with nothing', () => {
  const bench = etcdBench();
  bench.type('etcdctl put k v');
  restartOn(bench, '/var/lib/typo');
  expect(bench.type('etcdctl get "" --prefix').stdout).toBe('');
  const key = fileKey({ fileSystem: hostFileSystem('cp-1'), path: '/var/lib/typo/member/snap/db' });
  expect(bench.view().rows.row('files', key)?.kind).toBe('file');
  restartOn(bench, '/var/lib/etcd');
  expect(bench.type('etcdctl get k').stdout).toBe('k\nv\n');
});

test('a bumped restore begins at a revision that nobody has seen', () => {
  const bench = etcdBench({ version: '1.36' });
  bench.type('etcdctl put k v');
  bench.type('etcdctl snapshot save s.db');
  bench.type('etcdutl snapshot restore s.db --data-dir /var/lib/new --bump-revision 1000 --mark-compacted');
  carry(bench, '/var/lib/new');
  restartOn(bench, '/var/lib/new');
  expect(bench.type('etcdctl get k -w json').stdout).toContain('"revision":1002');
  expect(bench.type('etcdctl get k --rev=2').stderr).toContain('required revision has been compacted');
});
