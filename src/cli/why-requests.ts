import type { Event } from '../cluster/contract/event.ts';
import type { LossGroup } from '../cluster/contract/traffic-rows.ts';
import { isSameGroup } from '../cluster/world/traffic-totals.ts';
import type { Entry } from '../kernel/log/entry.ts';
import type { Timeline } from '../replay/timeline.ts';
import { type CauseChain, clientsOf, lossesOf } from '../report/cause-chain.ts';
import { formatClock } from '../report/clock.ts';
import { groupOf, rangesText, requestsOf, type ToldRequest } from '../report/requests.ts';
import { lossText } from '../scenario/traffic-text.ts';
import { BadInput } from './exit.ts';

/** Requests that were lost to something. */
export interface LossTold {
  /** In words. */
  readonly lost: string;
  /** Which, by their numbers: `3-5, 9`. */
  readonly requests: string;
}

type LossReason = LossTold & CauseChain;
type ChainOf = (entry: Entry<Event>) => CauseChain;

interface Asked {
  readonly client: string;
  readonly cursor: number;
}

/** For each thing that requests of a client were lost to. */
export function lossReasons(
  timeline: Timeline,
  { client, cursor }: Asked,
  chainOf: ChainOf,
): readonly LossReason[] {
  const groups = groupsOf(timeline, { client, cursor });
  const lost = [...requestsOf(timeline, client, cursor)].flatMap((request) => {
    const group = groupOf(request);
    return group ? [{ group, number: request.number }] : [];
  });
  return groups.flatMap((group) => {
    const requests = lost.filter((each) => isSameGroup(each.group, group)).map(({ number }) => number);
    return reasonOf(timeline, { group, requests }, chainOf);
  });
}

/** For one request of a client, by its number. */
export function requestReasons(
  timeline: Timeline,
  { client, cursor, number }: Asked & { readonly number: number },
  chainOf: ChainOf,
): readonly LossReason[] {
  groupsOf(timeline, { client, cursor });
  const lost: number[] = [];
  let asked: ToldRequest | undefined;
  for (const request of requestsOf(timeline, client, cursor)) {
    if (request.outcome !== 'answered') lost.push(request.number);
    if (request.number === number) asked = request;
  }
  const group = asked && groupOf(asked);
  if (!asked || !group)
    throw new BadInput(({ wrong }) => wrong.notLost(number, asked !== undefined, rangesText(lost)));
  return reasonOf(timeline, { group, requests: [number] }, chainOf);
}

function groupsOf(timeline: Timeline, { client, cursor }: Asked): readonly LossGroup[] {
  const world = timeline.worldAt(cursor);
  const groups = lossesOf(world, client);
  if (!groups) throw new BadInput(({ wrong }) => wrong.noClient(client, clientsOf(world)));
  return groups;
}

function reasonOf(
  { entries }: Timeline,
  { group, requests }: { readonly group: LossGroup; readonly requests: readonly number[] },
  chainOf: ChainOf,
): readonly LossReason[] {
  const cause = entries.of(group.cause ?? 0);
  if (!cause) return [];
  return [{ lost: lossText(group, formatClock), requests: rangesText(requests), ...chainOf(cause) }];
}
