import { SECOND } from '../../../kernel/time/millis.ts';
import type { Doing } from '../../contract/doing.ts';
import { etcdRow } from '../../etcd/membership.ts';
import { klogLine } from '../../objects/klog-line.ts';
import { findFile } from '../files.ts';
import { containersOn } from '../machines/crictl-rows.ts';
import { namedIn } from '../machines/file-tree.ts';
import type { LeftFile } from '../program.ts';
import { readClusterConfig, readingLines } from './cluster-config.ts';
import type { Command } from './command.ts';
import { bools, texts } from './flags.ts';
import { type Phase, type Run, runPhases, taking } from './run-phases.ts';

/** `kubeadm reset` (kubeadm: cmd/reset.go): a machine as it was before it belonged to a cluster. */
export const reset: Command = {
  flags: [
    ...texts('cri-socket', 'ignore-preflight-errors', 'skip-phases'),
    ...bools('f,force', 'dry-run', 'cleanup-tmp-dir'),
  ],
  run: (call, flags) => runPhases(call, flags, PHASES),
};

const preflight: Phase = function* (run) {
  const { call, say, version, flags } = run;
  for (const line of readingLines('reset', version)) say(line);
  const config = yield* readClusterConfig(call);
  if ('problem' in config)
    warn(
      run,
      `[reset] Unable to fetch the kubeadm-config ConfigMap from cluster: failed to get config map: ${config.problem}`,
    );
  if (!flags.bool('force')) {
    warn(
      run,
      "[reset] WARNING: Changes made to this host by 'kubeadm init' or 'kubeadm join' will be reverted.",
    );
    say('[reset] Are you sure you want to proceed? [y/N]: y');
  }
  say('[preflight] Running pre-flight checks');
  return 'done';
};

/** As klog says it. */
function warn({ call }: Run, message: string): void {
  const epochMs = call.view.settings.epochMs + call.now;
  call.write('stderr', `${klogLine('W', 'preflight.go:56', { epochMs, pid: 1801, text: message })}\n`);
}

const FOLDERS = ['/etc/kubernetes/manifests', '/var/lib/kubelet', '/etc/kubernetes/pki'];
const FILES = ['admin', 'super-admin', 'kubelet', 'bootstrap-kubelet', 'controller-manager', 'scheduler'].map(
  (name) => `/etc/kubernetes/${name}.conf`,
);

const cleanUp: Phase = function* (run) {
  const { call, say, node, written } = run;
  yield* leaveEtcd(run);
  const data = '/var/lib/etcd';
  if (findFile(call.files, data).type === 'folder') {
    written.push(...gone(run, data));
    say(`[reset] Deleted contents of the etcd data directory: ${data}`);
  }
  say('[reset] Stopping the kubelet service');
  if (call.view.rows.row('machines', node)?.kubelet.running) yield { type: 'KubeletStopped', node };
  say('[reset] Unmounting mounted directories in "/var/lib/kubelet"');
  for (const { id, pod, exit } of containersOn(call))
    if (exit === undefined) yield { type: 'SignalSent', node, pod, container: id, signal: 'KILL' };
  say(`[reset] Deleting contents of directories: [${FOLDERS.join(' ')}]`);
  say(`[reset] Deleting files: [${FILES.join(' ')}]`);
  for (const path of [...FOLDERS, ...FILES]) written.push(...gone(run, path));
  // Whether anybody ever wrote it: a kubelet does not start without it.
  written.push({ path: '/var/lib/kubelet/config.yaml', text: '', kind: 'removed' });
  say(`
The reset process does not perform cleanup of CNI plugin configuration,
network traffic filtering rules and kubeconfig files.

For information on how to perform this cleanup manually, please see:
    https://k8s.io/docs/reference/setup-tools/kubeadm/kubeadm-reset/
`);
  return 'done';
};

/** The others go on without its member, if there are any (kubeadm: cmd/phases/reset/removeetcdmember.go). */
function* leaveEtcd({ call, node }: Run): Doing<void> {
  const { rows } = call.view;
  const members = etcdRow(rows)?.members ?? [];
  const own = rows.row('etcdMembers', node);
  if (members.length < 2 || !own?.runs) return;
  const left = members.filter(({ id }) => id !== own.id);
  if (left.length < members.length) yield { type: 'EtcdMembersChanged', members: left };
}

function gone({ call }: Run, path: string): readonly LeftFile[] {
  return namedIn(call.files, path)
    .filter(({ isFolder }) => !isFolder)
    .map((one) => ({ path: one.path, text: '', kind: 'removed' as const }));
}

const PHASES: readonly Phase[] = [preflight, taking([SECOND, 3 * SECOND], 'reset'), cleanUp];
