import type { CronJob, DaemonSet, Job } from '../../cluster/objects/kubernetes.ts';
import type { Divergence, Told } from '../divergence.ts';
import { align } from '../normal/align.ts';
import { type Naming, namingOf } from '../normal/names.ts';
import { parting, partingAt } from '../normal/parting.ts';
import type { Play } from '../play.ts';

/**
 * Compares how the status of each Job, CronJob and DaemonSet went on, write by write, without times and uids.
 * That a container is ready or not is left out: with a look a second, a short one may never be seen.
 */
export function compareJobs(wanted: Play, actual: Play): readonly Divergence[] {
  const [a, b] = [statusesOf(wanted), statusesOf(actual)];
  const all = [...new Set([...a.keys(), ...b.keys()])];
  return all.flatMap((about) => {
    const subject = { about, aspect: 'fields' as const, of: 'status' };
    const told = { wanted: a.get(about) ?? [], actual: b.get(about) ?? [] };
    return about.startsWith('DaemonSet ')
      ? partingOfCounts(subject, told, wanted.lagMs)
      : parting(subject, told.wanted, told.actual);
  });
}

/** What was so for less than this while pods of several nodes came and went may go unseen. */
const SHORT_MS = 1500;

/** How many writes a change on several nodes takes is a race between those and the controller. */
function partingOfCounts(
  subject: Parameters<typeof partingAt>[0],
  { wanted, actual }: { readonly wanted: readonly Told[]; readonly actual: readonly Told[] },
  lagMs: number,
): readonly Divergence[] {
  const { parting: at } = align(wanted, actual, {
    same: (one, other) => one.says === other.says,
    mayMiss: (all, index) => {
      const [value, next] = [all[index], all[index + 1]];
      return value !== undefined && next !== undefined && next.atMs - value.atMs < SHORT_MS + lagMs;
    },
    mayEnd: () => false,
  });
  return at ? [partingAt(subject, { wanted, actual }, [at.wanted, at.actual])] : [];
}

function statusesOf(play: Play): ReadonlyMap<string, readonly Told[]> {
  const naming = namingOf(play);
  const statuses = new Map<string, Told[]>();
  for (const { object, type, atMs, seq } of play.changes) {
    const { kind, metadata } = object;
    if (metadata.namespace !== play.namespace || !/^(Job|CronJob|DaemonSet)$/.test(kind)) continue;
    const about = `${kind} ${naming(metadata.name ?? '')}`;
    const told = statuses.get(about) ?? [];
    statuses.set(about, told);
    const says = type === 'DELETED' ? 'deleted' : statusOf(object, naming);
    if (type === 'DELETED' && kind === 'DaemonSet') continue;
    if (told.at(-1)?.says !== says) told.push({ atMs, says, ...(seq !== undefined && { seq }) });
  }
  return statuses;
}

function statusOf(object: { readonly kind: string }, naming: Naming): string {
  if (object.kind === 'Job') return statusOfJob(object as Job);
  if (object.kind === 'CronJob') return statusOfCronJob(object as CronJob, naming);
  return statusOfSet(object as DaemonSet);
}

function statusOfJob({ status = {} }: Job): string {
  const { active = 0, succeeded = 0, failed = 0, terminating, conditions = [] } = status;
  const uncounted = status.uncountedTerminatedPods ?? {};
  const counting = (uncounted.succeeded?.length ?? 0) + (uncounted.failed?.length ?? 0);
  const ends = conditions.map(({ type, reason, message }) => `${type}/${reason}/${message}`);
  const counts = `active ${active}, succeeded ${succeeded}, failed ${failed}, terminating ${terminating}`;
  return `${counts}, counting ${counting}: ${ends.join(' ')}`;
}

function statusOfCronJob({ status = {} }: CronJob, naming: Naming): string {
  const active = (status.active ?? []).map(({ name }) => naming(name ?? ''));
  return `${status.lastScheduleTime ?? ''} ${active.join(' ')}`;
}

function statusOfSet({ status, metadata }: DaemonSet): string {
  const counts = Object.entries(status ?? {}).filter(([, count]) => typeof count === 'number' && count !== 0);
  const sorted = counts.map(([name, count]) => `${name} ${count}`).sort();
  return `generation ${metadata.generation}: ${sorted.join(', ')}`;
}
