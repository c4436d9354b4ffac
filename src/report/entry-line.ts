import type { ArrivalEvent } from '../cluster/contract/arrival-event.ts';
import type { Event } from '../cluster/contract/event.ts';
import { nameAsked, type Request } from '../cluster/contract/request.ts';
import type { CoreEvent } from '../cluster/objects/kubernetes.ts';
import { keysRestored } from '../cluster/world/evolve-restore.ts';
import type { World } from '../cluster/world/world.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { inLanguage, promptOf } from '../replay/story.ts';
import type { EntryWords } from '../words/entry-words.ts';
import { entryWordsIn } from '../words/entry-words-in.ts';
import { changeText } from './change-text.ts';
import { formatClock } from './clock.ts';
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
  const words = entryWordsIn(language);
  const { objects } = world.store.tables;
  switch (event.type) {
    case 'ObjectCreated':
      return event.resource === 'events'
        ? k8sEventLine(event.object as CoreEvent, words)
        : words.objects.created(nameOf(event.object));
    case 'ObjectUpdated': {
      const after = objects.read(event.key, seq);
      const before = objects.read(event.key, seq - 1);
      if (!after || !before) return words.objects.changed(event.key);
      if (event.resource === 'events') return k8sEventLine(after as CoreEvent, words);
      return `${nameOf(after)}: ${changeText({ before, after, event, world, words: words.changes })}`;
    }
    case 'ObjectDeleted': {
      const before = objects.read(event.key, seq - 1);
      return words.objects.removed(before ? nameOf(before) : event.key);
    }
    case 'RequestRefused':
      return words.objects.refused(event.verb, event.name ?? event.resource, event.message);
    case 'StoreSaved':
      return words.objects.saved(event.name);
    case 'CachesRenewed':
      return words.objects.listsAnew(
        event.program,
        event.node,
        event.resources?.join(', ') ?? words.objects.allWatched,
      );
    case 'StoreRestored':
      return words.objects.restored(event.revision, keysRestored(world.store.tables, { at: seq }).length);
    case 'ClusterConfigured': {
      const { nodes, version } = event.settings;
      return words.objects.cluster(nodes.length, version.minor);
    }
    default:
      return (
        storyLine(event, words.story, language) ??
        trafficLine(event, words.traffic) ??
        factLine(event, world, words)
      );
  }
}

/** `Event web: Started: Container started`, `Warning web: Unhealthy (x3): Readiness probe failed: …`. */
export function k8sEventLine(
  { type, reason, message, involvedObject, count, series }: CoreEvent,
  { objects }: EntryWords,
): string {
  const kind = type === 'Warning' ? objects.warning : objects.event;
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

function storyLine(event: Event, words: EntryWords['story'], language: string): string | undefined {
  switch (event.type) {
    case 'ScenarioOpened':
      return words.scenarioBegins(event.name);
    case 'StepBegan':
      return words.step(event.step, inLanguage(event.text, language));
    case 'CommandTyped':
      return `${promptOf(event)} ${firstLine(event.line)}${event.background ? ' &' : ''}`;
    case 'CommandPrinted': {
      const lines = `${event.stdout ?? ''}${event.stderr ?? ''}`.trimEnd().split('\n');
      const [line = ''] = lines;
      return lines.length === 1 ? words.printedLine(line) : words.printedLines(lines.length);
    }
    case 'CommandProgressed':
      return words.commandGoesOn(event.command);
    case 'CommandEnded':
      return words.commandEnded(event.command, event.exitCode);
    case 'ValueCaptured':
      return words.captured(event.name, event.value);
    case 'ExpectationMet':
    case 'InvariantMet':
      return `✓ ${event.what}`;
    case 'ExpectationMissed':
    case 'InvariantBroken':
      return `✗ ${event.what}`;
    case 'InvariantWatched':
      return words.watched(event.what);
    case 'HoldingBegan':
      return words.holds(event.what);
    case 'HoldingEnded':
      return words.holdsNoMore(event.what);
    case 'NoticeGiven':
      return `! ${event.about}: ${event.message}`;
    case 'FaultLasts':
      return words.faultLasts(formatClock(event.until));
    case 'FaultEnded':
      return words.faultEnded(event.what);
    case 'CheckpointReached':
      return words.checkpoint(event.name);
    case 'QuestionAsked':
      return `? ${inLanguage(event.ask, language)}`;
    case 'BranchBegan':
      return words.branch(event.name);
    case 'StoryHandedOver':
      return words.yours;
    case 'RequestArrived':
    case 'LineArrived':
    case 'FaultArrived':
    case 'FactsArrived':
      return words.asked(event.client, askedFor(event));
    case 'ScenarioEnded':
      return event.passed ? words.passed : words.failed;
    default:
      return undefined;
  }
}

/** What came in, as short as it can be said: `kubectl apply: create deployments.apps default/web`. */
function askedFor(event: ArrivalEvent): string {
  const command = event.command === undefined ? '' : `${event.command}: `;
  switch (event.type) {
    case 'RequestArrived':
      return `${command}${requestText(event.request)}`;
    case 'LineArrived':
      return `${promptOf(event)} ${firstLine(event.line)}`;
    case 'FaultArrived':
      return JSON.stringify(event.fault);
    case 'FactsArrived':
      return `${command}${event.facts.map(({ type }) => type).join(', ')}`;
  }
}

function requestText(request: Request): string {
  const { verb, resource, subresource, namespace } = request;
  const place = [namespace, nameAsked(request)].filter((part) => part !== undefined).join('/');
  return `${verb} ${subresource === undefined ? resource : `${resource}/${subresource}`} ${place}`;
}
