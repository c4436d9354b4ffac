import type { PodTemplateSpec } from '../../../../objects/kubernetes.ts';
import type { PrintContext } from '../print-context.ts';
import { printsSince } from '../prints-since.ts';
import { describeContainers } from './describe-containers.ts';
import { schedulingGroupLines, spreadLines } from './describe-pod.ts';
import { describeVolumes } from './describe-volumes.ts';
import { annotationLines, field, type Lines, labelLines, tolerationLines } from './description.ts';

/** Mirrors kubectl: describe.go DescribePodTemplate. */
export function templateLines(template: PodTemplateSpec | undefined, context: PrintContext): Lines {
  if (!template) return ['Pod Template:', '  <unset>'];
  const { metadata = {}, spec = { containers: [] } } = template;
  const { initContainers = [], containers } = spec;
  const isPlaced = printsSince(context.version, 'templatePlacement');
  const group = (title: string, ofGroup: typeof containers) =>
    describeContainers({ title, containers: ofGroup, indent: '  ' }, context);
  return [
    'Pod Template:',
    ...labelLines('  Labels', metadata.labels),
    ...(Object.keys(metadata.annotations ?? {}).length > 0
      ? annotationLines('  Annotations', metadata.annotations)
      : []),
    ...(spec.serviceAccountName ? [`  ${field('Service Account', spec.serviceAccountName)}`] : []),
    ...(initContainers.length > 0 ? group('Init Containers', initContainers) : []),
    ...group('Containers', containers),
    ...describeVolumes(spec.volumes ?? [], '  ', context),
    ...spreadLines(spec.topologySpreadConstraints, '  ', context),
    ...(spec.priorityClassName ? [`  ${field('Priority Class Name', spec.priorityClassName)}`] : []),
    ...(isPlaced ? labelLines('  Node-Selectors', spec.nodeSelector) : []),
    ...(isPlaced ? tolerationLines('  Tolerations', spec.tolerations) : []),
    ...schedulingGroupLines(spec.schedulingGroup, '  ', context),
  ];
}
