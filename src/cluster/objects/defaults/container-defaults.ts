import { defaultPullPolicy } from '../image-name.ts';
import type {
  Container,
  ContainerPort,
  HTTPGetAction,
  Lifecycle,
  Probe,
  ResourceRequirements,
} from '../kubernetes.ts';
import { roundUpToMilli } from '../quantity.ts';

/** Fills in what a container leaves open (core/v1: defaults.go). It changes the container given to it. */
export function setContainerDefaults(container: Container): void {
  container.imagePullPolicy ||= defaultPullPolicy(container.image ?? '');
  container.terminationMessagePath ||= '/dev/termination-log';
  container.terminationMessagePolicy ||= 'File';
  for (const port of container.ports ?? []) port.protocol ||= 'TCP';
  for (const { valueFrom } of container.env ?? []) {
    if (valueFrom?.fieldRef) valueFrom.fieldRef.apiVersion ||= 'v1';
    if (valueFrom?.fileKeyRef) valueFrom.fileKeyRef.optional ??= false;
  }
  roundResources(container.resources);
  for (const probe of [container.livenessProbe, container.readinessProbe, container.startupProbe]) {
    if (probe !== undefined) setProbeDefaults(probe);
  }
  setLifecycleDefaults(container.lifecycle);
}

/** On the host's network a container's ports are the host's. */
export function setHostPorts(ports: readonly ContainerPort[] | undefined): void {
  for (const port of ports ?? []) port.hostPort ||= port.containerPort;
}

/** What is limited but not requested is requested as much as it is limited. */
export function requestWhatIsLimited(resources: ResourceRequirements | undefined): void {
  if (resources?.limits === undefined) return;
  resources.requests = { ...resources.limits, ...resources.requests };
}

/** No more than thousandths are kept of any amount. */
export function roundResources(resources: ResourceRequirements | undefined): void {
  for (const list of [resources?.limits, resources?.requests]) roundList(list);
}

export function roundList(list: Record<string, string> | undefined): void {
  if (list === undefined) return;
  for (const name of Object.keys(list)) list[name] = roundUpToMilli(list[name] ?? '') ?? list[name] ?? '';
}

function setProbeDefaults(probe: Probe): void {
  probe.timeoutSeconds ||= 1;
  probe.periodSeconds ||= 10;
  probe.successThreshold ||= 1;
  probe.failureThreshold ||= 3;
  setHttpGetDefaults(probe.httpGet);
  if (probe.grpc) probe.grpc.service ??= '';
}

function setLifecycleDefaults(lifecycle: Lifecycle | undefined): void {
  setHttpGetDefaults(lifecycle?.postStart?.httpGet);
  setHttpGetDefaults(lifecycle?.preStop?.httpGet);
}

function setHttpGetDefaults(action: HTTPGetAction | undefined): void {
  if (action === undefined) return;
  action.path ||= '/';
  action.scheme ||= 'HTTP';
}
