import { unifiedHunks } from '../cluster/clients/diff/unified-diff.ts';
import { printYaml } from '../cluster/clients/kubectl/print/yaml/print-yaml.ts';
import type { Json } from '../cluster/objects/json.ts';
import type { KubeObject } from '../cluster/objects/kube-object.ts';
import { valueAt } from '../replay/value-at.ts';
import { objectDiff } from './object-diff.ts';

interface Sides {
  readonly before: KubeObject | undefined;
  readonly after: KubeObject | undefined;
  /** A JSON pointer: only what stands there. */
  readonly pointer?: string;
}

/**
 * What is otherwise in an object's YAML, as `diff -u` prints it, with the field that each part is in; empty
 * where nothing is.
 */
export function objectDifferenceText({ before, after, pointer }: Sides): string {
  if (pointer !== undefined) return unifiedHunks(valueText(before, pointer), valueText(after, pointer));
  return objectDiff(before, after)
    .map(({ kind, text }) => `${kind === 'place' ? `@@ ${text} @@` : text}\n`)
    .join('');
}

function valueText(object: KubeObject | undefined, pointer: string): string {
  const value = valueAt(object, pointer);
  return value === undefined ? '' : printYaml(value as Json);
}
