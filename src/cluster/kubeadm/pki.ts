import { DAY, type Millis } from '../../kernel/time/millis.ts';
import { decodeBase64 } from '../objects/base64.ts';
import {
  type Authority,
  type Certificate,
  clusterAuthority,
  readCertificate,
  signCertificate,
  type Usage,
} from '../objects/pki/certificate.ts';
import { issueCredentials } from '../objects/pki/client-credentials.ts';
import type { DistinguishedName } from '../objects/pki/distinguished-name.ts';
import { writePem } from '../objects/pki/pem.ts';
import { makeKey } from '../objects/pki/rsa-key.ts';
import type { KubeVersion } from '../objects/versions.ts';
import { kubeconfigText } from './kubeconfig.ts';

const PKI = '/etc/kubernetes/pki';
const CONF = '/etc/kubernetes';

/** How long what kubeadm signs is good: certificates a year, authorities ten (kubeadm: constants.go). */
export const GOOD_FOR_MS = 365 * DAY;
const AUTHORITY_GOOD_FOR_MS = 3650 * DAY;

export type AuthorityName = 'ca' | 'etcd-ca' | 'front-proxy-ca';

/** A machine of the control plane, as far as its certificates name it. */
export interface PkiPlace {
  readonly seed: string;
  readonly epochMs: Millis;
  readonly node: string;
  readonly ip: string;
  /** Where the API server is found: `10.99.0.1`. */
  readonly server: string;
  readonly version: KubeVersion;
}

export interface PlacedFile {
  readonly path: string;
  readonly content: string;
  readonly mode: number;
}

/** A certificate that kubeadm looks after (kubeadm: phases/certs/renewal/manager.go). */
export interface ManagedCertificate {
  readonly name: string;
  readonly longName: string;
  readonly authority: AuthorityName;
  /** A kubeconfig file that holds it, or a file of its own with its key beside it. */
  readonly path: string;
  readonly usages: readonly Usage[];
  readonly since?: number;
  subject(place: PkiPlace): DistinguishedName;
  dnsNames?(place: PkiPlace): readonly string[];
}

/** The group whose members may do everything since 1.29; before, nobody asked what they may. */
function admins({ version }: PkiPlace): string {
  return version.minor >= 29 ? 'kubeadm:cluster-admins' : 'system:masters';
}

const embedded = (who: string): string => `certificate embedded in the kubeconfig file for ${who}`;

/** In the order in which kubeadm lists them. */
const MANAGED: readonly ManagedCertificate[] = [
  {
    name: 'admin.conf',
    longName: embedded('the admin to use and for kubeadm itself'),
    authority: 'ca',
    path: `${CONF}/admin.conf`,
    usages: ['client auth'],
    subject: (place) => [
      ['O', admins(place)],
      ['CN', 'kubernetes-admin'],
    ],
  },
  {
    name: 'apiserver',
    longName: 'certificate for serving the Kubernetes API',
    authority: 'ca',
    path: `${PKI}/apiserver.crt`,
    usages: ['server auth'],
    subject: () => [['CN', 'kube-apiserver']],
    dnsNames: ({ node }) => [
      node,
      'kubernetes',
      'kubernetes.default',
      'kubernetes.default.svc',
      'kubernetes.default.svc.cluster.local',
    ],
  },
  {
    name: 'apiserver-etcd-client',
    longName: 'certificate the apiserver uses to access etcd',
    authority: 'etcd-ca',
    path: `${PKI}/apiserver-etcd-client.crt`,
    usages: ['client auth'],
    subject: () => [['CN', 'kube-apiserver-etcd-client']],
  },
  {
    name: 'apiserver-kubelet-client',
    longName: 'certificate for the API server to connect to kubelet',
    authority: 'ca',
    path: `${PKI}/apiserver-kubelet-client.crt`,
    usages: ['client auth'],
    subject: (place) => [
      ['O', admins(place)],
      ['CN', 'kube-apiserver-kubelet-client'],
    ],
  },
  {
    name: 'controller-manager.conf',
    longName: embedded('the controller manager to use'),
    authority: 'ca',
    path: `${CONF}/controller-manager.conf`,
    usages: ['client auth'],
    subject: () => [['CN', 'system:kube-controller-manager']],
  },
  {
    name: 'etcd-healthcheck-client',
    longName: 'certificate for liveness probes to healthcheck etcd',
    authority: 'etcd-ca',
    path: `${PKI}/etcd/healthcheck-client.crt`,
    usages: ['client auth'],
    subject: () => [['CN', 'kube-etcd-healthcheck-client']],
  },
  {
    name: 'etcd-peer',
    longName: 'certificate for etcd nodes to communicate with each other',
    authority: 'etcd-ca',
    path: `${PKI}/etcd/peer.crt`,
    usages: ['client auth', 'server auth'],
    subject: ({ node }) => [['CN', node]],
    dnsNames: ({ node }) => ['localhost', node],
  },
  {
    name: 'etcd-server',
    longName: 'certificate for serving etcd',
    authority: 'etcd-ca',
    path: `${PKI}/etcd/server.crt`,
    usages: ['client auth', 'server auth'],
    subject: ({ node }) => [['CN', node]],
    dnsNames: ({ node }) => ['localhost', node],
  },
  {
    name: 'front-proxy-client',
    longName: 'certificate for the front proxy client',
    authority: 'front-proxy-ca',
    path: `${PKI}/front-proxy-client.crt`,
    usages: ['client auth'],
    subject: () => [['CN', 'front-proxy-client']],
  },
  {
    name: 'scheduler.conf',
    longName: embedded('the scheduler manager to use'),
    authority: 'ca',
    path: `${CONF}/scheduler.conf`,
    usages: ['client auth'],
    subject: () => [['CN', 'system:kube-scheduler']],
  },
  {
    name: 'super-admin.conf',
    longName: embedded('the super-admin'),
    authority: 'ca',
    path: `${CONF}/super-admin.conf`,
    usages: ['client auth'],
    since: 29,
    subject: () => [
      ['O', 'system:masters'],
      ['CN', 'kubernetes-super-admin'],
    ],
  },
];

