import { PODS } from '../../cluster/contract/path-row.ts';
import type { PartyOrder, PathFault, PathOrder } from '../../cluster/faults/path-fault.ts';
import { parseLabelSelector } from '../../cluster/objects/label-selector.ts';
import { millisOf } from './compile-duration.ts';
import type { FaultDocument } from './schema/fault-schema.ts';
import type { PathDocument } from './schema/path-schema.ts';

export const OUTSIDE = 'outside';

export function isPathDocument(document: FaultDocument): document is PathDocument {
  const [what] = Object.values(document);
  return what === 'path' || what === 'packets';
}

export function compilePath(document: PathDocument): PathFault {
  const path = pathOf(document);
  if ('mend' in document) {
    const isAll = document.from === undefined && document.to === undefined && !document.between;
    return { of: 'path', does: 'is mended', ...(!isAll && { path }) };
  }
  const harmed = { of: 'path', does: 'is harmed', ...path } as const;
  if ('cut' in document) return { ...harmed, harm: 'cut', lost: 1 };
  if ('slow' in document) return { ...harmed, harm: 'slow', lateMs: millisOf(document.by) };
  return { ...harmed, harm: 'lossy', lost: shareOf(document.share) };
}

/** What undoes it: that harm of that path alone. */
export function mendedPath(fault: PathFault): PathFault | undefined {
  if (fault.does === 'is mended') return undefined;
  const { harm, from, to, bothWays } = fault;
  return { of: 'path', does: 'is mended', harm, path: { from, to, ...(bothWays && { bothWays }) } };
}

/** `30%` or 0.3, as a part of 1. */
export function shareOf(share: string | number): number {
  return typeof share === 'number' ? share : Number.parseFloat(share) / 100;
}

function pathOf({ from, to, between }: PathDocument): PathOrder {
  if (!between) return { from: partyOf(from), to: partyOf(to) };
  const [one, other] = between;
  return { from: partyOf(one), to: partyOf(other), bothWays: true };
}

type End = PathDocument['from'];

function partyOf(end: End): PartyOrder {
  if (end === undefined) return { text: 'anybody' };
  if (end === OUTSIDE) return { text: OUTSIDE, outside: true };
  const pods = podsOf(end);
  if (pods) {
    const { selector: text, namespace } = pods;
    const parsed = parseLabelSelector(text);
    const selector = parsed.ok ? parsed.requirements : [];
    const where = namespace === undefined ? '' : ` of ${namespace}`;
    return {
      text: `${PODS}${text}${where}`,
      pods: { selector, ...(namespace !== undefined && { namespace }) },
    };
  }
  const nodes = [end].flat() as readonly string[];
  return { text: nodes.join(', '), nodes };
}

/** The pods that an end means; undefined where it means machines. */
export function podsOf(end: End): { readonly selector: string; readonly namespace?: string } | undefined {
  if (typeof end === 'string') return end.startsWith(PODS) ? { selector: end.slice(PODS.length) } : undefined;
  if (end === undefined || Array.isArray(end)) return undefined;
  const { pods, namespace } = end;
  return { selector: pods, ...(namespace !== undefined && { namespace }) };
}
