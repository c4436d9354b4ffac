import { PROGRAMS, type ProgramName } from '../../contract/control-plane-rows.ts';
import type { Doing } from '../../contract/doing.ts';
import { settingsIn } from '../../contract/settings-in.ts';
import { addonObjects } from '../../kubeadm/addons.ts';
import { kubeletFiles, manifestFiles } from '../../kubeadm/machine-files.ts';
import {
  authorityFiles,
  issue,
  type ManagedCertificate,
  managedIn,
  type PkiPlace,
  type PlacedFile,
} from '../../kubeadm/pki.ts';
import type { PlaneMachine } from '../../kubeadm/plane-machine.ts';
import { findFile } from '../files.ts';
import { ADDONS, createAll } from './addon-objects.ts';
import { readClusterConfig } from './cluster-config.ts';
import type { Command } from './command.ts';
import { bools, texts } from './flags.ts';
import { TELL_ETCD, tellKubelet, tellMarking, writeFiles } from './init-phases.ts';
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

function certificates(chosen: (managed: ManagedCertificate) => boolean, authority?: string): Phase {
  return function* (run) {
    yield* [];
    const { call, say, version } = run;
    const place = placeOf(call, version);
    if (authority !== undefined) {
      const files = authorityFiles(place).filter(
        ({ path }) => authority === 'all' || named(path) === authority,
      );
      for (const { path } of files.filter(
        ({ path: each }) => each.endsWith('.crt') || each.endsWith('sa.key'),
      )) {
        const name = named(path);
        const has = isThere(run, path);
        say(
          has
            ? `[certs] Using existing ${name} certificate authority`
            : `[certs] Generating "${name}" certificate and key`,
        );
        if (!has)
          keep(
            run,
            files.filter((each) => named(each.path) === name),
          );
      }
    }
    for (const managed of managedIn(version).filter((each) => each.path.endsWith('.crt') && chosen(each))) {
      const name = named(managed.path);
      if (isThere(run, managed.path)) {
        say(`[certs] Using existing ${name} certificate and key on disk`);
        continue;
      }
      say(`[certs] Generating "${name}" certificate and key`);
      const names = managed.dnsNames?.(place) ?? [];
      if (names.length > 0)
        say(
          `[certs] ${name} serving cert is signed for DNS names [${names.join(' ')}] and IPs [${addressesOf(name, place)}]`,
        );
      keep(run, issue(managed, place, call.now));
    }
    return 'done';
  };
}

function addressesOf(name: string, { ip }: PkiPlace): string {
  return name === 'apiserver' ? `10.96.0.1 ${ip}` : `${ip} 127.0.0.1 ::1`;
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

const mark: Phase = function* (run) {
  yield* [];
  tellMarking(run);
  return 'done';
};

function addons(names: readonly string[]): Phase {
  return function* (run) {
    const { call, say, flags } = run;
    const { version } = yield* machineOf(run);
    const objects = addonObjects(settingsIn(call.view.settings, version), flags.text('pod-network-cidr'));
    for (const [phase, name, pattern] of ADDONS) {
      if (!names.includes(phase)) continue;
      const own = objects.filter(({ metadata }) => pattern.test(metadata.name ?? ''));
      const problem = yield* createAll(run, own);
      if (problem !== undefined) return { error: `error execution phase ${phase}: ${problem}` };
      say(`[addons] Applied essential addon: ${name}`);
    }
    return 'done';
  };
}

const OTHERS = PROGRAMS.filter((name) => name !== 'etcd');
const AUTHORITIES: readonly (readonly [phase: string, file: string])[] = [
  ['ca', 'ca'],
  ['etcd-ca', 'etcd/ca'],
  ['front-proxy-ca', 'front-proxy-ca'],
  ['sa', 'sa'],
];
const CERTIFICATES =
  'apiserver apiserver-kubelet-client apiserver-etcd-client front-proxy-client etcd-server etcd-peer etcd-healthcheck-client'.split(
    ' ',
  );

/** By the words that call them, behind `init phase`. */
export const INIT_PHASES: Readonly<Record<string, Command>> = {
  'certs all': command(certificates(() => true, 'all')),
  ...Object.fromEntries(
    AUTHORITIES.map(([name, file]) => [`certs ${name}`, command(certificates(() => false, file))]),
  ),
  ...Object.fromEntries(
    CERTIFICATES.map((name) => [`certs ${name}`, command(certificates((each) => each.name === name))]),
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
  'mark-control-plane': command(mark),
  'addon all': command(addons(['addon/coredns', 'addon/kube-proxy'])),
  'addon coredns': command(addons(['addon/coredns'])),
  'addon kube-proxy': command(addons(['addon/kube-proxy'])),
};
