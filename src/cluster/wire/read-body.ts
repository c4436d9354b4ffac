import { granted, type Outcome } from '../apiserver/call.ts';
import { badRequest } from '../apiserver/refusal.ts';
import type { Refused } from '../contract/response.ts';
import { isObject, type Json, type JsonObject } from '../objects/json.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import type { Manifest } from '../objects/manifest/manifest.ts';
import { readManifest } from '../objects/manifest/read-manifest.ts';
import { decodeProtobuf } from '../objects/protobuf/decode-protobuf.ts';
import { normalizeObject } from '../objects/schema/normalize-object.ts';
import type { KubeVersion } from '../objects/versions.ts';
import { type HttpCall, headerOf } from './http-call.ts';
import { typeOfBody } from './media-types.ts';
import { unsupportedMediaType } from './wire-refusal.ts';

/** Nothing that people write is nested as deep; whatever looks at objects goes down with them. */
const DEEPEST = 500;

const PROTOBUF = 'application/vnd.kubernetes.protobuf';
const TYPES = ['application/json', 'application/yaml', PROTOBUF];

/** What a body says that is to be an object. */
export function readObject(call: HttpCall, version: KubeVersion): Outcome<JsonObject> {
  const { body, bytes = NOTHING } = call;
  const type = typeOfBody(headerOf(call, 'content-type'));
  if (type !== '' && !TYPES.includes(type)) return unsupportedMediaType(TYPES);
  if (type === PROTOBUF) return readProtobuf(bytes, version);
  const read = type === 'application/yaml' ? readYaml(body) : readJson(body);
  if (!read.ok) return read;
  if (!isObject(read.value))
    return badRequest(
      "couldn't get version/kind; json parse error: json: cannot unmarshal into Go value of type struct " +
        '{ APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }',
    );
  return granted(read.value as JsonObject);
}

const NOTHING = new Uint8Array();

/** Go's clients say in protobuf what says nothing, too: it is dropped as their JSON would drop it. */
function readProtobuf(bytes: Uint8Array, version: KubeVersion): Outcome<JsonObject> {
  const object = decodeProtobuf(bytes);
  if (object === undefined)
    return badRequest('the body of the request is no object in protobuf that is known here');
  return granted(normalizeObject(object as unknown as KubeObject, version) as unknown as JsonObject);
}

export function readJson(text: string): Outcome<Json> {
  if (depthOf(text) > DEEPEST) return badRequest('json: exceeded max depth');
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return badRequest(`couldn't get version/kind; json parse error: ${problemOf(text)}`);
  }
  return refuseNames(text) ?? granted(value);
}

export function readYaml(text: string): Outcome<Json> {
  if (/^\s*[[{]/.test(text)) return readJson(text);
  const read = manifestIn(text);
  if (read === undefined) return badRequest('error decoding YAML: it is nested without end');
  const { objects, failure } = read;
  const [first] = objects;
  if (failure !== undefined || first === undefined)
    return badRequest(`error decoding YAML: ${failure ?? 'there is no object in it'}`);
  const said = JSON.stringify(first.object);
  if (depthOf(said) > DEEPEST) return badRequest('yaml: exceeded max depth');
  return refuseNames(text) ?? granted(first.object);
}

/** Undefined for what contains itself, or nearly so. */
function manifestIn(text: string): Manifest | undefined {
  try {
    return readManifest(text, 'the body');
  } catch (thrown) {
    if (thrown instanceof RangeError) return undefined;
    throw thrown;
  }
}

/** A name that would not be a field in the language this is written in. */
function refuseNames(text: string): Refused | undefined {
  return text.includes('__proto__') ? badRequest('the name __proto__ is not simulated') : undefined;
}

function problemOf(text: string): string {
  return text.trim() === '' ? 'unexpected end of JSON input' : 'invalid character in JSON';
}

/** How deep lists and objects lie in one another. */
function depthOf(text: string): number {
  let [depth, deepest] = [0, 0];
  let isQuoted = false;
  for (let place = 0; place < text.length; place += 1) {
    const character = text[place];
    if (isQuoted) {
      if (character === '\\') place += 1;
      else if (character === '"') isQuoted = false;
    } else if (character === '"') isQuoted = true;
    else if (character === '{' || character === '[') {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (character === '}' || character === ']') depth -= 1;
  }
  return deepest;
}
