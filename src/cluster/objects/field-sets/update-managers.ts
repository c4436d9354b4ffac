import type { FieldChanges } from './compare-fields.ts';
import { difference, isEqualSet, NO_FIELDS, union } from './field-set.ts';
import { isManager, type Manager, type ManagerIdentity, withoutServersOwn } from './managers.ts';

/** A write that is no apply: who made it owns what it changed, and nobody else does any more. */
export function managersAfterUpdate(
  managers: readonly Manager[],
  { added, modified, removed }: FieldChanges,
  { writer, time }: { readonly writer: ManagerIdentity; readonly time: string },
): readonly Manager[] {
  const changed = union(added, modified);
  const others = managers
    .filter((manager) => !isManager(manager, writer))
    .map((manager) => ({ ...manager, fields: difference(difference(manager.fields, changed), removed) }));
  const known = managers.find((manager) => isManager(manager, writer));
  const before = known?.fields ?? NO_FIELDS;
  const fields = withoutServersOwn(union(difference(before, removed), changed));
  const isSame = known !== undefined && isEqualSet(before, fields);
  return [...others, { ...writer, fields, time: isSame ? known.time : time }];
}
