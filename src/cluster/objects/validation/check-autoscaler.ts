import type {
  HorizontalPodAutoscaler,
  HPAScalingPolicy,
  HPAScalingRules,
  MetricSpec,
  MetricTarget,
} from '../kubernetes.ts';
import { milliValue } from '../quantity.ts';
import { sortedList } from './check-values.ts';
import { type FieldErrors, forbidden, invalid, notSupported, required } from './field-error.ts';
import { checkObjectMeta, checkObjectMetaUpdate } from './object-meta.ts';

/** apis/autoscaling/validation: ValidateHorizontalPodAutoscaler. */
export function checkNewAutoscaler(autoscaler: HorizontalPodAutoscaler): FieldErrors {
  return [...checkObjectMeta(autoscaler.metadata, { isNamespaced: true }), ...checkSpec(autoscaler)];
}

export function checkAutoscalerUpdate(
  autoscaler: HorizontalPodAutoscaler,
  old: HorizontalPodAutoscaler,
): FieldErrors {
  return [...checkObjectMetaUpdate(autoscaler.metadata, old.metadata), ...checkSpec(autoscaler)];
}

function checkSpec({ spec }: HorizontalPodAutoscaler): FieldErrors {
  const { minReplicas = 1, maxReplicas = 0, scaleTargetRef, metrics = [], behavior } = spec;
  return [
    ...(minReplicas < 1
      ? [invalid('spec.minReplicas', minReplicas, 'must be greater than or equal to 1')]
      : []),
    ...checkMost(maxReplicas, minReplicas),
    ...checkReference('spec.scaleTargetRef', scaleTargetRef),
    ...metrics.flatMap((metric, index) => checkMetric(`spec.metrics[${index}]`, metric)),
    ...checkRules('spec.behavior.scaleUp', behavior?.scaleUp),
    ...checkRules('spec.behavior.scaleDown', behavior?.scaleDown),
  ];
}

function checkMost(max: number, min: number): FieldErrors {
  const field = 'spec.maxReplicas';
  const errors =
    max === 0
      ? [required(field, 'must be set and greater than 0')]
      : max < 0
        ? [invalid(field, max, 'must be greater than or equal to 1')]
        : [];
  return max < min
    ? [...errors, invalid(field, max, 'must be greater than or equal to `minReplicas`')]
    : errors;
}

function checkReference(
  field: string,
  { kind = '', name = '' }: { kind?: string; name?: string } = {},
): FieldErrors {
  return [
    ...(kind === '' ? [required(`${field}.kind`, '')] : []),
    ...(name === '' ? [required(`${field}.name`, '')] : []),
  ];
}

const SOURCES = {
  ContainerResource: 'containerResource',
  External: 'external',
  Object: 'object',
  Pods: 'pods',
  Resource: 'resource',
} as const;

type Source = keyof typeof SOURCES;

function checkMetric(field: string, metric: MetricSpec): FieldErrors {
  const { type = '' } = metric;
  const own = SOURCES[type as Source];
  if (own === undefined) {
    return [
      ...(type === '' ? [required(`${field}.type`, 'must specify a metric source type')] : []),
      notSupported(`${field}.type`, type, sortedList(...Object.keys(SOURCES))),
    ];
  }
  const others = Object.values(SOURCES).filter((name) => name !== own && metric[name] !== undefined);
  const missing = 'must populate information for the given metric source';
  return [
    ...checkSource(`${field}.${own}`, metric, own),
    ...(metric[own] === undefined ? [required(`${field}.${own}`, missing)] : []),
    ...others.map((name) => forbidden(`${field}.${name}`, 'must populate the given metric source only')),
  ];
}

function checkSource(field: string, metric: MetricSpec, own: (typeof SOURCES)[Source]): FieldErrors {
  const source = metric[own];
  if (source === undefined) return [];
  const { target } = source;
  const named = 'metric' in source ? source.metric : undefined;
  return [
    ...('describedObject' in source
      ? checkReference(`${field}.describedObject`, source.describedObject)
      : []),
    ...('metric' in source && !named?.name
      ? [required(`${field}.metric.name`, 'must specify a metric name')]
      : []),
    ...('metric' in source ? [] : checkResourceName(field, source)),
    ...checkTarget(`${field}.target`, target),
    ...checkWanted(`${field}.target`, target, own),
  ];
}

function checkResourceName(field: string, source: { name?: string; container?: string }): FieldErrors {
  return [
    ...(source.name ? [] : [required(`${field}.name`, 'must specify a resource name')]),
    ...(field.endsWith('.containerResource') && !source.container
      ? [required(`${field}.container`, 'must specify a container')]
      : []),
  ];
}

