import { dumpGoValue } from '../../objects/go-layout/dump-go-value.ts';
import type { PodTemplateSpec } from '../../objects/kubernetes.ts';
import { safeEncode } from '../../objects/names.ts';
import type { KubeVersion } from '../../objects/versions.ts';
import { fnv1a, utf8Of } from './fnv.ts';

interface Circumstances {
  /** How often another template had the same hash; absent as long as none had. */
  readonly collisions: number | undefined;
  readonly version: KubeVersion;
}

/**
 * The `pod-template-hash` of a template, in the very letters of a real cluster: FNV-1a over a dump of its Go
 * structure, and over the number of collisions when there were any (controller_utils.go ComputeHash). The
 * structure grows with the versions of Kubernetes, so the same template has another hash in each.
 */
export function templateHash(template: PodTemplateSpec, { collisions, version }: Circumstances): string {
  const bytes = utf8Of(dumpGoValue(template, 'v1.PodTemplateSpec', version.minor));
  if (collisions !== undefined) bytes.push(...littleEndian(collisions));
  return safeEncode(String(fnv1a(bytes)));
}

function littleEndian(value: number): number[] {
  return Array.from({ length: 8 }, (_, index) => Math.floor(value / 256 ** index) % 256);
}
