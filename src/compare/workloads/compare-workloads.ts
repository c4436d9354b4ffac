import type { CoreEvent } from '../../cluster/objects/kubernetes.ts';
import type { Play, TypedCommand } from '../play.ts';
import { type WorkloadStep, workloadEventsOf, workloadNames, workloadStepsOf } from './workload-steps.ts';

/** What differs between two plays of Deployments, ready to be read. */
export interface WorkloadDifference {
  readonly in: string;
  readonly text: string;
}

/** Of a ReplicaSet: where these turn from rising to falling or back is its story. */
const TURNING = ['replicas', 'readyReplicas', 'availableReplicas'];
const ENDING = [...TURNING, 'updatedReplicas', 'terminatingReplicas'];

/** What was asked for just before a play ended may be done in one and not in the other. */
const END_MS = 300;

/**
 * Compares what a rollout did: the sizes that ReplicaSets were given, one after another; what the Deployment
 * said of itself; how the counts of each went up and down; Events with their counts; what commands printed.
 *
 * How many writes a change of several pods takes is a race between controllers, so a ReplicaSet's counts are
 * compared by where they turn, and not by every value between; a Deployment's, which add up several of them,
 * by where they end; and how many pods are on their way out at once follows from how fast they end.
 */
export function compareWorkloads(wantedPlay: Play, actualPlay: Play): readonly WorkloadDifference[] {
  const [wanted, actual] = [withoutEnd(wantedPlay), withoutEnd(actualPlay)];
  const [a, b] = [workloadStepsOf(wanted), workloadStepsOf(actual)];
  const who = [...new Set([...a, ...b].map((step) => step.who))];
  return [
    ...parting('sizes', sizesOf(a), sizesOf(b)),
    ...parting('deletions', sorted(deletionsOf(a)), sorted(deletionsOf(b))),
    ...who.flatMap((each) => [
      ...parting(`conditions of ${each}`, saidBy(a, each), saidBy(b, each)),
      ...(each.includes('<') ? TURNING : []).flatMap((count) =>
        parting(`${count} of ${each}`, turnsOf(a, each, count), turnsOf(b, each, count)),
      ),
      ...ENDING.flatMap((count) =>
        parting(`${count} of ${each} in the end`, endOf(a, each, count), endOf(b, each, count)),
      ),
    ]),
    ...parting('Events of ReplicaSets', sorted(workloadEventsOf(wanted)), sorted(workloadEventsOf(actual))),
    ...parting('Events of scaling', scalingsOf(wanted), scalingsOf(actual)),
    ...outputDifferences(wantedPlay, actualPlay),
  ];
}

function withoutEnd(play: Play): Play {
  return { ...play, changes: play.changes.filter(({ atMs }) => atMs < play.watchedMs - END_MS) };
}

/** The first place where two sequences part, with what led there. */
function parting(
  what: string,
  wanted: readonly string[],
  actual: readonly string[],
): readonly WorkloadDifference[] {
  const length = Math.max(wanted.length, actual.length);
  const places = Array.from({ length }, (_, index) => index);
  const at = places.find((index) => wanted[index] !== actual[index]);
  if (at === undefined) return [];
  const show = (all: readonly string[]) => all.slice(Math.max(0, at - 3), at + 3).join('\n    ');
  return [{ in: what, text: `at ${at + 1}\n  wanted:\n    ${show(wanted)}\n  is:\n    ${show(actual)}` }];
}

/** Which ReplicaSet was made, or was given which size or revision, in order. */
function sizesOf(steps: readonly WorkloadStep[]): readonly string[] {
  return steps.flatMap(({ who, changed }) =>
    changed.filter((each) => /^(spec\.replicas|revision)=/.test(each)).map((each) => `${who} ${each}`),
  );
}

/** What a Deployment owned goes in no order. */
function deletionsOf(steps: readonly WorkloadStep[]): readonly string[] {
  return steps.flatMap(({ who, changed }) => (changed.includes('deleted') ? [who] : []));
}

/**
 * Its conditions, its image, whether it is paused, as it said so one after another. That a rollout moves
 * may be told at once with its beginning: nobody then sees it move.
 */
