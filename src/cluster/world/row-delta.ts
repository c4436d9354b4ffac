import type { KubeObject } from '../objects/kube-object.ts';
import { applyDelta, deltaOf, type ObjectDelta } from './object-delta.ts';

/** What turns a row into another of the same kind; nothing where they say the same. */
export function deltaOfRow<Row extends object>(before: Row, after: Row): ObjectDelta {
  return deltaOf(before as unknown as KubeObject, after as unknown as KubeObject) ?? {};
}

/** The row that it turned into. */
export function rowAfter<Row extends object>(row: Row, delta: ObjectDelta): Row {
  return applyDelta(row as unknown as KubeObject, delta) as unknown as Row;
}
