import type { Credentials } from '../../../contract/user.ts';
import { decodeBase64 } from '../../../objects/base64.ts';
import { isEqualJson } from '../../../objects/json.ts';
import type { Node } from '../../../objects/kubernetes.ts';
import { readCertificate } from '../../../objects/pki/certificate.ts';
import { readKey } from '../../../objects/pki/rsa-key.ts';
import { findFile } from '../../files.ts';
import type { FlagValues } from '../../flags/flag-values.ts';
import type { Call } from '../../program.ts';
import { fail, KubectlExit } from '../failure.ts';
import { checkOwn, checkServing } from './check-own.ts';
import { configSource } from './config-source.ts';
import type { ClusterEntry, ContextEntry, KubeconfigDocument, UserEntry } from './document.ts';
import { isUntouched } from './own-kubeconfig.ts';

/** As whom a call asks, and where it stands. */
export interface Speaker {
  readonly namespace: string;
  /** Absent for the person with the admin.conf. */
  readonly credentials?: Credentials;
}

/** Flags that say who speaks, or to whom. */
const SPEAKER_FLAGS: readonly string[] = [
  'kubeconfig',
  'context',
  'cluster',
  'user',
  'server',
  'token',
  'client-certificate',
  'client-key',
  'certificate-authority',
  'insecure-skip-tls-verify',
  'tls-server-name',
  'username',
  'password',
];

/**
 * Reads the kubeconfig and the flags that stand above it (client-go: tools/clientcmd). `isGlobal` says
 * whether a flag is kubectl's own and not one that the verb has of the same name.
 */
export function speakerOf(call: Call, flags: FlagValues, isGlobal: (name: string) => boolean): Speaker {
  const text = (name: string): string => (isGlobal(name) ? flags.text(name) : '');
  const isSaid = SPEAKER_FLAGS.some((name) => isGlobal(name) && flags.isSet(name));
  const { kubeconfig, environment } = call;
  const isPlain = kubeconfig.config === undefined && (environment['KUBECONFIG'] ?? '') === '';
  const isPlainPerson = isPlain && !isSaid;
  // Certificates are looked at when a connection begins, and when a request does: a standing watch goes on.
  const begins = call.memory === undefined;
  if (begins && !staysHere(flags)) (isPlainPerson ? checkOwn : checkServing)(call);
  if (isPlainPerson) return { namespace: kubeconfig.namespace };
  const { config } = configSource(call, flags);
  const context = contextIn(config, text('context'));
  const cluster = clusterIn(config, text('cluster'), context.cluster ?? '');
  const user = userIn(config, text('user'), context.user ?? '');
  if (begins) checkServer(call, { ...cluster, ...serverSaid(text, flags) });
  const name = text('user') || (context.user ?? '');
  const credentials = credentialsOf(call, { ...user, ...userSaid(text) }, name);
  return { namespace: context.namespace || 'default', ...(credentials && { credentials }) };
}

/** Whether a call asks nobody: `version --client`, `create --dry-run=client`. */
function staysHere(flags: FlagValues): boolean {
  const isClient = flags.has('client') && flags.bool('client');
  return isClient || (flags.has('dry-run') && flags.text('dry-run') === 'client');
}

function contextIn(config: KubeconfigDocument, said: string): ContextEntry {
  const name = said || config.current;
  const context = Object.hasOwn(config.contexts, name) ? config.contexts[name] : undefined;
  if (context !== undefined || name === '') return context ?? {};
  return failConfiguration([`context was not found for specified context: ${name}`]);
}

/** What a context names may be missing; what is typed may not. */
function clusterIn(config: KubeconfigDocument, said: string, named: string): ClusterEntry {
  const name = said || named;
  const cluster = Object.hasOwn(config.clusters, name) ? config.clusters[name] : undefined;
  if (cluster === undefined && said !== '') return fail(`no server found for cluster "${said}"`);
  return cluster ?? NO_CLUSTER;
}

/** Where nothing is said of a server, a client looks at its own machine. */
const NO_CLUSTER: ClusterEntry = { server: '' };

function userIn(config: KubeconfigDocument, said: string, named: string): UserEntry | undefined {
  const name = said || named;
  const user = Object.hasOwn(config.users, name) ? config.users[name] : undefined;
  if (user === undefined && said !== '') return fail(`auth info "${said}" does not exist`);
  return user;
}

/** kubectl: cmd/util/helpers.go MultilineError. */
function failConfiguration(problems: readonly string[]): never {
  const [only] = problems;
  const listed = `\n${problems.map((problem) => `* ${problem}`).join('\n')}`;
  throw new KubectlExit(`Error in configuration: ${problems.length === 1 ? only : listed}`);
}