function saidBy(steps: readonly WorkloadStep[], who: string): readonly string[] {
  const own = steps.filter((step) => step.who === who);
  const said = own.flatMap(({ changed }) =>
    changed.filter((each) => !/^-?(status|spec)\.|^(desired|max)-replicas=|deleted/.test(each)).sort(),
  );
  const progress = said.filter((each) => each.startsWith('Progressing='));
  return said.filter((each) => {
    const before = progress[progress.indexOf(each) - 1];
    return each !== MOVING || before?.endsWith('NewReplicaSetCreated') !== true;
  });
}

const MOVING = 'Progressing=True/ReplicaSetUpdated';

function turnsOf(steps: readonly WorkloadStep[], who: string, count: string): readonly string[] {
  const values = valuesOf(steps, who, count);
  const turns = values.filter((value, index) => {
    const [before, after] = [values[index - 1], values[index + 1]];
    if (before === undefined || after === undefined) return true;
    return Math.sign(value - before) !== Math.sign(after - value);
  });
  return turns.map(String);
}

function endOf(steps: readonly WorkloadStep[], who: string, count: string): readonly string[] {
  return [String(valuesOf(steps, who, count).at(-1))];
}

function valuesOf(steps: readonly WorkloadStep[], who: string, count: string): readonly number[] {
  const values = [0];
  for (const step of steps.filter((each) => each.who === who)) {
    for (const change of step.changed) {
      if (change === `-status.${count}`) values.push(0);
      if (!change.startsWith(`status.${count}=`)) continue;
      values.push(Number(change.slice(change.indexOf('=') + 1)));
    }
  }
  return values.filter((value, index) => value !== values[index - 1]);
}

/**
 * What was told of scaling, write by write. Which of the similar ones are counted together is drawn, since Go
 * forgets any of them (client-go: events_cache.go, PopAny), so here they stand by themselves.
 */
function scalingsOf(play: Play): readonly string[] {
  const naming = workloadNames(play);
  return play.changes.flatMap(({ object }) => {
    const { reason, message = '' } = object as CoreEvent;
    if (object.kind !== 'Event' || reason !== 'ScalingReplicaSet') return [];
    return [naming(message).replace(/^\(combined from similar events\): /, '')];
  });
}

function sorted(texts: readonly string[]): readonly string[] {
  return [...texts].sort();
}

function outputDifferences(wanted: Play, actual: Play): readonly WorkloadDifference[] {
  return wanted.commands.flatMap((command) => {
    const other = actual.commands.find(({ index }) => index === command.index);
    const what = `output of ${command.index + 1} ${command.line}`;
    if (!other) return [{ in: what, text: 'it is not simulated' }];
    const codes = parting(what, [`exit ${command.exitCode}`], [`exit ${other.exitCode}`]);
    return [...codes, ...parting(what, linesOf(wanted, command), linesOf(actual, other))];
  });
}

/**
 * The lines that are judged: of a watch, where it stood in the end, as the lines before tell of single
 * writes; of tables, rows without ages, in the order of names as every play says them.
 */
function linesOf(play: Play, { line, output }: TypedCommand): readonly string[] {
  const naming = workloadNames(play);
  const said = output.split('\n').map((text) => naming(text).replaceAll(play.namespace, '<namespace>'));
  const lines = said.filter((text) => text !== '').map((text) => text.replace(HASH, '$1<hash>'));
  if (/^kubectl rollout status/.test(line)) {
    return lines.filter((text) => /^error:|successfully rolled out/.test(text));
  }
  if (/^kubectl get /.test(line)) return sorted(lines.flatMap(rowOf));
  if (/^kubectl describe /.test(line)) return lines.filter((text) => !OF_TIME.test(text));
  return lines;
}

const POD_ADDRESS = /\b10\.88\.\d+\.\d+\b/g;
const HASH = /(pod-template-hash=)\w+/;
const OF_TIME = /^CreationTimestamp:|^ +\w+ +\w+ +\d+\w* |^ +-{4}|^ +Type +Reason/;

/** A row in its columns; pods are judged elsewhere, and which addresses they have is left open. */
function rowOf(text: string): readonly string[] {
  if (/^pod\/|^NAME|^Warning: v1 Endpoints|^\S+>-[a-z0-9]{5} /.test(text)) return [];
  const columns = text.replace(POD_ADDRESS, '<address>').split(/\s{2,}/);
  return [columns.filter((cell) => !/^\d+[smh](\d+s)?$/.test(cell)).join(' | ')];
}