/** Those that a version of kubeadm knows. */
export function managedIn({ minor }: KubeVersion): readonly ManagedCertificate[] {
  return MANAGED.filter(({ since = 0 }) => minor >= since);
}

export interface ManagedAuthority {
  readonly name: AuthorityName;
  readonly path: string;
}

export const AUTHORITIES: readonly ManagedAuthority[] = [
  { name: 'ca', path: `${PKI}/ca.crt` },
  { name: 'etcd-ca', path: `${PKI}/etcd/ca.crt` },
  { name: 'front-proxy-ca', path: `${PKI}/front-proxy-ca.crt` },
];

export function authorityOf(name: AuthorityName, place: Pick<PkiPlace, 'seed'>): Authority {
  if (name === 'ca') return clusterAuthority(place);
  return { name: [['CN', name]], secret: `${place.seed} ${name}` };
}

/** A new certificate of kubeadm's with its key, signed now: the files that hold them. */
export function issue(managed: ManagedCertificate, place: PkiPlace, signedAt: Millis): readonly PlacedFile[] {
  const { path, usages, dnsNames } = managed;
  const authority = authorityOf(managed.authority, place);
  const { certificate, key } = issueCredentials(
    {
      identity: `${place.seed} ${place.node} ${managed.name} ${signedAt}`,
      subject: managed.subject(place),
      usages,
      dnsNames: dnsNames?.(place) ?? [],
      notBefore: place.epochMs + signedAt,
      goodForMs: GOOD_FOR_MS,
    },
    authority,
  );
  if (path.endsWith('.conf')) {
    const [, user = ''] = managed.subject(place).find(([type]) => type === 'CN') ?? [];
    const ca = authorityCertificate('ca', place);
    const content = kubeconfigText({ user, server: place.server, ca, certificate, key });
    return [{ path, content, mode: 0o600 }];
  }
  return [
    { path, content: certificate, mode: 0o644 },
    { path: path.replace(/\.crt$/, '.key'), content: key, mode: 0o600 },
  ];
}

/** The certificate in a file of kubeadm's, a kubeconfig or one of its own; undefined if there is none. */
export function certificateIn(text: string): Certificate | undefined {
  const direct = readCertificate(text);
  if (direct !== undefined) return direct;
  const data = /client-certificate-data: *(\S+)/.exec(text)?.[1];
  const pem = data === undefined ? undefined : decodeBase64(data);
  return pem === undefined ? undefined : readCertificate(pem);
}

/** When the cluster was made: its authorities are from then. */
const MADE_AT = -DAY;

export function authorityCertificate(name: AuthorityName, place: Pick<PkiPlace, 'seed' | 'epochMs'>): string {
  const authority = authorityOf(name, place);
  const notBefore = place.epochMs + MADE_AT;
  return signCertificate(
    {
      subject: authority.name,
      issuer: authority.name,
      publicKey: makeKey(`${authority.secret} authority`, 2048).publicKey,
      notBefore,
      notAfter: notBefore + AUTHORITY_GOOD_FOR_MS,
      serial: '00',
      usages: [],
      dnsNames: [name === 'ca' ? 'kubernetes' : name],
      isAuthority: true,
    },
    authority,
  );
}

/** The authorities with their keys, and the key by which service accounts' tokens are signed. */
export function authorityFiles(place: PkiPlace): readonly PlacedFile[] {
  const files = AUTHORITIES.flatMap(({ name, path }): PlacedFile[] => [
    { path, content: authorityCertificate(name, place), mode: 0o644 },
    {
      path: path.replace(/\.crt$/, '.key'),
      content: makeKey(`${authorityOf(name, place).secret} authority`, 2048, 'pkcs1').pem,
      mode: 0o600,
    },
  ]);
  const account = makeKey(`${place.seed} service accounts`, 2048, 'pkcs1');
  const shown = writePem({ type: 'PUBLIC KEY', bytes: account.publicKey });
  return [
    ...files,
    { path: `${PKI}/sa.key`, content: account.pem, mode: 0o600 },
    { path: `${PKI}/sa.pub`, content: shown, mode: 0o600 },
  ];
}
