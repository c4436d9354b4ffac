import { parseGoDuration } from '../../../kernel/time/go-duration.ts';
import { MINUTE, SECOND } from '../../../kernel/time/millis.ts';
import { PROGRAMS } from '../../contract/control-plane-rows.ts';
import { settingsIn } from '../../contract/settings-in.ts';
import { addonObjects } from '../../kubeadm/addons.ts';
import { kubeadmConfig } from '../../kubeadm/cluster-config.ts';
import { TOKEN_PATTERN } from '../../objects/bootstrap-token.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { isAtWork } from '../../world/control-plane.ts';
import { applyAddons, createAll } from './addon-objects.ts';
import type { Command } from './command.ts';
import { bools, texts } from './flags.ts';
import { tellDryRun } from './init-dry-run.ts';
import {
  planeFiles,
  pullImages,
  TELL_ETCD,
  tellCertificates,
  tellChecked,
  tellChecking,
  tellHealthy,
  tellKubeconfigs,
  tellKubelet,
  tellManifests,
  tellMarking,
  writeFiles,
} from './init-phases.ts';
import { preflight } from './init-preflight.ts';
import { endpointOf, tellInitialized } from './init-words.ts';
import { placeOf } from './place-of.ts';
import { failed, type Phase, type Run, runPhases, taking } from './run-phases.ts';
import { askedOf } from './setup-asked.ts';
import { targetOf } from './target-of.ts';
import { clusterInfo, drawToken, notAToken, storeToken } from './token.ts';
import { tellUpload } from './uploaded-certs.ts';
import { withConfig } from './with-config.ts';

/**
 * `kubeadm init` (kubeadm: cmd/init.go): makes a machine that belongs to no cluster the control plane of a
 * new one.
 */
export const init: Command = {
  flags: [
    ...texts(
      'apiserver-advertise-address',
      'apiserver-bind-port',
      'apiserver-cert-extra-sans',
      'certificate-key',
      'control-plane-endpoint',
      'cri-socket',
      'feature-gates',
      'ignore-preflight-errors',
      'image-repository',
      'kubernetes-version',
      'node-name',
      'pod-network-cidr',
      'service-cidr',
      'service-dns-domain',
      'skip-phases',
      'token',
      'token-ttl',
    ),
    ...bools('upload-certs', 'skip-token-print', 'skip-certificate-key-print', 'dry-run'),
  ],
  *run(call, flags) {
    const names = init.flags.map(({ name }) => name);
    const read = withConfig(call, flags, names);
    if ('problem' in read) return failed(call, read.problem);
    return yield* runPhases(call, read.flags, read.flags.bool('dry-run') ? DRY_PHASES : PHASES);
  },
};

const makeFiles: Phase = function* (run) {
  yield* [];
  const { call, node, version, say } = run;
  const place = placeOf(call, version);
  tellCertificates(run, place, true);
  tellKubeconfigs(run, true);
  if (version.minor < 29) {
    tellKubelet(run);
    tellManifests(run);
    say(TELL_ETCD);
  } else {
    say(TELL_ETCD);
    tellManifests(run);
    tellKubelet(run);
  }
  writeFiles(run, planeFiles(run, { node, ip: place.ip, ...askedOf(run) }));
  yield { type: 'KubeletStarted', node };
  const waiting =
    '[wait-control-plane] Waiting for the kubelet to boot up the control plane as static Pods from directory "/etc/kubernetes/manifests"';
  say(version.minor < 30 ? `${waiting}. This can take up to 4m0s` : waiting);
  return 'done';
};

/** How often and for how long a new control plane is looked after (kubeadm: apiclient/wait.go). */
const POLL_MS = 500;
const PATIENCE_MS = 4 * MINUTE;

const awaitPlane: Phase = function* (run) {
  yield* [];
  const { call, isFirst, since, version, node } = run;
  const { rows, settings, objects } = call.view;
  if (isFirst) {
    tellHealthy(run);
    tellChecking(run, placeOf(call, version).ip);
  }
  const isThere =
    PROGRAMS.every((program) => isAtWork(rows, program, settings)) &&
    objects.get('namespaces', undefined, 'kube-system') !== undefined &&
    objects.get('nodes', undefined, node) !== undefined;
  if (!isThere && call.now < since + PATIENCE_MS) return { until: call.now + POLL_MS };
  if (!isThere)
    return {
      error:
        'error execution phase wait-control-plane: failed while waiting for the control plane to start: context deadline exceeded',
    };
  tellChecked(run);
  return 'done';
};

