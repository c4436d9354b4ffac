import { encodeBase64 } from '../../../objects/base64.ts';
import { authorityCertificate, clientCredentials } from '../../../objects/pki/client-credentials.ts';
import { findFile } from '../../files.ts';
import type { FlagValues } from '../../flags/flag-values.ts';
import type { Call, Ended } from '../../program.ts';
import { fail } from '../failure.ts';
import { printYaml } from '../print/yaml/print-yaml.ts';
import { serverAddress } from '../server-address.ts';
import { type KubeconfigDocument, kubeconfigObject, NO_KUBECONFIG, readKubeconfig } from './document.ts';
import { ownKubeconfig, subjectOfMachineFile } from './own-kubeconfig.ts';

/** Where a call's kubeconfig is, and what stands in it. */
export interface ConfigSource {
  readonly config: KubeconfigDocument;
  /** Absent for the person's own. */
  readonly path?: string;
  /** How messages call it. */
  readonly shown: string;
}

type Place = Pick<Call, 'kubeconfig' | 'view' | 'files' | 'environment' | 'machine'>;

/** Files that hold what a person has from the start. */
const OWN = /^(?:~|\/root|\/home\/[^/]+|\$HOME)\/\.kube\/config$|^\/etc\/kubernetes\/admin\.conf$/;

/**
 * `--kubeconfig`, else `$KUBECONFIG`, else the person's own. A file that is not there is made by a change.
 */
export function configSource(call: Place, flags: FlagValues, isToChange = false): ConfigSource {
  const given = flags.has('kubeconfig') ? flags.text('kubeconfig') : '';
  const path = given || (call.environment['KUBECONFIG'] ?? '').split(':')[0] || '';
  if (path === '' || OWN.test(path)) return { config: ownKubeconfig(call), shown: '/root/.kube/config' };
  const subject = subjectOfMachineFile(path, call.machine ?? '');
  const found = findFile(call.files, path);
  if (found.type === 'file') {
    const config = readKubeconfig(found.text);
    if (config === undefined) return fail(`error loading config file "${path}": yaml: invalid document`);
    return { config, path, shown: path };
  }
  if (subject !== undefined && call.machine !== undefined)
    return { config: machineKubeconfig(call, subject), path, shown: path };
  if (given !== '' && !isToChange) return fail(`stat ${path}: no such file or directory`);
  return { config: NO_KUBECONFIG, path, shown: path };
}

function machineKubeconfig(
  { view }: Place,
  subject: NonNullable<ReturnType<typeof subjectOfMachineFile>>,
): KubeconfigDocument {
  const { certificate, key } = clientCredentials(subject, view.settings);
  const name = subject.find(([attribute]) => attribute === 'CN')?.[1] ?? '';
  const data = encodeBase64(authorityCertificate(view.settings));
  return {
    clusters: { kubernetes: { 'certificate-authority-data': data, server: serverAddress({ view }) } },
    users: {
      [name]: {
        'client-certificate-data': encodeBase64(certificate),
        'client-key-data': encodeBase64(key),
      },
    },
    contexts: { [`${name}@kubernetes`]: { cluster: 'kubernetes', user: name } },
    current: `${name}@kubernetes`,
  };
}

/** Ends a call that has changed a kubeconfig. */
export function savedConfig(call: Place, { path }: ConfigSource, config: KubeconfigDocument): Ended {
  const { version } = call.view.settings;
  if (path !== undefined) {
    const text = printYaml(kubeconfigObject(config, version));
    return { exitCode: 0, written: [{ path, text, makesFolders: true, mode: 0o600 }] };
  }
  const namespace = config.contexts[config.current]?.namespace || 'default';
  return { exitCode: 0, kubeconfig: { namespace, config } };
}
