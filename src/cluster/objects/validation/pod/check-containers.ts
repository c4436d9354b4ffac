import type {
  Container,
  ContainerPort,
  ContainerResizePolicy,
  EphemeralContainer,
  PodSpec,
  Volume,
} from '../../kubernetes.ts';
import { isSidecar } from '../../pod-resources.ts';
import { checkContainerResources } from '../check-resources.ts';
import { checkNamed, checkOneOf, sortedList } from '../check-values.ts';
import {
  duplicate,
  type FieldErrors,
  forbidden,
  invalid,
  invalidFor,
  notFound,
  notSupported,
  required,
  tooMany,
} from '../field-error.ts';
import { dnsLabelProblems, portNameProblems, portNumberProblems } from '../name-syntax.ts';
import { checkEnv, checkEnvFrom } from './check-env.ts';
import { checkLifecycle, checkProbes } from './check-handlers.ts';
import { checkContainerSecurity } from './check-security.ts';
import { checkVolumeMounts } from './check-volume-mounts.ts';

/** What the checks of a container need to know of its pod. */
export interface PodContext {
  readonly spec: PodSpec;
  /** The volumes that it may mount. */
  readonly volumes: readonly Volume[];
}

export function checkContainers(field: string, context: PodContext): FieldErrors {
  const containers = context.spec.containers ?? [];
  if (containers.length === 0) return [required(field)];
  return [
    ...containers.flatMap((container, index) => {
      const place = `${field}[${index}]`;
      const isRepeated = containers.slice(0, index).some(({ name }) => name === container.name);
      return [
        ...checkCommon(place, container, context),
        ...(isRepeated ? [duplicate(`${place}.name`, container.name)] : []),
        ...checkHooksAndProbes(place, container, context),
        ...checkRestartPolicy(place, container),
      ];
    }),
    ...checkHostPorts(field, containers),
  ];
}

export function checkInitContainers(field: string, context: PodContext): FieldErrors {
  const { initContainers = [], containers = [] } = context.spec;
  const names = (containers ?? []).map(({ name }) => name);
  return initContainers.flatMap((container, index) => {
    const place = `${field}[${index}]`;
    const isTaken = names.includes(container.name);
    if (!isTaken && container.name) names.push(container.name);
    const restart = "must not be set to 'RestartContainer' for non-sidecar initContainers";
    return [
      ...checkCommon(place, container, context),
      ...checkRestartPolicy(place, container),
      ...(isTaken ? [duplicate(`${place}.name`, container.name)] : []),
      ...checkHostPorts(field, [container]),
      ...(isSidecar(container)
        ? checkHooksAndProbes(place, container, context)
        : checkNothingLasting(place, container)),
      ...(isSidecar(container) ? [] : (container.resizePolicy ?? [])).flatMap((policy, at) =>
        policy.restartPolicy === 'RestartContainer'
          ? [invalid(`${place}.resizePolicy[${at}].restartPolicy`, policy.restartPolicy, restart)]
          : [],
      ),
    ];
  });
}

/** Fields of a container that one for debugging may have. */
const OF_EPHEMERAL = [
  ...[
    'name',
    'image',
    'command',
    'args',
    'workingDir',
    'envFrom',
    'env',
    'volumeMounts',
    'terminationMessagePath',
  ],
  ...['terminationMessagePolicy', 'imagePullPolicy', 'securityContext', 'stdin', 'stdinOnce', 'tty'],
  ...['targetContainerName', 'resources', 'volumeDevices'],
];

export function checkEphemeralContainers(field: string, context: PodContext): FieldErrors {
  const { ephemeralContainers = [], initContainers = [], containers = [] } = context.spec;
  const others = [...containers, ...initContainers].map(({ name }) => name);
  const names = [...others];
  return ephemeralContainers.flatMap((container, index) => {
    const place = `${field}[${index}]`;
    const isTaken = names.includes(container.name);
    names.push(container.name);
    const target = container.targetContainerName ?? '';
    return [
      ...checkCommon(place, container as Container, context),
      ...checkImageText(place, container),
      ...(isTaken ? [duplicate(`${place}.name`, container.name)] : []),
      ...(target !== '' && !others.includes(target)
        ? [notFound(`${place}.targetContainerName`, target)]
        : []),
      ...checkEphemeralFields(place, container),
    ];
  });
}

function checkEphemeralFields(field: string, container: EphemeralContainer): FieldErrors {
  const detail = 'cannot be set for an Ephemeral Container';
  const hasResources = Object.keys(container.resources ?? {}).length > 0;
  const extra = Object.keys(container).filter((key) => !OF_EPHEMERAL.includes(key));
  return [
    ...extra.map((key) => forbidden(`${field}.${key}`, detail)),
    ...(hasResources ? [forbidden(`${field}.resources`, detail)] : []),
    ...(container.volumeMounts ?? []).flatMap(({ subPath, subPathExpr }, index) => [
      ...(subPath ? [forbidden(`${field}.volumeMounts[${index}].subPath`, detail)] : []),
      ...(subPathExpr ? [forbidden(`${field}.volumeMounts[${index}].subPathExpr`, detail)] : []),
    ]),
  ];
}

/** Of pods, not of templates: the image of a template was always allowed to have spaces around it. */
export function checkImageText(field: string, { image = '' }: { readonly image?: string }): FieldErrors {
  const isPadded = image !== image.trim();
  return isPadded ? [invalid(`${field}.image`, image, 'must not have leading or trailing whitespace')] : [];
}

