import type { Invocation } from '../invocation.ts';
import type { TableOptions } from '../print/table/print-table.ts';

/** How the flags of `get` want its tables. */
export function tableOptions(
  { flags, epochNow, serverVersion: version }: Invocation,
  isWide: boolean,
): TableOptions {
  return {
    now: epochNow,
    version,
    wide: isWide,
    noHeaders: flags.bool('no-headers'),
    showLabels: flags.bool('show-labels'),
    showKind: flags.bool('show-kind'),
    allNamespaces: flags.bool('all-namespaces'),
    labelColumns: flags.list('label-columns'),
  };
}
