import type { Millis } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import type { Dropped } from '../../contract/policy-rows.ts';
import type { Prospect, ProspectOf } from '../../contract/prospect.ts';
import { proxyRuleKey } from '../../contract/proxy-rows.ts';
import type { EndpointState, TrafficRow, WayThere } from '../../contract/traffic-rows.ts';
import { parseImageName } from '../../objects/image-name.ts';
import { isEqualJson } from '../../objects/json.ts';
import { delayAt } from '../../world/delay-at.ts';
import { isCut, wayBetween } from '../../world/way-between.ts';
import type { Origin } from '../approach.ts';
import { dropOf } from '../policy/drop-of.ts';
import { endAt, originEnd } from '../policy/ends.ts';
import { lostMachine, type Place, placeOf } from '../proxy/place-of.ts';
import { targetsOf } from '../proxy/rule-for.ts';
import { droppedThere } from './dropped-there.ts';
import { forwardNow } from './forward-now.ts';
import { originNow } from './origin-now.ts';

export interface EndpointNow {
  readonly state: Omit<EndpointState, 'since'>;
  /** When it may become another without anything happening. */
  readonly until?: Millis;
  /** What a real request would change. */
  readonly notice?: string;
}

export interface EndpointQuestion {
  readonly row: TrafficRow;
  /** `10.88.1.4:80` */
  readonly endpoint: string;
  readonly now: Millis;
}

/** What a request meets that comes to an endpoint now. */
export function endpointNow(
  view: View,
  prospectOf: ProspectOf,
  { row, endpoint, now }: EndpointQuestion,
): EndpointNow {
  const [proxy] = endpoint.includes('>') ? endpoint.split('>') : [];
  const colon = endpoint.lastIndexOf(':');
  const address = endpoint.slice(endpoint.indexOf('>') + 1, colon);
  const before = row.endpoints[endpoint]?.at(-1);
  const own = originNow(view, row).from ?? 'outside';
  // What a proxy meets is a matter of where that is.
  const origin = proxy === undefined ? own : (placeOf(view.rows, own, proxy.split(':')[0] ?? '') ?? own);
  const place = placeOf(view.rows, origin, address);
  if (!place) {
    const lost = lostMachine(view.rows, origin, address);
    return { state: lost === undefined ? nobodyAt(view, row, before) : outOfReach(view, lost, before) };
  }
  const { method, path } = row.spec;
  const port = Number(endpoint.slice(colon + 1));
  const dropped =
    proxy === undefined ? undefined : dropOf(view.rows, { from: origin, to: { ...place, address }, port });
  if (dropped && !dropped.way) return { state: lostOnTheWay(view, dropped) };
  const way = wayThere(view, { origin, place, address });
  if (way && isCut(way)) return { state: silentOn(way, place) };
  const stopped =
    origin === 'outside' && place.pod === undefined ? stopsHere(view, place.node, port) : undefined;
  if (stopped) return { state: stopped };
  const prospect = prospectOf(view, { ...place, address, port, method, path, now });
  const forwarded = prospect.does === 'forwards' ? forwardNow(view, row, { prospect, port }) : undefined;
  return {
    state: {
      ...stateOf(prospect, before, now),
      ...forwarded,
      ...(way && { way }),
      node: place.node,
      ...(place.pod !== undefined && { pod: place.pod }),
      ...versionOf(view, row, prospect, place.pod),
    },
    ...(prospect.until !== undefined && { until: prospect.until }),
    ...(prospect.notice !== undefined && { notice: prospect.notice }),
  };
}

/** The same if it is not what it was. */
export function changedEndpoint(
  view: View,
  prospectOf: ProspectOf,
  question: EndpointQuestion,
): EndpointNow | undefined {
  const present = endpointNow(view, prospectOf, question);
  return isNews(question, present) ? present : undefined;
}

/** Whether what an endpoint is now is not what it was. */
export function isNews({ row, endpoint }: EndpointQuestion, { state }: EndpointNow): boolean {
  const before = row.endpoints[endpoint]?.at(-1);
  return before === undefined || !isSame(before, state);
}

/** The entry that made it so and the labels of the pod are told, and make no difference. */
function isSame(a: EndpointState, b: Omit<EndpointState, 'since'>): boolean {
  return (
    a.does === b.does &&
    a.status === b.status &&
    a.delayMs === b.delayMs &&
    a.growsBy === b.growsBy &&
    a.leastMs === b.leastMs &&
    a.container === b.container &&
    a.because === b.because &&
    (a.plan === b.plan || isEqualJson(a.plan, b.plan)) &&
    (a.way === b.way || isEqualJson(a.way, b.way))
  );
}

function stateOf(
  prospect: Prospect,
  before: EndpointState | undefined,
  now: Millis,
): Omit<EndpointState, 'since'> {
  const { does, because, cause, status, container, draining } = prospect;
  const isSameContainer = container !== undefined && container === before?.container;
  const drains = before?.container !== undefined && draining.includes(before.container);
  const known = container ?? (drains ? before?.container : undefined);
  return {
    does,
    underWay: isSameContainer || drains || before === undefined ? 'goes on' : 'is reset',
    because,
    cause,
    ...(status !== undefined && { status }),
    ...waitOf(prospect, before, now),
    ...(known !== undefined && { container: known }),
  };
}

