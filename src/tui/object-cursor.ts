import type { YamlLine } from '../cluster/clients/kubectl/print/yaml/print-yaml.ts';
import type { KubeObject } from '../cluster/objects/kube-object.ts';
import { yamlLines } from '../report/yaml-lines.ts';
import { objectAtHand, type Reader } from './pane-keys.ts';
import { focusOf, type View } from './view.ts';

/** The object at hand as it is where one stands; undefined where there is none, or not at that time. */
export function objectSeen(reader: Omit<Reader, 'view'>): KubeObject | undefined {
  const { timeline, player } = reader;
  const key = objectAtHand(reader);
  if (key === undefined) return undefined;
  return timeline.worldAt(player.cursor).store.tables.objects.read(key, player.cursor);
}

/**
 * The line where the reader is. In an object's YAML that is the line of a field once its changes are gone
 * through, wherever the line then stands.
 */
export function lineAtHand(reader: Reader): number {
  const { view } = reader;
  if (view.help || view.field === undefined) return view.top;
  const lines = yamlOf(reader);
  if (lines?.[view.top]?.pointer === view.field) return view.top;
  const found = lines ? lineOfField(lines, view) : -1;
  return found >= 0 ? found : view.top;
}

/** The reader in another line: as time goes on it stays with its field. */
export function goneToLine(reader: Reader, top: number): View {
  const { field: _, ...view } = reader.view;
  const field = view.help || top === 0 ? undefined : yamlOf(reader)?.[top]?.pointer;
  return { ...view, top, ...(field !== undefined && { field }) };
}

/** The field in whose line the reader is; the first line stands for the whole object. */
export function fieldAtHand(reader: Reader): string | undefined {
  const line = lineAtHand(reader);
  return line > 0 ? yamlOf(reader)?.[line]?.pointer : reader.view.field;
}

function lineOfField(lines: readonly YamlLine[], { field }: View): number {
  return lines.findIndex(({ pointer }) => pointer === field);
}

function yamlOf(reader: Reader): readonly YamlLine[] | undefined {
  if (focusOf(reader.view) !== 'object' || reader.view.reading !== 'yaml') return undefined;
  const object = objectSeen(reader);
  return object && yamlLines(object);
}
