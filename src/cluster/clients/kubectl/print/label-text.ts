import { sortedKeys } from '../../../objects/json.ts';
import type { LabelSelector } from '../../../objects/kubernetes.ts';
import { formatLabelSelector, requirementsOf } from '../../../objects/label-selector.ts';

/** `a=1,b=2`, sorted by key; `<none>` without any. Mirrors apimachinery: labels.FormatLabels. */
export function formatLabels(labels: Readonly<Record<string, string>> = {}): string {
  const pairs = sortedKeys(labels).map((key) => `${key}=${labels[key]}`);
  return pairs.join(',') || '<none>';
}

/** A selector in the form that `kubectl -l` takes; empty when it selects everything or is not set. */
export function selectorText(selector: LabelSelector | undefined): string {
  return formatLabelSelector(requirementsOf(selector) ?? []);
}

/** As `selectorText`, with `<none>` for an empty one. Mirrors apimachinery: metav1.FormatLabelSelector. */
export function formatSelector(selector: LabelSelector | undefined): string {
  return selectorText(selector) || '<none>';
}
