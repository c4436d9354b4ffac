import type { Divergence, Told } from '../divergence.ts';
import { align, lastPairOf } from '../normal/align.ts';
import { nodeNamesOf } from '../normal/node-names.ts';
import { parting, partingAt } from '../normal/parting.ts';
import { keeperOf, makerOf, writerOf } from '../normal/writers.ts';
import type { Play } from '../play.ts';
import { isTouched } from '../touched-nodes.ts';
import { changedLines, livesOf, type ObjectLife, type ObjectWrite } from './object-lives.ts';

/** Kinds whose status is judged by rules of its own. */
const STATUS_ELSEWHERE = /^(Deployment|ReplicaSet|Job|CronJob|DaemonSet|StatefulSet)$/;

/** What was so for less may have been written over before a watcher saw it. */
const SHORT_MS = 1500;
const UNREADY_MS = 5600;

/** What was asked for just before a play ended may be done in one and not in the other. */
const END_MS = 300;
/** The same may come so much later. */
const TAIL_MS = 1500;

/**
 * Compares what was asked of every object but pods, write by write; what was found of it, leaf by leaf, where
 * no other judge does; and who wrote it.
 */
export function compareObjects(wanted: Play, actual: Play): readonly Divergence[] {
  const [a, b] = [livesOf(wanted), livesOf(actual)];
  const kinds = watchedKinds(wanted, actual);
  const touched = isTouched(wanted);
  return [...new Set([...a.keys(), ...b.keys()])].flatMap((about): readonly Divergence[] => {
    const [first, second] = [a.get(about), b.get(about)];
    const kind = (first ?? second)?.kind ?? '';
    if (!kinds(kind) || (kind === 'Node' && !touched(about.slice('Node '.length)))) return [];
    if (!first || !second) return lone(about, { wanted, actual, first, second });
    const lives: Lives = {
      wanted: before(withBeginning(first, second), wanted.watchedMs - END_MS),
      actual: before(second, actual.watchedMs - END_MS),
      lagMs: wanted.lagMs,
      endMs: Math.min(wanted.watchedMs, actual.watchedMs),
    };
    return [
      ...compareAsked(about, lives),
      ...(STATUS_ELSEWHERE.test(kind) ? [] : compareFound(about, lives)),
      ...compareKeepers(about, lives),
    ];
  });
}

/** Of what was there before, a recording tells only what became of it: it began as it does here. */
function withBeginning(wanted: ObjectLife, { writes: [first] }: ObjectLife): ObjectLife {
  if (wanted.writes[0]?.isNew !== false || first?.by !== 'genesis') return wanted;
  const { by: _, seq: __, ...began } = first;
  return { ...wanted, writes: [began, ...wanted.writes] };
}

interface Lives {
  readonly wanted: ObjectLife;
  readonly actual: ObjectLife;
  readonly lagMs: number;
  readonly endMs: number;
}

/** A recorder watches some kinds; of others a recording tells nothing. */
function watchedKinds(wanted: Play, actual: Play): (kind: string) => boolean {
  const kindsOf = ({ changes }: Play) => new Set(changes.map(({ object }) => object.kind));
  const [a, b] = [kindsOf(wanted), kindsOf(actual)];
  const isLog = ({ changes }: Play) => changes.some(({ seq }) => seq !== undefined);
  const all = (kind: string) => a.has(kind) || b.has(kind);
  if (isLog(wanted) && isLog(actual)) return all;
  // Nodes tell of all that goes on beside a recording: they are its matter if it speaks of them.
  const nodes = nodeNamesOf(wanted.changes.map(({ object }) => object));
  const ofNodes = wanted.commands.some(
    ({ line }) =>
      /\bnodes?\b|cordon|drain|taint/.test(line) || line.split(/[\s/]+/).some((word) => nodes.includes(word)),
  );
  return (kind) =>
    (kind !== 'Node' || ofNodes) && ((isLog(wanted) ? b : a).has(kind) || WATCHED.includes(kind));
}

/** What the recorder of the recordings always watched. */
const WATCHED: readonly string[] = [
  'ConfigMap',
  'ControllerRevision',
  'CronJob',
  'DaemonSet',
  'Deployment',
  'EndpointSlice',
  'Endpoints',
  'HorizontalPodAutoscaler',
  'Job',
  'PersistentVolumeClaim',
  'PodDisruptionBudget',
  'ReplicaSet',
  'Service',
  'StatefulSet',
];

function before({ kind, writes }: ObjectLife, until: number): ObjectLife {
  return { kind, writes: writes.filter(({ atMs }, index) => index === 0 || atMs < until) };
}

interface Lone {
  readonly wanted: Play;
  readonly actual: Play;
  readonly first: ObjectLife | undefined;
  readonly second: ObjectLife | undefined;
}

