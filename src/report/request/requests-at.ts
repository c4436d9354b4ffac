import type { Event } from '../../cluster/contract/event.ts';
import { folderClients } from '../../cluster/gitops/folder-clients.ts';
import { clusterOf } from '../../cluster/model.ts';
import { isEqualJson } from '../../cluster/objects/json.ts';
import { performAgain, type Retold } from '../../cluster/runtime/perform-again.ts';
import { seenAt } from '../../cluster/runtime/seen-at.ts';
import type { Entry } from '../../kernel/log/entry.ts';
import { commitOf, previousStop } from '../../replay/seek.ts';
import type { Timeline } from '../../replay/timeline.ts';

/** Files by path, as the folder has them in which lines are typed. */
type Files = Readonly<Record<string, string>>;

/** The requests of the piece of work that an entry belongs to, found again. */
export interface Requests {
  /** seq of the first entry of the piece of work. */
  readonly first: number;
  readonly all: readonly Retold[];
}

/**
 * What was asked of the API server in a piece of work, and what each of its stages said: done once more in
 * the world before it. Undefined where it does not come to the very same: a log of another version of
 * kubereel, or of a real cluster, or a scenario whose files are not at hand.
 */
export function requestsAt(timeline: Timeline, seq: number, files: Files): Requests | undefined {
  const last = commitOf(timeline, seq);
  const first = previousStop(timeline, last) + 1;
  const known = kept.get(timeline);
  if (known?.first === first && known.files === files) return known.requests;
  const requests = findRequests(timeline, { first, last, files });
  kept.set(timeline, { first, files, requests });
  return requests;
}

interface Kept {
  readonly first: number;
  readonly files: Files;
  readonly requests: Requests | undefined;
}

// A pane is drawn again and again while the reader stays where he is.
const kept = new WeakMap<Timeline, Kept>();

interface Place {
  readonly first: number;
  readonly last: number;
  readonly files: Files;
}

function findRequests(timeline: Timeline, { first, last, files }: Place): Requests | undefined {
  const { entries, worldAt } = timeline;
  const commit = entries.between(first, last);
  const [entry] = commit;
  if (!entry || first <= 1 || !commit.some(({ event }) => isOfApi(event))) return undefined;
  const before = worldAt(first - 1);
  const settings = before.store.tables.settings.read('cluster', first - 1);
  if (!settings) return undefined;
  const cluster = clusterOf(settings, folderClients(settings, files));
  const { at, actor, key, cause } = entry;
  const component = cluster.componentOf(actor);
  if (!component) return undefined;
  const earlier = {
    *[Symbol.iterator](): Generator<Entry<Event>> {
      for (let each = first - 1; each > 0; each--) {
        const found = entries.of(each);
        if (found) yield found;
      }
    },
  };
  const seen = component.readsStore ? first - 1 : seenAt({ settings, component, at, before: earlier });
  const again = performAgain({ cluster, component, due: { at, actor, key, cause }, seen }, before);
  const isSame = isEqualJson(
    again.events,
    commit.map(({ event }) => event),
  );
  return isSame ? { first, all: again.requests } : undefined;
}

function isOfApi(event: Event): boolean {
  return event.type === 'RequestRefused' || 'resource' in event;
}

/** The request that an entry came of. */
export function requestOf({ first, all }: Requests, seq: number): Retold | undefined {
  const index = seq - first;
  return all.find(({ from, decision }) => from <= index && index < from + decision.events.length);
}
