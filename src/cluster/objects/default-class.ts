import { compareText } from './json.ts';
import type { StorageClass } from './kubernetes.ts';

const IS_DEFAULT = [
  'storageclass.kubernetes.io/is-default-class',
  'storageclass.beta.kubernetes.io/is-default-class',
];

/** The newest of several, and of those the first by name (volume/util: storageclass.go GetDefaultClass). */
export function newestDefaultClass(classes: readonly StorageClass[]): StorageClass | undefined {
  const born = ({ metadata }: StorageClass): string => metadata.creationTimestamp ?? '';
  const nameOf = ({ metadata }: StorageClass): string => metadata.name ?? '';
  return classes
    .filter(({ metadata: { annotations } }) => IS_DEFAULT.some((key) => annotations?.[key] === 'true'))
    .sort((a, b) => compareText(born(b), born(a)) || compareText(nameOf(a), nameOf(b)))[0];
}