const upload: Phase = function* (run) {
  const { call, say, flags, version } = run;
  const { settings } = call.view;
  const endpoint = endpointOf(run);
  say(
    '[upload-config] Storing the configuration used in ConfigMap "kubeadm-config" in the "kube-system" Namespace',
  );
  say(
    `[kubelet] Creating a ConfigMap "kubelet-config${version.minor < 24 ? `-1.${version.minor}` : ''}" in namespace kube-system with the configuration for the kubelets in the cluster`,
  );
  const problem = yield* createAll(run, [
    kubeadmConfig(targetOf(run), { endpoint, ...askedOf(run) }) as KubeObject,
    ...addonObjects(settingsIn(settings, targetOf(run))).filter(({ metadata }) =>
      /^kubelet-config/.test(metadata.name ?? ''),
    ),
  ]);
  if (problem !== undefined) return { error: `error execution phase upload-config/kubeadm: ${problem}` };
  if (!flags.bool('upload-certs')) {
    say('[upload-certs] Skipping phase. Please see --upload-certs');
    return 'done';
  }
  const failure = yield* tellUpload(run);
  return failure === undefined ? 'done' : { error: `error execution phase upload-certs: ${failure}` };
};

const NO_BALANCER = 'node.kubernetes.io/exclude-from-external-load-balancers';

/** Tells of the marks of a machine of the control plane, and makes the one that its kubelet does not. */
export const markControlPlane: Phase = function* (run) {
  const { node, version, flags } = run;
  tellMarking(run);
  if (version.minor < 24 || flags.bool('dry-run')) return 'done';
  const patch = { metadata: { labels: { [NO_BALANCER]: '' } } };
  yield { verb: 'patch', resource: 'nodes', name: node, patchType: 'merge', patch };
  return 'done';
};

const bootstrapTokens: Phase = function* (run) {
  const { call, say, flags, notes } = run;
  const token = flags.text('token') || drawToken(call);
  if (!TOKEN_PATTERN.test(token)) return { error: notAToken(token) };
  notes['token'] = token;
  say(`[bootstrap-token] Using token: ${token}`);
  say('[bootstrap-token] Configuring bootstrap tokens, cluster-info ConfigMap, RBAC Roles');
  for (const line of RULES_SET) say(`[bootstrap-token] Configured RBAC rules to allow ${line}`);
  say('[bootstrap-token] Creating the "cluster-info" ConfigMap in the "kube-public" namespace');
  const description = "The default bootstrap token generated by 'kubeadm init'.";
  const problem =
    (yield* storeToken(call, token, { ttl: tokenTtl(flags), description })) ??
    (yield* createAll(run, [clusterInfo(call)]));
  return problem === undefined ? 'done' : { error: `error execution phase bootstrap-token: ${problem}` };
};

/** `--token-ttl`; 0: it never ends. */
function tokenTtl(flags: Run['flags']): number {
  const asked = flags.text('token-ttl');
  return asked === '' ? 24 * 60 * MINUTE : (parseGoDuration(asked) ?? 0);
}

const RULES_SET = [
  'Node Bootstrap tokens to get nodes',
  'Node Bootstrap tokens to post CSRs in order for nodes to get long term certificate credentials',
  'the csrapprover controller automatically approve CSRs from a Node Bootstrap Token',
  'certificate rotation for all node client certificates in the cluster',
];

const addons: Phase = function* (run) {
  const { say, flags } = run;
  say(
    '[kubelet-finalize] Updating "/etc/kubernetes/kubelet.conf" to point to a rotatable kubelet client certificate and key',
  );
  const skipped = flags.text('skip-phases').split(',');
  if (skipped.includes('addon')) return 'done';
  return yield* applyAddons(run, targetOf(run), (phase) => !skipped.includes(phase));
};

const DRY_PHASES: readonly Phase[] = [
  preflight,
  taking([SECOND, 2 * SECOND], 'preflight of an init'),
  tellDryRun,
];

const PHASES: readonly Phase[] = [
  preflight,
  taking([SECOND, 2 * SECOND], 'preflight of an init'),
  pullImages,
  taking([15 * SECOND, 40 * SECOND], 'images of an init'),
  makeFiles,
  taking([400, 900], 'kubelet start of an init'),
  awaitPlane,
  upload,
  markControlPlane,
  bootstrapTokens,
  addons,
  taking([300, 700], 'end of an init'),
  tellInitialized,
];