function checkCommon(field: string, container: Container, context: PodContext): FieldErrors {
  const { spec, volumes } = context;
  const claims = (spec.resourceClaims ?? []).map(({ name }) => name);
  const policies = ['File', 'FallbackToLogsOnError'];
  return [
    ...checkNamed(`${field}.name`, container.name, dnsLabelProblems),
    ...(container.image ? [] : [required(`${field}.image`)]),
    ...checkOneOf(`${field}.terminationMessagePolicy`, container.terminationMessagePolicy, policies),
    ...checkPorts(`${field}.ports`, container.ports ?? []),
    ...checkEnv(`${field}.env`, container.env ?? []),
    ...checkEnvFrom(`${field}.envFrom`, container.envFrom ?? []),
    ...checkVolumeMounts(field, container, volumes),
    ...checkOneOf(`${field}.imagePullPolicy`, container.imagePullPolicy, ['Always', 'IfNotPresent', 'Never']),
    ...checkContainerResources(`${field}.resources`, container.resources, claims),
    ...checkResizePolicy(`${field}.resizePolicy`, container.resizePolicy ?? [], spec.restartPolicy),
    ...checkContainerSecurity(
      `${field}.securityContext`,
      container.securityContext,
      spec.hostUsers !== false,
    ),
  ];
}

function checkPorts(field: string, ports: readonly ContainerPort[]): FieldErrors {
  const names: string[] = [];
  return ports.flatMap(({ name = '', containerPort = 0, hostPort = 0, protocol }, index) => {
    const place = `${field}[${index}]`;
    const problems = name === '' ? [] : portNameProblems(name);
    const isRepeated = problems.length === 0 && names.includes(name);
    if (name !== '') names.push(name);
    return [
      ...invalidFor(`${place}.name`, name, problems),
      ...(isRepeated ? [duplicate(`${place}.name`, name)] : []),
      ...(containerPort === 0
        ? [required(`${place}.containerPort`)]
        : invalidFor(`${place}.containerPort`, containerPort, portNumberProblems(containerPort))),
      ...(hostPort === 0 ? [] : invalidFor(`${place}.hostPort`, hostPort, portNumberProblems(hostPort))),
      ...checkOneOf(`${place}.protocol`, protocol, sortedList('TCP', 'UDP', 'SCTP')),
    ];
  });
}

function checkHostPorts(field: string, containers: readonly Container[]): FieldErrors {
  const taken = new Set<string>();
  return containers.flatMap(({ ports = [] }, at) =>
    ports.flatMap(({ hostPort = 0, hostIP = '', protocol = '' }, index) => {
      const port = `${protocol}/${hostIP}/${hostPort}`;
      if (hostPort === 0) return [];
      if (taken.has(port)) return [duplicate(`${field}[${at}].ports[${index}].hostPort`, port)];
      taken.add(port);
      return [];
    }),
  );
}

function checkHooksAndProbes(field: string, container: Container, { spec }: PodContext): FieldErrors {
  const grace = spec.terminationGracePeriodSeconds;
  const of = {
    ...(grace === undefined ? {} : { graceSeconds: grace }),
    ...(spec.os ? { os: spec.os.name } : {}),
  };
  return [
    ...(container.lifecycle ? checkLifecycle(`${field}.lifecycle`, container.lifecycle, of) : []),
    ...checkProbes(field, container, grace),
  ];
}

/** An init container that ends has nothing to probe and no end to prepare for. */
function checkNothingLasting(field: string, container: Container): FieldErrors {
  const detail = 'may not be set for init containers without restartPolicy=Always';
  const fields = ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const;
  return fields
    .filter((name) => container[name] !== undefined)
    .map((name) => forbidden(`${field}.${name}`, detail));
}

function checkRestartPolicy(
  field: string,
  { restartPolicy, restartPolicyRules = [] }: Container,
): FieldErrors {
  const policies = ['Always', 'Never', 'OnFailure'];
  const needed = 'must specify restartPolicy when restart rules are used';
  const actions = ['Restart', 'RestartAllContainers'];
  const ofPolicy =
    restartPolicy === undefined
      ? restartPolicyRules.length > 0
        ? [required(`${field}.restartPolicy`, needed)]
        : []
      : policies.includes(restartPolicy)
        ? []
        : [notSupported(`${field}.restartPolicy`, restartPolicy, policies)];
  return [
    ...ofPolicy,
    ...(restartPolicyRules.length > 20
      ? [tooMany(`${field}.restartPolicyRules`, restartPolicyRules.length, 20)]
      : []),
    ...restartPolicyRules.flatMap(({ action, exitCodes }, index) => {
      const place = `${field}.restartPolicyRules[${index}]`;
      return [
        ...(actions.includes(action) ? [] : [notSupported(`${place}.action`, action, actions)]),
        ...(exitCodes === undefined
          ? [required(`${place}.exitCodes`, 'must be specified')]
          : checkOneOf(`${place}.exitCodes.operator`, exitCodes.operator, ['In', 'NotIn'])),
      ];
    }),
  ];
}

function checkResizePolicy(
  field: string,
  policies: readonly ContainerResizePolicy[],
  restartPolicy: string | undefined,
): FieldErrors {
  const never = "must be 'NotRequired' when pod `restartPolicy` is 'Never'";
  return policies.flatMap(({ resourceName, restartPolicy: own }, index) => {
    const isRepeated = policies.slice(0, index).some((other) => other.resourceName === resourceName);
    return [
      ...(isRepeated ? [duplicate(`${field}[${index}]`, resourceName)] : []),
      ...checkOneOf(field, resourceName, ['cpu', 'memory']),
      ...checkOneOf(field, own, ['NotRequired', 'RestartContainer']),
      ...(restartPolicy === 'Never' && own !== 'NotRequired' ? [invalid(field, own, never)] : []),
    ];
  });
}
