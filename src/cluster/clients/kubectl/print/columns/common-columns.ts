import type { Container, LabelSelector } from '../../../../objects/kubernetes.ts';
import { ageOf } from '../age.ts';
import { formatSelector } from '../label-text.ts';
import type { Column } from '../table/column.ts';

/** NAME. */
export const nameColumn: Column = { name: 'Name', names: true, cell: ({ metadata }) => metadata.name };

/** AGE, since the object's creation. */
export const ageColumn: Column = {
  name: 'Age',
  cell: ({ metadata }, { now }) => ageOf(metadata.creationTimestamp, now),
};

/** CONTAINERS and IMAGES of `-o wide`. */
export function containerColumns<Kind>(
  containersOf: (object: Kind) => readonly Container[] | undefined,
): Column<Kind>[] {
  const joined = (object: Kind, part: (container: Container) => string | undefined) =>
    (containersOf(object) ?? []).map((container) => part(container) ?? '').join(',');
  return [
    { name: 'Containers', wide: true, cell: (object) => joined(object, ({ name }) => name) },
    { name: 'Images', wide: true, cell: (object) => joined(object, ({ image }) => image) },
  ];
}

/** SELECTOR of `-o wide`. */
export function selectorColumn<Kind>(selectorOf: (object: Kind) => LabelSelector | undefined): Column<Kind> {
  return { name: 'Selector', wide: true, cell: (object) => formatSelector(selectorOf(object)) };
}

/** At most `max` items of a list, and how many more there are. Mirrors printers.go listWithMoreString. */
export function listWithMore(items: readonly string[], max: number, separator = ','): string {
  const shown = items.slice(0, max).join(separator);
  return items.length > max ? `${shown} + ${items.length - max} more...` : shown;
}

/** How the server prints a boolean that may be unset: `True`, `False`, `<unset>`. */
export function boolText(value: boolean | undefined): string {
  if (value === undefined) return '<unset>';
  return value ? 'True' : 'False';
}
