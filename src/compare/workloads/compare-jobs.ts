import type { CoreEvent, CronJob, DaemonSet, Job } from '../../cluster/objects/kubernetes.ts';
import type { Play } from '../play.ts';

/** What is compared of two plays of Jobs, CronJobs and DaemonSets, by what it is about. */
export type JobStory = Readonly<Record<string, readonly string[]>>;

/**
 * How the status of each went on, write by write, without times and uids; the Events about each, as they were
 * in the end; and which pods were made in which order. That a container is ready or not is left out: with a
 * look a second, a short one may never be seen.
 */
export function jobStoryOf({ changes, namespace }: Play): JobStory {
  const story: Record<string, string[]> = {};
  const tell = (what: string, text: string) => {
    const told = story[what] ?? [];
    story[what] = told;
    if (told.at(-1) !== text) told.push(text);
  };
  const events = new Map<string, CoreEvent>();
  for (const { object, type } of changes) {
    const { kind, metadata } = object;
    if (metadata.namespace !== namespace) continue;
    const who = `${kind} ${metadata.name}`;
    if (kind === 'Event') events.set(metadata.name ?? '', object as CoreEvent);
    if (type === 'DELETED' && (kind === 'Job' || kind === 'CronJob')) tell(who, 'deleted');
    else if (kind === 'Job') tell(who, statusOfJob(object as Job));
    else if (kind === 'CronJob') tell(who, statusOfCronJob(object as CronJob));
    else if (kind === 'DaemonSet') tell(who, statusOfSet(object as DaemonSet));
  }
  for (const event of [...events.values()].sort((a, b) => (told(a) < told(b) ? -1 : 1))) {
    const { kind, name } = event.involvedObject;
    if (kind === 'Job' || kind === 'CronJob' || kind === 'DaemonSet')
      story[`Events of ${kind} ${name}`] = [...(story[`Events of ${kind} ${name}`] ?? []), told(event)];
  }
  return story;
}

function told({ type, reason, message = '', source }: CoreEvent): string {
  const text = message.replace(/(pod: [\w-]+)-[a-z0-9]{5}$/, '$1-<pod>');
  return `${type} ${reason} ${source?.component}: ${text}`;
}

function statusOfJob({ status = {} }: Job): string {
  const { active = 0, succeeded = 0, failed = 0, terminating, conditions = [] } = status;
  const uncounted = status.uncountedTerminatedPods ?? {};
  const counting = (uncounted.succeeded?.length ?? 0) + (uncounted.failed?.length ?? 0);
  const ends = conditions.map(({ type, reason, message }) => `${type}/${reason}/${message}`);
  const counts = `active ${active}, succeeded ${succeeded}, failed ${failed}, terminating ${terminating}`;
  return `${counts}, counting ${counting}: ${ends.join(' ')}`;
}

function statusOfCronJob({ status = {} }: CronJob): string {
  const active = (status.active ?? []).map(({ name }) => name);
  return `${status.lastScheduleTime ?? ''} ${active.join(' ')}`;
}

function statusOfSet({ status, metadata }: DaemonSet): string {
  const counts = Object.entries(status ?? {}).filter(([, count]) => count !== 0);
  const sorted = counts.map(([name, count]) => `${name} ${count}`).sort();
  return `generation ${metadata.generation}: ${sorted.join(', ')}`;
}
