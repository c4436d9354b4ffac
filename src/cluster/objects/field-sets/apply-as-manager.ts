import { compareFields } from './compare-fields.ts';
import {
  difference,
  type FieldSet,
  intersection,
  isEmptySet,
  isEqualSet,
  union,
  withAncestors,
} from './field-set.ts';
import type { FieldShape } from './field-shape.ts';
import { fieldsOf } from './fields-of.ts';
import { isManager, type Manager, type ManagerIdentity, withoutServersOwn } from './managers.ts';
import { mergeApplied } from './merge-applied.ts';
import { withoutFields } from './without-fields.ts';

export interface Application<Of extends object> {
  readonly live: Of;
  readonly applied: object;
  readonly shape: FieldShape;
  readonly managers: readonly Manager[];
  readonly applier: ManagerIdentity;
  /** As `metav1.Time`. */
  readonly time: string;
}

export interface Conflict {
  readonly manager: Manager;
  /** What it owns of what would change. */
  readonly fields: FieldSet;
}

export interface AppliedFields<Of extends object> {
  readonly object: Of;
  readonly managers: readonly Manager[];
  /** Fields of others that the object has another value for now; they have lost them. */
  readonly conflicts: readonly Conflict[];
}

/**
 * Server-side apply: the object has what the manifest says, and lacks what the same applier said before and
 * nobody says any more (structured-merge-diff: merge/update.go Apply).
 */
export function applyAsManager<Of extends object>(application: Application<Of>): AppliedFields<Of> {
  const { live, applied, shape, managers, applier, time } = application;
  const said = withoutServersOwn(fieldsOf(applied, shape));
  const known = managers.find((manager) => isManager(manager, applier));
  const others = managers.filter((manager) => !isManager(manager, applier));
  const merged = mergeApplied(live, applied, shape);
  const object = known ? withoutFields(merged, unclaimed(known.fields, said, others), shape) : merged;
  const changes = compareFields(live, object, shape);
  const changed = union(changes.added, changes.modified);
  const conflicts = others.flatMap((manager) => {
    const fields = intersection(manager.fields, changed);
    return isEmptySet(fields) ? [] : [{ manager, fields }];
  });
  const left = others.map((manager) => ({
    ...manager,
    fields: difference(difference(manager.fields, changed), changes.removed),
  }));
  const isSame = known !== undefined && isEqualSet(known.fields, said);
  const own = { ...applier, fields: said, time: isSame ? known.time : time };
  return { object, managers: [...left, own], conflicts };
}

/** What an applier has said before, and neither it nor anybody else says now. */
function unclaimed(before: FieldSet, said: FieldSet, others: readonly Manager[]): FieldSet {
  const claimed = others.reduce((all, { fields }) => union(all, fields), said);
  return difference(before, withAncestors(claimed));
}
