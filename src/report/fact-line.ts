import type { Event } from '../cluster/contract/event.ts';
import type { ContainerExit } from '../cluster/contract/machine-rows.ts';
import type { ProbeWorkerRow } from '../cluster/contract/probe-worker-row.ts';
import type { ProxyRuleChange } from '../cluster/contract/proxy-rows.ts';
import type { World } from '../cluster/world/world.ts';
import { formatClock } from './clock.ts';
import { containerName, podName } from './names.ts';

/** What happened on a machine, in plain words: `web: container nginx started`. */
export function factLine(event: Event, world: World): string {
  const text =
    nodeLine(event) ??
    etcdLine(event) ??
    schedulingLine(event) ??
    podLine(event, world) ??
    containerLine(event, world);
  if (text === undefined) return inWords(event.type);
  return 'pod' in event ? `${podName(event.pod)}: ${text}` : text;
}

function nodeLine(event: Event): string | undefined {
  switch (event.type) {
    case 'MachineInstalled':
      return `machine ${event.node} at ${event.ip}, its pods in ${event.podCidr}`;
    case 'KubeletStarted':
      return `the kubelet of ${event.node} ${event.thawed ? 'goes on' : 'started'}`;
    case 'KubeletStopped':
      return `the kubelet of ${event.node} ${event.frozen ? 'stands still' : 'stopped'}`;
    case 'ServiceStarted':
      return `${event.service} of ${event.node} started`;
    case 'ServiceStopped':
      return `${event.service} of ${event.node} stopped`;
    case 'PackagesInstalled':
      return `${packagesText(event.packages)} installed on ${event.node}`;
    case 'KubeletCaughtUp':
      return `the kubelet of ${event.node} has seen all its pods`;
    case 'MachineStopped':
      return `the machine ${event.node} lost its power`;
    case 'MachineRemoved':
      return `the machine ${event.node} is given back`;
    case 'MachineStarted':
      return `the machine ${event.node} boots`;
    case 'NetworkCut':
      return `the network of ${event.node} is cut${parties(' from', event.from)}`;
    case 'NetworkMended':
      return `the network of ${event.node} is mended${parties(' with', event.from)}`;
    case 'ImagePullStarted':
      return `pulling image ${shortImage(event.image)}`;
    case 'ImagePulled':
      return `image ${shortImage(event.names[0] ?? event.id)} is on ${event.node}`;
    case 'ImagePullFailed':
      return `image ${shortImage(event.image)} could not be pulled: ${event.error}`;
    case 'ProxyRulesSynced':
      return `${event.node} routes ${event.rules.map(ruleText).join('; ')}`;
    case 'ManifestRefused':
      return `the kubelet of ${event.node} can make nothing of ${event.path}: ${event.problem}`;
    case 'ProgramStarted':
      return `${event.program} runs${onNode(event)}`;
    case 'ProgramStopped':
      return `${event.program} does not run any more${onNode(event)}`;
    case 'LeadershipTaken':
      return `${event.program} leads${onNode(event)}`;
    default:
      return undefined;
  }
}

function etcdLine(event: Event): string | undefined {
  switch (event.type) {
    case 'EtcdFormed':
      return `etcd has ${event.members.length === 1 ? '1 member' : `${event.members.length} members`}`;
    case 'EtcdStarted':
      return `etcd of ${event.node} starts on ${event.path}`;
    case 'EtcdStopped':
      return `etcd of ${event.node} has stopped`;
    case 'EtcdLeaderElected': {
      const name = event.members.find(({ id }) => id === event.id)?.name || event.id;
      return `etcd: ${name} leads in term ${event.term}`;
    }
    case 'EtcdLeaderLost':
      return 'etcd has no leader';
    case 'EtcdMembersChanged':
      return `etcd has members ${event.members.map(({ id, name }) => name || id).join(', ')}`;
    case 'EtcdKeysWritten': {
      const words = [
        ...(event.puts ?? []).map(({ key }) => `${key} is put`),
        ...(event.deleted ?? []).map((key) => `${key} is deleted`),
      ];
      return `etcd: ${words.join(', ')} at revision ${event.revision}`;
    }
    case 'EtcdCompacted':
      return `etcd forgets what was before revision ${event.revision}`;
    case 'EtcdDefragmented':
      return 'a member of etcd gives space back';
    case 'EtcdAlarmRaised':
      return 'etcd is out of space, and takes no more writes';
    case 'EtcdAlarmsDisarmed':
      return 'etcd takes writes again';
    case 'EtcdLeaseKept':
      return `etcd: lease ${event.lease} holds for ${event.ttl} seconds`;
    case 'EtcdLeaseEnded':
      return `etcd: lease ${event.lease} has ended`;
    default:
      return undefined;
  }
}

