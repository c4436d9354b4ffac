import { drawWhole } from '../../../../kernel/chance/draw.ts';
import { quoteGo } from '../../../objects/go-json.ts';
import type { Pod, Service } from '../../../objects/kubernetes.ts';
import { podKeyOf } from '../../../objects/mirror-pod.ts';
import { duration, list } from '../../flags/flag.ts';
import type { Listener } from '../../program.ts';
import { listenerAt } from '../../web/listeners.ts';
import { fail, failUsage } from '../failure.ts';
import { ask, type Invocation, type Steps } from '../invocation.ts';
import { awaitFirstPod, podToConnect } from '../pods/pod-behind.ts';
import { unreachableKubelet } from '../pods/unreachable-kubelet.ts';
import type { Verb } from '../verb.ts';

/** It stands until its pod is gone, and leads who asks its ports into the pod. */
export const portForward: Verb = {
  name: 'port-forward',
  flags: [{ ...list('address'), byDefault: 'localhost' }, duration('pod-running-timeout', '1m0s')],
  run: forwardPorts,
};

/** What a standing connection remembers: the pod at its other end. */
interface ForwardMemory {
  readonly pod: string;
  readonly uid: string;
  readonly listens: readonly Listener[];
}

function* forwardPorts(invocation: Invocation): Steps {
  const { args, call, namespace, version, view, path } = invocation;
  const before = call.memory as ForwardMemory | undefined;
  if (before !== undefined && 'uid' in before) return stand(invocation, before);
  const [word = '', ...ports] = args;
  if (ports.length === 0) failUsage(path, 'TYPE/NAME and list of ports are required for port-forward');
  const found = yield* podToConnect(invocation, word);
  if (found === undefined) return awaitFirstPod(invocation);
  const { pod } = found;
  const service = yield* serviceNamed(invocation, word);
  const pairs = ports.map((port) => targetOf(invocation, port, pod, service));
  const phase = pod.status?.phase ?? '';
  if (phase !== 'Running') fail(`unable to forward port because pod is not running. Current status=${phase}`);
  const kubelet = unreachableKubelet(view, pod.spec.nodeName ?? '');
  if (kubelet !== undefined) {
    const upgrade =
      version.minor >= 31
        ? 'error upgrading connection: unable to upgrade connection'
        : 'error upgrading connection';
    fail(`${upgrade}: error dialing backend: ${kubelet.problem}`);
  }
  const listens = pairs.flatMap((pair) => listen(invocation, pair, pod));
  if (listens.length === 0) {
    const wanted = pairs.map(({ local, remote }) => `{${local} ${remote}}`).join(' ');
    fail(`unable to listen on any of the requested ports: [${wanted}]`);
  }
  const { name = '', uid = '' } = pod.metadata;
  const memory: ForwardMemory = { pod: name, uid, listens };
  return { pause: { memory, watches: [{ resource: 'pods', namespace, name }], listens } };
}

/**
 * Opens one port at each address, as far as nobody has it already (client-go: portforward.go listenOnPort).
 */
function listen(invocation: Invocation, { local, remote }: Pair, pod: Pod): readonly Listener[] {
  const { call, out } = invocation;
  const { machine } = call;
  const taken = addressesOf(invocation).filter((address) => listenerAt(call, address, local) !== undefined);
  const free = addressesOf(invocation).filter((address) => !taken.includes(address));
  if (free.length === 0) {
    const problems = taken.map((address) => {
      const family = address.includes(':') ? 'tcp6' : 'tcp4';
      return `unable to create listener: Error listen ${family} ${shown(address)}:${local}: bind: address already in use`;
    });
    const failed = `Listeners failed to create with the following errors: [${problems.join(' ')}]`;
    out(`Unable to listen on port ${local}: ${failed}\n`);
    return [];
  }
  for (const address of free) out(`Forwarding from ${shown(address)}:${local} -> ${remote}\n`);
  const to = { node: pod.spec.nodeName ?? '', pod: podKeyOf(pod), port: remote };
  return free.map((address) => ({ ...(machine === undefined ? {} : { machine }), address, port: local, to }));
}

