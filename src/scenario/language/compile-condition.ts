import type { ClusterSettings } from '../../cluster/contract/settings.ts';
import { isObject, type Json, type JsonObject } from '../../cluster/objects/json.ts';
import { type Resource, resourceForKind } from '../../cluster/objects/schema/resources.ts';
import type {
  Condition,
  EventCondition,
  FieldWanted,
  LogsCondition,
  ResourceCondition,
} from '../condition.ts';
import { describePattern } from '../matching/describe-pattern.ts';
import { showWanted } from '../matching/show-operators.ts';
import type { Wanted } from '../scenario.ts';
import { compileTrafficFigures } from './compile-traffic.ts';
import type { ExpectationDocument, StateDocument } from './schema/scenario-schema.ts';

/** What is known of the cluster that conditions are about. */
export interface Around {
  readonly settings: ClusterSettings;
  readonly resources: readonly Resource[];
  /** The ids of the commands from whose output names have been captured so far. */
  readonly commands?: Readonly<Record<string, string>>;
  /** 0-based number of the step that is compiled. */
  readonly step?: number;
}

/** What may be so at an instant; whatever else an expectation says is left to others. */
type Document = StateDocument & Partial<Pick<ExpectationDocument, 'output' | 'stderr' | 'exitCode' | 'of'>>;

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
  const { output, stderr, exitCode, of: name, resource, jsonpath, event, logs, traffic, captured } = document;
  const id = name === undefined ? undefined : around.commands?.[name];
  const command = id === undefined ? {} : { command: id };
  const whose = name === undefined ? '' : ` of ${name}'s command`;
  if (exitCode !== undefined) {
    yield {
      what: `exit code ${exitCode}${whose}`,
      condition: { of: 'exitCode', wanted: exitCode, ...command },
    };
  }
  for (const [of, text] of [
    ['stdout', output],
    ['stderr', stderr],
  ] as const) {
    if (text === undefined) continue;
    const wanted = textPattern(text);
    yield {
      what: `${of === 'stdout' ? 'output' : of}${whose} ${showWanted(wanted)}`,
      condition: { of, wanted, ...command },
    };
  }
  if (resource) yield compileResource(document, resource as JsonObject, around);
  else if (jsonpath) {
    const fields = fieldsWanted(jsonpath);
    const what = `output${whose}: ${describeFields(fields)}`;
    yield { what, condition: { of: 'outputFields', fields, ...command } };
  }
  if (event) yield compileEvent(event);
  if (logs) yield compileLogs(logs, around);
  if (traffic) yield compileTrafficFigures(traffic);
  for (const [each, wanted] of Object.entries((captured ?? {}) as JsonObject)) {
    yield { what: `${each} ${showWanted(wanted)}`, condition: { of: 'captured', name: each, wanted } };
  }
}

function fieldsWanted(jsonpath: NonNullable<Document['jsonpath']>): readonly FieldWanted[] {
  return Object.entries(jsonpath as JsonObject).map(([template, wanted]) => ({ template, wanted }));
}

function describeFields(fields: readonly FieldWanted[]): string {
  return fields.map(({ template, wanted }) => `${template} ${showWanted(wanted)}`).join(', ');
}

/** A bare text is to be contained. */
function textPattern(text: string | object): Json {
  return typeof text === 'string' ? { contains: text } : (text as JsonObject);
}

function compileResource(document: Document, given: JsonObject, around: Around): Described {
  const count: Json | undefined = document.absent ? 0 : (document.count as Json | undefined);
  const condition: ResourceCondition = {
    ...resourceCondition(given, around),
    ...(document.selector === undefined ? {} : { selector: document.selector }),
    ...(document.jsonpath === undefined ? {} : { fields: fieldsWanted(document.jsonpath) }),
    ...(count === undefined ? {} : { count }),
  };
  return { what: describeResource(condition), condition };
}

/** Which object, or objects, a pattern is about. */
export function resourceCondition(given: JsonObject, around: Around): ResourceCondition {
  const { kind: kindGiven, apiVersion, ...pattern } = given;
  const kind = String(kindGiven);
  const resource =
    typeof apiVersion === 'string'
      ? resourceForKind(apiVersion, kind, around.resources)
      : around.resources.find((each) => each.kind === kind);
  const metadata = isObject(pattern['metadata']) ? pattern['metadata'] : {};
  const { name, namespace = around.settings.namespace } = metadata;
  return {
    of: 'resource',
    kind,
    resource: resource?.name ?? '',
    ...(resource?.isNamespaced && typeof namespace === 'string' ? { namespace } : {}),
    ...(typeof name === 'string' ? { name } : {}),
    pattern,
  };
}

function describeResource(condition: ResourceCondition): string {
  const { kind, name, pattern, selector, fields = [], count } = condition;
  const rest = isObject(pattern) ? withoutName(pattern as JsonObject) : pattern;
  const called = name === undefined ? kind : `${kind} ${name}`;
  const subject = selector === undefined ? called : `${called} -l ${selector}`;
  const detail = [describePattern(rest), describeFields(fields)].filter((part) => part !== '').join(', ');
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
  const { reason, message, type, object, from, count } = event;
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
    ...(from === undefined ? {} : { from }),
    count: (count as Json | undefined) ?? { gte: 1 },
  };
  const times = count === undefined ? '' : `, count ${describePattern(count as Json)}`;
  const by = from === undefined ? '' : `, from ${from}`;
  return {
    what: `Event ${describePattern({ ...pattern, ...shortObject(involved) })}${by}${times}`,
    condition,
  };
}

function shortObject(involved: JsonObject): JsonObject {
  const { kind, name } = involved;
  if (kind === undefined && name === undefined) return {};
  return { involvedObject: [kind, name].filter((part) => part !== undefined).join('/') };
}

function compileLogs(logs: NonNullable<ExpectationDocument['logs']>, around: Around): Described {
  const {
    pod,
    selector,
    namespace = around.settings.namespace,
    container,
    previous = false,
    ...wanted
  } = logs;
  const condition: LogsCondition = {
    of: 'logs',
    namespace,
    ...(pod === undefined ? {} : { pod }),
    ...(selector === undefined ? {} : { selector }),
    ...(container === undefined ? {} : { container }),
    previous,
    wanted: wanted as JsonObject,
  };
  const which = pod ?? `-l ${selector}`;
  const place = container === undefined ? which : `${which}/${container}`;
  const of = `${previous ? 'previous ' : ''}logs of ${place}`;
  return { what: `${of} ${showWanted(wanted as JsonObject)}`, condition };
}
