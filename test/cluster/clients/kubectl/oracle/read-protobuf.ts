import type { Json, JsonObject } from '../../../../../src/cluster/objects/json.ts';

/** Fields by their numbers: a text, or a message of its own. */
interface Message {
  readonly [number: number]: readonly [name: string, of?: Message];
}

const ATTRIBUTES: Message = {
  1: ['namespace'],
  2: ['verb'],
  3: ['group'],
  4: ['version'],
  5: ['resource'],
  6: ['subresource'],
  7: ['name'],
};

const SPECS: Readonly<Record<string, Message>> = {
  SelfSubjectAccessReview: {
    1: ['resourceAttributes', ATTRIBUTES],
    2: ['nonResourceAttributes', { 1: ['path'], 2: ['verb'] }],
  },
  SelfSubjectRulesReview: { 1: ['namespace'] },
  SelfSubjectReview: {},
};

const MAGIC = 'k8s\0';

/**
 * The few objects that newer versions of kubectl send as protobuf and that are asked for here; undefined for
 * anything else (k8s.io/api: generated.proto).
 */
export function readProtobuf(body: Buffer): JsonObject | undefined {
  if (body.subarray(0, MAGIC.length).toString('latin1') !== MAGIC) return undefined;
  const type: Message = { 1: ['apiVersion'], 2: ['kind'] };
  const raw = fieldsOf(body.subarray(MAGIC.length)).find(({ number }) => number === 2)?.bytes;
  const head = decode(body.subarray(MAGIC.length), { 1: ['type', type] });
  const { apiVersion = '', kind = '' } = head['type'] as Record<string, string>;
  const spec = SPECS[kind];
  if (raw === undefined || spec === undefined) return undefined;
  return { apiVersion, kind, metadata: {}, ...decode(raw, { 2: ['spec', spec] }) };
}

function decode(bytes: Buffer, message: Message): JsonObject {
  const object: Record<string, Json> = {};
  for (const { number, bytes: inner } of fieldsOf(bytes)) {
    const [name, of] = message[number] ?? [];
    if (name === undefined) continue;
    if (of !== undefined) object[name] = decode(inner, of);
    else if (inner.length > 0) object[name] = inner.toString();
  }
  return object;
}

/** What of a message has a length: texts and messages. */
function fieldsOf(bytes: Buffer): { readonly number: number; readonly bytes: Buffer }[] {
  const fields = [];
  let at = 0;
  const readVarint = (): number => {
    let value = 0;
    for (let shift = 0; at < bytes.length; shift += 7) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
    }
    return value;
  };
  while (at < bytes.length) {
    const tag = readVarint();
    const size = readVarint();
    if ((tag & 7) !== 2) continue;
    fields.push({ number: tag >> 3, bytes: bytes.subarray(at, at + size) });
    at += size;
  }
  return fields;
}
