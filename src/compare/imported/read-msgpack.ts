import { textOfUtf8 } from '../../cluster/objects/base64.ts';

/**
 * What MessagePack holds, as JSON has it; keys of maps that are no texts are written as JSON. It is read here
 * because damage is told with the byte at which it is, which libraries do not say.
 */
export function readMessagePack(bytes: Uint8Array): unknown {
  const reader = createReader(bytes);
  const value = reader.value();
  if (reader.at() !== bytes.length) throw new MessagePackError(reader.at(), 'there is more behind its end');
  return value;
}

/** Where the bytes are none, and why. */
export class MessagePackError extends Error {
  readonly at: number;
  constructor(at: number, reason: string) {
    super(reason);
    this.at = at;
  }
}

interface Reader {
  at(): number;
  value(): unknown;
}

/** Deeper than any object of Kubernetes. */
const DEEPEST = 200;

function createReader(bytes: Uint8Array): Reader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  let depth = 0;
  const skip = (size: number): number => {
    if (at + size > bytes.length) throw new MessagePackError(at, 'it was cut off');
    at += size;
    return at - size;
  };
  const uint = (size: number): number => {
    const from = skip(size);
    if (size === 1) return view.getUint8(from);
    if (size === 2) return view.getUint16(from);
    return size === 4 ? view.getUint32(from) : Number(view.getBigUint64(from));
  };
  const int = (size: number): number => {
    const from = skip(size);
    if (size === 1) return view.getInt8(from);
    if (size === 2) return view.getInt16(from);
    return size === 4 ? view.getInt32(from) : Number(view.getBigInt64(from));
  };
  const binary = (size: number): readonly number[] => [...bytes.subarray(skip(size), at)];
  const text = (size: number): string => textOfUtf8(binary(size));
  const deeper = <Value>(read: () => Value): Value => {
    if (++depth > DEEPEST) throw new MessagePackError(at, 'it is nested too deep');
    const value = read();
    depth--;
    return value;
  };
  const list = (size: number): unknown[] =>
    deeper(() => {
      const values: unknown[] = [];
      for (let index = 0; index < size; index++) values.push(value());
      return values;
    });
  const map = (size: number): object =>
    deeper(() => {
      const members: [string, unknown][] = [];
      for (let index = 0; index < size; index++) {
        const key = value();
        members.push([typeof key === 'string' ? key : JSON.stringify(key), value()]);
      }
      return Object.fromEntries(members);
    });
  const value = (): unknown => {
    const head = uint(1);
    if (head < 0x80) return head;
    if (head < 0x90) return map(head & 0x0f);
    if (head < 0xa0) return list(head & 0x0f);
    if (head < 0xc0) return text(head & 0x1f);
    if (head >= 0xe0) return head - 0x100;
    const read = LONGER[head];
    if (!read) throw new MessagePackError(at - 1, `0x${head.toString(16)} begins nothing that is known`);
    return read({ uint, int, text, binary, list, map, float: () => float(head) });
  };
  const float = (head: number): number =>
    head === 0xca ? view.getFloat32(skip(4)) : view.getFloat64(skip(8));
  return { at: () => at, value };
}

interface Parts {
  uint(size: number): number;
  int(size: number): number;
  text(size: number): string;
  binary(size: number): readonly number[];
  list(size: number): unknown[];
  map(size: number): object;
  float(): number;
}

/** By their first byte (msgpack/spec.md: formats); extensions are no JSON. */
const LONGER: Readonly<Record<number, (parts: Parts) => unknown>> = {
  192: () => null,
  194: () => false,
  195: () => true,
  196: ({ uint, binary }) => binary(uint(1)),
  197: ({ uint, binary }) => binary(uint(2)),
  198: ({ uint, binary }) => binary(uint(4)),
  202: ({ float }) => float(),
  203: ({ float }) => float(),
  204: ({ uint }) => uint(1),
  205: ({ uint }) => uint(2),
  206: ({ uint }) => uint(4),
  207: ({ uint }) => uint(8),
  208: ({ int }) => int(1),
  209: ({ int }) => int(2),
  210: ({ int }) => int(4),
  211: ({ int }) => int(8),
  217: ({ uint, text }) => text(uint(1)),
  218: ({ uint, text }) => text(uint(2)),
  219: ({ uint, text }) => text(uint(4)),
  220: ({ uint, list }) => list(uint(2)),
  221: ({ uint, list }) => list(uint(4)),
  222: ({ uint, map }) => map(uint(2)),
  223: ({ uint, map }) => map(uint(4)),
};
