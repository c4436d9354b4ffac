import type { KubeObject } from '../../../../objects/kube-object.ts';
import type { KubeVersion } from '../../../../objects/versions.ts';
import type { PrintContext } from '../print-context.ts';

/** What a cell holds; undefined where the API server sends none. */
export type Cell = string | number | boolean | undefined;

/** One column of a kind's table. In Kubernetes the API server makes these rows, kubectl only aligns them. */
export interface Column<Kind = KubeObject> {
  /** As the server names it; the header shows it in upper case. */
  readonly name: string;
  /** Shown with `-o wide` only. */
  readonly wide?: boolean;
  /** The column that gets the kind in front (`pod/web`) when several kinds are printed. */
  readonly names?: boolean;
  /** First minor version of the API server that has the column. */
  readonly since?: number;
  /** First minor version of the API server that no longer has it. */
  readonly until?: number;
  readonly cell: (object: Kind, context: PrintContext) => Cell;
}

/** The columns that a version of the API server has. */
export function columnsIn<Kind>(columns: readonly Column<Kind>[], { minor }: KubeVersion): Column<Kind>[] {
  return columns.filter(
    ({ since, until }) => minor >= (since ?? 0) && minor < (until ?? Number.POSITIVE_INFINITY),
  );
}
