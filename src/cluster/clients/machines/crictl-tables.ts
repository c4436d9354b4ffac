import { HOUR, MINUTE, type Millis, SECOND } from '../../../kernel/time/millis.ts';
import type { ContainerRow, SandboxRow } from '../../contract/machine-rows.ts';
import type { HostProcess } from '../host/host-processes.ts';
import { alignColumns } from '../kubectl/print/table/align-columns.ts';
import type { Call } from '../program.ts';
import { stateOf } from './crictl-rows.ts';

/** cri-tools: display.go, whose tabwriter has these measures. */
const ALIGNMENT = { minWidth: 20, padding: 3 };

function table(rows: readonly (readonly string[])[]): string {
  return alignColumns(`${rows.map((row) => row.join('\t')).join('\n')}\n`, ALIGNMENT).text;
}

/** So much of an ID is shown. */
const SHORT = 13;

/** `crictl ps` (cri-tools: container.go outputContainers). */
export function containersText(call: Call, containers: readonly ContainerRow[]): string {
  const head = ['CONTAINER', 'IMAGE', 'CREATED', 'STATE', 'NAME', 'ATTEMPT', 'POD ID', 'POD', 'NAMESPACE'];
  const rows = containers.map((row) => {
    const [namespace = '', pod = ''] = row.pod.split('/');
    return [
      row.id.slice(0, SHORT),
      row.imageId.replace(/^sha256:/, '').slice(0, SHORT),
      `${roughly(call.now - row.createdAt)} ago`,
      stateOf(row),
      row.name,
      String(row.attempt),
      row.sandbox.slice(0, SHORT),
      pod,
      namespace,
    ];
  });
  return table([head, ...rows]);
}

/** `crictl pods` (cri-tools: sandbox.go ListPodSandboxes). */
export function podsText(call: Call, sandboxes: readonly SandboxRow[]): string {
  const head = ['POD ID', 'CREATED', 'STATE', 'NAME', 'NAMESPACE', 'ATTEMPT', 'RUNTIME'];
  const rows = sandboxes.map(({ id, pod, startedAt, stoppedAt, attempt }) => {
    const [namespace = '', name = ''] = pod.split('/');
    const state = stoppedAt === undefined ? 'Ready' : 'NotReady';
    return [
      id.slice(0, SHORT),
      `${roughly(call.now - startedAt)} ago`,
      state,
      name,
      namespace,
      String(attempt),
      '(default)',
    ];
  });
  return table([head, ...rows]);
}

/** `crictl images` (cri-tools: image.go). */
export function imagesText({ view, machine = '' }: Call, isQuiet: boolean): string {
  const images = view.rows.rowsBy('images', 'node', machine);
  if (isQuiet) return images.map(({ id }) => `${id}\n`).join('');
  const rows = images.flatMap(({ id, names, sizeBytes }) =>
    names.map((name) => {
      const colon = name.lastIndexOf(':');
      const isTagged = colon > name.lastIndexOf('/');
      const [repository, tag] = isTagged ? [name.slice(0, colon), name.slice(colon + 1)] : [name, '<none>'];
      return [repository, tag, id.replace(/^sha256:/, '').slice(0, SHORT), sizeText(sizeBytes)];
    }),
  );
  return table([
    ['IMAGE', 'TAG', 'IMAGE ID', 'SIZE'],
    ...rows.sort((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1)),
  ]);
}

/** What one of them uses just now. */
export interface Measured {
  readonly id: string;
  readonly name: string;
  readonly process?: HostProcess | undefined;
}

/** `crictl stats` (cri-tools: stats.go). */
export function statsText(measured: readonly Measured[]): string {
  const rows = measured.map(({ id, name, process }) => [
    id.slice(0, SHORT),
    name,
    ((process?.load ?? 0) / 10).toFixed(2),
    sizeText((process?.residentKib ?? 0) * 1024),
    '24.58kB',
    '14',
  ]);
  return table([['CONTAINER', 'NAME', 'CPU %', 'MEM', 'DISK', 'INODES'], ...rows]);
}

/** docker/go-units: HumanSizeWithPrecision(3). */
function sizeText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let size = bytes;
  let unit = 0;
  for (; size >= 1000 && unit < units.length - 1; unit++) size /= 1000;
  return `${Number(size.toPrecision(3))}${units[unit]}`;
}

/** docker/go-units: HumanDuration. */
function roughly(ms: Millis): string {
  const [days, hours, minutes, seconds] = [24 * HOUR, HOUR, MINUTE, SECOND].map((unit) =>
    Math.floor(ms / unit),
  ) as [number, number, number, number];
  if (seconds < 1) return 'Less than a second';
  if (seconds === 1) return '1 second';
  if (seconds < 60) return `${seconds} seconds`;
  if (minutes === 1) return 'About a minute';
  if (minutes < 60) return `${minutes} minutes`;
  const rounded = Math.round(ms / HOUR);
  if (rounded === 1) return 'About an hour';
  if (rounded < 48) return `${rounded} hours`;
  if (hours < 24 * 7 * 2) return `${days} days`;
  if (hours < 24 * 30 * 2) return `${Math.floor(days / 7)} weeks`;
  return hours < 24 * 365 * 2 ? `${Math.floor(days / 30)} months` : `${Math.floor(days / 365)} years`;
}
