import { isObject, sortedKeys } from '../../objects/json.ts';
import type { PodTemplateSpec } from '../../objects/kubernetes.ts';
import { safeEncode } from '../../objects/names.ts';

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * The `pod-template-hash` of a template, which depends on nothing else: FNV-1a over the template, and over
 * the number of collisions when there were any (controller_utils.go ComputeHash). Kubernetes hashes a dump
 * of its Go structures where this hashes canonical JSON, so the letters differ from a real cluster's.
 */
export function templateHash(template: PodTemplateSpec, collisions: number | undefined): string {
  const bytes = utf8Of(canonicalJson(template));
  if (collisions !== undefined) bytes.push(...littleEndian(collisions));
  let hash = FNV_OFFSET;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, FNV_PRIME);
  return safeEncode(String(hash >>> 0));
}

function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = sortedKeys(value).map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`);
  return `{${members.join(',')}}`;
}

function littleEndian(value: number): number[] {
  return Array.from({ length: 8 }, (_, index) => Math.floor(value / 256 ** index) % 256);
}

function utf8Of(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), tail(code, 0));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), tail(code, 6), tail(code, 0));
    else bytes.push(0xf0 | (code >> 18), tail(code, 12), tail(code, 6), tail(code, 0));
  }
  return bytes;
}

function tail(code: number, shift: number): number {
  return 0x80 | ((code >> shift) & 0x3f);
}
