import { encodeGoJson } from './go-json.ts';
import { isObject } from './json.ts';
import type { KubeObject } from './kube-object.ts';

/** Where `kubectl apply` remembers the manifest that it applied last. */
export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * The configuration of an object as kubectl remembers it in an annotation: compact JSON without that
 * annotation itself, but with a map of annotations even if it is empty, and a line break (kubectl:
 * pkg/util/apply.go).
 */
function lastAppliedOf(object: KubeObject): string {
  const { [LAST_APPLIED]: _own, ...annotations } = object.metadata.annotations ?? {};
  return `${encodeGoJson({ ...object, metadata: { ...object.metadata, annotations } })}\n`;
}

/** The object with its configuration remembered. */
export function withLastApplied<Kind extends KubeObject>(object: Kind, text = lastAppliedOf(object)): Kind {
  const annotations = { ...object.metadata.annotations, [LAST_APPLIED]: text };
  return { ...object, metadata: { ...object.metadata, annotations } };
}

/** What was remembered; undefined if nothing was, or nothing that can be read. */
export function readLastApplied(object: KubeObject): Record<string, unknown> | undefined {
  const text = object.metadata.annotations?.[LAST_APPLIED];
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
