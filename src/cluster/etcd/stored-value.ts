import type { KeyValue } from '../contract/etcd-reader.ts';
import { utf8Bytes } from '../objects/base64.ts';
import { isObject, without } from '../objects/json.ts';
import type { KubeObject } from '../objects/kube-object.ts';

/**
 * A value's bytes. The API server keeps its objects as protobuf: four bytes of magic, and a
 * `runtime.Unknown` that names version and kind (apimachinery: protobuf.go). What it wraps is JSON here,
 * since the messages of all kinds are not known; objects that the server knows no messages of are JSON
 * anyway.
 */
export function storedBytes({ value }: Pick<KeyValue, 'value'>): readonly number[] {
  if (typeof value === 'string') return utf8Bytes(value);
  let bytes = known.get(value);
  if (bytes === undefined) {
    bytes = bytesOf(value);
    known.set(value, bytes);
  }
  return bytes;
}

const known = new WeakMap<KubeObject, readonly number[]>();

const MAGIC = [0x6b, 0x38, 0x73, 0];

function bytesOf(object: KubeObject): readonly number[] {
  const { apiVersion = 'v1', kind = '' } = object;
  // The revision is etcd's own to know.
  const metadata = isObject(object.metadata) ? without(object.metadata, 'resourceVersion') : {};
  const json = JSON.stringify({ ...object, metadata });
  if (isOfExtension(apiVersion)) return utf8Bytes(`${json}\n`);
  const typeMeta = [...field(1, utf8Bytes(apiVersion)), ...field(2, utf8Bytes(kind))];
  return [...MAGIC, ...field(1, typeMeta), ...field(2, utf8Bytes(json)), ...field(3, []), ...field(4, [])];
}

/** Groups outside of Kubernetes' own have no protobuf. */
function isOfExtension(apiVersion: string): boolean {
  const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
  return group.includes('.') && !group.endsWith('.k8s.io');
}

/** A field of bytes. */
function field(number: number, bytes: readonly number[]): readonly number[] {
  return [(number << 3) | 2, ...varint(bytes.length), ...bytes];
}

function varint(value: number): readonly number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest & 127) | 128);
    rest >>>= 7;
  }
  return [...bytes, rest];
}
