import { shellQuoted } from '../../../cluster/clients/command-line/shell-quoted.ts';
import type { ArrivalEvent } from '../../../cluster/contract/arrival-event.ts';
import type { MachineEvent } from '../../../cluster/contract/machine-event.ts';
import type { JsonObject } from '../../../cluster/objects/json.ts';
import type { Millis } from '../../../kernel/time/millis.ts';
import type { Timeline } from '../../../replay/timeline.ts';
import { commandOfArrival } from '../../../scenario/arrival.ts';
import { requestLine } from './request-line.ts';

/** What clients did to a live cluster, as steps of a scenario. */
export interface SessionSteps {
  readonly steps: readonly SessionStep[];
  /** Manifests that the steps name, in the order of their documents. */
  readonly files: Readonly<Record<string, readonly object[]>>;
  /** What no line can do, in words. */
  readonly untold: readonly string[];
}

export interface SessionStep {
  readonly at: Millis;
  readonly line?: string;
  readonly fault?: JsonObject;
  /** Where it failed. */
  readonly exitCode?: number;
  /** It had not ended. */
  readonly background?: true;
}

type Draft = { -readonly [Field in keyof SessionStep]: SessionStep[Field] };

interface Drafting {
  readonly timeline: Timeline;
  readonly steps: Draft[];
  readonly files: Record<string, object[]>;
  readonly untold: string[];
  /** Which run of a program the step before was of, and the file that it applied. */
  last: { readonly line: string; readonly session: number | undefined; readonly file: string } | undefined;
}

/** What clients did that had an effect; what was refused is not done again. `taken` are paths of files. */
export function sessionSteps(timeline: Timeline, taken: readonly string[] = []): SessionSteps {
  const drafting: Drafting = { timeline, steps: [], files: {}, untold: [], last: undefined };
  for (const seq of timeline.arrivals) {
    const event = timeline.entries.of(seq)?.event;
    if (!event || !('arrival' in event)) continue;
    const at = timeline.timeOf(seq);
    switch (event.type) {
      case 'RequestArrived':
        if (hadEffect(timeline, seq)) draftRequest(drafting, event, { at, taken });
        break;
      case 'LineArrived':
        drafting.steps.push({ at, line: event.line, ...outcomeOf(timeline, event) });
        break;
      case 'FaultArrived':
        drafting.steps.push({ at, fault: event.fault });
        break;
      case 'FactsArrived':
        for (const fact of event.facts) draftFact(drafting, fact, at);
    }
    if (event.type !== 'RequestArrived') drafting.last = undefined;
  }
  const { steps, files, untold } = drafting;
  return { steps, files, untold };
}

/** An arrival is answered right after it. */
function hadEffect({ facts, entries }: Timeline, seq: number): boolean {
  return seq < entries.length && facts.causeOf(seq + 1) === seq && !isRefusal(facts.type.textAt(seq + 1));
}

function isRefusal(type: string): boolean {
  return type === 'RequestRefused';
}

interface Drawn {
  readonly at: Millis;
  readonly taken: readonly string[];
}

type RequestArrived = Extract<ArrivalEvent, { type: 'RequestArrived' }>;

function draftRequest(drafting: Drafting, event: RequestArrived, { at, taken }: Drawn): void {
  const { request, command, session, client } = event;
  const { steps, files, untold, last } = drafting;
  const told = requestLine(request, command);
  if (!told) {
    untold.push(`${client}: ${request.verb} ${request.resource}/${request.subresource ?? ''}`);
    return;
  }
  const { line, manifest } = told;
  if (!manifest) {
    steps.push({ at, line });
    drafting.last = undefined;
    return;
  }
  // All that one run of kubectl applied was one line.
  if (last && session !== undefined && last.session === session && last.line === line) {
    files[last.file]?.push(manifest);
    return;
  }
  const file = freePath(manifest, [...taken, ...Object.keys(files)]);
  files[file] = [manifest];
  steps.push({ at, line: `${line} ${file}` });
  drafting.last = { line, session, file };
}

function freePath(manifest: object, taken: readonly string[]): string {
  const { kind = 'object', metadata } = manifest as {
    readonly kind?: string;
    readonly metadata?: { readonly name?: string; readonly generateName?: string };
  };
  const name = metadata?.name ?? metadata?.generateName ?? '';
  const stem = `${name}-${kind}`
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/g, '-')
    .replace(/-+/g, '-');
  for (let number = 1; ; number++) {
    const path = `${stem}${number === 1 ? '' : `-${number}`}.yaml`;
    if (!taken.includes(path)) return path;
  }
}

function outcomeOf(
  { worldAt, entries }: Timeline,
  { arrival }: ArrivalEvent,
): Pick<SessionStep, 'exitCode' | 'background'> {
  const { commands } = worldAt(entries.length).store.tables;
  const row = commands.read(commandOfArrival(arrival), entries.length);
  if (!row || row.exitCode === 0) return {};
  return row.exitCode === undefined ? { background: true } : { exitCode: row.exitCode };
}

/** A program that was started in a container; how it ended stands in the log. */
function draftFact({ timeline, steps, untold }: Drafting, fact: MachineEvent, at: Millis): void {
  if (fact.type !== 'ExecRequested') {
    if (!fact.type.endsWith('Forgotten')) untold.push(fact.type);
    return;
  }
  const [namespace = '', pod = ''] = fact.pod.split('/');
  const { tables } = timeline.worldAt(timeline.entries.length).store;
  const container = tables.containers.read(fact.container, timeline.entries.length)?.name ?? '';
  const argv = fact.argv.map(shellQuoted).join(' ');
  const where = `${pod} -n ${namespace}${container === '' ? '' : ` -c ${container}`}`;
  const finished = finishedExec(timeline, fact.exec);
  const failed = finished === undefined ? { background: true as const } : failedWith(finished);
  steps.push({ at, line: `kubectl exec ${where} -- ${argv}`, ...failed });
}

function failedWith(exitCode: number): Pick<SessionStep, 'exitCode'> {
  return exitCode === 0 ? {} : { exitCode };
}

function finishedExec({ entries, facts }: Timeline, exec: string): number | undefined {
  const type = facts.type.names.idOf('ExecFinished');
  for (let seq = entries.length; seq > 0; seq--) {
    if (facts.type.idAt(seq) !== type) continue;
    const event = entries.of(seq)?.event;
    if (event?.type === 'ExecFinished' && event.exec === exec) return event.exitCode;
  }
  return undefined;
}
