import { isLikeLine } from '../normal/like-text.ts';
import { type Naming, namingOf } from '../normal/names.ts';
import type { Play, TypedCommand } from '../play.ts';
import { podPlaysOf } from '../pods/pod-play.ts';
import { placesInLife } from './place-in-life.ts';

export interface OutputDifference {
  /** Which of the recording's commands, from 0. */
  readonly index: number;
  readonly line: string;
  readonly text: string;
}

export interface OutputComparison {
  /** Commands, and those of them whose outputs agree, byte for byte and by what they say. */
  readonly commands: number;
  readonly identical: number;
  readonly alike: number;
  readonly differences: readonly OutputDifference[];
}

/** What the commands of a recording printed, compared with what they print here. */
export function compareOutputs(wanted: Play, actual: Play): OutputComparison {
  const compare = outputComparer(wanted, actual);
  let [identical, alike] = [0, 0];
  const differences = wanted.commands.flatMap((command): OutputDifference[] => {
    const { index, line } = command;
    const other = actual.commands.find((each) => each.index === index);
    const text = other ? compare(command, other) : 'the command is not simulated';
    if (other?.output === command.output) identical++;
    if (text === undefined) alike++;
    return text === undefined ? [] : [{ index, line, text }];
  });
  return { commands: wanted.commands.length, identical, alike, differences };
}

/** Ages are told in whole seconds, and the command read a little earlier or later. */
const SLACK_MS = 2100;

function outputComparer(wanted: Play, actual: Play) {
  const placeOf = placesInLife(podPlaysOf(wanted), podPlaysOf(actual));
  const [namingA, namingB] = [namingOf(wanted), namingOf(actual)];
  return (a: TypedCommand, b: TypedCommand): string | undefined => {
    if (a.exitCode !== b.exitCode) return `exit code ${b.exitCode}, wanted ${a.exitCode}\n${b.output}`;
    const slackOf = (pod: string): number | undefined => {
      const place = placeOf(pod, { wanted: a, actual: b });
      return place.apartMs === undefined ? undefined : SLACK_MS + place.apartMs;
    };
    const drawn = (pod: string) => placeOf(pod, { wanted: a, actual: b }).drawn;
    const left = judgedLines(a, namingA, { slackOf, drawn });
    const right = judgedLines(b, namingB, { slackOf, drawn });
    for (let at = 0; at < Math.max(left.length, right.length); at++) {
      const [one, other] = [left[at], right[at]];
      const slack = one?.slackMs ?? SLACK_MS;
      const like =
        one &&
        other &&
        isLikeLine({ text: one.text, naming: namingA }, { text: other.text, naming: namingB }, slack);
      if (!like)
        return `line ${at + 1}\n  wanted: ${one?.text ?? '(no more)'}\n  is:     ${other?.text ?? '(no more)'}`;
    }
    return undefined;
  };
}

interface Judging {
  /**
   * How far apart times about a pod may be; undefined: the pod is not judged, it is elsewhere in its life.
   */
  readonly slackOf: (pod: string) => number | undefined;
  readonly drawn: (pod: string) => boolean;
}

interface JudgedLine {
  readonly text: string;
  readonly slackMs: number;
}

/** Lines that nobody is judged by. */
const UNJUDGED: readonly (readonly [line: RegExp, why: string])[] = [
  [/default-token-\w+" : failed to sync secret cache: timed out/, 'a race at mounting (README 1.20, 3.11)'],
  [/^$|^\s+Type\s+Reason\s|^\s+-{4}/, 'between tables; headings whose widths follow from the rows'],
  [/^NAME\s.*(COMPLETIONS|ENDPOINTS|ADDRESSTYPE)/, 'headings whose widths follow from what is drawn'],
  [/^job\.batch\//, 'how far a Job has come is judged by itself'],
  [/^endpointslice\.discovery\.k8s\.io\//, 'their names are drawn, and so is the order of their rows'],
];

/** Addresses of pods are drawn, and how many of them a node under load had told of by then is a race. */
function withoutAddresses(text: string): string {
  if (!text.startsWith('endpoints/')) return text;
  return text.replace(/\b10\.88\.\d+\.\d+\b/g, '<address>').replace(/\+ \d+ more/, '+ more');
}

/**
 * The lines of an output that are judged, and how: rows of a table, or blocks of a description, by their
 * pods.
 */
function judgedLines(
  { line, output }: TypedCommand,
  naming: Naming,
  judging: Judging,
): readonly JudgedLine[] {
  const lines = output
    .split('\n')
    .map(withoutAddresses)
    .filter((text) => !UNJUDGED.some(([pattern]) => pattern.test(text)));
  if (/^kubectl describe /.test(line)) return describedLines(lines, naming, judging);
  if (/^kubectl get events/.test(line)) return lines.flatMap((text) => eventRow(text, naming, judging));
  if (/^kubectl get pods?\b/.test(line))
    return inNamedOrder(lines, naming).flatMap((text) => podRow(text, naming, judging));
  return lines.map((text) => ({ text, slackMs: SLACK_MS }));
}

/**
 * Rows come in the order of names, and generated names are drawn: those are put in the order of their owners'
 * pods.
 */
function inNamedOrder(lines: readonly string[], naming: Naming): readonly string[] {
  const isGenerated = (text: string) => /^\S+<\d+>/.test(naming(text));
  const sorted = lines.filter(isGenerated).sort((a, b) => (naming(a) < naming(b) ? -1 : 1));
  return lines.map((text) => (isGenerated(text) ? (sorted.shift() ?? text) : text));
}

function podRow(text: string, naming: Naming, { slackOf }: Judging): readonly JudgedLine[] {
  const [, pod] = /^(?:pod\/)?([a-z0-9][^\s/]*)\s+\d+\/\d+\s/.exec(naming(text)) ?? [];
  if (pod === undefined) return [{ text, slackMs: SLACK_MS }];
  const slackMs = slackOf(pod);
  return slackMs === undefined ? [] : [{ text, slackMs }];
}

function eventRow(text: string, naming: Naming, { slackOf, drawn }: Judging): readonly JudgedLine[] {
  const [, pod] = /\spod\/(\S+)/.exec(naming(text)) ?? [];
  if (pod === undefined) return [{ text, slackMs: SLACK_MS }];
  const slackMs = slackOf(pod);
  return slackMs === undefined || drawn(pod) ? [] : [{ text, slackMs }];
}

function describedLines(
  lines: readonly string[],
  naming: Naming,
  { slackOf, drawn }: Judging,
): readonly JudgedLine[] {
  let pod = '';
  let inEvents = false;
  return lines.flatMap((text): JudgedLine[] => {
    const [, name] = /^Name:\s+(\S+)$/.exec(naming(text)) ?? [];
    if (name !== undefined) [pod, inEvents] = [name, false];
    if (/^Events:/.test(text)) inEvents = true;
    const slackMs = slackOf(pod);
    if (slackMs === undefined || (inEvents && drawn(pod))) return [];
    return [{ text, slackMs }];
  });
}
