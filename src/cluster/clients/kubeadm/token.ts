import { drawWhole } from '../../../kernel/chance/draw.ts';
import type { Millis } from '../../../kernel/time/millis.ts';
import { formatRfc3339, parseRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { Doing } from '../../contract/doing.ts';
import { authorityCertificate } from '../../kubeadm/pki.ts';
import { encodeBase64 } from '../../objects/base64.ts';
import {
  type BootstrapToken,
  TOKEN_NAMESPACE as NAMESPACE,
  readBootstrapToken,
  TOKEN_PATTERN,
  TOKEN_TYPE,
} from '../../objects/bootstrap-token.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { Secret } from '../../objects/kubernetes.ts';
import { readCertificate } from '../../objects/pki/certificate.ts';
import { sha256OfBytes } from '../../objects/sha256.ts';
import { atOnce } from '../at-once.ts';
import { duration } from '../flags/flag.ts';
import { alignColumns } from '../kubectl/print/table/align-columns.ts';
import type { Call } from '../program.ts';
import { roughly } from './certs.ts';
import { problemText } from './cluster-config.ts';
import type { Command } from './command.ts';
import { bools, texts } from './flags.ts';
import { packageVersionOf } from './package-version.ts';
import { placeOf } from './place-of.ts';
import { failed } from './run-phases.ts';

const GROUP = 'system:bootstrappers:kubeadm:default-node-token';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** A new token: six characters that may be known, and sixteen that may not. */
export function drawToken({ view, command, instance }: Call): string {
  const letters = Array.from({ length: 22 }, (_, index) => {
    const place = drawWhole(view.chance, 0, LETTERS.length - 1, 'bootstrap token', command, instance, index);
    return LETTERS[place];
  });
  return `${letters.slice(0, 6).join('')}.${letters.slice(6).join('')}`;
}

export const tokenGenerate: Command = {
  flags: [],
  run: atOnce((call) => {
    call.write('stdout', `${drawToken(call)}\n`);
    return { exitCode: 0 };
  }),
};

/** `kubeadm token create [TOKEN] [--print-join-command]` (kubeadm: cmd/token.go). */
export const tokenCreate: Command = {
  flags: [
    duration('ttl', '24h0m0s'),
    ...texts('description', 'usages', 'groups', 'certificate-key'),
    ...bools('print-join-command', 'dry-run'),
  ],
  *run(call, flags) {
    const token = flags.operands[0] ?? drawToken(call);
    if (!TOKEN_PATTERN.test(token)) return failed(call, notAToken(token));
    const problem = yield* storeToken(call, token, {
      ttl: flags.duration('ttl'),
      description: flags.text('description'),
    });
    if (problem !== undefined) return failed(call, problem);
    const line = flags.bool('print-join-command') ? `${joinCommand(call, token)} ` : token;
    call.write('stdout', `${line}\n`);
    return { exitCode: 0 };
  },
};

/** kubeadm: bootstraptoken/v1 NewBootstrapTokenString. */
export function notAToken(token: string): string {
  const form = '"\\\\A([a-z0-9]{6})\\\\.([a-z0-9]{16})\\\\z"';
  return `the bootstrap token "${token}" was not of the form ${form}`;
}

interface Stored {
  readonly ttl: Millis;
  readonly description: string;
}

/** Makes the Secret that a token is; a text says why not. */
export function* storeToken(
  call: Call,
  token: string,
  { ttl, description }: Stored,
): Doing<string | undefined> {
  const [id = '', secret = ''] = token.split('.');
  const { settings } = call.view;
  const data: Record<string, string> = {
    'auth-extra-groups': GROUP,
    ...(description !== '' && { description }),
    ...(ttl > 0 && { expiration: formatRfc3339(settings.epochMs + call.now + ttl) }),
    'token-id': id,
    'token-secret': secret,
    'usage-bootstrap-authentication': 'true',
    'usage-bootstrap-signing': 'true',
  };
  const object: Secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: `bootstrap-token-${id}`, namespace: NAMESPACE },
    type: TOKEN_TYPE,
    data: Object.fromEntries(Object.entries(data).map(([key, value]) => [key, encodeBase64(value)])),
  };
  const made = yield {
    verb: 'create',
    resource: 'secrets',
    namespace: NAMESPACE,
    object: object as KubeObject,
  };
  if (made.ok) return undefined;
  return made.status.reason === 'AlreadyExists'
    ? `a token with id "${id}" already exists`
    : `failed to create or update bootstrap token with name bootstrap-token-${id}: ${problemText(made.status)}`;
}