const TARGETS = ['AverageValue', 'Utilization', 'Value'];

function checkTarget(field: string, target: MetricTarget | undefined): FieldErrors {
  const { type = '', value, averageValue, averageUtilization } = target ?? {};
  const isPositive = (text: string): boolean => milliValue(text) > 0;
  return [
    ...(type === '' ? [required(`${field}.type`, 'must specify a metric target type')] : []),
    ...(TARGETS.includes(type)
      ? []
      : [invalid(`${field}.type`, type, 'must be either Utilization, Value, or AverageValue')]),
    ...(value !== undefined && !isPositive(value)
      ? [invalid(`${field}.value`, value, 'must be positive')]
      : []),
    ...(averageValue !== undefined && !isPositive(averageValue)
      ? [invalid(`${field}.averageValue`, averageValue, 'must be positive')]
      : []),
    ...(averageUtilization !== undefined && averageUtilization < 1
      ? [invalid(`${field}.averageUtilization`, averageUtilization, 'must be greater than 0')]
      : []),
  ];
}

function checkWanted(
  field: string,
  { value, averageValue, averageUtilization }: Partial<MetricTarget> = {},
  own: (typeof SOURCES)[Source],
): FieldErrors {
  if (own === 'pods') {
    const detail = 'must specify a positive target averageValue';
    return averageValue === undefined ? [required(`${field}.averageValue`, detail)] : [];
  }
  if (own === 'object' || own === 'external') {
    const detail =
      own === 'object'
        ? 'must set either a target value or averageValue'
        : 'must set either a target value for metric or a per-pod target';
    const isNone = value === undefined && averageValue === undefined;
    const isBoth = own === 'external' && value !== undefined && averageValue !== undefined;
    return [
      ...(isNone ? [required(`${field}.averageValue`, detail)] : []),
      ...(isBoth
        ? [forbidden(`${field}.value`, 'may not set both a target value for metric and a per-pod target')]
        : []),
    ];
  }
  const isNone = averageUtilization === undefined && averageValue === undefined;
  const isBoth = averageUtilization !== undefined && averageValue !== undefined;
  return [
    ...(isNone
      ? [
          required(
            `${field}.averageUtilization`,
            'must set either a target raw value or a target utilization',
          ),
        ]
      : []),
    ...(isBoth
      ? [forbidden(`${field}.averageValue`, 'may not set both a target raw value and a target utilization')]
      : []),
  ];
}

const LONGEST_WINDOW = 3600;
const LONGEST_PERIOD = 1800;

function checkRules(field: string, rules: HPAScalingRules | undefined): FieldErrors {
  if (rules === undefined) return [];
  const { stabilizationWindowSeconds: window = 0, selectPolicy, policies = [], tolerance } = rules;
  const named = `${field}.stabilizationWindowSeconds`;
  return [
    ...(window < 0 ? [invalid(named, window, 'must be greater than or equal to zero')] : []),
    ...(window > LONGEST_WINDOW
      ? [invalid(named, window, `must be less than or equal to ${LONGEST_WINDOW}`)]
      : []),
    ...(selectPolicy !== undefined && !['Max', 'Min', 'Disabled'].includes(selectPolicy)
      ? [notSupported(`${field}.selectPolicy`, selectPolicy, ['Disabled', 'Max', 'Min'])]
      : []),
    ...(policies.length === 0 ? [required(`${field}.policies`, 'must specify at least one Policy')] : []),
    ...policies.flatMap((policy, index) => checkPolicy(`${field}.policies[${index}]`, policy)),
    ...(tolerance !== undefined && milliValue(tolerance) < 0
      ? [invalid(`${field}.tolerance`, tolerance, 'must be greater than or equal to 0')]
      : []),
  ];
}

function checkPolicy(field: string, { type, value, periodSeconds }: HPAScalingPolicy): FieldErrors {
  return [
    ...(type === 'Pods' || type === 'Percent'
      ? []
      : [notSupported(`${field}.type`, type, ['Percent', 'Pods'])]),
    ...(value <= 0 ? [invalid(`${field}.value`, value, 'must be greater than zero')] : []),
    ...(periodSeconds <= 0
      ? [invalid(`${field}.periodSeconds`, periodSeconds, 'must be greater than zero')]
      : []),
    ...(periodSeconds > LONGEST_PERIOD
      ? [invalid(`${field}.periodSeconds`, periodSeconds, `must be less than or equal to ${LONGEST_PERIOD}`)]
      : []),
  ];
}
