import { compareQuantities } from '../../objects/quantity.ts';
import { inVersion, type KubeVersion, type Since } from '../../objects/versions.ts';

/** Why a pod has to go. */
export interface Scarcity {
  /** `memory`, `ephemeral-storage` */
  readonly resource: string;
  readonly threshold: string;
  readonly available: string;
  /** What its containers take and asked for, as quantities. */
  readonly containers: readonly {
    readonly name: string;
    readonly used: string;
    readonly requested: string;
  }[];
}

/** Kubelet: eviction/helpers.go evictionMessage; the older text is of 1.20. */
const TEXTS: Since<(scarcity: Scarcity) => string> = [
  [
    20,
    (scarcity) =>
      `The node was low on resource: ${scarcity.resource}. ${excesses(scarcity, ({ name, used, requested }) => `Container ${name} was using ${used}, which exceeds its request of ${requested}. `)}`,
  ],
  [
    27,
    (scarcity) => {
      const { resource, threshold, available } = scarcity;
      const each = ({ name, used, requested }: Scarcity['containers'][number]): string =>
        `Container ${name} was using ${used}, request is ${requested}, has larger consumption of ${resource}. `;
      return `The node was low on resource: ${resource}. Threshold quantity: ${threshold}, available: ${available}. ${excesses(scarcity, each)}`;
    },
  ],
];

export function evictionMessage(version: KubeVersion, scarcity: Scarcity): string {
  return inVersion(TEXTS, version)(scarcity);
}

function excesses(
  { containers }: Scarcity,
  text: (container: Scarcity['containers'][number]) => string,
): string {
  return containers
    .filter(({ used, requested }) => compareQuantities(used, requested) > 0)
    .map(text)
    .join('');
}
