import { quoteGo } from '../../../../objects/go-json.ts';
import { compareText, sortedKeys } from '../../../../objects/json.ts';
import type {
  Container,
  ContainerPort,
  ContainerState,
  ContainerStatus,
  EphemeralContainer,
  ResourceRequirements,
} from '../../../../objects/kubernetes.ts';
import { canonicalQuantity } from '../../../../objects/quantity.ts';
import type { PrintContext } from '../print-context.ts';
import { printsSince } from '../prints-since.ts';
import { environmentLines, type ResolveField } from './describe-environment.ts';
import { probeText } from './describe-probe.ts';
import { field, indented, type Lines, timeText } from './description.ts';

type AnyContainer = Container | EphemeralContainer;

export interface ContainersToDescribe {
  readonly title: string;
  readonly containers: readonly AnyContainer[];
  /** Of a pod; a template has none. */
  readonly statuses?: readonly ContainerStatus[];
  /** The value of a field of the pod; a template has none. */
  readonly resolveField?: ResolveField;
  /** `'  '` in a template, whose containers stand further in. */
  readonly indent?: string;
}

/** Mirrors kubectl: describe.go describeContainers. */
export function describeContainers(described: ContainersToDescribe, context: PrintContext): string[] {
  const { title, containers, statuses = [], indent = '' } = described;
  const nameIndent = indent === '' ? '' : ' ';
  return [
    `${indent}${title}:${containers.length === 0 ? ' <none>' : ''}`,
    ...containers.flatMap((container) => {
      const status = statuses.findLast(({ name }) => name === container.name);
      const lines = containerLines(container, status, described.resolveField, context);
      return [`  ${nameIndent}${container.name}:`, ...indented(2, lines)];
    }),
  ];
}

function containerLines(
  container: AnyContainer,
  status: ContainerStatus | undefined,
  resolveField: ResolveField | undefined,
  context: PrintContext,
): Lines {
  return [
    ...(status ? [field('Container ID', status.containerID)] : []),
    field('Image', container.image),
    ...(status ? [field('Image ID', status.imageID)] : []),
    ...portLines(container.ports ?? [], context),
    ...seccompLines(container, context),
    ...commandLines('Command', container.command ?? []),
    ...commandLines('Args', container.args ?? []),
    ...(status ? stateLines(status) : []),
    ...resourceLines(container.resources),
    ...probeLines(container),
    ...environmentLines(container, resolveField),
    ...mountLines(container),
  ];
}

function portLines(ports: readonly ContainerPort[], { version }: PrintContext): Lines {
  const isNamed = printsSince(version, 'portNames');
  const line = (title: string, numberOf: (port: ContainerPort) => number) => {
    const texts = ports.map((port) => {
      const text = `${numberOf(port)}/${port.protocol ?? ''}`;
      return port.name && isNamed ? `${text} (${port.name})` : text;
    });
    return field(texts.length > 1 ? `${title}s` : title, texts.join(', ') || '<none>');
  };
  return [
    line('Port', ({ containerPort }) => containerPort),
    line('Host Port', ({ hostPort }) => hostPort ?? 0),
  ];
}

function seccompLines({ securityContext }: AnyContainer, { version }: PrintContext): Lines {
  const profile = securityContext?.seccompProfile;
  if (!profile || !printsSince(version, 'seccompProfile')) return [];
  const lines = [field('SeccompProfile', profile.type)];
  return profile.type === 'Localhost'
    ? [...lines, `  ${field('LocalhostProfile', profile.localhostProfile)}`]
    : lines;
}

function commandLines(title: string, words: readonly string[]): Lines {
  return words.length === 0
    ? []
    : [
        `${title}:`,
        ...indented(
          1,
          words.flatMap((word) => word.split('\n')),
        ),
      ];
}

function stateLines(status: ContainerStatus): Lines {
  return [
    ...oneState('State', status.state),
    ...(status.lastState?.terminated ? oneState('Last State', status.lastState) : []),
    field('Ready', status.ready ? 'True' : 'False'),
    field('Restart Count', status.restartCount),
  ];
}

function oneState(title: string, { running, waiting, terminated }: ContainerState = {}): Lines {
  if (running)
    return [field(title, 'Running'), ...indented(1, [field('Started', timeText(running.startedAt))])];
  if (waiting || !terminated) {
    return [
      field(title, 'Waiting'),
      ...indented(1, waiting?.reason ? [field('Reason', waiting.reason)] : []),
    ];
  }
  const { reason, message, exitCode, signal = 0, startedAt, finishedAt } = terminated;
  return [
    field(title, 'Terminated'),
    ...indented(1, [
      ...(reason ? [field('Reason', reason)] : []),
      ...(message ? [field('Message', message)] : []),
      field('Exit Code', exitCode),
      ...(signal > 0 ? [field('Signal', signal)] : []),
      field('Started', timeText(startedAt)),
      field('Finished', timeText(finishedAt)),
    ]),
  ];
}

/** `Limits:` and `Requests:`. */
export function resourceLines(resources: ResourceRequirements = {}): Lines {
  const side = (title: string, list: Readonly<Record<string, string>> = {}) => {
    const names = sortedKeys(list);
    const amounts = names.map((name) => field(name, canonicalQuantity(list[name] ?? '') ?? list[name]));
    return names.length === 0 ? [] : [`${title}:`, ...indented(1, amounts)];
  };
  return [...side('Limits', resources.limits), ...side('Requests', resources.requests)];
}

function probeLines({ livenessProbe, readinessProbe, startupProbe }: AnyContainer): Lines {
  return [
    ...(livenessProbe ? [field('Liveness', probeText(livenessProbe))] : []),
    ...(readinessProbe ? [field('Readiness', probeText(readinessProbe))] : []),
    ...(startupProbe ? [field('Startup', probeText(startupProbe))] : []),
  ];
}

function mountLines({ volumeMounts = [], volumeDevices = [] }: AnyContainer): Lines {
  const none = volumeMounts.length === 0 ? '\t<none>' : '';
  const mounts = [...volumeMounts]
    .sort((a, b) => compareText(a.mountPath, b.mountPath))
    .map((mount) => {
      const flags = [
        mount.readOnly ? 'ro' : 'rw',
        ...(mount.subPath ? [`path=${quoteGo(mount.subPath)}`] : []),
      ];
      return `${mount.mountPath} from ${mount.name} (${flags.join(',')})`;
    });
  const devices = [...volumeDevices]
    .sort((a, b) => compareText(a.devicePath, b.devicePath))
    .map(({ devicePath, name }) => `${devicePath} from ${name}`);
  // The mounts decide about «none» of the devices too, as they do in kubectl.
  const deviceLines = devices.length === 0 ? [] : [`Devices:${none}`, ...indented(1, devices)];
  return [`Mounts:${none}`, ...indented(1, mounts), ...deviceLines];
}
