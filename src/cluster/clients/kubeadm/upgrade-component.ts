import { MINUTE } from '../../../kernel/time/millis.ts';
import { civilOf } from '../../../kernel/time/rfc3339.ts';
import { manifestPath } from '../../contract/control-plane-paths.ts';
import type { ProgramName } from '../../contract/control-plane-rows.ts';
import type { Doing } from '../../contract/doing.ts';
import { managedIn } from '../../kubeadm/pki.ts';
import { staticPodManifest } from '../../kubeadm/static-manifests.ts';
import { findCondition } from '../../objects/conditions.ts';
import type { Pod } from '../../objects/kubernetes.ts';
import { findFile } from '../files.ts';
import type { LeftFile } from '../program.ts';
import { renewedFiles } from './certs.ts';
import { readClusterConfig } from './cluster-config.ts';
import { placeOf } from './place-of.ts';
import type { Phase, PhaseEnd, Run } from './run-phases.ts';
import { askedBefore } from './setup-asked.ts';
import { targetOf } from './target-of.ts';
import { upgradeWords } from './upgrade-words.ts';

/** For so long kubeadm waits for a program to come up anew (UpgradeManifestTimeout). */
const PATIENCE_MS = 5 * MINUTE;

/** Which certificates are renewed with which program (kubeadm: phases/upgrade/staticpods.go renewCerts). */
const CERTIFICATES: Readonly<Record<ProgramName, readonly string[]>> = {
  etcd: ['etcd-server', 'etcd-peer', 'etcd-healthcheck-client'],
  'kube-apiserver': ['apiserver', 'apiserver-kubelet-client', 'front-proxy-client', 'apiserver-etcd-client'],
  'kube-controller-manager': ['controller-manager.conf'],
  'kube-scheduler': ['scheduler.conf'],
};

const HASH = 'kubernetes.io/config.hash';

/** Puts the new manifest of a program in the place of the old one, and waits until its pod is up again. */
export function upgradeComponent(program: ProgramName): Phase {
  return function* (run) {
    return run.isFirst ? yield* replace(program, run) : yield* awaitRestart(program, run);
  };
}

function* replace(program: ProgramName, run: Run): Doing<PhaseEnd> {
  const { call, say, written, notes, flags, version } = run;
  const path = manifestPath(program);
  const found = findFile(call.files, path);
  if (found.type !== 'file') return { error: stuck(`open ${path}: no such file or directory`) };
  say(`[upgrade/staticpods] Preparing for "${program}" upgrade`);
  const config = yield* readClusterConfig(call);
  const manifest = newManifest(program, run, {
    old: found.text,
    config: 'text' in config ? config.text : '',
  });
  if (manifest === found.text) {
    say(`[upgrade/staticpods] Current and new manifests of ${program} are equal, skipping upgrade`);
    return 'done';
  }
  const before = yield* mirrorOf(program, run);
  if (flags.bool('certificate-renewal')) written.push(...renewal(program, run));
  const backup = `${backupFolder(run)}/${program}.yaml`;
  written.push({ path: backup, text: found.text, mode: 0o600 }, { path, text: manifest, mode: 0o600 });
  say(`[upgrade/staticpods] Moved new manifest to "${path}" and backed up old manifest to "${backup}"`);
  for (const line of upgradeWords(version).waits) say(line);
  notes['hash'] = before?.metadata.annotations?.[HASH] ?? '';
  notes['old'] = found.text;
  return waiting(program, run);
}

/** The manifest that the version that the cluster is brought to has, where there is another now. */
export function newManifest(
  program: ProgramName,
  run: Run,
  { old, config }: { readonly old: string; readonly config: string },
): string {
  return staticPodManifest(program, {
    ...placeOf(run.call, run.version),
    ...askedBefore(run.call, config),
    version: targetOf(run),
    members: membersIn(old),
  });
}

function renewal(program: ProgramName, { call, say, version }: Run): readonly LeftFile[] {
  return CERTIFICATES[program].flatMap((name) => {
    const managed = managedIn(version).find((each) => each.name === name);
    if (!managed) return [];
    say(`[upgrade/staticpods] Renewing ${name} certificate`);
    return renewedFiles(call, managed);
  });
}

/** The members of etcd that a manifest names. */
function membersIn(manifest: string): Readonly<Record<string, string>> {
  const list = /--initial-cluster=(\S+)/.exec(manifest)?.[1] ?? '';
  const members = list.split(',').map((member) => /^([^=]+)=https:\/\/([^:]+):/.exec(member));
  return Object.fromEntries(members.flatMap((match) => (match ? [[match[1] ?? '', match[2] ?? '']] : [])));
}

function podName(program: ProgramName, { node }: Run): string {
  return `${program}-${node}`;
}

/** The pod's mirror in the API; undefined while nobody answers. */
function* mirrorOf(program: ProgramName, run: Run): Doing<Pod | undefined> {
  const got = yield { verb: 'get', resource: 'pods', namespace: 'kube-system', name: podName(program, run) };
  return got.ok ? (got.object as Pod) : undefined;
}

function waiting(program: ProgramName, run: Run): PhaseEnd {
  const watches = [{ resource: 'pods', namespace: 'kube-system', name: podName(program, run) }];
  return { until: run.since + PATIENCE_MS, watches };
}

function* awaitRestart(program: ProgramName, run: Run): Doing<PhaseEnd> {
  const { call, say, notes, since, node, written } = run;
  const pod = yield* mirrorOf(program, run);
  const isNew = pod !== undefined && pod.metadata.annotations?.[HASH] !== notes['hash'];
  if (isNew && findCondition(pod.status?.conditions, 'Ready')?.status === 'True') {
    say(`[apiclient] Found 1 Pods for label selector component=${program}`);
    say(`[upgrade/staticpods] Component "${program}" upgraded successfully!`);
    if (program === 'etcd') say('[upgrade/etcd] Waiting for etcd to become available');
    return 'done';
  }
  if (call.now < since + PATIENCE_MS) return waiting(program, run);
  written.push({ path: manifestPath(program), text: notes['old'] ?? '', mode: 0o600 });
  const what = isNew
    ? 'timed out waiting for the condition'
    : `static Pod hash for component ${program} on Node ${node} did not change after 5m0s`;
  return { error: stuck(what) };
}

function stuck(why: string): string {
  return (
    "couldn't complete the static pod upgrade: couldn't upgrade control plane. kubeadm has tried to " +
    `recover everything into the earlier state. Errors faced: ${why}`
  );
}

function backupFolder({ call }: Run): string {
  const { year, month, day, hour, minute, second } = civilOf(call.view.settings.epochMs + call.now);
  const parts = [month, day, hour, minute, second].map((part) => String(part).padStart(2, '0'));
  return `/etc/kubernetes/tmp/kubeadm-backup-manifests-${[year, ...parts].join('-')}`;
}