function packagesText(packages: Readonly<Record<string, string>>): string {
  return Object.entries(packages)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
}

/** Nothing of what runs on none of the cluster's machines. */
function onNode({ node }: { readonly node: string }): string {
  return node === '' ? '' : ` on ${node}`;
}

/** ` from the control plane, node-2`; nothing where all are meant. */
function parties(word: string, from: readonly string[]): string {
  if (from.includes('*')) return '';
  return `${word} ${from.map((party) => (party === 'control-plane' ? 'the control plane' : party)).join(', ')}`;
}

/** `default/web to 2 endpoints more`. */
function ruleText(change: ProxyRuleChange): string {
  const { servicePort } = change;
  if ('isGone' in change) return `no more to ${servicePort}`;
  if ('rule' in change) {
    const count = Object.keys(change.rule.cluster ?? change.rule.local ?? {}).length;
    return `to ${servicePort}: ${count === 1 ? '1 endpoint' : `${count} endpoints`}`;
  }
  const targets = (paths: readonly string[]) => [
    ...new Set(paths.flatMap((path) => /^\/(?:cluster|local)\/(.*)$/.exec(path)?.[1] ?? [])),
  ];
  const more = targets(Object.keys(change.set ?? {})).map((target) => `+${target}`);
  const less = targets(change.unset ?? []).map((target) => `-${target}`);
  const said = [...more, ...less].join(' ');
  return said === '' ? `to ${servicePort} in another way` : `to ${servicePort}: ${said}`;
}

function schedulingLine(event: Event): string | undefined {
  if (event.type === 'NodesLookedAt') return `the next search for a node begins at node ${event.next + 1}`;
  if (!('podKey' in event)) return undefined;
  const pod = event.podKey.split('/').at(-1) ?? '';
  switch (event.type) {
    case 'SchedulingFailed':
      return `${pod} waits for a node, refused by ${event.plugins.join(', ') || 'nobody'}`;
    case 'SchedulingBackedOff':
      return `${pod} is tried again at ${formatClock(event.until)}`;
    default:
      return `${pod} no longer waits for a node`;
  }
}

function podLine(event: Event, world: World): string | undefined {
  switch (event.type) {
    case 'StaticPodTaken':
      return `the kubelet runs the pod of ${event.path}`;
    case 'StaticPodDropped':
      return `${event.path} does not say any more that the pod is to run`;
    case 'PodAdmitted':
      return 'the kubelet takes the pod in';
    case 'PodWorkerMoved':
      return "the kubelet's work moved on";
    case 'PodSyncRequested':
      return 'wants to be looked at';
    case 'PodStatusSet':
      return 'the kubelet has a new status';
    case 'PodStatusSent':
      return 'the API server knows the status';
    case 'PodForgotten':
      return 'the kubelet forgets the pod';
    case 'SandboxStarted':
      return `sandbox up${event.ip === undefined ? '' : `, IP ${event.ip}`}`;
    case 'SandboxStopped':
      return 'sandbox down';
    case 'SandboxRemoved':
      return 'what was left of the sandbox is removed';
    case 'ProbeWorkerStarted':
      return `${event.worker.kind} probe of ${event.worker.container} begins`;
    case 'ProbeWorkerMoved':
      return probeLine(event.probe, world, event.set?.['/result']);
    case 'ProbeWorkerStopped':
      return `${probeName(event.probe)} stopped`;
    default:
      return undefined;
  }
}

