import { derived } from '../cluster/objects/derived.ts';
import type { Pod, PodSpec } from '../cluster/objects/kubernetes.ts';
import { podRequests } from '../cluster/objects/pod-resources.ts';
import { formatQuantity, milliValue, wholeValue, ZERO } from '../cluster/objects/quantity.ts';
import { firstAbove } from '../kernel/table/first-above.ts';

/**
 * What a pod asks of its node: thousandths of cores, and bytes. One that has come to its end asks nothing.
 */
export interface Asked {
  readonly milliCpu: number;
  readonly bytes: number;
}

/** The same from an entry on. */
export interface Asking extends Asked {
  readonly seq: number;
}

const NOTHING: Asked = { milliCpu: 0, bytes: 0 };

/** What is asked after an entry. */
export function askedAt(asks: readonly Asking[], seq: number): Asked {
  return asks[firstAbove(asks, seq, (each) => each.seq) - 1] ?? NOTHING;
}

/** Takes note of what a pod asks from an entry on, where that is another. */
export function noteAsked(asks: Asking[], seq: number, { spec, status }: Pod): void {
  const isOver = status?.phase === 'Succeeded' || status?.phase === 'Failed';
  // A log from elsewhere may know of a pod what it is called, and no more.
  const isKnown = (spec as Partial<PodSpec> | undefined)?.containers !== undefined;
  const { milliCpu, bytes } = isOver || !isKnown ? NOTHING : askedBy(spec);
  const last = asks.at(-1) ?? NOTHING;
  if (last.milliCpu !== milliCpu || last.bytes !== bytes) asks.push({ seq, milliCpu, bytes });
}

/** Of most changes of a pod its spec is none, and then it is the very same one. */
const askedBy = derived((spec: PodSpec): Asked => {
  const amounts = podRequests({ spec });
  return {
    milliCpu: milliValue(formatQuantity(amounts['cpu'] ?? ZERO)),
    bytes: wholeValue(formatQuantity(amounts['memory'] ?? ZERO)),
  };
});
