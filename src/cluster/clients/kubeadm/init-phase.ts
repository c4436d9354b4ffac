import { PROGRAMS, type ProgramName } from '../../contract/control-plane-rows.ts';
import type { Doing } from '../../contract/doing.ts';
import { kubeletFiles, manifestFiles } from '../../kubeadm/machine-files.ts';
import { authorityFiles, issue, managedIn, type PlacedFile } from '../../kubeadm/pki.ts';
import type { PlaneMachine } from '../../kubeadm/plane-machine.ts';
import { findFile } from '../files.ts';
import { applyAddons } from './addon-objects.ts';
import { readClusterConfig } from './cluster-config.ts';
import type { Command } from './command.ts';
import { bools, texts } from './flags.ts';
import { markControlPlane } from './init.ts';
import {
  CERTIFICATES,
  TELL_ACCOUNT_KEY,
  TELL_CERTIFICATES,
  TELL_ETCD,
  tellCertificate,
  tellKubelet,
  writeFiles,
} from './init-phases.ts';
import { placeOf } from './place-of.ts';
import { type Phase, type Run, runPhases } from './run-phases.ts';
import { askedBefore } from './setup-asked.ts';

const FLAGS = [
  ...texts(
    'config',
    'cert-dir',
    'kubeconfig-dir',
    'kubeconfig',
    'kubernetes-version',
    'apiserver-advertise-address',
    'apiserver-bind-port',
    'apiserver-cert-extra-sans',
    'apiserver-extra-args',
    'controller-manager-extra-args',
    'scheduler-extra-args',
    'control-plane-endpoint',
    'service-cidr',
    'service-dns-domain',
    'pod-network-cidr',
    'image-repository',
    'node-name',
    'cri-socket',
    'patches',
    'v',
  ),
  ...bools('dry-run', 'skip-token-print'),
];

/** `kubeadm init phase certs apiserver`: one step of an init by itself (kubeadm: cmd/phases/init). */
function command(phase: Phase): Command {
  return { flags: FLAGS, run: (call, flags) => runPhases(call, flags, [phase]) };
}

/** What is there is left as it is, as kubeadm finds it. */
function isThere({ call }: Run, path: string): boolean {
  return findFile(call.files, path).type === 'file';
}

/** What is chosen of certificates, by the names of their files, and of the key of service accounts, `sa`. */
function certificates(isChosen: (name: string) => boolean, before?: string): Phase {
  return function* (run) {
    yield* [];
    const { call, say, version } = run;
    const place = placeOf(call, version);
    if (before !== undefined) say(before);
    const kept = authorityFiles(place);
    for (const [name] of CERTIFICATES) {
      if (!isChosen(name)) continue;
      const managed = managedIn(version).find(({ path }) => path === pathOf(name));
      if (isThere(run, pathOf(name)))
        say(`[certs] Using existing ${name} certificate ${managed ? 'and key on disk' : 'authority'}`);
      else {
        tellCertificate(run, place, name);
        keep(
          run,
          managed ? issue(managed, place, call.now) : kept.filter(({ path }) => named(path) === name),
        );
      }
    }
    if (!isChosen('sa')) return 'done';
    const has = isThere(run, '/etc/kubernetes/pki/sa.key');
    say(has ? '[certs] Using the existing "sa" key' : TELL_ACCOUNT_KEY);
    if (!has)
      keep(
        run,
        kept.filter(({ path }) => named(path) === 'sa'),
      );
    return 'done';
  };
}

function pathOf(name: string): string {
  return `/etc/kubernetes/pki/${name}.crt`;
}

/** `etcd/server` of `/etc/kubernetes/pki/etcd/server.crt`. */
function named(path: string): string {
  return path.replace('/etc/kubernetes/pki/', '').replace(/\.\w+$/, '');
}

/** With --dry-run nothing is left. */
function keep(run: Run, files: readonly PlacedFile[]): void {
  if (!run.flags.bool('dry-run')) writeFiles(run, files);
}

function kubeconfigs(chosen: (name: string) => boolean): Phase {
  return function* (run) {
    yield* [];
    const { call, say, version } = run;
    const place = placeOf(call, version);
    say('[kubeconfig] Using kubeconfig folder "/etc/kubernetes"');
    for (const managed of managedIn(version).filter(({ path }) => path.endsWith('.conf'))) {
      if (!chosen(managed.name.replace('.conf', ''))) continue;
      if (isThere(run, managed.path)) say(`[kubeconfig] Using existing kubeconfig file: "${managed.path}"`);
      else {
        say(`[kubeconfig] Writing "${managed.name}" kubeconfig file`);
        keep(run, issue(managed, place, call.now));
      }
    }
    return 'done';
  };
}

/** The machine as its cluster has set it up. */
function* machineOf(run: Run): Doing<PlaneMachine> {
  const { call, node, version } = run;
  const config = yield* readClusterConfig(call);
  const asked = 'text' in config ? askedBefore(call, config.text) : {};
  return {
    node,
    ip: placeOf(call, version).ip,
    version: 'text' in config ? config.version : version,
    ...asked,
  };
}

function manifests(programs: readonly ProgramName[]): Phase {
  return function* (run) {
    const machine = yield* machineOf(run);
    const files = manifestFiles(machine).filter(({ path }) =>
      programs.some((name) => path.endsWith(`/${name}.yaml`)),
    );
    if (programs.includes('etcd')) run.say(TELL_ETCD);
    else {
      run.say('[control-plane] Using manifest folder "/etc/kubernetes/manifests"');
      for (const name of programs) run.say(`[control-plane] Creating static Pod manifest for "${name}"`);
    }
    keep(run, files);
    return 'done';
  };
}

const kubeletStart: Phase = function* (run) {
  const { node, version, call } = run;
  tellKubelet(run);
  keep(run, kubeletFiles(version));
  if (!call.view.rows.row('machines', node)?.kubelet.running) yield { type: 'KubeletStarted', node };
  return 'done';
};

function addons(isWanted: (phase: string) => boolean): Phase {
  return function* (run) {
    const { version } = yield* machineOf(run);
    return yield* applyAddons(run, version, isWanted);
  };
}

const OTHERS = PROGRAMS.filter((name) => name !== 'etcd');
/** By the words that call them, behind `init phase`. */
export const INIT_PHASES: Readonly<Record<string, Command>> = {
  'certs all': command(certificates(() => true, TELL_CERTIFICATES)),
  ...Object.fromEntries(
    [...CERTIFICATES.map(([name]) => name), 'sa'].map((name) => [
      `certs ${name.replace('/', '-')}`,
      command(certificates((each) => each === name)),
    ]),
  ),
  'kubeconfig all': command(kubeconfigs(() => true)),
  ...Object.fromEntries(
    ['admin', 'super-admin', 'kubelet', 'controller-manager', 'scheduler'].map((name) => [
      `kubeconfig ${name}`,
      command(kubeconfigs((each) => each === name)),
    ]),
  ),
  'control-plane all': command(manifests(OTHERS)),
  'control-plane apiserver': command(manifests(['kube-apiserver'])),
  'control-plane controller-manager': command(manifests(['kube-controller-manager'])),
  'control-plane scheduler': command(manifests(['kube-scheduler'])),
  'etcd local': command(manifests(['etcd'])),
  'kubelet-start': command(kubeletStart),
  'mark-control-plane': command(markControlPlane),
  'addon all': command(addons(() => true)),
  'addon coredns': command(addons((phase) => phase === 'addon/coredns')),
  'addon kube-proxy': command(addons((phase) => phase === 'addon/kube-proxy')),
};
