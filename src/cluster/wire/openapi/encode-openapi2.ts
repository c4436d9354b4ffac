import { utf8Bytes } from '../../objects/base64.ts';
import { isObject } from '../../objects/json.ts';

/**
 * OpenAPI v2 in protobuf (gnostic: openapiv2/OpenAPIv2.proto), which is the only form in which kubectl read
 * it. Messages are told by the numbers of their fields.
 */
type Bytes = readonly number[];

export function encodeOpenapi2(document: object): Uint8Array {
  return Uint8Array.from(message(document, DOCUMENT));
}

/** How a field of a message is written, by its name in JSON. */
type Writer = (value: unknown) => Bytes;
type Shape = Readonly<Record<string, readonly [number: number, Writer]>>;

function varint(value: number): Bytes {
  const bytes: number[] = [];
  let left = value;
  while (left >= 0x80) {
    bytes.push((left % 0x80) | 0x80);
    left = Math.floor(left / 0x80);
  }
  bytes.push(left);
  return bytes;
}

function field(number: number, content: Bytes): number[] {
  const bytes = [...varint(number * 8 + 2), ...varint(content.length)];
  for (const byte of content) bytes.push(byte);
  return bytes;
}

function append(bytes: number[], more: Bytes): void {
  for (const byte of more) bytes.push(byte);
}

/** What is not in the shape is an extension, where it says so by its name. */
function message(value: unknown, shape: Shape, extension?: number): Bytes {
  const bytes: number[] = [];
  if (!isObject(value)) return bytes;
  for (const [name, each] of Object.entries(value)) {
    const known = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (known !== undefined) {
      const [number, write] = known;
      append(bytes, number < 0 ? write(each) : field(number, write(each)));
    } else if (extension !== undefined && name.startsWith('x-'))
      append(bytes, field(extension, named(name, anyOf(each))));
  }
  return bytes;
}

const text: Writer = (value) => utf8Bytes(String(value));

function named(name: string, value: Bytes): Bytes {
  return [...field(1, utf8Bytes(name)), ...field(2, value)];
}

/** `Any`: JSON is YAML. */
function anyOf(value: unknown): Bytes {
  return field(2, utf8Bytes(`${JSON.stringify(value)}\n`));
}

/** A field that may be there many times writes its own number. */
function many(number: number, write: Writer): readonly [number, Writer] {
  return [
    -1,
    (value) => {
      const bytes: number[] = [];
      for (const item of Array.isArray(value) ? value : [value]) append(bytes, field(number, write(item)));
      return bytes;
    },
  ];
}

function flag(number: number): readonly [number, Writer] {
  return [-1, (value) => (value === true ? [...varint(number * 8), 1] : [])];
}

function map(number: number, write: Writer): Writer {
  return (value) => {
    const bytes: number[] = [];
    for (const [name, each] of Object.entries(value as object))
      append(bytes, field(number, named(name, write(each))));
    return bytes;
  };
}

const schema: Writer = (value) => message(value, SCHEMA, 31);

const SCHEMA: Shape = {
  $ref: [1, text],
  format: [2, text],
  title: [3, text],
  description: [4, text],
  pattern: [13, text],
  uniqueItems: flag(16),
  required: many(19, text),
  enum: many(20, anyOf),
  additionalProperties: [
    21,
    (value) => (typeof value === 'boolean' ? (value ? [...varint(2 * 8), 1] : []) : field(1, schema(value))),
  ],
  type: [22, (value) => field(1, text(value))],
  items: [23, (value) => field(1, schema(value))],
  properties: [25, map(1, schema)],
};

const QUERY: Shape = {
  required: flag(1),
  in: [2, text],
  description: [3, text],
  name: [4, text],
  type: [6, text],
  uniqueItems: flag(20),
};

const PATH: Shape = {
  required: flag(1),
  in: [2, text],
  description: [3, text],
  name: [4, text],
  type: [5, text],
  uniqueItems: flag(19),
};

const BODY: Shape = {
  description: [1, text],
  name: [2, text],
  in: [3, text],
  required: flag(4),
  schema: [5, schema],
};

/** ParametersItem, of a Parameter, of one for the body or of one that is not. */
const parameter: Writer = (value) => {
  const place = isObject(value) ? value['in'] : '';
  if (place === 'body') return field(1, field(1, message(value, BODY)));
  const [number, shape] = place === 'path' ? [4, PATH] : [3, QUERY];
  return field(1, field(2, field(number, message(value, shape))));
};

const RESPONSE: Shape = { description: [1, text], schema: [2, (value) => field(1, schema(value))] };

const responses: Writer = map(1, (value) => field(1, message(value, RESPONSE)));

const OPERATION: Shape = {
  tags: many(1, text),
  description: [3, text],
  operationId: [5, text],
  produces: many(6, text),
  consumes: many(7, text),
  parameters: many(8, parameter),
  responses: [9, responses],
};

const operation: Writer = (value) => message(value, OPERATION, 13);

const PATH_ITEM: Shape = {
  get: [2, operation],
  put: [3, operation],
  post: [4, operation],
  delete: [5, operation],
  patch: [8, operation],
  parameters: many(9, parameter),
};

const DOCUMENT: Shape = {
  swagger: [1, text],
  info: [2, (value) => message(value, { title: [1, text], version: [2, text] })],
  paths: [8, map(2, (value) => message(value, PATH_ITEM, 10))],
  definitions: [9, map(1, schema)],
};
