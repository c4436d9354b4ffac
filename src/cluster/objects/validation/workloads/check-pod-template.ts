import { isEqualJson } from '../../json.ts';
import type { LabelSelector, PodTemplateSpec } from '../../kubernetes.ts';
import { selects } from '../../label-selector.ts';
import { checkLabelSelector, checkLabels } from '../check-labels.ts';
import { type FieldErrors, forbidden, invalid, notSupported, required } from '../field-error.ts';
import { checkAnnotations } from '../object-meta.ts';
import { checkPodSpec } from '../pod/check-pod-spec.ts';

/** The pods that are to be made (apis/core/validation: ValidatePodTemplateSpec). */
export function checkPodTemplate(field: string, { metadata, spec }: PodTemplateSpec): FieldErrors {
  return [
    ...checkLabels(`${field}.labels`, metadata?.labels),
    ...checkAnnotations(`${field}.annotations`, metadata?.annotations ?? {}),
    ...checkPodSpec(`${field}.spec`, spec ?? { containers: [] }),
  ];
}

/** What owners of pods that never end have in common. */
interface Owning {
  readonly selector?: LabelSelector;
  readonly template?: PodTemplateSpec;
}

/** The template of pods that never end; one that was there before has been found good. */
export function checkLastingTemplate(
  { selector, template = {} }: Owning,
  kind: string,
  before: PodTemplateSpec | undefined,
): FieldErrors {
  const field = 'spec.template';
  const { restartPolicy, activeDeadlineSeconds } = template.spec ?? {};
  return [
    ...checkMatch(selector, template),
    ...(before && isEqualJson(before, template) ? [] : checkPodTemplate(field, template)),
    ...(restartPolicy === 'Always'
      ? []
      : [notSupported(`${field}.spec.restartPolicy`, restartPolicy, ['Always'])]),
    ...(activeDeadlineSeconds === undefined
      ? []
      : [
          forbidden(
            `${field}.spec.activeDeadlineSeconds`,
            `activeDeadlineSeconds in ${kind} is not Supported`,
          ),
        ]),
  ];
}

/** A selector that selects nothing does not select the template either; an empty one is told of elsewhere. */
export function checkMatch(selector: LabelSelector | undefined, { metadata }: PodTemplateSpec): FieldErrors {
  const { labels } = metadata ?? {};
  if (selector && isEmpty(selector)) return [];
  if (selects(selector, labels)) return [];
  const detail = '`selector` does not match template `labels`';
  return [invalid('spec.template.metadata.labels', labels ?? null, detail)];
}

export function isEmpty({ matchLabels = {}, matchExpressions = [] }: LabelSelector): boolean {
  return Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;
}

/**
 * A selector that must be there and select by something. `kind` as the API server writes it: `deployment`.
 */
export function checkSelector(selector: LabelSelector | undefined, kind: string): FieldErrors {
  const field = 'spec.selector';
  if (selector === undefined) return [required(field)];
  const detail = `empty selector is invalid for ${kind}`;
  return [
    ...checkLabelSelector(field, selector),
    ...(isEmpty(selector) ? [invalid(field, selector, detail)] : []),
  ];
}
