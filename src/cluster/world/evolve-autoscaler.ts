import type { Entry } from '../../kernel/log/entry.ts';
import type { Tables } from '../../kernel/table/store.ts';
import { HOUR, type Millis } from '../../kernel/time/millis.ts';
import type { AutoscalerEvent, AutoscalerRow } from '../contract/autoscaler-row.ts';
import type { Event } from '../contract/event.ts';
import type { WorldRows } from './world.ts';

const OF_AUTOSCALERS: readonly AutoscalerEvent['type'][] = [
  'SizeRecommended',
  'SizeChanged',
  'SelectorNoted',
  'AutoscalerForgotten',
];

export function isAutoscalerEvent(event: Event): event is AutoscalerEvent {
  return (OF_AUTOSCALERS as readonly string[]).includes(event.type);
}

/** No window is longer. */
const REMEMBERED_MS = HOUR;

/** What the controller of autoscalers keeps in mind, after one fact. */
export function evolveAutoscaler(
  { autoscalers }: Tables<WorldRows>,
  event: AutoscalerEvent,
  { at, seq }: Entry<Event>,
): void {
  const { about: key } = event;
  const nothing: AutoscalerRow = { key, since: at, recommended: [], changes: [] };
  const row = autoscalers.read(key, seq) ?? nothing;
  switch (event.type) {
    case 'AutoscalerForgotten':
      autoscalers.write(key, undefined, seq);
      return;
    case 'SelectorNoted':
      autoscalers.write(key, { ...row, selector: event.selector }, seq);
      return;
    case 'SizeChanged': {
      const changes = [...row.changes, { by: event.by, at }];
      autoscalers.write(key, { ...row, changes: changes.filter(isRecent(at)) }, seq);
      return;
    }
    case 'SizeRecommended': {
      const { isFirst, size } = event;
      const before = isFirst ? nothing : row;
      const recommended = [...before.recommended, { size, from: at }];
      autoscalers.write(key, { ...before, recommended: recommended.filter(holds(at)) }, seq);
    }
  }
}

function isRecent(now: Millis): (change: { readonly at: Millis }) => boolean {
  return ({ at }) => at > now - REMEMBERED_MS;
}

type Recommended = AutoscalerRow['recommended'];

/** Whether it held within the time that is remembered. */
function holds(now: Millis): (each: Recommended[number], index: number, all: Recommended) => boolean {
  return (_, index, all) => (all[index + 1]?.from ?? now) > now - REMEMBERED_MS;
}
