import { draw } from '../../../kernel/chance/draw.ts';
import type { Millis } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import type { FileRow } from '../../contract/file-row.ts';
import type { ContainerRow } from '../../contract/machine-rows.ts';
import { extended } from '../../objects/json.ts';
import type { Container, Pod } from '../../objects/kubernetes.ts';
import { hostnameOf } from '../../objects/pod-names.ts';
import { isSidecar } from '../../objects/pod-resources.ts';
import { milliValue, wholeValue } from '../../objects/quantity.ts';
import type { FileNode } from '../images/file-node.ts';
import { imageOn, isPretended } from '../images-of-node.ts';
import { containerSpec } from '../pod-worker/pod-context.ts';
import type { ListedProcess, ProcessHost } from '../processes/process-host.ts';
import { listProcesses } from '../processes/process-list.ts';
import type { ProcessState } from '../processes/process-state.ts';
import { apiAccessFiles, isApiAccess, tokenIssuedAt } from '../volumes/api-access.ts';
import type { MountPoint } from '../volumes/file-systems.ts';
import { kubeletFiles } from './kubelet-files.ts';
import { pointsOf } from './places.ts';
import { processAt } from './run-ahead.ts';

/** An exec, looked at at a time. */
export interface ExecNow {
  readonly id: string;
  readonly now: Millis;
}

/**
 * What a program in a container can see of where it runs: the container's own, or that of an exec, which sees
 * the container's besides.
 */
export function hostOf(view: View, row: ContainerRow, exec?: ExecNow): ProcessHost | undefined {
  const fixed = fixedPartOf(view, row);
  if (!fixed) return undefined;
  const { pod, host } = fixed;
  const { chance } = view;
  return extended(exec ? { ...host, ...newTokens(view, row, fixed, exec.now) } : host, {
    portsTaken: portsTaken(view, row, exec?.id),
    // Only for those who ask: it takes time to find out where a process is.
    others: () => othersIn(view, pod, { row, exec }),
    draw: (counter: number) => draw(chance, 'process', exec?.id ?? row.id, counter),
  });
}

/** A program that is started late finds a token that is not the first. */
function newTokens(
  view: View,
  row: ContainerRow,
  { pod, host }: FixedPart,
  now: Millis,
): Pick<ProcessHost, 'files'> | undefined {
  const time = { since: row.createdAt, now, settings: view.settings };
  if (tokenIssuedAt(time) === row.createdAt) return undefined;
  const point = pointsOf(view, row).find(({ volume }) => volume && isApiAccess(volume));
  if (!point) return undefined;
  const files = { ...host.files };
  for (const [name, node] of Object.entries(apiAccessFiles(pod, time))) files[point.path + name] = node;
  return { files };
}

/** What follows from the pod, the container and the files that it sees, and from what it was found in. */
interface FixedPart {
  readonly pod: Pod;
  readonly ip: string | undefined;
  readonly settings: View['settings'];
  readonly fileSystems: readonly string[];
  /** Of each of these. */
  readonly files: readonly (readonly FileRow[])[];
  readonly host: Omit<ProcessHost, 'draw'>;
}

// Programs are looked at far more often than files are written.
const fixedParts = new WeakMap<ContainerRow, FixedPart>();

function fixedPartOf(view: View, row: ContainerRow): FixedPart | undefined {
  const { settings, rows } = view;
  const pod = rows.row('podWorkers', row.pod)?.pod;
  if (!pod) return undefined;
  const ip = rows.row('sandboxes', row.sandbox)?.ip ?? rows.row('machines', row.node)?.ip;
  const filesIn = (fileSystem: string): readonly FileRow[] => rows.rowsBy('files', 'fileSystem', fileSystem);
  const known = fixedParts.get(row);
  const isSame = known?.pod === pod && known.ip === ip && known.settings === settings;
  if (isSame && known.files.every((each, at) => isSameList(each, filesIn(known.fileSystems[at] ?? ''))))
    return known;
  const container = containerSpec(pod, row.name);
  if (!container) return undefined;
  const points = pointsOf(view, row);
  const fileSystems = [row.id, ...points.map(({ fileSystem }) => fileSystem)];
  const files = fileSystems.map(filesIn);
  const hostname = hostnameOf(pod, row.node);
  const mounted = { pod, points, settings, ...(ip !== undefined && { ip }), hostname };
  const host = {
    files: { ...kubeletFiles(pod, container, mounted), ...filesOf(row, files, mounted) },
    mounts: points.map(({ path, readOnly }) => ({ path, readOnly })),
    image: imageOn(view, row.node, row.specImage).behaviour,
    epochMs: settings.epochMs,
    hostname,
    ...(ip !== undefined && { ip }),
    uid: row.uid ?? 0,
    ...groupOf(container, pod),
    declaredPorts: declaredPorts(container),
    isToEnd: isToEnd(pod, container) && !isPretended(view, row.node),
    isPrivileged: container.securityContext?.privileged === true,
    limits: limitsOf(container),
  };
  const found = { pod, ip, settings, fileSystems, files, host };
  fixedParts.set(row, found);
  return found;
}