type Text = (name: string) => string;

function serverSaid(text: Text, flags: FlagValues): Partial<ClusterEntry> {
  const [server, authority] = [text('server'), text('certificate-authority')];
  const isInsecure = flags.has('insecure-skip-tls-verify') && flags.bool('insecure-skip-tls-verify');
  return {
    ...(server !== '' && { server }),
    ...(authority !== '' && { 'certificate-authority': authority }),
    ...(isInsecure && { 'insecure-skip-tls-verify': true }),
  };
}

/** A token that is typed stands above a certificate in the file, and the other way round. */
function userSaid(text: Text): UserEntry {
  const said: UserEntry = Object.fromEntries(
    ['token', 'client-certificate', 'client-key', 'username', 'password'].flatMap((name) => {
      const value = text(name);
      return value === '' ? [] : [[name, value]];
    }),
  );
  return said;
}

/** Whether anybody answers where the cluster is said to be, and can be trusted. */
function checkServer({ view }: Call, cluster: ClusterEntry): void {
  const { server } = cluster;
  if (isUntouched(cluster)) return;
  if (server === undefined || server === '') {
    throw new KubectlExit(
      'The connection to the server localhost:8080 was refused - did you specify the right host or port?',
    );
  }
  const [, scheme = 'https', host = '', port = ''] =
    /^(?:(https?):\/\/)?([^:/]+)(?::(\d+))?/.exec(server) ?? [];
  const own = ['127.0.0.1', 'localhost', 'kubernetes', '10.96.0.1', '10.99.0.254'];
  const addresses = view.objects
    .list<Node>('nodes')
    .flatMap(({ status }) => (status?.addresses ?? []).map(({ address }) => address));
  if (![...own, ...addresses].includes(host)) {
    const isName = /[a-z]/i.test(host);
    const why = isName
      ? `dial tcp: lookup ${host}: no such host`
      : `dial tcp ${host}:${port || 443}: i/o timeout`;
    throw new KubectlExit(`Unable to connect to the server: ${why}`);
  }
  if (port !== '6443' && port !== '443' && port !== '') {
    const where = `${host}:${port}`;
    throw new KubectlExit(
      `The connection to the server ${where} was refused - did you specify the right host or port?`,
    );
  }
  if (scheme === 'https') checkTrust(cluster);
}

function checkTrust(cluster: ClusterEntry): void {
  const isTrusted =
    cluster['insecure-skip-tls-verify'] === true ||
    cluster['certificate-authority'] !== undefined ||
    cluster['certificate-authority-data'] !== undefined;
  if (isTrusted) return;
  const why = 'tls: failed to verify certificate: x509: certificate signed by unknown authority';
  throw new KubectlExit(`Unable to connect to the server: ${why}`);
}

/** A bearer's token counts before a certificate (client-go: rest/transport.go). */
function credentialsOf(call: Call, user: UserEntry, name: string): Credentials | undefined {
  if (isUntouched(user) && name === 'kubernetes-admin') return undefined;
  const problems: string[] = [];
  const read = (field: 'client-certificate' | 'client-key', called: string): string | undefined => {
    const path = user[field];
    const data = user[`${field}-data`];
    if (path === undefined) return data === undefined ? undefined : decodeBase64(data);
    const found = findFile(call.files, path);
    if (found.type === 'file') return found.text;
    const why = `open ${path}: no such file or directory`;
    problems.push(`unable to read ${called} ${path} for ${name} due to ${why}`);
    return undefined;
  };
  const certificate = read('client-certificate', 'client-cert');
  const key = read('client-key', 'client-key');
  if (problems.length > 0) failConfiguration(problems);
  if (user.token !== undefined && user.token !== '') return { token: user.token };
  if (user.username !== undefined) return { token: `basic ${user.username}` };
  if (certificate === undefined) return {};
  checkPair(certificate, key, name);
  return { certificate };
}

/** Go's tls.X509KeyPair. */
function checkPair(certificate: string, key: string | undefined, name: string): void {
  if (key === undefined) {
    const why = `client-key-data or client-key must be specified for ${name} to use the clientCert authentication method.`;
    failConfiguration([why]);
  }
  const [read, pair] = [readCertificate(certificate), readKey(key)];
  if (read === undefined) fail('tls: failed to find any PEM data in certificate input');
  if (pair === undefined) fail('tls: failed to find any PEM data in key input');
  if (!isEqualJson(read.publicKey, pair.publicKey)) fail('tls: private key does not match public key');
}
