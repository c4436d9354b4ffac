import type { KubeObject } from '../kube-object.ts';
import type { ObjectMeta } from '../kubernetes.ts';
import { normalizeAs } from '../schema/normalize-object.ts';
import type { KubeVersion } from '../versions.ts';

/** A custom object with metadata as any other object has it: a fresh copy. */
export function normalizeMetadata<Kind extends KubeObject>(object: Kind, version: KubeVersion): Kind {
  const copy = structuredCopy(object) as Kind;
  copy.metadata = normalizeAs(object.metadata ?? {}, 'meta.v1.ObjectMeta', version) as ObjectMeta;
  return copy;
}

function structuredCopy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(structuredCopy);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(entries.map(([key, member]) => [key, structuredCopy(member)]));
}
