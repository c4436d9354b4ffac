import type { KubeObject } from '../../objects/kube-object.ts';

/** What of autoscaling/v1 is said otherwise today. */
interface FormerSpec {
  readonly targetCPUUtilizationPercentage?: number;
  readonly metrics?: readonly unknown[];
}

/**
 * An autoscaler of the first version knew one metric (pkg/apis/autoscaling/v1/conversion.go). What it says of
 * its status it says to nobody.
 */
export function autoscalerAsStored(object: KubeObject): KubeObject {
  const { spec, status: former, ...rest } = object as KubeObject & { spec?: FormerSpec; status?: object };
  const isFirst = object.apiVersion === 'autoscaling/v1';
  const status = isFirst || former === undefined ? {} : { status: former };
  if (spec?.targetCPUUtilizationPercentage === undefined)
    return { ...rest, ...(spec && { spec }), ...status };
  const { targetCPUUtilizationPercentage: averageUtilization, metrics = [], ...others } = spec;
  const own = {
    type: 'Resource',
    resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } },
  };
  const full = { ...others, metrics: [...metrics.filter((each) => !isOfCpu(each)), own] };
  return { ...rest, ...{ spec: full }, ...status };
}

function isOfCpu(metric: unknown): boolean {
  const { type, resource } = metric as { type?: string; resource?: { name?: string } };
  return type === 'Resource' && resource?.name === 'cpu';
}
