import type { Refused } from '../../contract/response.ts';
import type { Container, Pod, Secret, ServiceAccount, Volume } from '../../objects/kubernetes.ts';
import { isMirrorPod } from '../../objects/mirror-pod.ts';
import { storageKey } from '../../objects/storage-key.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import type { Call } from '../call.ts';
import { birthOf, drawVolumeName } from '../naming/birth.ts';
import { serverTimeout } from '../refusal.ts';
import { type AdmissionPlugin, refuseAdmission } from './admission-plugin.ts';

const MOUNT_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';

/** How a pod gets its account's token (BoundServiceAccountTokenVolume: on by default since 1.21). */
const TOKEN_VOLUME: Since<'secret' | 'projected'> = [
  [0, 'secret'],
  [21, 'projected'],
];

/** Gives pods the account that they run as, and its token to their containers. */
export const serviceAccount: AdmissionPlugin = {
  name: 'ServiceAccount',
  resources: ['pods'],
  onCreate(draft, call) {
    const pod = draft as Pod;
    if (isMirrorPod(pod)) return refuseMirror(pod, call);
    const name = pod.spec.serviceAccountName || 'default';
    pod.spec.serviceAccountName = name;
    pod.spec.serviceAccount = name;
    const namespace = call.namespace ?? '';
    const account = call.store.read<ServiceAccount>(
      storageKey({ resource: 'serviceaccounts', namespace, name }),
    );
    if (account === undefined) {
      const why = `error looking up service account ${namespace}/${name}: serviceaccount "${name}" not found`;
      return refuseAdmission(pod, call, why);
    }
    const automounts = pod.spec.automountServiceAccountToken ?? account.automountServiceAccountToken ?? true;
    const refusal = automounts ? mountToken(pod, account, call) : undefined;
    if (refusal) return refusal;
    if (!pod.spec.imagePullSecrets?.length && account.imagePullSecrets?.length) {
      pod.spec.imagePullSecrets = account.imagePullSecrets.map((secret) => ({ ...secret }));
    }
    return undefined;
  },
};

/** A mirror of a static pod runs without the API server, so it may use nothing of it. */
function refuseMirror(pod: Pod, call: Call): Refused | undefined {
  if (pod.spec.serviceAccountName) {
    return refuseAdmission(pod, call, 'a mirror pod may not reference service accounts');
  }
  const usesSecrets = pod.spec.volumes?.some(({ secret }) => secret !== undefined);
  return usesSecrets ? refuseAdmission(pod, call, 'a mirror pod may not reference secrets') : undefined;
}

function mountToken(pod: Pod, account: ServiceAccount, call: Call): Refused | undefined {
  const isProjected = inVersion(TOKEN_VOLUME, call.settings.version) === 'projected';
  const volume = isProjected ? projectedToken(pod, call) : secretToken(pod, account, call);
  if (volume === undefined) {
    const wait = 'retry after the token is automatically created and added to the service account';
    return serverTimeout(`No API token found for service account "${account.metadata.name}", ${wait}`, 1);
  }
  const containers = [...(pod.spec.initContainers ?? []), ...pod.spec.containers];
  const inNeed = containers.filter((container) => !hasOwnMount(container));
  for (const container of inNeed) {
    const mount = { name: volume.name, readOnly: true, mountPath: MOUNT_PATH };
    container.volumeMounts = [...(container.volumeMounts ?? []), mount];
  }
  const isThere = pod.spec.volumes?.some(({ name }) => name === volume.name);
  if (inNeed.length > 0 && !isThere) pod.spec.volumes = [...(pod.spec.volumes ?? []), volume];
  return undefined;
}

function hasOwnMount({ volumeMounts }: Container): boolean {
  return volumeMounts?.some(({ mountPath }) => mountPath === MOUNT_PATH) === true;
}

function projectedToken(pod: Pod, call: Call): Volume {
  const base = 'kube-api-access-';
  const own = pod.spec.volumes?.find(({ name }) => name.startsWith(base));
  if (own) return own;
  return {
    name: drawVolumeName(call, base, birthOf(call, pod)),
    projected: {
      sources: [
        // Seven seconds more than an hour tell that nobody asked for this span
        // (WarnOnlyBoundTokenExpirationSeconds).
        { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
        { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
        {
          downwardAPI: {
            items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }],
          },
        },
      ],
      defaultMode: 0o644,
    },
  };
}

/** The account's token as a secret that the token controller made; undefined while there is none. */
function secretToken(pod: Pod, account: ServiceAccount, call: Call): Volume | undefined {
  const secretName = tokenSecretOf(account, call);
  if (secretName === undefined) return undefined;
  const own = pod.spec.volumes?.find(({ secret }) => secret?.secretName === secretName);
  if (own) return own;
  const isNameTaken = pod.spec.volumes?.some(({ name }) => name === secretName);
  const name = isNameTaken ? drawVolumeName(call, `${secretName}-`, birthOf(call, pod)) : secretName;
  return { name, secret: { secretName, defaultMode: 0o644 } };
}

function tokenSecretOf({ metadata, secrets = [] }: ServiceAccount, { store }: Call): string | undefined {
  const isToken = ({ type, metadata: { annotations = {} } }: Secret): boolean =>
    type === 'kubernetes.io/service-account-token' &&
    annotations['kubernetes.io/service-account.name'] === metadata.name &&
    annotations['kubernetes.io/service-account.uid'] === metadata.uid;
  const { namespace = '' } = metadata;
  for (const { name = '' } of secrets) {
    const secret = store.read<Secret>(storageKey({ resource: 'secrets', namespace, name }));
    if (secret && isToken(secret)) return name;
  }
  return undefined;
}