function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a === b || (a.length === b.length && a.every((item, index) => item === b[index]));
}

/** Ports that a container says it has, and those that its probes ask at. */
function declaredPorts(container: Container): number[] {
  const { ports = [], startupProbe, readinessProbe, livenessProbe } = container;
  const asked = [startupProbe, readinessProbe, livenessProbe].map(
    (probe) => probe?.httpGet?.port ?? probe?.tcpSocket?.port ?? probe?.grpc?.port,
  );
  const numbers = asked.filter((port) => typeof port === 'number');
  return [...new Set([...ports.map(({ containerPort }) => containerPort), ...numbers])];
}

function isToEnd({ spec }: Pod, container: Container): boolean {
  const isInit = spec.initContainers?.some(({ name }) => name === container.name) ?? false;
  if (spec.ephemeralContainers?.some(({ name }) => name === container.name)) return true;
  return isInit ? !isSidecar(container) : (spec.restartPolicy ?? 'Always') !== 'Always';
}

function groupOf({ securityContext }: Container, { spec }: Pod): Pick<ProcessHost, 'gid'> {
  const gid = securityContext?.runAsGroup ?? spec.securityContext?.runAsGroup;
  return gid === undefined ? {} : { gid };
}

function limitsOf({ resources }: Container): NonNullable<ProcessHost['limits']> {
  const { cpu, memory } = resources?.limits ?? {};
  return {
    ...(cpu !== undefined && { cpus: milliValue(cpu) / 1000 }),
    ...(memory !== undefined && { memoryBytes: wholeValue(memory) }),
  };
}

const PAUSE: ListedProcess = { pid: 1, parent: 0, command: '/pause', startedAt: 0 };

/** What else runs in the container, or in the whole pod if its containers share their processes. */
function othersIn(
  view: View,
  { spec }: Pod,
  { row, exec }: { readonly row: ContainerRow; readonly exec: ExecNow | undefined },
): ListedProcess[] {
  const { rows } = view;
  const isShared = spec.shareProcessNamespace === true;
  const states: (ProcessState | undefined)[] = [];
  for (const container of isShared ? rows.rowsBy('containers', 'pod', row.pod) : [row]) {
    if (container.id !== row.id || exec) states.push(ownProcess(view, container, exec?.now));
    for (const other of rows.rowsBy('execs', 'container', container.id)) {
      if (other.id !== exec?.id && other.exitCode === undefined) states.push(other.state as ProcessState);
    }
  }
  const listed = states.flatMap((state) => (state ? listProcesses(state) : []));
  return isShared ? [PAUSE, ...listed] : listed;
}

function ownProcess(view: View, row: ContainerRow, now: Millis | undefined): ProcessState | undefined {
  const process = view.rows.row('processes', row.id)?.state as ProcessState | undefined;
  const host = process && now !== undefined ? hostOf(view, row) : undefined;
  return process && host && now !== undefined ? processAt(process, host, now) : process;
}

/** What programs of the pod beside that one listen on: its containers share one network. */
function portsTaken({ rows }: View, { id, pod }: ContainerRow, exec: string | undefined): number[] {
  const ports: number[] = [];
  const take = (state: unknown): void => {
    const open = (state as ProcessState | undefined)?.ports;
    if (open) ports.push(...open);
  };
  for (const container of rows.rowsBy('containers', 'pod', pod)) {
    if (container.id !== id || exec !== undefined) take(rows.row('processes', container.id)?.state);
    for (const other of rows.rowsBy('execs', 'container', container.id)) {
      if (other.id !== exec && other.exitCode === undefined) take(other.state);
    }
  }
  return ports;
}

interface Mounted {
  readonly pod: Pod;
  readonly points: readonly MountPoint[];
  readonly settings: View['settings'];
}

/** The files of the container's own layer, and those of each volume where it stands. */
function filesOf(
  row: ContainerRow,
  [own = [], ...inVolumes]: readonly (readonly FileRow[])[],
  { pod, points, settings }: Mounted,
): Record<string, FileNode> {
  const files: Record<string, FileNode> = {};
  const time = { since: row.createdAt, now: row.createdAt, settings };
  for (const file of own) files[file.path] = nodeOf(file);
  for (const [index, { path, below, volume }] of points.entries()) {
    files[path] ??= { kind: 'directory', mode: 0o777, modifiedAt: row.createdAt };
    if (volume && isApiAccess(volume)) {
      for (const [name, node] of Object.entries(apiAccessFiles(pod, time))) files[path + name] = node;
      continue;
    }
    for (const file of inVolumes[index] ?? []) {
      const isSeen = file.path === below || file.path.startsWith(`${below}/`);
      if (isSeen) files[path + file.path.slice(below.length)] = nodeOf(file);
    }
  }
  return files;
}

function nodeOf({ fileSystem: _, path: __, ...node }: FileRow): FileNode {
  return node;
}
