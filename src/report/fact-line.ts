import type { Event } from '../cluster/contract/event.ts';
import type { ContainerExit } from '../cluster/contract/machine-rows.ts';
import type { ProbeWorkerRow } from '../cluster/contract/probe-worker-row.ts';
import type { ProxyRuleChange } from '../cluster/contract/proxy-rows.ts';
import type { UsageEvent } from '../cluster/contract/usage-row.ts';
import type { World } from '../cluster/world/world.ts';
import type {
  BookWords,
  ContainerWords,
  EntryWords,
  MachineWords,
  PodWords,
  SchedulingWords,
} from '../words/entry-words.ts';
import { formatClock } from './clock.ts';
import { etcdLine } from './etcd-line.ts';
import { containerName, podName } from './names.ts';
import { pullLine } from './pull-line.ts';
import { requestLine } from './request-line.ts';

/** What happened on a machine, in plain words: `web: container nginx started`. */
export function factLine(event: Event, world: World, words: EntryWords): string {
  const text =
    nodeLine(event, words.machines) ??
    pullLine(event, words.machines) ??
    etcdLine(event, words.etcd) ??
    schedulingLine(event, words.scheduling) ??
    podLine(event, world, words.pods) ??
    containerLine(event, world, words) ??
    execLine(event, world, words.containers) ??
    requestLine(event, world, words.requests) ??
    bookLine(event, world, words.books);
  if (text === undefined) return inWords(event.type);
  return 'pod' in event ? `${podName(event.pod)}: ${text}` : text;
}

function nodeLine(event: Event, words: MachineWords): string | undefined {
  switch (event.type) {
    case 'MachineInstalled':
      return words.installed(event.node, event.ip, event.podCidr);
    case 'KubeletStarted':
      return words.kubelet(event.node, event.thawed ? 'goesOn' : 'starts');
    case 'KubeletStopped':
      return words.kubelet(event.node, event.frozen ? 'stands' : 'stops');
    case 'PodCidrTaken':
      return words.podRange(event.node, event.podCidr);
    case 'KubeletCertified':
      return words.kubelet(event.node, 'certified');
    case 'KubeletCaughtUp':
      return words.kubelet(event.node, 'caughtUp');
    case 'ServiceStarted':
      return words.service(event.service, event.node, true);
    case 'ServiceStopped':
      return words.service(event.service, event.node, false);
    case 'PackagesInstalled':
      return words.packages(packagesText(event.packages), event.node);
    case 'MemoryShortageNoted':
      return words.memoryShort(event.node, event.isShort);
    case 'DiskShortageNoted':
      return words.diskShort(event.node, event.isShort);
    case 'ImageRemoved':
      return words.imageRemoved(event.node, event.id.slice(0, 19));
    case 'CordonNoticed':
      return words.cordoned(event.node, event.unschedulable);
    case 'MachineStopped':
      return words.lostPower(event.node);
    case 'MachineRemoved':
      return words.givenBack(event.node);
    case 'UsageScraped':
      return usageLine(event, words);
    case 'MachineStarted':
      return words.boots(event.node);
    case 'ProxyRulesSynced':
      return words.routes(event.node, event.rules.map((rule) => ruleText(rule, words)).join('; '));
    case 'PoliciesSynced':
      return event.policies
        .map((each) => ('isGone' in each ? words.enforcesNoMore : words.enforces)(event.node, each.policy))
        .join('; ');
    case 'PodRelabelled':
      return words.seesLabels(event.node, event.pod.split('/').slice(0, 2).join('/'));
    case 'ProgramStarted':
      return words.program(event.program, event.node, 'runs');
    case 'ProgramStopped':
      return words.program(event.program, event.node, 'stops');
    case 'LeadershipTaken':
      return words.program(event.program, event.node, 'leads');
    default:
      return undefined;
  }
}

const PODS_TOLD = 4;

