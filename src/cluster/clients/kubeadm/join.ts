import { MINUTE, SECOND } from '../../../kernel/time/millis.ts';
import type { Doing } from '../../contract/doing.ts';
import { workerFiles } from '../../kubeadm/machine-files.ts';
import { hasExpired, TOKEN_PATTERN } from '../../objects/bootstrap-token.ts';
import type { ConfigMap } from '../../objects/kubernetes.ts';
import { formatKubeVersion } from '../../objects/versions.ts';
import { areInTouch } from '../../world/reach.ts';
import { findFile } from '../files.ts';
import { awaitBootstrap, bootstrapFiles } from './bootstrap-kubelet.ts';
import { readClusterConfig, readingLines } from './cluster-config.ts';
import { fatal } from './cluster-state.ts';
import type { Command } from './command.ts';
import { bools, texts } from './flags.ts';
import { writeFiles } from './init-phases.ts';
import { joinPlane } from './join-control-plane.ts';
import { packageVersionOf } from './package-version.ts';
import { placeOf } from './place-of.ts';
import { failed, type Phase, type PhaseEnd, type Run, runPhases, taking } from './run-phases.ts';
import { caHash, tokens } from './token.ts';
import { kubeletTooNew } from './version-policy.ts';
import { withConfig } from './with-config.ts';

/** For so long a machine asks for a cluster that does not know its token (kubeadm: Discovery timeout). */
const DISCOVERY_MS = 5 * MINUTE;

/**
 * `kubeadm join HOST:PORT --token … --discovery-token-ca-cert-hash …` (kubeadm: cmd/join.go): as a worker, or
 * with `--control-plane` as one more machine of the control plane.
 */
export const join: Command = {
  flags: [
    ...texts(
      'token',
      'discovery-token',
      'discovery-token-ca-cert-hash',
      'tls-bootstrap-token',
      'cri-socket',
      'node-name',
      'ignore-preflight-errors',
      'certificate-key',
      'apiserver-advertise-address',
      'skip-phases',
    ),
    ...bools('discovery-token-unsafe-skip-ca-verification', 'control-plane', 'dry-run'),
  ],
  *run(call, typed) {
    const names = join.flags.map(({ name }) => name);
    const read = withConfig(call, typed, names);
    if ('problem' in read) return failed(call, read.problem);
    const { flags } = read;
    const isPlane = flags.bool('control-plane') || flags.setup?.flags['certificate-key'] !== undefined;
    return yield* runPhases(call, flags, isPlane ? PLANE_PHASES : PHASES);
  },
};

const PHASE = 'error execution phase preflight: ';

const preflight: Phase = function* (run) {
  yield* [];
  const { call, say, flags, node } = run;
  const server = flags.operands[0];
  if (server === undefined)
    return { error: 'discovery: Invalid value: "": bootstrapToken or file must be set' };
  const token = flags.text('token') || flags.text('discovery-token');
  if (token !== '' && !TOKEN_PATTERN.test(token))
    return {
      error: `discovery.bootstrapToken.token: Invalid value: "${token}": the bootstrap token is invalid`,
    };
  say('[preflight] Running pre-flight checks');
  const errors: string[] = [];
  for (const path of ['/etc/kubernetes/kubelet.conf', '/etc/kubernetes/pki/ca.crt']) {
    if (findFile(call.files, path).type === 'file')
      errors.push(`[ERROR FileAvailable-${path.replaceAll('/', '-')}]: ${path} already exists`);
  }
  if (call.view.rows.row('machines', node)?.kubelet.running)
    errors.push('[ERROR Port-10250]: Port 10250 is in use');
  return errors.length > 0 ? { error: `${PHASE}${fatal(errors.sort())}` } : 'done';
};

/** Finds the cluster, and makes sure that it is the one that is meant. */
const discover: Phase = function* (run) {
  const { call, flags, since } = run;
  const server = (flags.operands[0] ?? '').replace(/:\d+$/, '');
  const token = flags.text('token') || flags.text('discovery-token');
  const problem = yield* whyNotFound(run, server, token);
  if (problem === undefined) {
    const pinned = flags.text('discovery-token-ca-cert-hash');
    const isUnsafe = flags.bool('discovery-token-unsafe-skip-ca-verification');
    if (pinned === '' && !isUnsafe)
      return {
        error:
          'discovery.bootstrapToken: Invalid value: "": using token-based discovery without caCertHashes can be unsafe. Set unsafeSkipCAVerification as true in your kubeadm config file or pass --discovery-token-unsafe-skip-ca-verification flag to continue',
      };
    if (!isUnsafe && pinned !== caHash(call))
      return {
        error: `${PHASE}couldn't validate the identity of the API Server: cluster CA found in cluster-info ConfigMap is invalid: none of the public keys "${caHash(call)}" are pinned`,
      };
    return yield* checkSkew(run);
  }
  // It asks again and again until its patience is over.
  if (problem !== UNTRUSTED && call.now < since + DISCOVERY_MS) return { until: since + DISCOVERY_MS };
  return { error: `${PHASE}couldn't validate the identity of the API Server: ${problem}` };
};