/** What is typed on a machine that is to join. */
function joinCommand(call: Call, token: string): string {
  const { server } = placeOf(call, packageVersionOf(call, 'kubeadm'));
  return `kubeadm join ${server}:6443 --token ${token} --discovery-token-ca-cert-hash ${caHash(call)}`;
}

/** Where anybody may read which cluster this is (kubeadm: phases/bootstraptoken/clusterinfo). */
export function clusterInfo(call: Call): KubeObject {
  const place = placeOf(call, packageVersionOf(call, 'kubeadm'));
  const data = encodeBase64(authorityCertificate('ca', place));
  const kubeconfig = `apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: ${data}
    server: https://${place.server}:6443
  name: ""
contexts: null
current-context: ""
kind: Config
preferences: {}
users: null
`;
  const metadata = { name: 'cluster-info', namespace: 'kube-public' };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { kubeconfig } } as KubeObject;
}

/** By which a machine that joins knows the cluster's authority again. */
export function caHash(call: Call): string {
  const ca = readCertificate(authorityCertificate('ca', placeOf(call, packageVersionOf(call, 'kubeadm'))));
  return `sha256:${sha256OfBytes(ca?.publicKey ?? [])}`;
}

export const tokenList: Command = {
  flags: [...texts('o,output'), ...bools('dry-run')],
  *run(call) {
    const found = yield* tokens();
    if (typeof found === 'string') return failed(call, `failed to list bootstrap tokens: ${found}`);
    const { now, view } = call;
    const rows = found.map(({ id, secret, expiration, description, usages, groups }) => {
      const expires = expiration === undefined ? undefined : parseRfc3339(expiration);
      const ttl = expires === undefined ? '<forever>' : roughly(expires - view.settings.epochMs - now);
      return [
        `${id}.${secret}`,
        ttl,
        expiration ?? '<never>',
        usages.join(','),
        description || '<none>',
        groups.join(',') || '<none>',
      ];
    });
    const head = ['TOKEN', 'TTL', 'EXPIRES', 'USAGES', 'DESCRIPTION', 'EXTRA GROUPS'];
    if (rows.length === 0) return { exitCode: 0 };
    const text = [head, ...rows].map((cells) => cells.join('\t')).join('\n');
    call.write('stdout', alignColumns(`${text}\n`, { minWidth: 10, padding: 3 }).text);
    return { exitCode: 0 };
  },
};

export const tokenDelete: Command = {
  flags: bools('dry-run'),
  *run(call, { operands }) {
    if (operands.length === 0)
      return failed(
        call,
        'missing argument; \'token delete\' is missing token of form ["^[a-z0-9]{6}$" or "^([a-z0-9]{6})\\\\.([a-z0-9]{16})$"]',
      );
    for (const operand of operands) {
      const id = /^[a-z0-9]{6}$/.test(operand) ? operand : TOKEN_PATTERN.exec(operand)?.[1];
      if (id === undefined)
        return failed(
          call,
          `given token didn't match pattern "^[a-z0-9]{6}$" or "^([a-z0-9]{6})\\\\.([a-z0-9]{16})$"`,
        );
      const gone = yield {
        verb: 'delete',
        resource: 'secrets',
        namespace: NAMESPACE,
        name: `bootstrap-token-${id}`,
      };
      if (!gone.ok)
        return failed(call, `failed to delete bootstrap token "${id}": ${problemText(gone.status)}`);
      call.write('stdout', `bootstrap token "${id}" deleted\n`);
    }
    return { exitCode: 0 };
  },
};

/** The tokens that the cluster knows, or why they can not be read. */
export function* tokens(): Doing<readonly BootstrapToken[] | string> {
  const listed = yield { verb: 'list', resource: 'secrets', namespace: NAMESPACE };
  if (!listed.ok) return problemText(listed.status);
  return (listed.items ?? []).flatMap((item) => readBootstrapToken(item as Secret) ?? []);
}
