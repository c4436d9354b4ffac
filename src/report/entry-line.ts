import type { Event } from '../cluster/contract/event.ts';
import type { KubeObject } from '../cluster/objects/kube-object.ts';
import type { CoreEvent } from '../cluster/objects/kubernetes.ts';
import type { World } from '../cluster/world/world.ts';
import type { Entry } from '../kernel/log/entry.ts';

/**
 * What an entry says in one line, read in the world right after it: `created Pod web`, `web:
 * status.phase=Running`.
 */
export function entryLine(entry: Entry<Event>, world: World): string {
  const { event } = entry;
  switch (event.type) {
    case 'ObjectCreated':
      return event.object.kind === 'Event'
        ? k8sEventLine(event.object as CoreEvent)
        : `created ${nameOf(event.object)}`;
    case 'ObjectUpdated': {
      const object = world.store.tables.objects.read(event.key, entry.seq);
      if (object?.kind === 'Event') return k8sEventLine(object as CoreEvent);
      return `${object ? nameOf(object) : event.key}: ${changesText(event)}`;
    }
    case 'ObjectDeleted': {
      const object = world.store.tables.objects.read(event.key, entry.seq - 1);
      return `removed ${object ? nameOf(object) : event.key}`;
    }
    case 'RequestRefused':
      return `refused: ${event.message}`;
    case 'CommandTyped':
      return `$ ${event.line}`;
    case 'CommandEnded':
      return `${event.command} ended with ${event.exitCode}`;
    case 'ExpectationMet':
      return `expected, and so it is: ${event.what}`;
    case 'ExpectationMissed':
    case 'InvariantBroken':
      return `expected, but it is not so: ${event.what}`;
    case 'NoticeGiven':
      return `${event.about}: ${event.message}`;
    default:
      return factLine(event);
  }
}

function k8sEventLine({ reason, message, involvedObject, count = 1 }: CoreEvent): string {
  const times = count > 1 ? ` (x${count})` : '';
  return `${involvedObject.name}: ${reason}${times} ${message ?? ''}`.trimEnd();
}

function nameOf({ kind, metadata }: KubeObject): string {
  return `${kind} ${metadata.name}`;
}

/** A few of the fields that changed; the object's own bookkeeping says nothing to a reader. */
function changesText({ set = {}, unset = [] }: Extract<Event, { type: 'ObjectUpdated' }>): string {
  const shown = Object.entries(set)
    .filter(([path]) => !/\/(resourceVersion|managedFields|observedGeneration|lastTransitionTime)/.test(path))
    .map(([path, value]) => `${path.slice(1).replaceAll('/', '.')}=${brief(value)}`);
  const gone = unset.map((path) => `-${path.slice(1).replaceAll('/', '.')}`);
  return [...shown, ...gone].join(' ');
}

function brief(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? '[…]' : '{…}';
  return String(value);
}

/** `ContainerStarted` as `container started`, with the words of the event that are short. */
function factLine(event: Event): string {
  const words = event.type.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  const facts = Object.entries(event)
    .filter(
      ([field, value]) => field !== 'type' && ['string', 'number'].includes(typeof value) && value !== '',
    )
    .map(([, value]) => String(value).split('\n', 1)[0]);
  return `${words[0]?.toLowerCase()}${words.slice(1)} ${facts.join(' ')}`.trimEnd();
}
