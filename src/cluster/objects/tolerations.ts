import type { Taint, Toleration } from './kubernetes.ts';

/** Whether a toleration covers a taint (component-helpers: scheduling/corev1 ToleratesTaint). */
export function tolerates(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect && toleration.effect !== taint.effect) return false;
  if (toleration.key && toleration.key !== taint.key) return false;
  switch (toleration.operator ?? 'Equal') {
    case 'Exists':
      return true;
    case 'Equal':
      // An empty key with Equal matches nothing but an empty key.
      return (toleration.key ?? '') === taint.key && (toleration.value ?? '') === (taint.value ?? '');
    default:
      return false;
  }
}

/** The first taint of one of the effects that nothing tolerates. */
export function findUntolerated(
  taints: readonly Taint[] = [],
  tolerations: readonly Toleration[] = [],
  effects: readonly string[],
): Taint | undefined {
  return taints.find(
    (taint) =>
      effects.includes(taint.effect) && !tolerations.some((toleration) => tolerates(toleration, taint)),
  );
}
