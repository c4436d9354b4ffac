import type { ClusterSettings } from '../../cluster/contract/settings.ts';
import { isObject, type Json, type JsonObject } from '../../cluster/objects/json.ts';
import { type Resource, resourceForKind } from '../../cluster/objects/schema/resources.ts';
import { describePattern } from '../matching/describe-pattern.ts';
import type { Condition, EventCondition, LogsCondition, ResourceCondition, Wanted } from '../scenario.ts';
import { compileTrafficFigures } from './compile-traffic.ts';
import type { ConditionDocument, ExpectationDocument } from './schema/scenario-schema.ts';

/** What is known of the cluster that conditions are about. */
export interface Around {
  readonly settings: ClusterSettings;
  readonly resources: readonly Resource[];
}

type Document = ConditionDocument | Omit<ExpectationDocument, 'within'>;

/** The conditions of an expectation, all of which must hold, and what they say in one line. */
export function compileConditions(document: Document, around: Around): Wanted {
  const described = [...conditionsOf(document, around)];
  return {
    what: described.map(({ what }) => what).join('; '),
    conditions: described.map(({ condition }) => condition),
  };
}

interface Described {
  readonly what: string;
  readonly condition: Condition;
}

function* conditionsOf(document: Document, around: Around): Generator<Described> {
  const { output, stderr, exitCode, resource, event, logs, traffic }: ExpectationDocument = document;
  if (exitCode !== undefined) {
    yield { what: `exit code ${exitCode}`, condition: { of: 'exitCode', wanted: exitCode } };
  }
  for (const [of, text] of [
    ['stdout', output],
    ['stderr', stderr],
  ] as const) {
    if (text === undefined) continue;
    const wanted = textPattern(text);
    yield {
      what: `${of === 'stdout' ? 'output' : of} ${describePattern(wanted)}`,
      condition: { of, wanted },
    };
  }
  if (resource) yield compileResource(document, resource as JsonObject, around);
  if (event) yield compileEvent(event);
  if (logs) yield compileLogs(logs, around);
  if (traffic) yield compileTrafficFigures(traffic);
}

/** A bare text is to be contained. */
function textPattern(text: string | object): Json {
  return typeof text === 'string' ? { contains: text } : (text as JsonObject);
}

function compileResource(document: Document, given: JsonObject, around: Around): Described {
  const { kind: kindGiven, apiVersion, ...pattern } = given;
  const kind = String(kindGiven);
  const resource =
    typeof apiVersion === 'string'
      ? resourceForKind(apiVersion, kind, around.resources)
      : around.resources.find((each) => each.kind === kind);
  const metadata = isObject(pattern['metadata']) ? pattern['metadata'] : {};
  const { name, namespace = around.settings.namespace } = metadata;
  const count: Json | undefined = document.absent ? 0 : (document.count as Json | undefined);
  const condition: ResourceCondition = {
    of: 'resource',
    kind,
    resource: resource?.name ?? '',
    ...(resource?.isNamespaced && typeof namespace === 'string' ? { namespace } : {}),
    ...(typeof name === 'string' ? { name } : {}),
    pattern,
    ...(count === undefined ? {} : { count }),
  };
  return { what: describeResource(condition), condition };
}

function describeResource({ kind, name, pattern, count }: ResourceCondition): string {
  const rest = isObject(pattern) ? withoutName(pattern as JsonObject) : pattern;
  const subject = name === undefined ? kind : `${kind} ${name}`;
  const detail = describePattern(rest);
  const text = detail === '' ? subject : `${subject}: ${detail}`;
  if (count === undefined) return detail === '' ? `${text} is there` : text;
  return count === 0 ? `no ${text}` : `count ${describePattern(count)} of ${text}`;
}

/** A literal name is said already. */
function withoutName({ metadata, ...pattern }: JsonObject): Json {
  if (!isObject(metadata) || typeof metadata['name'] !== 'string') {
    return metadata === undefined ? pattern : { metadata, ...pattern };
  }
  const { name: _, ...rest } = metadata as JsonObject;
  return Object.keys(rest).length === 0 ? pattern : { metadata: rest, ...pattern };
}

function compileEvent(event: NonNullable<ExpectationDocument['event']>): Described {
  const { reason, message, type, object, count } = event;
  const { kind, name, namespace } = object ?? {};
  const involved = {
    ...(kind === undefined ? {} : { kind }),
    ...(name === undefined ? {} : { name }),
    ...(namespace === undefined ? {} : { namespace }),
  };
  const pattern: JsonObject = {
    ...(type === undefined ? {} : { type }),
    ...(reason === undefined ? {} : { reason: typeof reason === 'string' ? reason : textPattern(reason) }),
    ...(message === undefined ? {} : { message: textPattern(message) }),
    ...(Object.keys(involved).length === 0 ? {} : { involvedObject: involved }),
  };
  const condition: EventCondition = {
    of: 'event',
    pattern,
    count: (count as Json | undefined) ?? { gte: 1 },
  };
  const times = count === undefined ? '' : `, count ${describePattern(count as Json)}`;
  return { what: `Event ${describePattern({ ...pattern, ...shortObject(involved) })}${times}`, condition };
}

function shortObject(involved: JsonObject): JsonObject {
  const { kind, name } = involved;
  if (kind === undefined && name === undefined) return {};
  return { involvedObject: [kind, name].filter((part) => part !== undefined).join('/') };
}

function compileLogs(logs: NonNullable<ExpectationDocument['logs']>, around: Around): Described {
  const { pod, namespace = around.settings.namespace, container, previous = false, ...wanted } = logs;
  const condition: LogsCondition = {
    of: 'logs',
    pod,
    namespace,
    ...(container === undefined ? {} : { container }),
    previous,
    wanted: wanted as JsonObject,
  };
  const of = `${previous ? 'previous ' : ''}logs of ${pod}${container === undefined ? '' : `/${container}`}`;
  return { what: `${of} ${describePattern(wanted as JsonObject)}`, condition };
}
