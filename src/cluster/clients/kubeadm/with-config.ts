import { readSetup, type Setup } from '../../kubeadm/setup.ts';
import { inVersion, type KubeVersion, type Since } from '../../objects/versions.ts';
import { findFile } from '../files.ts';
import type { Call } from '../program.ts';
import type { Flags } from './flags.ts';
import { packageVersionOf } from './package-version.ts';

/** Flags that may stand beside a file (kubeadm: validation.go isAllowedFlag). */
const BESIDE = new Set([
  'config',
  'kubeconfig',
  'rootfs',
  'v',
  'patches',
  'dry-run',
  'ignore-preflight-errors',
  'skip-phases',
  'upload-certs',
  'skip-token-print',
  'skip-certificate-key-print',
  'certificate-key',
  'cri-socket',
  'node-name',
  'control-plane',
]);

/** The last version of kubeadm that reads a version of its API (kubeadm: util/config/common.go). */
const READ_UNTIL: Readonly<Record<string, number>> = { v1beta1: 21, v1beta2: 24, v1beta3: 99, v1beta4: 99 };

/** The newest version of its API that a kubeadm knows. */
const NEWEST: Since<string> = [
  [0, 'v1beta2'],
  [22, 'v1beta3'],
  [31, 'v1beta4'],
];

/** The flags of a call with those that its file (`--config`) stands for, or what is wrong with that. */
export function withConfig(
  call: Call,
  flags: Flags,
  names: readonly string[],
): { readonly flags: Flags } | { readonly problem: string } {
  const path = flags.text('config');
  if (path === '') return { flags };
  const mixed = names.filter((name) => flags.isSet(name) && !BESIDE.has(name));
  if (mixed.length > 0)
    return { problem: `can not mix '--config' with arguments [${mixed.sort().join(' ')}]` };
  const file = findFile(call.files, path);
  if (file.type !== 'file')
    return { problem: `unable to read config from "${path}": open ${path}: no such file or directory` };
  const setup = readSetup(file.text);
  if ('problem' in setup) return setup;
  const old = whyTooOld(setup, packageVersionOf(call, 'kubeadm'));
  return old === undefined ? { flags: flagsOf(flags, setup) } : { problem: old };
}

function whyTooOld({ versions }: Setup, kubeadm: KubeVersion): string | undefined {
  for (const { version, kind } of versions) {
    const until = READ_UNTIL[version];
    const spec = `"kubeadm.k8s.io/${version}" (kind: "${kind}")`;
    if (until === undefined || version > inVersion(NEWEST, kubeadm))
      return `your configuration file uses an unknown API spec: ${spec}`;
    if (kubeadm.minor > until)
      return (
        `your configuration file uses an old API spec: ${spec}. Please use kubeadm v1.${until} instead and run ` +
        "'kubeadm config migrate --old-config old-config-file --new-config new-config-file', which will write the " +
        'new, similar spec using a newer API version.'
      );
  }
  return undefined;
}

function flagsOf(flags: Flags, setup: Setup): Flags {
  const of = (name: string): string | undefined => (flags.isSet(name) ? undefined : setup.flags[name]);
  const { endpoint } = setup.flags;
  return {
    ...flags,
    setup,
    isSet: (name) => flags.isSet(name) || setup.flags[name] !== undefined,
    text: (name) => of(name) ?? flags.text(name),
    bool: (name) => (of(name) === undefined ? flags.bool(name) : of(name) === 'true'),
    operands: flags.operands.length === 0 && endpoint !== undefined ? [endpoint] : flags.operands,
  };
}
