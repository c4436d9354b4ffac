import { parseJsonpath } from '../../cluster/clients/kubectl/print/jsonpath/parse-jsonpath.ts';
import { attempt } from '../../cluster/clients/kubectl/print/jsonpath/print-jsonpath.ts';
import { isObject, type JsonObject } from '../../cluster/objects/json.ts';
import { parseLabelSelector } from '../../cluster/objects/label-selector.ts';
import { nearMiss } from '../../cluster/objects/shape/near-miss.ts';
import { checkOperators, checkPattern, resourceOfPattern } from './check-pattern.ts';
import { checkFigures } from './check-traffic.ts';
import type { KnownWords } from './known-words.ts';
import type { Report } from './report.ts';
import type { ExpectationDocument, StateDocument } from './schema/scenario-schema.ts';
import type { Path } from './span-at.ts';

export interface ConditionContext {
  readonly path: Path;
  readonly report: Report;
  readonly words: KnownWords;
  /** Clients that the scenario starts. */
  readonly clients: readonly string[];
  /** Names that have been captured by then. */
  readonly captured: ReadonlySet<string>;
  /** It is about what the cluster is like, and not about a command. */
  readonly ofCluster?: true;
}

type State = StateDocument & Pick<ExpectationDocument, 'output' | 'stderr' | 'exitCode' | 'of'>;

const OF_CLUSTER = ['resource', 'event', 'logs', 'traffic', 'captured'] as const;
const CONDITIONS = ['output', 'stderr', 'exitCode', 'jsonpath', ...OF_CLUSTER] as const;

/** Whether something is said of what there is, and not only of when. */
export function saysSomething(document: State): boolean {
  return CONDITIONS.some((key) => document[key] !== undefined);
}

/** Reports what in a condition is empty, contradicts itself, or can never come true. */
export function checkCondition(document: StateDocument, context: ConditionContext): void {
  const { path, report } = context;
  const given: State = document;
  if (!saysSomething(given)) {
    const known = context.ofCluster ? OF_CLUSTER : CONDITIONS;
    const hint = `say one of ${known.join(', ')}`;
    report('empty-step', path, { message: 'nothing is expected here', hint });
  }
  checkCompanions(given, context);
  for (const key of [
    'output',
    'stderr',
    'event',
    'logs',
    'traffic',
    'captured',
    'jsonpath',
    'count',
  ] as const) {
    const value = given[key];
    if (value !== undefined) checkOperators(value as JsonObject, { path: [...path, key], report });
  }
  if (given.resource)
    checkResource(given.resource as JsonObject, { ...context, path: [...path, 'resource'] });
  if (given.traffic) {
    checkFigures(given.traffic, { path: [...path, 'traffic'], report, clients: context.clients });
  }
  for (const template of Object.keys(given.jsonpath ?? {}))
    checkTemplate(template, [...path, 'jsonpath', template], report);
  for (const name of Object.keys(given.captured ?? {}))
    checkCaptured(name, [...path, 'captured', name], context);
  checkSelector(given.selector, [...path, 'selector'], context);
  checkName(given.event?.object?.name, [...path, 'event', 'object', 'name'], context);
  if (given.logs) checkLogs(given.logs, { ...context, path: [...path, 'logs'] });
}

