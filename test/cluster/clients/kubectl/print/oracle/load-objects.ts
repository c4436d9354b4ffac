import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import type { KubeObject } from '../../../../../../src/cluster/objects/kube-object.ts';

/** The objects of a fixture. */
export function loadObjects(file: string): readonly KubeObject[] {
  const text = readFileSync(new URL(`fixtures/${file}`, import.meta.url), 'utf8');
  return parseAllDocuments(text).map((document) => document.toJS() as KubeObject);
}
