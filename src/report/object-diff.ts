import { unifiedHunks } from '../cluster/clients/diff/unified-diff.ts';
import type { YamlLine } from '../cluster/clients/kubectl/print/yaml/print-yaml.ts';
import { without } from '../cluster/objects/json.ts';
import type { KubeObject } from '../cluster/objects/kube-object.ts';
import type { Timeline } from '../replay/timeline.ts';
import { dottedPointer, yamlLines } from './yaml-lines.ts';

/** A line of what is otherwise in an object. */
export interface DiffLine {
  readonly kind: 'place' | 'same' | 'went' | 'came';
  readonly text: string;
}

/**
 * What is otherwise in an object at an instant than at an earlier one, line by line of its YAML, with the
 * lines around it; each part begins with the field that it is in.
 */
export function objectDiff(
  before: KubeObject | undefined,
  after: KubeObject | undefined,
): readonly DiffLine[] {
  const [from, to] = [before && unversioned(before), after && unversioned(after)];
  const [old, now] = [from ? yamlLines(from) : [], to ? yamlLines(to) : []];
  const text = unifiedHunks(textOf(old), textOf(now));
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n');
  return lines.flatMap((line, index): DiffLine[] => {
    const hunk = /^@@ -(\d+)(?:,\d+)? \+(\d+)/.exec(line);
    if (!hunk) return [{ kind: KINDS[line[0] ?? ' '] ?? 'same', text: line }];
    const changed = lines.slice(index + 1).findIndex((each) => /^[-+]/.test(each));
    const isGone = lines[index + 1 + changed]?.startsWith('-') === true;
    const [, gone = '1', came = '1'] = hunk;
    const pointer = (isGone ? old : now)[Number(isGone ? gone : came) - 1 + changed]?.pointer;
    const parent = (pointer ?? '').slice(0, (pointer ?? '').lastIndexOf('/'));
    return [{ kind: 'place', text: dottedPointer(parent) }];
  });
}

function textOf(lines: readonly YamlLine[]): string {
  return lines.map(({ text }) => `${text}\n`).join('');
}

const KINDS: Readonly<Record<string, DiffLine['kind']>> = { ' ': 'same', '-': 'went', '+': 'came' };

/** Every change has its revision, and that of a specification its number: they say nothing to a reader. */
function unversioned(object: KubeObject): KubeObject {
  const metadata = without(without(object.metadata, 'resourceVersion'), 'generation');
  return { ...object, metadata };
}

/** seq of the change before the one that made an object as it is at an instant; 0 when there is none. */
export function previousVersion(timeline: Timeline, key: string, cursor: number): number {
  const [, before] = timeline.worldAt(cursor).store.tables.objects.latest(key, cursor);
  return before?.seq ?? 0;
}
