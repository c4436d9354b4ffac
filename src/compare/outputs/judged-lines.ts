import type { Millis } from '../../kernel/time/millis.ts';
import type { Naming } from '../normal/names.ts';
import type { TypedCommand } from '../play.ts';

/** A line of an output, and how far apart the times in it may be. */
export interface JudgedLine {
  readonly text: string;
  readonly slackMs: Millis;
}

export interface Judging {
  readonly naming: Naming;
  /** Says pods of one owner alike. */
  readonly anyPod: Naming;
  /**
   * How far apart times about a pod may be; undefined: the pod is not judged, it is elsewhere in its life.
   */
  readonly slackOf: (pod: string) => Millis | undefined;
  /** Whether a pod, on whichever node, was elsewhere in its life in one of the plays. */
  readonly elsewhere: (pod: string) => boolean;
  /** Whether drawn times have made the plays differ in what else can be seen of a pod. */
  readonly drawn: (pod: string) => boolean;
  /** Whether a node's state is a matter of the play; of its machine nothing is. */
  readonly touched: (node: string) => boolean;
  /** Whether what bears this name was written just when the command ran. */
  readonly inFlux: (name: string) => boolean;
}

/** Ages are told in whole seconds, and the command read a little earlier or later. */
export const SLACK_MS = 2100;

