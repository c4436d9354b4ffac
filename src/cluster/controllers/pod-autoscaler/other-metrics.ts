import type { LabelSelector, MetricSpec } from '../../objects/kubernetes.ts';
import type { Computed, Computing } from './computed.ts';

const NO_CUSTOM =
  'unable to fetch metrics from custom metrics API: no custom metrics API (custom.metrics.k8s.io) registered';
const NO_EXTERNAL =
  'unable to fetch metrics from external metrics API: the server could not find the requested resource';

/** Metrics that somebody else would have to bring, which nobody does. */
export function otherMetric({ look }: Pick<Computing, 'look'>, spec: MetricSpec): Computed {
  const { namespace = '' } = look.autoscaler.metadata;
  const { pods, object, external } = spec;
  if (spec.type === 'Pods' && pods) {
    const problem = `unable to get metric ${pods.metric.name}: ${NO_CUSTOM}`;
    const inSum = `failed to get pods metric value: ${problem}`;
    return { reason: 'FailedGetPodsMetric', problem, inSum };
  }
  if (spec.type === 'Object' && object) {
    const { kind, name } = object.describedObject;
    const metric = object.metric.name;
    const problem = `unable to get metric ${metric}: ${kind} on ${namespace} ${name}/${NO_CUSTOM}`;
    const wrapped =
      object.target.type === 'Value' ? problem : `failed to get ${metric} object metric: ${problem}`;
    const inSum = `failed to get object metric value: ${wrapped}`;
    return { reason: 'FailedGetObjectMetric', problem, inSum };
  }
  if (spec.type === 'External' && external) {
    const { name, selector } = external.metric;
    const why = `${NO_EXTERNAL} (get ${name}.external.metrics.k8s.io)`;
    const problem = `unable to get external metric ${namespace}/${name}/${selectorText(selector)}: ${why}`;
    const inSum = `failed to get ${name} external metric value: ${failedText(spec, problem)}`;
    return { reason: 'FailedGetExternalMetric', problem, inSum };
  }
  const problem = `unknown metric source type "${spec.type}"`;
  return { reason: 'InvalidMetricSourceType', problem, inSum: problem };
}

function failedText({ external }: MetricSpec, problem: string): string {
  const { name = '' } = external?.metric ?? {};
  return external?.target.averageValue === undefined
    ? `failed to get external metric ${name}: ${problem}`
    : `failed to get ${name} external metric: ${problem}`;
}

/** As Go prints the pointer (apimachinery: generated.pb.go LabelSelector.String). */
export function selectorText(selector: LabelSelector | undefined): string {
  if (selector === undefined) return 'nil';
  const labels = Object.entries(selector.matchLabels ?? {})
    .map(([key, value]) => `${key}: ${value},`)
    .join('');
  return `&LabelSelector{MatchLabels:map[string]string{${labels}},MatchExpressions:[]LabelSelectorRequirement{},}`;
}