function* whyNotFound({ call, node }: Run, server: string, token: string): Doing<string | undefined> {
  const { rows, settings } = call.view;
  const place = placeOf(call, packageVersionOf(call, 'kubeadm'));
  const plane = settings.nodes.find(({ controlPlane }) => controlPlane)?.name;
  const asked = `Get "https://${server}:6443/api/v1/namespaces/kube-public/configmaps/cluster-info?timeout=10s"`;
  const config = yield {
    verb: 'get',
    resource: 'configmaps',
    namespace: 'kube-system',
    name: 'kubeadm-config',
  };
  const text = config.ok ? ((config.object as ConfigMap).data?.['ClusterConfiguration'] ?? '') : '';
  const endpoint = /^controlPlaneEndpoint: *(\S+?)(?::\d+)?$/m.exec(text)?.[1];
  const isThere = server === place.server || server === plane || server === endpoint;
  if (!isThere || plane === undefined || !areInTouch(rows, node, plane))
    return `failed to request the cluster-info ConfigMap: ${asked}: dial tcp ${server}:6443: connect: no route to host`;
  const known = yield* tokens();
  if (typeof known === 'string') return `failed to request the cluster-info ConfigMap: ${asked}: ${known}`;
  const [id = '', secret] = token.split('.');
  const found = known.find((each) => each.id === id && each.usages.includes('signing'));
  if (!found || hasExpired(found, settings.epochMs + call.now))
    return `could not find a JWS signature in the cluster-info ConfigMap for token ID "${id}"`;
  return found.secret === secret ? undefined : UNTRUSTED;
}

/** That is not asked again. */
const UNTRUSTED =
  "failed to verify JWS signature of received cluster info object, can't trust this API Server";

function unread(problem: string): string {
  return `unable to fetch the kubeadm-config ConfigMap: failed to get config map: ${problem}`;
}

function* checkSkew({ call, say, version, notes }: Run): Doing<PhaseEnd> {
  for (const line of readingLines('preflight', version)) say(line);
  const config = yield* readClusterConfig(call);
  if ('problem' in config) return { error: `${PHASE}${unread(config.problem)}` };
  notes['target'] = formatKubeVersion(config.version);
  const tooNew = kubeletTooNew(call, config.version);
  return tooNew === undefined ? 'done' : { error: `${PHASE}${fatal([tooNew])}` };
}

const startKubelet: Phase = function* (run) {
  const { call, say, node, version } = run;
  writeFiles(run, bootstrapFiles(run, workerFiles(placeOf(call, packageVersionOf(call, 'kubelet')))));
  say('[kubelet-start] Writing kubelet configuration to file "/var/lib/kubelet/config.yaml"');
  const env = '/var/lib/kubelet/kubeadm-flags.env';
  say(`[kubelet-start] Writing kubelet environment file with flags to file "${env}"`);
  say('[kubelet-start] Starting the kubelet');
  if (version.minor >= 30)
    say(
      '[kubelet-check] Waiting for a healthy kubelet at http://127.0.0.1:10248/healthz. This can take up to 4m0s',
    );
  yield { type: 'KubeletStarted', node, bootstraps: true };
  return 'done';
};

const healthy: Phase = function* ({ say, version, since, call }) {
  yield* [];
  if (version.minor >= 30)
    say(`[kubelet-check] The kubelet is healthy after ${call.now - since + 501}.${'182'}ms`);
  say(
    version.minor >= 30
      ? '[kubelet-start] Waiting for the kubelet to perform the TLS Bootstrap'
      : '[kubelet-start] Waiting for the kubelet to perform the TLS Bootstrap...',
  );
  return 'done';
};

const joined: Phase = function* ({ say }) {
  yield* [];
  say(`
This node has joined the cluster:
* Certificate signing request was sent to apiserver and a response was received.
* The Kubelet was informed of the new secure connection details.

Run 'kubectl get nodes' on the control-plane to see this node join the cluster.
`);
  return 'done';
};

const PLANE_PHASES: readonly Phase[] = [
  preflight,
  taking([SECOND, 2 * SECOND], 'preflight of a join'),
  discover,
  ...joinPlane,
];

const PHASES: readonly Phase[] = [
  preflight,
  taking([SECOND, 2 * SECOND], 'preflight of a join'),
  discover,
  startKubelet,
  taking([500, 1100], 'kubelet start'),
  healthy,
  awaitBootstrap,
  joined,
];
