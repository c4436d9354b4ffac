import type { Event } from '../cluster/contract/event.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { changesOf } from '../replay/object-changes.ts';
import { objectNamed } from '../replay/object-named.ts';
import type { Timeline } from '../replay/timeline.ts';
import { type CauseChain, causeChain } from '../report/cause-chain.ts';
import { entryColumns, entryText } from '../report/told-entry.ts';
import type { Reason } from './reason.ts';
import { Refused } from './refused.ts';

/** The reasons of an entry by its number, or of what became of an object: `pod/web-1`. */
export function reasonFor(timeline: Timeline, what: number | string, namespace?: string): Reason {
  const entry = typeof what === 'number' ? timeline.entries.of(what) : lastChange(timeline, what, namespace);
  if (!entry) throw new Refused(`the log has no entry ${what}: it has ${timeline.entries.length}`);
  const chain = causeChain(timeline, entry, { language: 'en' });
  return { of: chain.of, causes: chain.causes, text: chainText(timeline, chain) };
}

/** The last change of an object that tells a reader something. */
function lastChange(timeline: Timeline, what: string, namespace?: string): Entry<Event> | undefined {
  const found = objectNamed(timeline, what, namespace);
  if ('wrong' in found) {
    const near = found.near === undefined ? '' : `: did you mean ${found.near}?`;
    throw new Refused(`there never was ${what}, say an object such as pod/web-1${near}`);
  }
  const changes = changesOf(timeline, found);
  const telling = changes.findLast((seq) => timeline.facts.isNotable(seq));
  return timeline.entries.of(telling ?? changes.at(-1) ?? 0);
}

function chainText(timeline: Timeline, { of, causes }: CauseChain): string {
  const columns = entryColumns(timeline);
  return [of, ...causes].map((each) => entryText({ ...each, cause: null }, columns)).join('\n');
}