type Wait = Pick<EndpointState, 'delayMs' | 'growsBy' | 'leastMs'>;

/** How long an answer takes. A queue that there is does not go because the load is another. */
function waitOf(
  { does, delayMs, growsBy, container }: Prospect,
  before: EndpointState | undefined,
  now: Millis,
): Wait {
  if (delayMs === undefined) return {};
  if (does !== 'answers' || growsBy === undefined) return { delayMs };
  const isSame = before?.container === container && before?.growsBy !== undefined;
  if (isSame && before.growsBy === growsBy && before.leastMs === delayMs) {
    return { growsBy, leastMs: delayMs, ...(before.delayMs !== undefined && { delayMs: before.delayMs }) };
  }
  const queue = isSame ? delayAt(before, now) : 0;
  if (growsBy <= 0 && queue <= delayMs) return { delayMs };
  return { delayMs: Math.max(delayMs, queue), growsBy, leastMs: delayMs };
}

/** Three questions who has an address, a second each (Linux: mcast_solicit, retrans_time). */
const UNREACHABLE_MS = 3060;

function nobodyAt(
  { rows }: View,
  { routes }: TrafficRow,
  before: EndpointState | undefined,
): Omit<EndpointState, 'since'> {
  const { pod, node } = before ?? {};
  const sandbox = pod === undefined ? undefined : rows.rowsBy('sandboxes', 'pod', pod).at(-1);
  return {
    does: 'hangs',
    underWay: 'hangs',
    because: sandbox ? 'the pod is gone' : 'nobody has that address',
    cause: sandbox ? rows.changedAt('sandboxes', sandbox.id) : (routes.at(-1)?.cause ?? null),
    delayMs: UNREACHABLE_MS,
    ...(pod !== undefined && { pod }),
    ...(node !== undefined && { node }),
  };
}

/** Nothing comes back, for as long as somebody is willing to wait. */
function outOfReach(
  { rows }: View,
  node: string,
  before: EndpointState | undefined,
): Omit<EndpointState, 'since'> {
  const isOff = rows.row('machines', node)?.off !== undefined;
  return {
    does: 'hangs',
    underWay: 'hangs',
    because: isOff ? `the machine ${node} is off` : `the machine ${node} can not be reached`,
    cause: rows.changedAt('machines', node),
    node,
    ...(before?.pod !== undefined && { pod: before.pod }),
  };
}

interface Between {
  readonly origin: Origin;
  readonly place: Place;
  readonly address: string;
}

function wayThere({ rows }: View, { origin, place, address }: Between): WayThere | undefined {
  if (rows.rowsBy('paths', 'all', '').length === 0) return undefined;
  const way = wayBetween(rows, originEnd(rows, origin), endAt(rows, { address, ...place }));
  if (!way) return undefined;
  const { key, ...told } = way;
  return { ...told, cause: rows.changedAt('paths', key) };
}

/** What was open hangs, too: nothing that is sent again gets through. */
function silentOn({ because, cause }: WayThere, { node, pod }: Place): Omit<EndpointState, 'since'> {
  return { does: 'hangs', underWay: 'hangs', because, cause, node, ...(pod !== undefined && { pod }) };
}

function lostOnTheWay({ rows }: View, dropped: Dropped): Omit<EndpointState, 'since'> {
  return { does: 'hangs', underWay: 'goes on', ...droppedThere(rows, dropped), node: dropped.node };
}

/** A port of a machine that its rules lead nowhere from: a load balancer sends there all the same. */
function stopsHere({ rows }: View, node: string, port: number): Omit<EndpointState, 'since'> | undefined {
  const [rule] = rows.rowsBy('proxyRules', 'nodePort', `${node} ${port}/TCP`);
  const targets = rule && targetsOf(rule, 'external');
  if (!rule || typeof targets !== 'string') return undefined;
  const cause = rows.changedAt('proxyRules', proxyRuleKey(node, rule.servicePort));
  return targets === 'refused'
    ? {
        does: 'refuses',
        underWay: 'goes on',
        because: 'the service has no endpoint that is ready',
        cause,
        node,
      }
    : {
        does: 'hangs',
        underWay: 'goes on',
        because: 'the service has no endpoint on that node',
        cause,
        node,
      };
}

function versionOf(
  { rows }: View,
  { spec: { versionBy } }: TrafficRow,
  { does, image }: Prospect,
  pod: string | undefined,
): Pick<EndpointState, 'version'> {
  if (does !== 'answers') return {};
  if (versionBy === 'image') {
    const name = image === undefined ? undefined : parseImageName(image);
    return name ? { version: name.tag ?? name.digest ?? 'latest' } : {};
  }
  const labels = pod === undefined ? undefined : rows.row('podWorkers', pod)?.pod.metadata.labels;
  return { version: labels?.[versionBy.label] ?? 'none' };
}
