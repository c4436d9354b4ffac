import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { printYaml } from '../cluster/clients/kubectl/print/yaml/print-yaml.ts';
import { derived } from '../cluster/objects/derived.ts';
import type { Json } from '../cluster/objects/json.ts';
import { without } from '../cluster/objects/json.ts';
import type { KubeObject } from '../cluster/objects/kube-object.ts';

/** A line of an object's YAML, and the field that it is about. */
export interface YamlLine {
  readonly text: string;
  /** A JSON pointer into the object. */
  readonly pointer: string;
}

/** An object as `kubectl get -o yaml` shows it. */
export const yamlText = derived((object: KubeObject): string => {
  const metadata = without(object.metadata, 'managedFields');
  return printYaml({ ...object, metadata } as unknown as Json);
});

/**
 * The same line by line. Which field a line is about is read off the text itself, as any reader of YAML would
 * read it, so that it can't differ from what is shown.
 */
export const yamlLines = derived((object: KubeObject): readonly YamlLine[] => {
  const text = yamlText(object);
  const counter = new LineCounter();
  const pointers: string[] = [];
  note(parseDocument(text, { lineCounter: counter }).contents, { pointer: '', pointers, counter });
  let pointer = '';
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line, index) => {
      // A text over several lines is one field.
      pointer = pointers[index] ?? pointer;
      return { text: line, pointer };
    });
});

interface Noting {
  readonly pointer: string;
  /** Of each line that begins something, by its place. */
  readonly pointers: string[];
  readonly counter: LineCounter;
}

function note(node: unknown, noting: Noting): void {
  const { pointer } = noting;
  if (isMap(node)) {
    for (const { key, value } of node.items) {
      const name = isScalar(key) ? String(key.value) : '';
      const inner = { ...noting, pointer: `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}` };
      place(key, inner);
      note(value, inner);
    }
  } else if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) {
      const inner = { ...noting, pointer: `${pointer}/${index}` };
      if (isScalar(item)) place(item, inner);
      note(item, inner);
    }
  }
}

function place(node: unknown, { pointer, pointers, counter }: Noting): void {
  const start = (node as Node | null)?.range?.[0];
  if (start !== undefined) pointers[counter.linePos(start).line - 1] ??= pointer;
}

/** `/spec/containers/0/image` as `spec.containers.0.image`. */
export function dottedPointer(pointer: string): string {
  return pointer.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~');
}
