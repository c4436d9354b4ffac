import { printYamlLines, type YamlLine } from '../cluster/clients/kubectl/print/yaml/print-yaml.ts';
import { derived } from '../cluster/objects/derived.ts';
import { type Json, without } from '../cluster/objects/json.ts';
import type { KubeObject } from '../cluster/objects/kube-object.ts';

/**
 * An object as `kubectl get -o yaml` shows it, line by line, each with a JSON pointer to its field.
 */
export const yamlLines = derived((object: KubeObject): readonly YamlLine[] =>
  printYamlLines(shownOf(object)),
);

function shownOf(object: KubeObject): Json {
  return { ...object, metadata: without(object.metadata, 'managedFields') } as unknown as Json;
}

/** `/spec/containers/0/image` as `spec.containers.0.image`. */
export function dottedPointer(pointer: string): string {
  return pointer.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~');
}
