import { isOfService } from '../../../../objects/endpoint-slices.ts';
import type { EndpointSlice, Endpoints } from '../../../../objects/kubernetes.ts';
import { joinHostPort } from '../columns/service-columns.ts';
import type { PrintContext } from '../print-context.ts';
import { printsSince } from '../prints-since.ts';

/** Where a namespace's services lead, as kubectl reads it. */
export interface NamespaceEndpoints {
  /** Read since 1.31. */
  readonly endpointSlices: readonly EndpointSlice[];
  /** Read until 1.30. */
  readonly endpoints: readonly Endpoints[];
}

/** The ready endpoints (in 1.31 all) behind a service's port (named, or '' for the one without a name). */
export function readyAddresses(
  { service, port }: { readonly service: string; readonly port: string },
  { endpointSlices, endpoints }: NamespaceEndpoints,
  { version }: PrintContext,
): string {
  if (printsSince(version, 'endpointSlices')) {
    const slices = endpointSlices.filter((slice) => isOfService(slice, service));
    return sliceAddresses(slices, port, printsSince(version, 'readyEndpoints'));
  }
  return endpointAddresses(
    endpoints.find(({ metadata }) => metadata.name === service),
    port,
  );
}

/** Nothing when slices have none, `<none>` without slices. */
function sliceAddresses(slices: readonly EndpointSlice[], portName: string, asksReadiness: boolean): string {
  if (slices.length === 0) return '<none>';
  const candidates = slices.flatMap(({ endpoints, ports }) => {
    const numbers = ports?.length
      ? ports.filter(({ name }) => (name ?? '') === portName).map(({ port }) => port)
      : [null];
    return numbers.flatMap((number) =>
      (endpoints ?? []).map(({ addresses, conditions }) => {
        const [address = ''] = addresses;
        const isReady = !asksReadiness || (conditions?.ready ?? true);
        return { isReady, text: typeof number === 'number' ? joinHostPort(address, number) : address };
      }),
    );
  });
  return shownAddresses(candidates);
}

const SHOWN_MAX = 3;

/**
 * Whether there are more is asked before each candidate, ready or not, once three are shown; they may then be
 * 0.
 */
function shownAddresses(candidates: readonly { readonly isReady: boolean; readonly text: string }[]): string {
  const shown: string[] = [];
  let readyCount = 0;
  let isMore = false;
  for (const { isReady, text } of candidates) {
    if (shown.length === SHOWN_MAX) isMore = true;
    if (!isReady) continue;
    if (!isMore) shown.push(text);
    readyCount += 1;
  }
  return isMore ? `${shown.join(',')} + ${readyCount - SHOWN_MAX} more...` : shown.join(',');
}

function endpointAddresses(endpoints: Endpoints | undefined, portName: string): string {
  const subsets = endpoints?.subsets ?? [];
  if (subsets.length === 0) return '<none>';
  const candidates = subsets.flatMap(({ addresses = [], ports = [] }) => {
    if (ports.length === 0) return addresses.map(({ ip }) => ip);
    const named = ports.filter(({ name = '' }) => name === portName);
    return named.flatMap(({ port }) => addresses.map(({ ip }) => joinHostPort(ip, port)));
  });
  return shownAddresses(candidates.map((text) => ({ isReady: true, text })));
}