/** `metrics: web-1 250m 12Mi, web-2 248m 12Mi`. */
function usageLine({ used = {}, gone = [] }: UsageEvent, words: MachineWords): string {
  const texts = Object.entries(used).map(([pod, { containers }]) => {
    const sum = (index: 0 | 1): number =>
      Object.values(containers).reduce((total, usage) => total + usage[index], 0);
    return `${podName(pod)} ${Math.ceil(sum(0) / 1e6)}m ${Math.floor(sum(1) / 2 ** 20)}Mi`;
  });
  if (texts.length === 0) return words.measuredGone(gone.map(podName).join(', '));
  return words.measured(texts.slice(0, PODS_TOLD), Math.max(0, texts.length - PODS_TOLD));
}

function packagesText(packages: Readonly<Record<string, string>>): string {
  return Object.entries(packages)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
}

/** `to default/web: +10.88.1.2:80`. */
function ruleText(change: ProxyRuleChange, words: MachineWords): string {
  const { servicePort } = change;
  if ('isGone' in change) return words.routesNoMore(servicePort);
  if ('rule' in change) {
    const { cluster, local } = change.rule;
    return words.routesTo(servicePort, Object.keys(cluster ?? local ?? {}).length);
  }
  const targets = (paths: readonly string[]) => [
    ...new Set(paths.flatMap((path) => /^\/(?:cluster|local)\/(.*)$/.exec(path)?.[1] ?? [])),
  ];
  const more = targets(Object.keys(change.set ?? {})).map((target) => `+${target}`);
  const less = targets(change.unset ?? []).map((target) => `-${target}`);
  const said = [...more, ...less].join(' ');
  return said === '' ? words.routesOtherwise(servicePort) : words.routesChanged(servicePort, said);
}

function schedulingLine(event: Event, words: SchedulingWords): string | undefined {
  if (event.type === 'NodesLookedAt') return words.nextSearch(event.next + 1);
  if (!('podKey' in event)) return undefined;
  const pod = event.podKey.split('/').at(-1) ?? '';
  switch (event.type) {
    case 'SchedulingFailed':
      return words.waits(pod, event.plugins.join(', ') || words.nobody);
    case 'SchedulingBackedOff':
      return words.triedAgain(pod, formatClock(event.until));
    default:
      return words.waitsNoMore(pod);
  }
}

function podLine(event: Event, world: World, words: PodWords): string | undefined {
  switch (event.type) {
    case 'PodAdmitted':
      return words.admitted;
    case 'PodWorkerMoved':
      return words.workMoved;
    case 'PodSyncRequested':
      return words.wantsLook;
    case 'PodStatusSet':
      return words.statusSet;
    case 'PodStatusSent':
      return words.statusSent;
    case 'PodForgotten':
      return words.forgotten;
    case 'PodCondemned':
      return words.condemned(event.reason, event.message);
    case 'SandboxStarted':
      return `${words.sandboxUp}${event.ip === undefined ? '' : `, IP ${event.ip}`}`;
    case 'SandboxStopped':
      return words.sandboxDown;
    case 'SandboxRemoved':
      return words.sandboxRemoved;
    case 'ProbeWorkerStarted':
      return words.probeDoes(words.probe(event.worker.kind, event.worker.container), 'begins');
    case 'ProbeWorkerMoved':
      return probeLine(event, world, words);
    case 'ProbeWorkerStopped':
      return words.probeDoes(probeName(event.probe, words), 'stops');
    default:
      return undefined;
  }
}

function containerLine(event: Event, world: World, { containers: words }: EntryWords): string | undefined {
  if (!('container' in event)) return undefined;
  const container = words.name(containerName(world, event.container));
  switch (event.type) {
    case 'ContainerStarted': {
      const row = world.store.tables.containers.read(event.container, world.seq);
      return words.started(container, row?.attempt ?? 0);
    }
    case 'ContainerStartFailed':
      return words.notStarted(container, endText(event.exit, words));
    case 'SignalSent':
      return words.signal(`SIG${event.signal.replace(/^SIG/, '')}`, container);
    case 'MemoryExhausted':
      return words.memoryExhausted(container);
    case 'ProcessAdvanced':
      return event.ending
        ? words.processOver(container)
        : words.processWaits(container, clockOf(event.until));
    case 'ContainerExited':
      return words.ended(container, endText(event.exit, words));
    case 'ContainerRemoved':
      return words.cleanedUp(container);
    case 'ContainerLogged':
      return words.logs(containerName(world, event.container), event.text);
    case 'ContainerInputGiven':
      return words.execInput(containerName(world, event.container), event.text.trimEnd());
    case 'ExecRequested':
      return words.runs(container, event.argv.join(' '));
    default:
      return undefined;
  }
}

