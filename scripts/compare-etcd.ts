/**
 * `node scripts/run.mjs scripts/compare-etcd.ts [--all]`: puts the same keys into a real etcd and into the
 * simulated one, types the same lines, and tells where what they print parts. It needs `etcd` and `etcdctl`
 * on the path (Debian: etcd-server, etcd-client), and the addresses 127.0.0.1 to 127.0.0.3 at ports 2379 and
 * 2380. With `--all` it prints also what agrees.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type EtcdBench, etcdBench } from '../test/support/etcd-bench.ts';
import { DOWN_LINES, LINES, QUOTA_LINES, UP_LINES } from './etcd-lines.ts';

const isWordy = process.argv.includes('--all');
const folder = mkdtempSync(join(tmpdir(), 'compare-etcd-'));
const [, series = ''] =
  /etcd Version: (\d+\.\d+)/.exec(execFileSync('etcd', ['--version'], { encoding: 'utf8' })) ?? [];
const KUBERNETES: Readonly<Record<string, string>> = { '3.4': '1.20', '3.5': '1.33', '3.6': '1.36' };
const version = KUBERNETES[series];
if (version === undefined) throw new Error(`no Kubernetes is known that is paired with etcd ${series}`);

let differences = 0;
let compared = 0;
const running = new Map<number, ChildProcess>();

function start(number: number, members: number, flags: readonly string[] = []): void {
  const urls = Array.from(
    { length: members },
    (_, index) => `cp-${index + 1}=http://127.0.0.${index + 1}:2380`,
  );
  const at = `http://127.0.0.${number}`;
  const own = ['--name', `cp-${number}`, '--data-dir', join(folder, `cp-${number}`)];
  const listen = ['--listen-client-urls', `${at}:2379`, '--listen-peer-urls', `${at}:2380`];
  const advertise = ['--advertise-client-urls', `${at}:2379`, '--initial-advertise-peer-urls', `${at}:2380`];
  const all = [...own, ...listen, ...advertise, '--initial-cluster', urls.join(','), ...flags];
  running.set(number, spawn('etcd', all, { stdio: 'ignore' }));
}

async function stop(numbers: readonly number[]): Promise<void> {
  for (const number of numbers) running.get(number)?.kill('SIGKILL');
  await sleep(3000);
}

async function stopAll(): Promise<void> {
  await stop([...running.keys()]);
  running.clear();
  for (const number of [1, 2, 3]) rmSync(join(folder, `cp-${number}`), { recursive: true, force: true });
}

/** What differs from run to run, and from machine to machine. */
function normal(text: string): string {
  return (
    text
      .replace(/\d+\.\d+\.\d+(?=[," |]|$)/gm, (found) =>
        found.startsWith(`${series}.`) ? `${series}.x` : found,
      )
      .replace(/"ts":("[^"]*"|[\d.]+)/g, '"ts":TIME')
      .replace(/^\d{4}-\d\d-\d\d[T ][\d:.]+Z?/gm, 'TIME')
      .replace(/client-[0-9a-f-]{36}/g, 'client-UUID')
      .replace(/0xc[0-9a-f]+/g, '0xADDRESS')
      .replace(/"took":("[^"]*"|[\d.]+)/g, '"took":TOOK')
      .replace(/(took = |"Took" : )[\d.]+m?s/g, '$1TOOK')
      .replace(/\| +[\d.]+m?s \|/g, '| TOOK |')
      // Whether the client or the member is first to find that the time is over is a race of the two.
      .replace(
        /rpc error: code = Unknown desc = context deadline exceeded(?!")/g,
        'context deadline exceeded',
      )
      .replace(/code = Unknown desc = context deadline/g, 'code = DeadlineExceeded desc = context deadline')
      .replace(/lease [0-9a-f]{16}/g, 'lease LEASE')
      .replace(/^[0-9a-f]{16}$/gm, 'LEASE')
      .replace(/127\.0\.0\.(\d)/g, '10.99.0.$1')
      .replace(/\b[0-9a-f]{15,16}\b/g, 'HEXID')
      .replace(/\b\d{17,20}\b/g, 'ID')
      .replace(/"size":"[^"]*"/g, '"size":SIZE')
      .replace(/\b[\d.]+ [kM]?B\b/g, 'SIZE')
      .replace(
        /"(dbSize|dbSizeInUse|totalSize|totalKey|raftIndex|raftAppliedIndex|hash|DBSize|RaftIndex|RaftAppliedIndex|Hash|Keys|Size)"( ?: ?)\d+/g,
        '"$1"$2NUMBER',
      )
      .replace(/ {2,}/g, ' ')
      .replace(/-{3,}/g, '---')
      // The same race, where a table has broken the line.
      .replace(
        /\| rpc error: code = Unknown desc \|\n\|(?: \|)+ = context deadline exceeded \|/g,
        '| context deadline exceeded |',
      )
  );
}

function normalLines(line: string, text: string): readonly string[] {
  const lines = normal(text)
    .replace(/(SIZE, (?:true|false), false, \d+), \d+, \d+,/g, '$1, INDEX, INDEX,')
    .replace(/^[0-9a-f]{6,8}, (\d+), \d+, SIZE/gm, 'HASH, $1, KEYS, SIZE')
    .replace(/^\| [0-9a-f]{6,8} \| (\d+) \| \d+ \| SIZE/gm, '| HASH | $1 | KEYS | SIZE')
    .replace(/(\| SIZE \| (?:true|false) \| false \| \d+) \| \d+ \| \d+/g, '$1 | INDEX | INDEX')
    .split('\n');
  // Members stand in the order of their IDs, which follow from their addresses; several answer in any order.
  return /member|health/.test(line) ? lines.sort() : lines;
}

function real(line: string, stdin: string): { stdout: string; stderr: string; exitCode: number } {
  const script = line.replaceAll('10.99.0.', '127.0.0.');
  const { stdout, stderr, status } = spawnSync('sh', ['-c', script], {
    input: stdin,
    encoding: 'utf8',
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', ETCDCTL_API: '3' },
    maxBuffer: 1 << 26,
    timeout: 30_000,
  });
  return { stdout, stderr, exitCode: status ?? 124 };
}

function compare(
  bench: EtcdBench,
  lines: readonly (string | readonly [line: string, stdin: string])[],
): void {
  for (const each of lines) {
    const [line = '', stdin = ''] = typeof each === 'string' ? [each] : each;
    const theirs = real(/ watch /.test(line) ? `timeout 2 ${line}` : line, stdin);
    const ours = bench.type(line, stdin);
    compared += 1;
    const parts = (['stdout', 'stderr'] as const).filter(
      (stream) => normalLines(line, theirs[stream]).join('\n') !== normalLines(line, ours[stream]).join('\n'),
    );
    const isSame = parts.length === 0 && theirs.exitCode === ours.exitCode;
    if (isSame && isWordy) console.log(`same: ${line}`);
    if (isSame) continue;
    differences += 1;
    console.log(`differs: ${line}`);
    if (theirs.exitCode !== ours.exitCode)
      console.log(`  exit ${theirs.exitCode}, simulated ${ours.exitCode}`);
    for (const stream of parts) {
      console.log(`  real ${stream}:\n${indented(normal(theirs[stream]))}`);
      console.log(`  simulated ${stream}:\n${indented(normal(ours[stream]))}`);
    }
  }
}

/**
 * How many values a file takes before it is full is the business of its pages, and differs from run to run.
 */
function fill(bench: EtcdBench): void {
  const value = 'x'.repeat(1_000_000);
  const lineOf = (index: number): string => `etcdctl --endpoints 127.0.0.1:2379 put big${index} --prev-kv`;
  for (let index = 1; real(lineOf(index), value).exitCode === 0; index += 1);
  for (let index = 1; bench.type(lineOf(index), value).exitCode === 0; index += 1);
}

function indented(text: string): string {
  return text.replace(/^/gm, '    ').slice(0, 3000);
}

try {
  writeFileSync(join(folder, 'junk.db'), 'junk\n');
  start(1, 1);
  await sleep(3000);
  const alone = etcdBench({ version });
  alone.files['junk.db'] = 'junk\n';
  compare(alone, LINES);
  await stopAll();

  const quota = ['--quota-backend-bytes=16777216'];
  start(1, 1, quota);
  await sleep(3000);
  const full = etcdBench({ version, flags: quota });
  fill(full);
  compare(full, QUOTA_LINES);
  await stopAll();

  for (const number of [1, 2, 3]) start(number, 3);
  await sleep(4000);
  const three = etcdBench({ version, members: 3 });
  compare(three, UP_LINES);
  await stop([2, 3]);
  for (const node of ['cp-2', 'cp-3']) three.happen({ type: 'ProgramStopped', program: 'etcd', node });
  three.pass(3000);
  compare(three, DOWN_LINES);
  await stopAll();
} finally {
  for (const child of running.values()) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${compared} lines compared with etcd ${series}, ${differences} differ`);
process.exitCode = differences === 0 ? 0 : 1;
