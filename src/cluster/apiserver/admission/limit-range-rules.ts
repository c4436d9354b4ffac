import { sortedKeys } from '../../objects/json.ts';
import type { LimitRange, LimitRangeItem, PersistentVolumeClaim, Pod } from '../../objects/kubernetes.ts';
import { type Amounts, amountsOf, podLimits, podRequests } from '../../objects/pod-resources.ts';
import { type Amount, compareAmounts, formatQuantity } from '../../objects/quantity.ts';

/** What somebody asks for, and what he may have at most. */
interface Taken {
  readonly requests: Amounts;
  readonly limits: Amounts;
}

/** What of a range an object breaks, in the words of the API server. */
export function whatBreaks(range: LimitRange, object: Pod | PersistentVolumeClaim): readonly string[] {
  return (range.spec?.limits ?? []).flatMap((item) => {
    if (object.kind !== 'Pod') {
      return item.type === 'PersistentVolumeClaim' ? ofClaim(item, object as PersistentVolumeClaim) : [];
    }
    const { spec } = object as Pod;
    const pod = { spec: withoutOverhead(spec) };
    if (item.type === 'Pod') return broken(item, { requests: podRequests(pod), limits: podLimits(pod) });
    if (item.type !== 'Container') return [];
    return [...spec.containers, ...(spec.initContainers ?? [])].flatMap(({ resources }) =>
      broken(item, { requests: amountsOf(resources?.requests), limits: amountsOf(resources?.limits) }),
    );
  });
}

function withoutOverhead({ overhead: _, ...spec }: Pod['spec']): Pod['spec'] {
  return spec;
}

function ofClaim(item: LimitRangeItem, { spec }: PersistentVolumeClaim): readonly string[] {
  const requests = amountsOf(spec?.resources?.requests);
  const taken = { requests, limits: {} };
  const least = sides(item.min, (name, bound) => tooLittle(item.type, { name, bound, taken }));
  const most = sides(item.max, (name, bound) => {
    const asked = requests[name];
    const head = `maximum ${name} usage per ${item.type} is ${formatQuantity(bound)}`;
    if (asked === undefined) return `${head}.  No request is specified`;
    return compareAmounts(asked, bound) > 0 ? `${head}, but request is ${formatQuantity(asked)}` : undefined;
  });
  return [...least, ...most];
}

function broken(item: LimitRangeItem, taken: Taken): readonly string[] {
  const { type } = item;
  return [
    ...sides(item.min, (name, bound) => tooLittle(type, { name, bound, taken })),
    ...sides(item.max, (name, bound) => tooMuch(type, { name, bound, taken })),
    ...sides(item.maxLimitRequestRatio, (name, bound) => tooFarApart(type, { name, bound, taken })),
  ];
}

function sides(
  bounds: Readonly<Record<string, string>> | undefined,
  judge: (name: string, bound: Amount) => string | undefined,
): readonly string[] {
  const amounts = amountsOf(bounds);
  return sortedKeys(amounts).flatMap((name) => {
    const bound = amounts[name];
    return (bound && judge(name, bound)) ?? [];
  });
}

interface Bounded {
  readonly name: string;
  readonly bound: Amount;
  readonly taken: Taken;
}

function tooLittle(type: string, { name, bound, taken }: Bounded): string | undefined {
  const [request, limit] = [taken.requests[name], taken.limits[name]];
  const head = `minimum ${name} usage per ${type} is ${formatQuantity(bound)}`;
  if (request === undefined) return `${head}.  No request is specified`;
  if (compareAmounts(request, bound) < 0) return `${head}, but request is ${formatQuantity(request)}`;
  return limit && compareAmounts(limit, bound) < 0
    ? `${head}, but limit is ${formatQuantity(limit)}`
    : undefined;
}

function tooMuch(type: string, { name, bound, taken }: Bounded): string | undefined {
  const [request, limit] = [taken.requests[name], taken.limits[name]];
  const head = `maximum ${name} usage per ${type} is ${formatQuantity(bound)}`;
  if (limit === undefined) return `${head}.  No limit is specified`;
  if (compareAmounts(limit, bound) > 0) return `${head}, but limit is ${formatQuantity(limit)}`;
  const isOver = request !== undefined && compareAmounts(request, bound) > 0;
  return isOver ? `${head}, but request is ${formatQuantity(request)}` : undefined;
}

function tooFarApart(type: string, { name, bound, taken }: Bounded): string | undefined {
  const [request, limit] = [taken.requests[name]?.nano ?? 0n, taken.limits[name]?.nano ?? 0n];
  const head = `${name} max limit to request ratio per ${type} is ${formatQuantity(bound)}`;
  if (request === 0n) return `${head}, but no request is specified or request is 0`;
  if (limit === 0n) return `${head}, but no limit is specified or limit is 0`;
  const ratio = Number(limit) / Number(request);
  return ratio > Number(bound.nano) / 1e9 ? `${head}, but provided ratio is ${ratio.toFixed(6)}` : undefined;
}
