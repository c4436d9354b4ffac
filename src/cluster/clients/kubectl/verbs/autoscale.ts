import type { HorizontalPodAutoscaler, MetricSpec, MetricTarget } from '../../../objects/kubernetes.ts';
import { withLastApplied } from '../../../objects/last-applied.ts';
import { canonicalQuantity } from '../../../objects/quantity.ts';
import { int, since, text } from '../../flags/flag.ts';
import { type Failure, fail } from '../failure.ts';
import { CREATE_FLAGS, FILE_FLAGS } from '../flags/common-flags.ts';
import { ask, type Invocation, type Steps } from '../invocation.ts';
import { type DryRun, readDryRun } from '../output/dry-run.ts';
import { reportObject } from '../output/report-object.ts';
import type { Info } from '../resources/info.ts';
import { selectObjects } from '../resources/select-objects.ts';
import type { Verb } from '../verb.ts';
import { visitEach } from '../visit.ts';
import { resourceOfObject } from './create/imperative.ts';
import { namespacedMeta, withoutNulls } from './create/typed-object.ts';

export const autoscale: Verb = {
  name: 'autoscale',
  flags: [
    ...CREATE_FLAGS,
    ...FILE_FLAGS,
    int('max', '-1'),
    int('min', '-1'),
    text('name'),
    ...since(34, text('cpu'), text('memory')),
    {
      ...int('cpu-percent', '-1'),
      deprecated: {
        since: 34,
        text:
          'Flag --cpu-percent has been deprecated, Use --cpu with percentage or resource quantity format ' +
          "(e.g., '70%' for utilization or '500m' for milliCPU).",
      },
    },
  ],
  required: ['max'],
  run: autoscaleObjects,
};

function* autoscaleObjects(invocation: Invocation): Steps {
  const { args, flags } = invocation;
  const dryRun = readDryRun(invocation);
  if (flags.int('max') < 1)
    fail(`--max=MAXPODS is required and must be at least 1, max: ${flags.int('max')}`);
  if (flags.int('max') < flags.int('min')) {
    fail(
      `--max=MAXPODS must be larger or equal to --min=MINPODS, max: ${flags.int('max')}, min: ${flags.int('min')}`,
    );
  }
  if (flags.int('cpu-percent') > 0 && textOf(invocation, 'cpu') !== '')
    fail('--cpu-percent and --cpu are mutually exclusive');
  for (const name of ['cpu', 'memory'] as const) targetOf(name, textOf(invocation, name));
  const { visited } = yield* selectObjects(invocation, { args });
  return yield* visitEach(visited, (info) => autoscaleOne(invocation, info, dryRun));
}

const SCALABLE = ['Deployment', 'ReplicaSet', 'StatefulSet', 'ReplicationController'];

function* autoscaleOne(invocation: Invocation, info: Info, dryRun: DryRun): Steps<Failure | undefined> {
  const { resource } = info;
  if (!SCALABLE.includes(resource.kind)) {
    return { message: `cannot autoscale a ${resource.kind}` };
  }
  const made = autoscalerFor(invocation, info);
  const object = invocation.flags.bool('save-config') ? withLastApplied(made) : made;
  const { name = '' } = object.metadata;
  const ofObject = { resource: resourceOfObject(object), name };
  if (dryRun === 'client') {
    reportObject(invocation, { name: ofObject.name, object, operation: 'created', dryRun });
    return undefined;
  }
  const response = yield* ask(invocation, {
    verb: 'create',
    resource: ofObject.resource.name,
    namespace: invocation.namespace,
    object: withoutNulls(object),
    ...(dryRun === 'server' ? { dryRun: true } : {}),
  });
  if (!response.ok) return formerly(invocation) ?? { status: response.status };
  reportObject(invocation, {
    name: ofObject.name,
    object: response.object ?? object,
    operation: 'autoscaled',
    dryRun,
  });
  return undefined;
}

/**
 * Since --cpu and --memory are there, it tries autoscaling/v1 when it is refused, which cannot say all, nor
 * that nothing is measured (kubectl: autoscale.go canCreateHPAV1).
 */
function formerly(invocation: Invocation): Failure | undefined {
  if (!invocation.flags.has('cpu')) return undefined;
  const cpu = targetOf('cpu', textOf(invocation, 'cpu'));
  if (cpu?.type === 'Utilization' && textOf(invocation, 'memory') === '') return undefined;
  const why = cpu ? '%!w(<nil>)' : 'empty input';
  const what =
    'failed to create autoscaling/v2 HPA and the configuration is incompatible with autoscaling/v1';
  return { message: `${what}: ${why}` };
}

function autoscalerFor(invocation: Invocation, { resource, name }: Info): HorizontalPodAutoscaler {
  const { flags } = invocation;
  const percent = flags.int('cpu-percent');
  const metrics = [
    ...metricOf('cpu', percent > 0 ? { type: 'Utilization', averageUtilization: percent } : undefined),
    ...metricOf('cpu', targetOf('cpu', textOf(invocation, 'cpu'))),
    ...metricOf('memory', targetOf('memory', textOf(invocation, 'memory'))),
  ];
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: namespacedMeta(invocation, { name: flags.text('name') || name }),
    spec: {
      scaleTargetRef: { apiVersion: resource.apiVersion, kind: resource.kind, name },
      maxReplicas: flags.int('max'),
      ...(flags.int('min') > 0 ? { minReplicas: flags.int('min') } : {}),
      ...(metrics.length > 0 ? { metrics } : {}),
    },
  };
}

type Measured = 'cpu' | 'memory';

/** Of a flag that this kubectl may not have. */
function textOf({ flags }: Invocation, name: Measured): string {
  return flags.has(name) ? flags.text(name).trim() : '';
}

function metricOf(name: Measured, target: MetricTarget | undefined): MetricSpec[] {
  return target ? [{ type: 'Resource', resource: { name, target } }] : [];
}

const UNITS: Readonly<Record<Measured, string>> = { cpu: 'm', memory: 'Mi' };

/**
 * `70%` of what is requested, or an amount; a bare number is of thousandths or mebibytes
 * (parseResourceInput).
 */
function targetOf(name: Measured, text: string): MetricTarget | undefined {
  if (text === '') return undefined;
  if (text.endsWith('%')) {
    const digits = text.slice(0, -1);
    if (!/^\+?\d+$/.test(digits)) fail(`invalid percentage value: ${digits}`);
    return { type: 'Utilization', averageUtilization: Number(digits) };
  }
  const amount = /^[+-]?\d+(?:\.\d+)?$/.test(text) ? `${Number(text)}${UNITS[name]}` : text;
  const averageValue = canonicalQuantity(amount);
  if (averageValue === undefined) fail(`invalid resource ${name} value: ${text}`);
  return { type: 'AverageValue', averageValue: averageValue ?? amount };
}
