import { administrator } from '../../../contract/user.ts';
import { encodeBase64 } from '../../../objects/base64.ts';
import { authorityCertificate, clientCredentials } from '../../../objects/pki/client-credentials.ts';
import type { DistinguishedName } from '../../../objects/pki/distinguished-name.ts';
import type { Call } from '../../program.ts';
import { serverAddress } from '../server-address.ts';
import type { KubeconfigDocument, UserEntry } from './document.ts';

/** The one context of a person's kubeconfig, as kubeadm makes it. */
export const CLUSTER = 'kubernetes';
export const ADMINISTRATOR = 'kubernetes-admin';
const CONTEXT = `${ADMINISTRATOR}@${CLUSTER}`;

/**
 * The kubeconfig that a person has from the start. The log keeps none of its certificates, which follow from
 * the cluster: where there is nothing else, they are put in when somebody looks.
 */
export function ownKubeconfig({ kubeconfig, view }: Pick<Call, 'kubeconfig' | 'view'>): KubeconfigDocument {
  if (kubeconfig.config !== undefined) return kubeconfig.config;
  const { namespace } = kubeconfig;
  const isUnsaid = namespace === 'default' && view.settings.namespace === 'default';
  return {
    clusters: { [CLUSTER]: {} },
    users: { [ADMINISTRATOR]: {} },
    contexts: {
      [CONTEXT]: { cluster: CLUSTER, user: ADMINISTRATOR, ...(isUnsaid ? {} : { namespace }) },
    },
    current: CONTEXT,
  };
}

/** Whether an entry is the one from the start, of which nothing is kept. */
export function isUntouched(entry: object | undefined): boolean {
  return entry !== undefined && Object.keys(entry).length === 0;
}

/** With what is not kept. */
export function withOwnData(config: KubeconfigDocument, { view }: Pick<Call, 'view'>): KubeconfigDocument {
  const { settings } = view;
  const cluster = config.clusters[CLUSTER];
  const user = config.users[ADMINISTRATOR];
  const { groups } = administrator(settings.version);
  const subject: DistinguishedName = [
    ...groups.slice(0, 1).map((group) => ['O', group] as const),
    ['CN', ADMINISTRATOR],
  ];
  return {
    ...config,
    clusters: isUntouched(cluster)
      ? {
          ...config.clusters,
          [CLUSTER]: {
            'certificate-authority-data': encodeBase64(authorityCertificate(settings)),
            server: serverAddress({ view }),
          },
        }
      : config.clusters,
    users: isUntouched(user)
      ? { ...config.users, [ADMINISTRATOR]: entryOf(clientCredentials(subject, settings)) }
      : config.users,
  };
}

function entryOf({ certificate, key }: { readonly certificate: string; readonly key: string }): UserEntry {
  return { 'client-certificate-data': encodeBase64(certificate), 'client-key-data': encodeBase64(key) };
}

/** The kubeconfig files that kubeadm leaves on a machine, and whom they speak for. */
export function subjectOfMachineFile(path: string, machine: string): DistinguishedName | undefined {
  switch (/^\/etc\/kubernetes\/([a-z-]+)\.conf$/.exec(path)?.[1]) {
    case 'super-admin':
      return [
        ['O', 'system:masters'],
        ['CN', 'kubernetes-super-admin'],
      ];
    case 'controller-manager':
      return [['CN', 'system:kube-controller-manager']];
    case 'scheduler':
      return [['CN', 'system:kube-scheduler']];
    case 'kubelet':
      return [
        ['O', 'system:nodes'],
        ['CN', `system:node:${machine}`],
      ];
    default:
      return undefined;
  }
}
