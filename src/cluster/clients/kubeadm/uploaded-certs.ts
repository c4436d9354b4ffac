import { drawHex } from '../../../kernel/chance/draw.ts';
import { HOUR } from '../../../kernel/time/millis.ts';
import { parseRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { Doing } from '../../contract/doing.ts';
import { encodeBase64 } from '../../objects/base64.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { Secret } from '../../objects/kubernetes.ts';
import { sha256 } from '../../objects/sha256.ts';
import type { Call } from '../program.ts';
import { problemText } from './cluster-config.ts';
import type { Command } from './command.ts';
import { bools, texts } from './flags.ts';
import { type Phase, type Run, runPhases } from './run-phases.ts';

const NAME = 'kubeadm-certs';
const NAMESPACE = 'kube-system';

/** What machines of the control plane share is kept in a Secret for so long (kubeadm: copycerts.go). */
const KEPT_MS = 2 * HOUR;

const SHARED = ['ca', 'etcd-ca', 'front-proxy-ca', 'sa'];

export function drawCertificateKey({ view, command, instance }: Call): string {
  return drawHex(view.chance, 64, 'certificate key', command, instance);
}

/**
 * Puts them there, encrypted: a text says why not. What they are encrypted by is all that is told of them.
 */
function* uploadCerts(key: string): Doing<string | undefined> {
  const data = Object.fromEntries(
    SHARED.map((name) => [`${name}.key`, encodeBase64(sha256(`${key} ${name}`))]),
  );
  const object: Secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: NAME, namespace: NAMESPACE },
    type: 'Opaque',
    data,
  };
  const target = { resource: 'secrets', namespace: NAMESPACE } as const;
  yield { verb: 'delete', ...target, name: NAME };
  const made = yield { verb: 'create', ...target, object: object as KubeObject };
  return made.ok ? undefined : `error uploading certs: ${problemText(made.status)}`;
}

/** Takes them from there; a text says why that is not possible. */
export function* downloadCerts(call: Call, key: string): Doing<string | undefined> {
  const got = yield { verb: 'get', resource: 'secrets', namespace: NAMESPACE, name: NAME };
  const secret = got.ok ? (got.object as Secret) : undefined;
  const made = parseRfc3339(secret?.metadata.creationTimestamp ?? '');
  const isOver = made !== undefined && made + KEPT_MS < call.view.settings.epochMs + call.now;
  if (!secret || isOver)
    return `error downloading the secret: Secret "${NAME}" was not found in the "${NAMESPACE}" Namespace. This Secret might have expired. Please, run \`kubeadm init phase upload-certs --upload-certs\` on a control plane to generate a new one`;
  const [name = ''] = SHARED;
  if (secret.data?.[`${name}.key`] === encodeBase64(sha256(`${key} ${name}`))) return undefined;
  return 'error decoding certificate key: cipher: message authentication failed';
}

/** What is said of it when it is done. */
export function* tellUpload({ call, say, flags }: Run): Doing<string | undefined> {
  const key = flags.text('certificate-key') || drawCertificateKey(call);
  say(`[upload-certs] Storing the certificates in Secret "${NAME}" in the "${NAMESPACE}" Namespace`);
  const problem = yield* uploadCerts(key);
  if (problem !== undefined) return problem;
  say('[upload-certs] Using certificate key:');
  say(key);
  return undefined;
}

const upload: Phase = function* (run) {
  if (!run.flags.bool('upload-certs')) {
    run.say('[upload-certs] Skipping phase. Please see --upload-certs');
    return 'done';
  }
  const problem = yield* tellUpload(run);
  return problem === undefined ? 'done' : { error: `error execution phase upload-certs: ${problem}` };
};

/** `kubeadm init phase upload-certs --upload-certs` */
export const uploadCertsPhase: Command = {
  flags: [...texts('certificate-key', 'kubeconfig'), ...bools('upload-certs', 'skip-certificate-key-print')],
  run: (call, flags) => runPhases(call, flags, [upload]),
};
