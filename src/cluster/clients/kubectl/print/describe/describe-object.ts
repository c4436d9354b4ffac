import type { KubeObject } from '../../../../objects/kube-object.ts';
import type { PrintContext } from '../print-context.ts';
import { printsSince } from '../prints-since.ts';
import { eventsAbout } from './describe-events.ts';
import { describeGeneric } from './describe-generic.ts';
import { DESCRIBERS } from './describers.ts';
import type { Surroundings } from './surroundings.ts';

/** What `kubectl describe` prints of an object. */
export function describeObject(object: KubeObject, around: Surroundings, context: PrintContext): string {
  const [group = ''] = object.apiVersion.includes('/') ? object.apiVersion.split('/') : [];
  const describe = DESCRIBERS[group === '' ? object.kind : `${object.kind}.${group}`];
  const { events, ...others } = around;
  const about = events === undefined ? undefined : eventsAbout(object, events, context);
  if (describe === undefined) return describeGeneric(object, about, context);
  return describe(object, about === undefined ? others : { ...others, events: about }, context);
}

/** The descriptions of several objects, as one `kubectl describe` prints them: two blank lines between. */
export function joinDescriptions(descriptions: readonly string[]): string {
  return descriptions.join('\n\n');
}

/**
 * Whether `kubectl describe` speaks of events when nobody says `--show-events`; 1.36 does for one object
 * alone.
 */
export function describesEvents(objectCount: number, { version }: Pick<PrintContext, 'version'>): boolean {
  return objectCount === 1 || !printsSince(version, 'eventsOfOneObject');
}