function shown(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}

function stand({ view, namespace }: Invocation, memory: ForwardMemory) {
  const pod = view.objects.get<Pod>('pods', namespace, memory.pod);
  const { phase = '' } = pod?.status ?? {};
  const isGone = pod?.metadata.uid !== memory.uid || phase === 'Succeeded' || phase === 'Failed';
  if (isGone) return fail('lost connection to pod');
  const { listens } = memory;
  return { pause: { memory, watches: [{ resource: 'pods', namespace, name: memory.pod }], listens } };
}

function addressesOf({ flags }: Invocation): readonly string[] {
  const typed = flags.list('address');
  return (typed.length === 0 ? ['localhost'] : typed).flatMap((address) =>
    address === 'localhost' ? ['127.0.0.1', '::1'] : [address],
  );
}

function* serviceNamed(invocation: Invocation, word: string): Steps<Service | undefined> {
  const [type = '', name = ''] = word.split('/');
  if (!['service', 'services', 'svc'].includes(type)) return undefined;
  const { namespace } = invocation;
  const response = yield* ask(invocation, { verb: 'get', resource: 'services', namespace, name });
  return response.ok ? (response.object as Service | undefined) : undefined;
}

interface Pair {
  readonly local: number;
  readonly remote: number;
}

/** `8888:8080`, `8080`, `:8080`, and names of ports (kubectl: portforward.go, util/podutils). */
function targetOf(invocation: Invocation, port: string, pod: Pod, service: Service | undefined): Pair {
  const [typedLocal = '', typedRemote] = port.split(':');
  const wanted = typedRemote ?? typedLocal;
  if (wanted === '') fail('remote port cannot be empty');
  const { number, local } = service === undefined ? ofPod(pod, wanted) : ofService(service, pod, wanted);
  if (number < 1 || number > 65_535 || !Number.isInteger(number))
    fail(`error parsing remote port: strconv.ParseUint: parsing ${quoteGo(wanted)}: invalid syntax`);
  if (typedRemote === undefined) return { local, remote: number };
  if (typedLocal === '') return { local: freePort(invocation, port), remote: number };
  if (!/^\d+$/.test(typedLocal))
    fail(
      `error parsing local port ${quoteGo(typedLocal)}: strconv.ParseUint: parsing ${quoteGo(typedLocal)}: invalid syntax`,
    );
  return { local: Number(typedLocal), remote: number };
}

interface Resolved {
  /** Of the container. */
  readonly number: number;
  /** Where it is found here, if nothing else is said. */
  readonly local: number;
}

function ofPod(pod: Pod, wanted: string): Resolved {
  const number = /^\d+$/.test(wanted) ? Number(wanted) : containerPort(pod, wanted);
  return { number, local: number };
}

function containerPort(pod: Pod, name: string): number {
  for (const { ports = [] } of pod.spec.containers) {
    const found = ports.find((port) => port.name === name);
    if (found !== undefined) return found.containerPort;
  }
  return fail(`Pod '${pod.metadata.name}' does not have a named port '${name}'`);
}

function ofService({ metadata, spec }: Service, pod: Pod, wanted: string): Resolved {
  const ports = spec?.ports ?? [];
  const isNumber = /^\d+$/.test(wanted);
  const found = ports.find(({ name, port }) => (isNumber ? port === Number(wanted) : name === wanted));
  if (found === undefined) {
    return fail(
      isNumber
        ? `Service ${metadata.name} does not have a service port ${wanted}`
        : `Service '${metadata.name}' does not have a named port '${wanted}'`,
    );
  }
  const { port, targetPort = port } = found;
  if (typeof targetPort === 'string') return { number: containerPort(pod, targetPort), local: port };
  return { number: targetPort === 0 ? port : targetPort, local: port };
}

/** One of those that the laptop's system gives away itself (Linux: ip_local_port_range). */
function freePort({ view, call }: Invocation, port: string): number {
  return drawWhole(view.chance, 32_768, 60_999, 'local-port', call.command, call.instance, port);
}