function execLine(event: Event, { store, seq }: World, words: ContainerWords): string | undefined {
  if (event.type === 'ContainerCreated') return words.created(event.name);
  if (!isOfExec(event)) return undefined;
  const { execs } = store.tables;
  const row = execs.read(event.exec, seq) ?? execs.read(event.exec, seq - 1);
  const what = row?.argv.join(' ') ?? event.exec;
  if (event.type === 'ExecStarted') return words.execStarted(what);
  if (event.type === 'ExecInputGiven') return words.execInput(what, event.text.trimEnd());
  if (event.type === 'ExecAdvanced') return words.goesOn(what, clockOf(event.until));
  if (event.type === 'ExecForgotten') return words.over(what);
  const said = event.failure ?? (event.stderr || event.stdout || '');
  return `${words.exited(what, event.exitCode)}${said === '' ? '' : `: ${said}`}`;
}

type OfExec = Extract<
  Event,
  { type: `Exec${'Started' | 'InputGiven' | 'Finished' | 'Advanced' | 'Forgotten'}` }
>;

function isOfExec(event: Event): event is OfExec {
  return /^Exec(?:Started|InputGiven|Finished|Advanced|Forgotten)$/.test(event.type);
}

function bookLine(event: Event, world: World, words: BookWords): string | undefined {
  switch (event.type) {
    case 'LookPutOff':
      return words.looksAgain(formatClock(event.until));
    case 'FailuresCounted':
      return words.failures(event.failures);
    case 'EventRecorded':
      return words.noted(event.written.name);
    case 'FileAppended':
      return words.file(ownerOf(event.fileSystem, world, words), 'appended', event.path);
    case 'FileWritten':
      return words.file(ownerOf(event.fileSystem, world, words), event.kind, event.path);
    default:
      return undefined;
  }
}

function ownerOf(fileSystem: string, world: World, words: BookWords): string {
  if (fileSystem.startsWith('host/')) return words.machine(fileSystem.slice('host/'.length));
  return fileSystem.startsWith('volume/')
    ? words.volume(fileSystem.split('/').at(-1) ?? '')
    : containerName(world, fileSystem);
}

type ProbeMoved = Extract<Event, { type: 'ProbeWorkerMoved' }>;

function probeLine({ probe, set }: ProbeMoved, { store, seq }: World, words: PodWords): string {
  const row: ProbeWorkerRow | undefined = store.tables.probeWorkers.read(probe, seq);
  const name = probeName(probe, words);
  const result = set?.['/result'];
  if (result === 'success') return words.probeDoes(name, 'succeeds');
  if (result === 'failure' && row?.last === 'failure') return words.probeDoes(name, 'fails');
  return words.probeCounts(name, String(result ?? row?.last ?? 'unknown'));
}

/** By the worker's key, `namespace/name/uid/container/kind`. */
function probeName(key: string, words: PodWords): string {
  const [container = key, kind = ''] = key.split('/').slice(3);
  return words.probe(kind, container);
}

function endText({ code, reason, message }: ContainerExit, words: ContainerWords): string {
  return `${words.end(code, reason)}${message ? `: ${message}` : ''}`;
}

function clockOf(until: number | undefined): string | undefined {
  return until === undefined ? undefined : formatClock(until);
}

/** `SandboxStarted` as `sandbox started`. */
function inWords(type: string): string {
  return type.replace(/[A-Z]/g, (letter, index: number) => `${index > 0 ? ' ' : ''}${letter.toLowerCase()}`);
}