/** Keys that say nothing without another, or contradict it. */
function checkCompanions(given: State, { path, report, ofCluster, ...context }: ConditionContext): void {
  for (const key of ['count', 'absent', 'selector'] as const) {
    if (given[key] === undefined || given.resource) continue;
    const inside =
      key === 'count' && given.event ? 'the event' : key === 'selector' && given.logs ? 'the logs' : '';
    const hint = inside === '' ? 'add the resource that it is about' : `put it inside ${inside}`;
    report('conflicting-keys', [...path, key], { message: `"${key}" is of a resource`, hint, aim: 'key' });
  }
  if (given.absent && given.count !== undefined) {
    const message = '"absent" says that the count is 0';
    report('conflicting-keys', [...path, 'count'], { message, hint: 'keep one of the two', aim: 'key' });
  }
  if (given.jsonpath && !given.resource && ofCluster) {
    const message = 'it is not said of which object';
    report('conflicting-keys', [...path, 'jsonpath'], { message, hint: 'add a resource', aim: 'key' });
  }
  if (given.of === undefined) return;
  const { output, stderr, exitCode, jsonpath, resource } = given;
  if ([output, stderr, exitCode, resource ? undefined : jsonpath].every((each) => each === undefined)) {
    const message = '"of" is of a command, and nothing is said of one';
    const hint = 'add output, stderr or exitCode, or take it away';
    report('conflicting-keys', [...path, 'of'], { message, hint, aim: 'key' });
  }
  checkCaptured(given.of, [...path, 'of'], { path, report, ...context }, 'value');
}

/** Reports a template that kubectl would refuse. */
export function checkTemplate(
  template: string,
  path: Path,
  report: Report,
  aim: 'key' | 'value' = 'key',
): void {
  const parsed = attempt(() => parseJsonpath(template));
  if (parsed.ok) return;
  const message = `this is no jsonpath: ${parsed.message}`;
  report('bad-pattern', path, { message, hint: "write it as for kubectl: '{.status.phase}'", aim });
}

function checkCaptured(
  name: string,
  path: Path,
  { captured, report }: ConditionContext,
  aim: 'key' | 'value' = 'key',
): void {
  if (captured.has(name)) return;
  const near = nearMiss(name, captured);
  const hint =
    near === undefined ? 'capture it in an earlier step: capture: { … }' : `did you mean "${near}"?`;
  report('uncaptured-name', path, { message: `"${name}" has not been captured`, hint, aim });
}

function checkSelector(selector: string | undefined, path: Path, { report }: ConditionContext): void {
  if (selector === undefined || selector.includes('${')) return;
  const parsed = parseLabelSelector(selector);
  if (parsed.ok) return;
  const message = `this is no selector: ${parsed.problem}`;
  report('bad-pattern', path, { message, hint: 'write it as for kubectl -l: app=web,tier in (front,back)' });
}

function checkLogs(logs: NonNullable<StateDocument['logs']>, context: ConditionContext): void {
  const { path, report } = context;
  const { pod, selector } = logs;
  if (pod === undefined && selector === undefined) {
    const message = 'it is not said of which pod';
    report('missing-key', path, { message, hint: 'write pod: NAME or selector: app=web', aim: 'key' });
  }
  if (pod !== undefined && selector !== undefined) {
    const message = 'the pod is named already';
    report('conflicting-keys', [...path, 'selector'], { message, hint: 'keep one of the two', aim: 'key' });
  }
  checkSelector(selector, [...path, 'selector'], context);
  checkName(pod, [...path, 'pod'], context);
}

function checkResource(pattern: JsonObject, context: ConditionContext): void {
  const { path, report } = context;
  const resource = resourceOfPattern(pattern, context.words.resources, { path, report });
  if (!resource) return;
  checkPattern(pattern, resource, { path, report });
  checkOperators(pattern, { path, report });
  const { metadata } = pattern;
  if (!isObject(metadata)) return;
  checkName(metadata['name'], [...path, 'metadata', 'name'], context);
  const { labels } = metadata;
  if (!isObject(labels)) return;
  for (const [key, value] of Object.entries(labels)) {
    checkName(value, [...path, 'metadata', 'labels', key], context);
  }
}

/** A name or label that nothing in the scenario bears can select nothing. */
function checkName(name: unknown, path: Path, { words, report }: ConditionContext): void {
  if (typeof name !== 'string' || name.includes('${') || words.has(name)) return;
  const near = words.near(name);
  report('matches-nothing', path, {
    message: `nothing here is called "${name}": no command and no manifest of the scenario has that word`,
    ...(near === undefined ? {} : { hint: `did you mean "${near}"?` }),
  });
}
