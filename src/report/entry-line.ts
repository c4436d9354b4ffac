import type { Event } from '../cluster/contract/event.ts';
import type { CoreEvent } from '../cluster/objects/kubernetes.ts';
import { keysRestored } from '../cluster/world/evolve-restore.ts';
import type { World } from '../cluster/world/world.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { inLanguage, promptOf } from '../replay/story.ts';
import { changeText } from './change-text.ts';
import { factLine } from './fact-line.ts';
import { nameOf } from './names.ts';
import { trafficLine } from './traffic-lines.ts';

/**
 * What an entry says in one line, read in the world right after it: `created Pod web`, `Pod web: ready 0/1 →
 * 1/1`.
 */
export function entryLine(entry: Entry<Event>, world: World, language = 'en'): string {
  return textOf(entry, world, language).replace(/\s+/g, ' ').trim();
}

function textOf({ event, seq }: Entry<Event>, world: World, language: string): string {
  const { objects } = world.store.tables;
  switch (event.type) {
    case 'ObjectCreated':
      return event.resource === 'events'
        ? k8sEventLine(event.object as CoreEvent)
        : `created ${nameOf(event.object)}`;
    case 'ObjectUpdated': {
      const after = objects.read(event.key, seq);
      const before = objects.read(event.key, seq - 1);
      if (!after || !before) return `changed ${event.key}`;
      if (event.resource === 'events') return k8sEventLine(after as CoreEvent);
      return `${nameOf(after)}: ${changeText({ before, after, event, world })}`;
    }
    case 'ObjectDeleted': {
      const before = objects.read(event.key, seq - 1);
      return `removed ${before ? nameOf(before) : event.key}`;
    }
    case 'RequestRefused':
      return `refused to ${event.verb} ${event.name ?? event.resource}: ${event.message}`;
    case 'StoreSaved':
      return `what etcd holds is saved as ${event.name}`;
    case 'CachesRenewed':
      return `the ${event.program}${event.node === undefined ? '' : ` of ${event.node}`} lists anew: ${
        event.resources?.join(', ') ?? 'all that it watches'
      }`;
    case 'StoreRestored':
      return `etcd holds what it held at revision ${event.revision}, ${objectsTurnedBack(world, seq)}`;
    case 'ClusterConfigured': {
      const { nodes, version } = event.settings;
      return `a cluster of ${nodes.length} ${nodes.length === 1 ? 'node' : 'nodes'}, Kubernetes 1.${version.minor}`;
    }
    default:
      return storyLine(event, language) ?? trafficLine(event) ?? factLine(event, world);
  }
}

/** `13 objects are otherwise`: what was made since is forgotten, what was removed is there again. */
function objectsTurnedBack({ store }: World, seq: number): string {
  const { length } = keysRestored(store.tables, { at: seq });
  return length === 1 ? '1 object is otherwise' : `${length} objects are otherwise`;
}

/** `Event web: Started: Container started`, `Warning web: Unhealthy (x3): Readiness probe failed: …`. */
export function k8sEventLine({ type, reason, message, involvedObject, count, series }: CoreEvent): string {
  const kind = type === 'Warning' ? 'Warning' : 'Event';
  const seen = series?.count ?? count ?? 1;
  const times = seen > 1 ? ` (x${seen})` : '';
  const said = message ? `: ${message}` : '';
  return `${kind} ${involvedObject.name ?? ''}: ${reason ?? ''}${times}${said}`;
}

/** A line may hold a whole manifest. */
export function firstLine(text: string): string {
  const [first = '', ...more] = text.split('\n');
  return more.length > 0 ? `${first} …` : first;
}

function storyLine(event: Event, language: string): string | undefined {
  switch (event.type) {
    case 'ScenarioOpened':
      return `the scenario ${event.name} begins`;
    case 'StepBegan':
      return `step ${event.step}: ${inLanguage(event.text, language)}`;
    case 'CommandTyped':
      return `${promptOf(event)} ${firstLine(event.line)}${event.background ? ' &' : ''}`;
    case 'CommandPrinted': {
      const lines = `${event.stdout ?? ''}${event.stderr ?? ''}`.trimEnd().split('\n');
      return `printed ${lines.length === 1 ? lines[0] : `${lines.length} lines`}`;
    }
    case 'CommandProgressed':
      return `the command of ${event.command} goes on`;
    case 'CommandEnded':
      return `the command of ${event.command} ended with exit code ${event.exitCode}`;
    case 'ValueCaptured':
      return `captured ${event.name} = ${event.value}`;
    case 'ExpectationMet':
      return `✓ ${event.what}`;
    case 'ExpectationMissed':
    case 'InvariantBroken':
      return `✗ ${event.what}`;
    case 'InvariantWatched':
      return `from now on: ${event.what}`;
    case 'NoticeGiven':
      return `! ${event.about}: ${event.message}`;
    case 'StoryHandedOver':
      return 'from here on the story is yours';
    case 'ScenarioEnded':
      return event.passed ? 'the end: all expectations met' : 'the end: not all expectations met';
    default:
      return undefined;
  }
}
