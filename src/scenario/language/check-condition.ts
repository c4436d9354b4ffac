import { isObject, type JsonObject } from '../../cluster/objects/json.ts';
import { checkOperators, checkPattern, resourceOfPattern } from './check-pattern.ts';
import { checkFigures } from './check-traffic.ts';
import type { KnownWords } from './known-words.ts';
import type { Report } from './report.ts';
import type { ConditionDocument, ExpectationDocument } from './schema/scenario-schema.ts';
import type { Path } from './span-at.ts';

export interface ConditionContext {
  readonly path: Path;
  readonly report: Report;
  readonly words: KnownWords;
  /** Clients that the scenario starts. */
  readonly clients: readonly string[];
}

const CONDITIONS = ['output', 'stderr', 'exitCode', 'resource', 'event', 'logs', 'traffic'] as const;

/** Reports what in a condition is empty, contradicts itself, or can never come true. */
export function checkCondition(
  condition: ConditionDocument | ExpectationDocument,
  context: ConditionContext,
): void {
  const { path, report } = context;
  const given: ExpectationDocument = condition;
  if (CONDITIONS.every((key) => given[key] === undefined)) {
    report('empty-step', path, {
      message: 'nothing is expected here',
      hint: `say one of ${CONDITIONS.join(', ')}`,
    });
  }
  for (const key of ['count', 'absent'] as const) {
    if (given[key] === undefined || given.resource) continue;
    const hint =
      key === 'count' && given.event ? 'put it inside the event' : 'add the resource that it is about';
    report('conflicting-keys', [...path, key], { message: `"${key}" is of a resource`, hint, aim: 'key' });
  }
  if (given.absent && given.count !== undefined) {
    const message = '"absent" says that the count is 0';
    report('conflicting-keys', [...path, 'count'], { message, hint: 'keep one of the two', aim: 'key' });
  }
  for (const key of ['output', 'stderr', 'event', 'logs', 'traffic'] as const) {
    const value = given[key];
    if (value !== undefined) checkOperators(value as JsonObject, { path: [...path, key], report });
  }
  if (given.resource)
    checkResource(given.resource as JsonObject, { ...context, path: [...path, 'resource'] });
  if (given.traffic) {
    checkFigures(given.traffic, { path: [...path, 'traffic'], report, clients: context.clients });
  }
  checkName(given.event?.object?.name, [...path, 'event', 'object', 'name'], context);
  checkName(given.logs?.pod, [...path, 'logs', 'pod'], context);
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
