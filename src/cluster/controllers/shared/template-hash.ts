import { encodeGoJson } from '../../objects/go-json.ts';
import type { PodTemplateSpec } from '../../objects/kubernetes.ts';
import { safeEncode } from '../../objects/names.ts';
import { fnv1a, utf8Of } from './fnv.ts';

/**
 * The `pod-template-hash` of a template, which depends on nothing else: FNV-1a over the template, and over
 * the number of collisions when there were any (controller_utils.go ComputeHash). Kubernetes hashes a dump
 * of its Go structures where this hashes JSON with its keys in order, so the letters differ from a real
 * cluster's.
 */
export function templateHash(template: PodTemplateSpec, collisions: number | undefined): string {
  const bytes = utf8Of(encodeGoJson(template));
  if (collisions !== undefined) bytes.push(...littleEndian(collisions));
  return safeEncode(String(fnv1a(bytes)));
}

function littleEndian(value: number): number[] {
  return Array.from({ length: 8 }, (_, index) => Math.floor(value / 256 ** index) % 256);
}
