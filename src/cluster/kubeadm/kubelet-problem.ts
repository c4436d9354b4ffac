import { parseDocument } from 'yaml';
import type { KubeletFailure } from '../contract/kubelet-row.ts';
import { quoteGo } from '../objects/go-json.ts';
import { isObject } from '../objects/json.ts';
import { flagOf } from '../tools/flag-of.ts';
import { kubeletCall, type ReadFile } from './kubelet-unit.ts';

/** Flags of the kubelet's that people set (kubelet: cmd/kubelet/app/options/options.go). */
const FLAGS: ReadonlySet<string> = new Set(
  'config config-dir kubeconfig bootstrap-kubeconfig container-runtime-endpoint image-service-endpoint pod-infra-container-image container-runtime node-ip hostname-override v vmodule node-labels register-node register-with-taints cert-dir root-dir cloud-provider cloud-config provider-id address port read-only-port anonymous-auth authentication-token-webhook authorization-mode client-ca-file tls-cert-file tls-private-key-file rotate-certificates rotate-server-certificates cluster-dns cluster-domain cgroup-driver cgroups-per-qos cgroup-root kubelet-cgroups runtime-cgroups system-cgroups fail-swap-on feature-gates max-pods pods-per-core pod-cidr pod-manifest-path pod-max-pids resolv-conf eviction-hard eviction-soft eviction-soft-grace-period eviction-minimum-reclaim eviction-pressure-transition-period image-gc-high-threshold image-gc-low-threshold kube-reserved system-reserved enforce-node-allocatable reserved-cpus cpu-manager-policy topology-manager-policy memory-manager-policy healthz-port healthz-bind-address hairpin-mode event-qps event-burst kube-api-qps kube-api-burst serialize-image-pulls registry-qps registry-burst sync-frequency node-status-update-frequency streaming-connection-idle-timeout make-iptables-util-chains protect-kernel-defaults volume-plugin-dir logging-format container-log-max-size container-log-max-files seccomp-default static-pod-path allowed-unsafe-sysctls runtime-request-timeout lock-file exit-on-lock-contention image-credential-provider-config image-credential-provider-bin-dir network-plugin cni-conf-dir cni-bin-dir dynamic-config-dir tls-cipher-suites tls-min-version log-flush-frequency'.split(
    ' ',
  ),
);

/**
 * What keeps a kubelet from running that is started now; undefined: nothing. Its files are read as it reads
 * them, in its order (kubelet: cmd/kubelet/app/server.go).
 */
export function kubeletProblem(
  read: ReadFile,
  isProgram: (path: string) => boolean,
): KubeletFailure | undefined {
  const { program, args } = kubeletCall(read);
  if (!isProgram(program)) return { text: program, exitCode: 203 };
  const text = flagProblem(args) ?? fileProblem(args, read);
  return text === undefined ? undefined : { text, exitCode: 1 };
}

function flagProblem(args: readonly string[]): string | undefined {
  for (const word of args) {
    const [, name] = /^--?([\w-]+)/.exec(word) ?? [];
    if (name === undefined) return `unknown command ${quoteGo(word)}`;
    if (!FLAGS.has(name)) return `failed to parse kubelet flag: unknown flag: --${name}`;
  }
  return undefined;
}

function fileProblem(args: readonly string[], read: ReadFile): string | undefined {
  const flag = (name: string): string | undefined => flagOf(args, name);
  const path = flag('config');
  const config = path === undefined ? {} : readConfig(path, read(path));
  if (typeof config === 'string') {
    const loading = `failed to load Kubelet config file ${path}, error ${config}`;
    return `failed to load kubelet config file, path: ${path}, error: ${loading}`;
  }
  const ca = flag('client-ca-file') ?? authorityIn(config);
  if (ca !== undefined && read(ca) === undefined)
    return `failed to construct kubelet dependencies: unable to load client CA file ${ca}: open ${ca}: no such file or directory`;
  const kubeconfig = flag('kubeconfig');
  if (kubeconfig === undefined || read(kubeconfig) !== undefined) return undefined;
  const bootstrap = flag('bootstrap-kubeconfig');
  if (bootstrap === undefined)
    return `failed to run Kubelet: invalid kubeconfig: stat ${kubeconfig}: no such file or directory`;
  if (read(bootstrap) !== undefined) return undefined;
  return `failed to run Kubelet: unable to load bootstrap kubeconfig: stat ${bootstrap}: no such file or directory`;
}

function authorityIn(config: object): string | undefined {
  const { authentication } = config as {
    readonly authentication?: { readonly x509?: { readonly clientCAFile?: string } };
  };
  return authentication?.x509?.clientCAFile;
}

/** Fields that are no text (kubelet: config/v1beta1/types.go). */
const NUMBERS: ReadonlySet<string> = new Set(
  'port readOnlyPort healthzPort maxPods podsPerCore podPidsLimit imageGCHighThresholdPercent imageGCLowThresholdPercent registryPullQPS registryBurst eventRecordQPS eventBurst kubeAPIQPS kubeAPIBurst oomScoreAdj nodeLeaseDurationSeconds containerLogMaxFiles'.split(
    ' ',
  ),
);
const SWITCHES: ReadonlySet<string> = new Set(
  'rotateCertificates serverTLSBootstrap failSwapOn cgroupsPerQOS makeIPTablesUtilChains serializeImagePulls enableServer protectKernelDefaults registerNode enableControllerAttachDetach'.split(
    ' ',
  ),
);

/** What it says, or what is wrong with it. */
function readConfig(path: string, text: string | undefined): object | string {
  if (text === undefined)
    return `failed to read kubelet config file ${quoteGo(path)}, error: open ${path}: no such file or directory`;
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) {
    const line = error.linePos?.[0].line ?? 1;
    return `failed to decode: yaml: line ${line}: did not find expected key`;
  }
  const value: unknown = document.toJS();
  if (!isObject(value)) return 'failed to decode: kubelet config file is empty';
  const { kind, apiVersion } = value as { readonly kind?: unknown; readonly apiVersion?: unknown };
  if (kind === undefined || kind === '') return "failed to decode: Object 'Kind' is missing";
  if (kind !== 'KubeletConfiguration' || apiVersion !== 'kubelet.config.k8s.io/v1beta1')
    return `failed to decode: no kind ${quoteGo(String(kind))} is registered for version ${quoteGo(String(apiVersion ?? ''))} in scheme "k8s.io/kubernetes/pkg/kubelet/apis/config/scheme/scheme.go:33"`;
  for (const [name, each] of Object.entries(value)) {
    const wanted = NUMBERS.has(name) ? 'number' : SWITCHES.has(name) ? 'boolean' : typeof each;
    if (each === null || typeof each === wanted) continue;
    const goType = wanted === 'number' ? 'int32' : 'bool';
    return `failed to decode: json: cannot unmarshal ${typeof each === 'boolean' ? 'bool' : typeof each} into Go struct field KubeletConfiguration.${name} of type ${goType}`;
  }
  return value;
}