/** Lines that nobody is judged by. */
const UNJUDGED: readonly (readonly [line: RegExp, why: string])[] = [
  [/default-token-\w+" : failed to sync secret cache: timed out/, 'a race at mounting (README 1.20, 3.11)'],
  [/^$|^\s+Type\s+Reason\s|^\s+-{4}/, 'between tables; headings whose widths follow from the rows'],
];

/**
 * The lines of an output that are judged, and how: rows of a table, or blocks of a description, by their
 * pods; of what is watched, where it stood in the end, as the lines before tell of single writes.
 */
export function judgedLines({ line, output }: TypedCommand, judging: Judging): readonly JudgedLine[] {
  const lines = output.split('\n').filter((text) => !UNJUDGED.some(([pattern]) => pattern.test(text)));
  if (/^kubectl rollout status/.test(line)) {
    return lines.filter((text) => ROLLED_OUT.test(text)).map((text) => ({ text, slackMs: SLACK_MS }));
  }
  if (/^kubectl drain /.test(line)) return drainedLines(lines, judging);
  if (/^kubectl describe /.test(line)) return describedLines(lines, judging);
  if (/^kubectl (get events|events)/.test(line)) return eventRows(lines, judging);
  if (/^kubectl get (endpoints|ep|endpointslices?)\b.*jsonpath/.test(line))
    return inNamedOrder(lines, judging.naming).map((text) => ({
      text: addressesIn(text, judging),
      slackMs: SLACK_MS,
    }));
  if (/^kubectl get /.test(line)) {
    const rows = isWatch(line) ? lastRows(lines) : lines;
    const ordered = inNamedOrder(rows, judging.naming);
    const isOfPods = OWN_COLUMNS.test(line);
    return ordered.flatMap((text) => (isOfPods ? ownRow(text, judging) : tableRow(text, judging)));
  }
  return lines.map((text) => ({ text, slackMs: SLACK_MS }));
}

/**
 * The addresses of a slice come as a Go map has them; pods that are elsewhere in their lives are left out.
 */
function addressesIn(text: string, { naming, slackOf }: Judging): string {
  const parts = naming(text).split(' ');
  const isJudged = (part: string): boolean =>
    !/\{/.test(part) || slackOf(part.replace(/\{.*$/, '')) !== undefined;
  return parts.filter(isJudged).sort().join(' ');
}

/**
 * What a drain says of pods: which of those that are alike were on the node is drawn, and it speaks of them
 * in the order of a Go map, as it does of its warnings (README 1.36, 3.13).
 */
function drainedLines(lines: readonly string[], { anyPod }: Judging): readonly JudgedLine[] {
  const said = lines.map((text) => {
    const [, head = '', rest = text] = /^(Warning: )(.*)$/.exec(text) ?? [];
    const parts = anyPod(rest).split('; ');
    return head + parts.sort().join('; ');
  });
  return said.sort().map((text) => ({ text, slackMs: SLACK_MS }));
}

const ROLLED_OUT = /^error:|successfully rolled out|^Error |roll out complete/;

function isWatch(line: string): boolean {
  return / (-w|--watch|--watch-only)\b/.test(line);
}

/** Of each name the row that came last. */
function lastRows(lines: readonly string[]): readonly string[] {
  const rows = new Map(lines.map((text) => [/^\S*/.exec(text)?.[0] ?? '', text]));
  return [...rows.values()];
}

/**
 * Rows come in the order of names, and generated names are drawn: those are put in the order of their owners'
 * pods.
 */
function inNamedOrder(lines: readonly string[], naming: Naming): readonly string[] {
  const isGenerated = (text: string) => /^\S+<\d+>/.test(naming(text));
  return tablesOf(lines).flatMap((table) => {
    const sorted = table.filter(isGenerated).sort((a, b) => (naming(a) < naming(b) ? -1 : 1));
    return table.map((text) => (isGenerated(text) ? (sorted.shift() ?? text) : text));
  });
}

/** Each table begins with its headings. */
function tablesOf(lines: readonly string[]): readonly (readonly string[])[] {
  const begins = lines.flatMap((text, index) =>
    index === 0 || /^(NAME|LAST SEEN)\b/.test(text) ? [index] : [],
  );
  return begins.map((begin, at) => lines.slice(begin, begins[at + 1]));
}

/** Pods in columns of one's own. */
const OWN_COLUMNS = /^kubectl get (pods?|po)\b.*custom-columns/;

function ownRow(text: string, { naming, elsewhere }: Judging): readonly JudgedLine[] {
  const [pod = ''] = /^\S+/.exec(naming(text)) ?? [];
  return elsewhere(pod) ? [] : [{ text, slackMs: Number.POSITIVE_INFINITY }];
}

/** A row of a table of nodes: name, state and roles; the rest is of the machine (README 1.36, 1). */
const NODE_ROW = /^((?:node\/)?(\S+)\s+(?:Not)?Ready\S*\s+\S+)\s+\d/;

function tableRow(text: string, { naming, slackOf, inFlux, touched }: Judging): readonly JudgedLine[] {
  const [, state, node = ''] = NODE_ROW.exec(text) ?? [];
  if (state !== undefined) return touched(node) && !inFlux(node) ? [{ text: state, slackMs: SLACK_MS }] : [];
  const [, prefix = '', pod] = /^(pod\/)?([a-z0-9][^\s/]*)\s+\d+\/\d+\s/.exec(naming(text)) ?? [];
  // A Deployment's row begins as a pod's does; how old it is follows from when others were ready.
  const isPod = prefix !== '' || /\s\d+\/\d+\s+[A-Z]/.test(text);
  if (pod === undefined || !isPod) {
    const [name = ''] = /^\S+/.exec(naming(text)) ?? [];
    return inFlux(name.replace(/^.*\//, '')) ? [] : [{ text, slackMs: Number.POSITIVE_INFINITY }];
  }
  const slackMs = slackOf(pod);
  return slackMs === undefined ? [] : [{ text, slackMs }];
}

/**
 * Rows about pods come in the order of their Events; of those about what makes pods the order is drawn with
 * the pods that they name. How often a pod was tried in vain is judged where its Events are.
 */
function eventRows(lines: readonly string[], judging: Judging): readonly JudgedLine[] {
  const rows = lines.filter((text) => !/0\/\d+ nodes are available|skip schedule deleting pod/.test(text));
  const isOfPod = (text: string): boolean => /\spod\/\S/.test(text);
  const others = rows.filter((text) => !isOfPod(text)).map(judging.anyPod);
  const age = /^\S+\s+/;
  others.sort((a, b) => (a.replace(age, '') < b.replace(age, '') ? -1 : 1));
  return [...rows.filter(isOfPod), ...others].flatMap((text) => eventRow(text, judging));
}

function eventRow(text: string, { naming, slackOf, drawn }: Judging): readonly JudgedLine[] {
  const [, pod] = /\spod\/(\S+)/.exec(naming(text)) ?? [];
  if (pod === undefined) return [{ text, slackMs: SLACK_MS }];
  const slackMs = slackOf(pod);
  return slackMs === undefined || drawn(pod) ? [] : [{ text, slackMs }];
}

/** Blocks of a description; Events of what is no pod are judged where the Events are. */
function describedLines(
  lines: readonly string[],
  { naming, slackOf, drawn, touched, inFlux }: Judging,
): readonly JudgedLine[] {
  const isOfPods = lines.some((text) => /^Service Account:|^Containers:/.test(text));
  const [, node] = /^Name:\s+(\S+)$/.exec(lines[0] ?? '') ?? [];
  if (node !== undefined && lines.some((text) => /^System Info:/.test(text)))
    return touched(node) && !inFlux(node) ? describedNode(lines) : [];
  let pod = '';
  let inEvents = false;
  return lines.flatMap((text): JudgedLine[] => {
    const [, name] = /^Name:\s+(\S+)$/.exec(naming(text)) ?? [];
    if (name !== undefined) [pod, inEvents] = [name, false];
    if (/^Events:/.test(text)) inEvents = true;
    if (!isOfPods) return inEvents || OF_TIME.test(text) ? [] : [{ text, slackMs: SLACK_MS }];
    const slackMs = slackOf(pod);
    if (slackMs === undefined || (inEvents && drawn(pod))) return [];
    return [{ text, slackMs }];
  });
}

/** What is so of a node, and not of its machine; which pods are on it is judged where the pods are. */
function describedNode(lines: readonly string[]): readonly JudgedLine[] {
  const from = lines.findIndex((text) => text.startsWith('Taints:'));
  const to = lines.findIndex((text) => text.startsWith('Lease:'));
  const conditions = lines.flatMap((text) => {
    const [, type, status, reason] =
      /^ {2}(\w+)\s+(True|False|Unknown)\s.*\+0000\s+.*\+0000\s+(\w+)/.exec(text) ?? [];
    return type === undefined ? [] : [`${type} ${status} ${reason}`];
  });
  return [...lines.slice(from, to), ...conditions].map((text) => ({ text, slackMs: SLACK_MS }));
}

const OF_TIME = /^(CreationTimestamp|Start Time|Completed At|Duration|Created On|Started At):/;