function lone(about: string, { wanted, actual, first, second }: Lone): readonly Divergence[] {
  const made = (first ?? second)?.writes[0];
  // What every cluster begins with is no part of a recording.
  if (!made || made.by === 'genesis') return [];
  if (made.atMs > Math.min(wanted.watchedMs, actual.watchedMs) - END_MS) return [];
  const told = toldOf(made, `${about} came to be`);
  const text = first ? '  it never came to be' : '  there is no such object in the recording';
  const side = first ? { wanted: told } : { actual: told };
  return [{ about, aspect: 'objects', of: 'objects', atMs: made.atMs, ...side, text }];
}

/** What was asked for is decided, so it is in order: each write of it. */
function compareAsked(about: string, { wanted, actual }: Lives): readonly Divergence[] {
  return parting({ about, aspect: 'fields', of: 'spec' }, asksOf(wanted), asksOf(actual));
}

function asksOf({ writes }: ObjectLife): readonly Told[] {
  return writes.flatMap((write, index) => {
    if (write.gone) return [toldOf(write, 'deleted')];
    const earlier = writes[index - 1];
    const lines = changedLines(earlier?.gone ? undefined : earlier?.asked, write.asked);
    if (lines.length === 0) return [];
    const isNew = earlier === undefined || earlier.gone;
    return [toldOf(write, `${isNew ? 'created: ' : ''}${lines.join(', ')}`)];
  });
}

/** What is found is written when it is known: values that passed soon may go unseen. */
function compareFound(about: string, { wanted, actual, lagMs, endMs }: Lives): readonly Divergence[] {
  const paths = new Set([...wanted.writes, ...actual.writes].flatMap(({ found }) => [...found.keys()]));
  // A pod may miss its first readiness probe, and is then not ready for a period (README 1.36, 3.0.5).
  const shortMs = /^Endpoint/.test(wanted.kind) ? UNREADY_MS : SHORT_MS;
  return [...paths].sort().flatMap((path): Divergence[] => {
    const [a, b] = [valuesOf(wanted, path), valuesOf(actual, path)];
    const mayMiss = (all: readonly Told[], index: number): boolean => {
      const [value, next] = [all[index], all[index + 1]];
      return value !== undefined && next !== undefined && next.atMs - value.atMs < shortMs + lagMs;
    };
    const alignment = align(a, b, {
      same: (one, other) => one.says === other.says,
      mayMiss,
      // What the other play had no time left to tell.
      mayEnd: ({ wanted: i, actual: j }) =>
        [...a.slice(i), ...b.slice(j)].every(({ atMs }) => atMs > endMs - TAIL_MS - lagMs),
    });
    if (!alignment.parting) return [];
    const { wanted: i, actual: j } = alignment.parting;
    const subject = { about, aspect: 'fields' as const, of: `status ${path}` };
    const [x, y] = lastPairOf(alignment) ?? [-1, -1];
    const divergence = partingAt(subject, { wanted: a, actual: b }, [i, j]);
    const [agreedA, agreedB] = [a[x], b[y]];
    return [
      agreedA && agreedB ? { ...divergence, agreed: { wanted: agreedA, actual: agreedB } } : divergence,
    ];
  });
}

function valuesOf({ writes }: ObjectLife, path: string): readonly Told[] {
  const values = writes.map((write) => toldOf(write, `${path}=${write.found.get(path) ?? ''}`));
  return values.filter(({ says }, index) => says !== values[index - 1]?.says);
}

/** That nobody but its controller writes what is found, and nobody but its owner's makes it. */
function compareKeepers(about: string, { wanted, actual }: Lives): readonly Divergence[] {
  return [...wrongWriters(about, actual), ...wrongWriters(about, wanted)].slice(0, 1);
}

function wrongWriters(about: string, { kind, writes }: ObjectLife): readonly Divergence[] {
  return writes.flatMap((write, index): Divergence[] => {
    if (write.by === undefined || write.gone) return [];
    const earlier = write.isNew ? undefined : writes[index - 1];
    // What it was in between nobody saw: etcd was turned back.
    if (earlier && earlier.epoch < write.epoch) return [];
    const wanted = earlier ? statusWriter(kind, earlier, write) : makerOf(write.object.metadata);
    const by = writerOf(write.by);
    if (wanted === undefined || wanted === by) return [];
    const what = earlier ? `the status of ${about}` : about;
    const told = toldOf(write, `${by} writes ${what}`);
    const text = `  ${by} writes ${what}; in Kubernetes ${wanted} does`;
    return [{ about, aspect: 'writers', of: 'writers', atMs: write.atMs, actual: told, text }];
  });
}

function statusWriter(kind: string, earlier: ObjectWrite, write: ObjectWrite): string | undefined {
  const isStatus = changedLines(earlier.asked, write.asked).length === 0;
  return isStatus && changedLines(earlier.found, write.found).length > 0 ? keeperOf(kind) : undefined;
}

function toldOf({ atMs, seq }: ObjectWrite, says: string): Told {
  return { atMs, says, ...(seq !== undefined && { seq }) };
}
