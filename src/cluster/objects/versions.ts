/**
 * What differs between versions of Kubernetes: one row a difference, each with its source. A scenario plays
 * one version (`cluster.version`), and whoever behaves or prints asks here.
 */

/** A version of Kubernetes; only the minor decides (`{ minor: 36, patch: 2 }` is 1.36.2). */
export interface KubeVersion {
  readonly minor: number;
  readonly patch: number;
}

/** What a difference is from a minor version on; the first applies to everything older too. */
export type Since<Value> = readonly (readonly [minor: number, value: Value])[];

/** The value of a difference in a version. */
export function inVersion<Value>(rows: Since<Value>, version: KubeVersion): Value {
  for (let place = rows.length - 1; place >= 0; place--) {
    const row = rows[place];
    if (row && (place === 0 || version.minor >= row[0])) return row[1];
  }
  throw new Error('a difference between versions has no rows');
}

/** `1.36`, `v1.36.2`, `1.20.2`; undefined for anything else. */
export function parseKubeVersion(text: string): KubeVersion | undefined {
  const found = /^v?1\.(\d{1,3})(?:\.(\d{1,3}))?$/.exec(text);
  return found ? { minor: Number(found[1]), patch: Number(found[2] ?? 0) } : undefined;
}

/** Of an image, as its tag says: `registry.k8s.io/kube-apiserver:v1.36.2`. */
export function imageVersion(image: string): KubeVersion | undefined {
  return parseKubeVersion(image.slice(image.lastIndexOf(':') + 1));
}

/** `v1.36.2`, as kubelets report it. */
export function formatKubeVersion({ minor, patch }: KubeVersion): string {
  return `v1.${minor}.${patch}`;
}