function containerLine(event: Event, world: World): string | undefined {
  if (!('container' in event)) return execLine(event, world) ?? fileLine(event, world);
  const container = `container ${containerName(world, event.container)}`;
  switch (event.type) {
    case 'ContainerStarted': {
      const attempt = world.store.tables.containers.read(event.container, world.seq)?.attempt ?? 0;
      return `${container} started${attempt > 0 ? `, restart ${attempt}` : ''}`;
    }
    case 'ContainerStartFailed':
      return `${container} could not start: ${endText(event.exit)}`;
    case 'SignalSent':
      return `SIG${event.signal.replace(/^SIG/, '')} sent to ${container}`;
    case 'ProcessAdvanced':
      return `the process of ${container} ${event.ending ? 'is over' : `waits${untilText(event.until)}`}`;
    case 'ContainerExited':
      return `${container} ended: ${endText(event.exit)}`;
    case 'ContainerRemoved':
      return `${container} was cleaned up`;
    case 'ContainerLogged':
      return `${containerName(world, event.container)} logs: ${event.text}`;
    case 'ExecRequested':
      return `runs in ${container}: ${event.argv.join(' ')}`;
    default:
      return undefined;
  }
}

function execLine(event: Event, { store, seq }: World): string | undefined {
  if (event.type === 'ContainerCreated') return `container ${event.name} created`;
  if (event.type !== 'ExecFinished' && event.type !== 'ExecAdvanced' && event.type !== 'ExecForgotten')
    return undefined;
  const argv = (store.tables.execs.read(event.exec, seq) ?? store.tables.execs.read(event.exec, seq - 1))
    ?.argv;
  const what = argv?.join(' ') ?? event.exec;
  if (event.type === 'ExecAdvanced') return `${what} goes on${untilText(event.until)}`;
  if (event.type === 'ExecForgotten') return `${what} is over`;
  const said = event.failure ?? (event.stderr || event.stdout || '');
  return `${what} ended with exit code ${event.exitCode}${said === '' ? '' : `: ${said}`}`;
}

function fileLine(event: Event, world: World): string | undefined {
  if (event.type === 'LookPutOff') return `will look again at ${formatClock(event.until)}`;
  if (event.type === 'FailuresCounted') return `failures in a row: ${event.failures}`;
  if (event.type === 'FileAppended') return `${ownerOf(event.fileSystem, world)} appended to ${event.path}`;
  if (event.type === 'EventRecorded') return `noted the Event ${event.written.name}`;
  if (event.type !== 'FileWritten') return undefined;
  const did = { file: 'wrote', directory: 'made the folder', link: 'linked', removed: 'removed' }[event.kind];
  return `${ownerOf(event.fileSystem, world)} ${did} ${event.path}`;
}

function ownerOf(fileSystem: string, world: World): string {
  if (fileSystem.startsWith('host/')) return `machine ${fileSystem.slice('host/'.length)}`;
  return fileSystem.startsWith('volume/')
    ? `volume ${fileSystem.split('/').at(-1)}`
    : containerName(world, fileSystem);
}

function probeLine(probe: string, { store, seq }: World, result: unknown): string {
  const row: ProbeWorkerRow | undefined = store.tables.probeWorkers.read(probe, seq);
  if (result === 'success') return `${probeName(probe)} succeeds`;
  if (result === 'failure' && row?.last === 'failure') return `${probeName(probe)} fails`;
  return `${probeName(probe)} counts as ${result ?? row?.last ?? 'unknown'}`;
}

/** By the worker's key, `namespace/name/uid/container/kind`. */
function probeName(key: string): string {
  const [container = key, kind = ''] = key.split('/').slice(3);
  return `${kind} probe of ${container}`;
}

function endText({ code, reason, message }: ContainerExit): string {
  return `exit code ${code} (${reason})${message ? `: ${message}` : ''}`;
}

function untilText(until: number | undefined): string {
  return until === undefined ? '' : ` until ${formatClock(until)}`;
}

/** As people write it: without the registry and the library that are meant anyway. */
function shortImage(image: string): string {
  return image.replace(/^docker\.io\/(library\/)?/, '');
}

/** `SandboxStarted` as `sandbox started`. */
function inWords(type: string): string {
  return type.replace(/[A-Z]/g, (letter, index: number) => `${index > 0 ? ' ' : ''}${letter.toLowerCase()}`);
}
