import type { Divergence, Told } from '../divergence.ts';
import { isLikeLine } from '../normal/like-text.ts';
import { anyOfItsKind, namingOf } from '../normal/names.ts';
import { nodeNamesOf } from '../normal/node-names.ts';
import type { Play, TypedCommand } from '../play.ts';
import { hollowPodsOf, podPlaysOf } from '../pods/pod-play.ts';
import { isTouched } from '../touched-nodes.ts';
import { type Judging, judgedLines, SLACK_MS } from './judged-lines.ts';
import { placesInLife } from './place-in-life.ts';

export interface OutputComparison {
  /** Commands, and those of them whose outputs agree, byte for byte and by what they say. */
  readonly commands: number;
  readonly identical: number;
  readonly alike: number;
  readonly divergences: readonly Divergence[];
}

/** What the commands of a recording printed, compared with what they print here. */
export function compareOutputs(wanted: Play, actual: Play): OutputComparison {
  const compare = outputComparer(wanted, actual);
  let [identical, alike] = [0, 0];
  let agreed: Divergence['agreed'];
  const judged = wanted.commands.filter(({ index }) => actual.notLooked?.has(index) !== true);
  const divergences = judged.flatMap((command): Divergence[] => {
    const other = actual.commands.find((each) => each.index === command.index);
    if (other?.output === command.output) identical++;
    const parting = other ? compare(command, other) : notTyped(actual.leftOut?.get(command.index));
    if (parting === undefined) {
      alike++;
      if (other) agreed = { wanted: toldOf(command), actual: toldOf(other) };
      return [];
    }
    return [
      {
        about: `$ ${command.line}`,
        aspect: 'outputs',
        of: `output of command ${command.index + 1}`,
        atMs: command.beginMs,
        wanted: { atMs: command.endMs, says: parting.wanted },
        actual: { atMs: other?.endMs ?? command.beginMs, says: parting.actual },
        ...(agreed && { agreed }),
        text: parting.text,
      },
    ];
  });
  return { commands: judged.length, identical, alike, divergences };
}

function toldOf({ endMs: atMs, line }: TypedCommand): Told {
  return { atMs, says: `$ ${line}` };
}

interface OutputParting {
  readonly wanted: string;
  readonly actual: string;
  readonly text: string;
}

function notTyped(why = 'nobody typed it'): OutputParting {
  return {
    wanted: 'it is typed',
    actual: `it is not typed: ${why}`,
    text: `  it was not typed here: ${why}`,
  };
}

function outputComparer(wanted: Play, actual: Play) {
  const [podsA, podsB] = [podPlaysOf(wanted), podPlaysOf(actual)];
  const hollow = new Set([...hollowPodsOf(podsA), ...hollowPodsOf(podsB)]);
  const placeOf = placesInLife(podsA, podsB);
  const touched = isTouched(wanted);
  const [namingA, namingB] = [namingOf(wanted), namingOf(actual)];
  const [anyA, anyB] = [anyOfItsKind(wanted), anyOfItsKind(actual)];
  const [writtenA, writtenB] = [wanted, actual].map(writtenDuring) as [Written, Written];
  return (a: TypedCommand, b: TypedCommand): OutputParting | undefined => {
    if (a.exitCode !== b.exitCode) return exitParting(a, b);
    const judging: Omit<Judging, 'naming' | 'anyPod'> = {
      slackOf: (pod) => {
        const { apartMs } = placeOf(pod, { wanted: a, actual: b });
        return apartMs === undefined || hollow.has(pod) ? undefined : SLACK_MS + apartMs;
      },
      elsewhere: (pod) => podsA.has(pod) && placeOf(pod, { wanted: a, actual: b }).apartMs === undefined,
      drawn: (pod) => placeOf(pod, { wanted: a, actual: b }).drawn,
      touched,
      inFlux: (name) => writtenA(name, a) || writtenB(name, b),
    };
    const left = judgedLines(a, { ...judging, naming: namingA, anyPod: anyA });
    const right = judgedLines(b, { ...judging, naming: namingB, anyPod: anyB });
    for (let at = 0; at < Math.max(left.length, right.length); at++) {
      const [one, other] = [left[at], right[at]];
      const like =
        one &&
        other &&
        isLikeLine({ text: one.text, naming: namingA }, { text: other.text, naming: namingB }, one.slackMs);
      if (!like) return lineParting(at, one?.text ?? '(no more)', other?.text ?? '(no more)');
    }
    return undefined;
  };
}

type Written = (name: string, command: TypedCommand) => boolean;

/** What a watch reported and what a command read may be this far apart. */
const NEAR_MS = 1200;
/** A node's lease is renewed every 10 s and looked at every 5 s, both at drawn times (README 1.36, 3.13). */
const NODE_MS = 15_000;

/**
 * Tells whether an object of this name, as every play says it, was written while a command ran, or nearly.
 */
function writtenDuring(play: Play): Written {
  const naming = namingOf(play);
  const times = new Map<string, number[]>();
  for (const { atMs, object } of play.changes) {
    if (object.kind === 'Event' || object.kind === 'Pod') continue;
    const own = object.metadata.name ?? '';
    const name = object.kind === 'Node' ? own : naming(own);
    const known = times.get(name) ?? [];
    times.set(name, known);
    known.push(atMs);
  }
  const nodes = new Set(nodeNamesOf(play.changes.map(({ object }) => object)));
  const near = NEAR_MS + play.lagMs;
  return (name, { beginMs, endMs }) => {
    const margin = nodes.has(name) ? NODE_MS : near;
    return times.get(name)?.some((atMs) => atMs > beginMs - margin && atMs < endMs + margin) === true;
  };
}

function exitParting(a: TypedCommand, b: TypedCommand): OutputParting {
  const [wanted, actual] = [`exit code ${a.exitCode}`, `exit code ${b.exitCode}`];
  const text = `  wanted: ${wanted}\n${indented(a.output)}\n  is:     ${actual}\n${indented(b.output)}`;
  return { wanted, actual, text };
}

/** How much of an output that failed otherwise is shown. */
const SHOWN_LINES = 5;

function indented(output: string): string {
  const lines = output.trimEnd().split('\n').slice(0, SHOWN_LINES);
  return lines.map((line) => `    ${line}`).join('\n');
}

function lineParting(at: number, wanted: string, actual: string): OutputParting {
  return { wanted, actual, text: `  line ${at + 1}\n  wanted: ${wanted}\n  is:     ${actual}` };
}
