import { isObject, type Json, type JsonObject } from '../../cluster/objects/json.ts';
import type { KubeObject } from '../../cluster/objects/kube-object.ts';
import type { Condition, ResourceCondition } from '../condition.ts';
import { matchValue, memberPath } from '../matching/match-value.ts';
import { isOperators } from '../matching/operators.ts';
import { showValue } from '../matching/show-value.ts';
import { eventsLike, k8sEventText, lastOf as lastOfEvents, timesOf, timesText } from './judge-event.ts';
import { printedField } from './judge-fields.ts';
import { lastOf as lastOfLogs, logsLike } from './judge-logs.ts';
import { etcdKey, objectsLike } from './judge-resource.ts';
import { trafficFound } from './judge-traffic.ts';
import { quoteText } from './quote-text.ts';
import type { Judging } from './verdict.ts';

/** How it is that conditions hold which should not, in words, and the last entry that made it so. */
export function howSo(
  conditions: readonly Condition[],
  judging: Judging,
): { readonly why: string; readonly cause: number | null } {
  const found = conditions.map((condition) => howOne(condition, judging));
  const cause = Math.max(0, ...found.map((each) => each.cause ?? 0)) || null;
  return { why: found.map(({ why }) => why).join('\n'), cause };
}

interface How {
  readonly why: string;
  readonly cause: number | null;
}

function howOne(condition: Condition, judging: Judging): How {
  switch (condition.of) {
    case 'resource':
      return howResource(condition, judging);
    case 'event': {
      const like = eventsLike(condition, judging);
      const last = like.at(-1);
      const why =
        last === undefined
          ? 'there is no such Event'
          : `it happened ${timesText(timesOf(like))}: ${k8sEventText(last)}`;
      return { why, cause: lastOfEvents(like, judging.view) };
    }
    case 'logs': {
      const like = logsLike(condition, judging);
      const why = like.map(({ pod, text }) => `the logs of ${pod} are:\n${quoteText(text)}`).join('\n');
      return { why, cause: lastOfLogs(like) };
    }
    case 'traffic':
      return trafficFound(condition, judging);
    case 'captured':
      return { why: `${condition.name} is ${showValue(judging.captured[condition.name])}`, cause: null };
    case 'exitCode':
      return { why: `the exit code is ${condition.wanted}`, cause: null };
    default:
      return { why: 'the output is like that', cause: null };
  }
}

const MAX_OBJECTS = 3;

function howResource(condition: ResourceCondition, judging: Judging): How {
  const { kind } = condition;
  const like = objectsLike(condition, judging);
  const written = like.map((object) => judging.view.objects.changedAt(etcdKey(condition, object)) ?? 0);
  const shown = like.slice(0, MAX_OBJECTS).map((object) => objectText(condition, object, judging));
  const left = like.length - shown.length;
  const whole = condition.count === undefined ? [] : [`${like.length} ${kind} objects are like that`];
  return {
    why: [...whole, ...shown, ...(left > 0 ? [`and ${left} more`] : [])].join('\n'),
    cause: Math.max(0, ...written) || null,
  };
}

function objectText(condition: ResourceCondition, object: KubeObject, { captured }: Judging): string {
  const { kind, pattern, fields = [] } = condition;
  const { name, namespace } = object.metadata;
  const { metadata, ...rest } = isObject(pattern) ? (pattern as JsonObject) : {};
  const { name: _, namespace: __, ...more } = isObject(metadata) ? (metadata as JsonObject) : {};
  const json = object as unknown as Json;
  const found = [
    ...leavesOf({ ...(Object.keys(more).length > 0 && { metadata: more }), ...rest }, json, ''),
    ...fields.map((field) => `${field.template} is ${printedField(field, json, captured)}`),
  ];
  const called = `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
  return found.length === 0 ? `${called} is there` : `${called}: ${found.join('; ')}`;
}

/** What stands at the places of a pattern that a value is like. */
function leavesOf(pattern: Json, found: Json | undefined, path: string): readonly string[] {
  if (isObject(pattern) && !isOperators(pattern, found)) {
    const members = isObject(found) ? (found as JsonObject) : {};
    return Object.entries(pattern as JsonObject).flatMap(([key, value]) =>
      leavesOf(value, members[key], memberPath(path, key)),
    );
  }
  if (Array.isArray(pattern) && pattern.length > 0 && Array.isArray(found)) {
    return pattern.flatMap((element) => {
      const index = found.findIndex((each) => matchValue(element, each).misses.length === 0);
      return leavesOf(element, found[index], `${path}[${index}]`);
    });
  }
  return [`${path} is ${showValue(found)}`];
}
