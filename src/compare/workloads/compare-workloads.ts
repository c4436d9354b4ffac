import type { CoreEvent } from '../../cluster/objects/kubernetes.ts';
import type { Aspect, Divergence, Told } from '../divergence.ts';
import { parting, partingOfSets } from '../normal/parting.ts';
import type { Play } from '../play.ts';
import { type WorkloadStep, workloadNames, workloadStepsOf } from './workload-steps.ts';

/** Of a ReplicaSet: where these turn from rising to falling or back is its story. */
const TURNING = ['replicas', 'readyReplicas', 'availableReplicas'];
const ENDING = [...TURNING, 'updatedReplicas', 'terminatingReplicas'];

/** What was asked for just before a play ended may be done in one and not in the other. */
const END_MS = 300;

/**
 * Compares what a rollout did: the sizes that ReplicaSets were given, one after another; what the Deployment
 * said of itself; how the counts of each went up and down.
 *
 * How many writes a change of several pods takes is a race between controllers, so a ReplicaSet's counts are
 * compared by where they turn, and not by every value between; a Deployment's, which add up several of them,
 * by where they end; and how many pods are on their way out at once follows from how fast they end.
 */
export function compareWorkloads(wantedPlay: Play, actualPlay: Play): readonly Divergence[] {
  const [wanted, actual] = [withoutEnd(wantedPlay), withoutEnd(actualPlay)];
  const [a, b] = [workloadStepsOf(wanted), workloadStepsOf(actual)];
  const who = [...new Set([...a, ...b].map((step) => step.who))];
  const isGoing = [wanted, actual].some(hasGoingPods);
  const ends = ENDING.filter((count) => count !== 'terminatingReplicas' || !isGoing);
  const all = { about: 'rollouts', aspect: 'fields' as Aspect };
  return [
    // Deployments go on side by side, each at its own pace.
    ...[...new Set(who.map(deploymentOf))].flatMap((one) => {
      const [x, y] = [a, b].map((steps) => sizesOf(steps.filter((step) => deploymentOf(step.who) === one)));
      return parting({ ...all, of: 'sizes' }, x ?? [], y ?? []);
    }),
    // What a Deployment owned goes in no order.
    ...partingOfSets({ ...all, aspect: 'objects', of: 'deletions' }, deletionsOf(a), deletionsOf(b)),
    ...who.flatMap((about) => {
      const on = (of: string) => ({ about: titleOf(about), aspect: 'fields' as Aspect, of });
      return [
        ...parting(on('conditions'), saidBy(a, about), saidBy(b, about)),
        ...(about.includes('<') ? TURNING : []).flatMap((count) =>
          parting(on(count), turnsOf(a, about, count), turnsOf(b, about, count)),
        ),
        ...ends.flatMap((count) =>
          parting(on(`${count} in the end`), endOf(a, about, count), endOf(b, about, count)),
        ),
      ];
    }),
    ...[...new Set(who.map(deploymentOf))].flatMap((one) =>
      parting(
        { about: 'Deployments', aspect: 'events', of: 'Events of scaling' },
        scalingsOf(wanted, one),
        scalingsOf(actual, one),
      ),
    ),
  ];
}

/** `web` of `web` and of its `web<2>`. */
function deploymentOf(who: string): string {
  return who.replace(/<\d+>$/, '');
}

function titleOf(who: string): string {
  return `${who.includes('<') ? 'ReplicaSet' : 'Deployment'} ${who}`;
}

function withoutEnd(play: Play): Play {
  return { ...play, changes: play.changes.filter(({ atMs }) => atMs < play.watchedMs - END_MS) };
}

/** Deleted pods take until the next tick of their kubelet, and more. */
const GOING_MS = 2000;

function hasGoingPods({ changes, watchedMs }: Play): boolean {
  return changes.some(
    ({ object, atMs }) =>
      object.kind === 'Pod' && object.metadata.deletionTimestamp !== undefined && atMs > watchedMs - GOING_MS,
  );
}

function tell({ atMs, seq }: Pick<WorkloadStep, 'atMs' | 'seq'>, says: string): Told {
  return { atMs, says, ...(seq !== undefined && { seq }) };
}

/** Which ReplicaSet was made, or was given which size or revision, in order. */
function sizesOf(steps: readonly WorkloadStep[]): readonly Told[] {
  return steps.flatMap((step) =>
    step.changed
      .filter((each) => /^(spec\.replicas|revision)=/.test(each))
      .map((each) => tell(step, `${step.who} ${each}`)),
  );
}

function deletionsOf(steps: readonly WorkloadStep[]): readonly Told[] {
  return steps.flatMap((step) => (step.changed.includes('deleted') ? [tell(step, step.who)] : []));
}

/**
 * Its conditions, its image, whether it is paused, as it said so one after another. That a rollout moves
 * may be told at once with its beginning: nobody then sees it move.
 */
function saidBy(steps: readonly WorkloadStep[], who: string): readonly Told[] {
  const said = steps.flatMap((step) => {
    if (step.who !== who) return [];
    const own = step.changed.filter((each) => !NOT_SAID.test(each)).sort();
    return own.map((each) => tell(step, each));
  });
  const progress = said.filter(({ says }) => says.startsWith('Progressing='));
  return said.filter((each) => {
    const before = progress[progress.indexOf(each) - 1];
    return each.says !== MOVING || before?.says.endsWith('NewReplicaSetCreated') !== true;
  });
}

const NOT_SAID = /^-?(status|spec)\.|^(desired|max)-replicas=|deleted/;
const MOVING = 'Progressing=True/ReplicaSetUpdated';

function turnsOf(steps: readonly WorkloadStep[], who: string, count: string): readonly Told[] {
  const values = valuesOf(steps, who, count);
  return values.filter((value, index) => {
    const [before, after] = [values[index - 1], values[index + 1]];
    if (before === undefined || after === undefined) return true;
    return Math.sign(numberOf(value) - numberOf(before)) !== Math.sign(numberOf(after) - numberOf(value));
  });
}

function numberOf({ says }: Told): number {
  return Number(says);
}

function endOf(steps: readonly WorkloadStep[], who: string, count: string): readonly Told[] {
  return valuesOf(steps, who, count).slice(-1);
}

function valuesOf(steps: readonly WorkloadStep[], who: string, count: string): readonly Told[] {
  const values: Told[] = [{ atMs: 0, says: '0' }];
  for (const step of steps) {
    if (step.who !== who) continue;
    for (const change of step.changed) {
      if (change === `-status.${count}`) values.push(tell(step, '0'));
      if (change.startsWith(`status.${count}=`))
        values.push(tell(step, change.slice(change.indexOf('=') + 1)));
    }
  }
  return values.filter(({ says }, index) => says !== values[index - 1]?.says);
}

/**
 * What was told of scaling, write by write. Which of the similar ones are counted together is drawn, since Go
 * forgets any of them (client-go: events_cache.go, PopAny), so here they stand by themselves.
 */
function scalingsOf(play: Play, deployment: string): readonly Told[] {
  const naming = workloadNames(play);
  return play.changes.flatMap((change): Told[] => {
    const { reason, message = '', type, source, involvedObject } = change.object as CoreEvent;
    if (change.object.kind !== 'Event' || reason !== 'ScalingReplicaSet') return [];
    if (involvedObject.name !== deployment) return [];
    const text = naming(message).replace(/^\(combined from similar events\): /, '');
    return [tell(change, `${type} ${source?.component}: ${text}`)];
  });
}
