import type { Dropped } from '../../contract/policy-rows.ts';
import { policyKey } from '../../contract/policy-rows.ts';
import type { RowReader } from '../../contract/reader.ts';
import type { DroppedThere } from '../../contract/traffic-rows.ts';
import { dropText } from '../policy/drop-of.ts';

/** Why a packet goes no further, and the entry that made it so: the last that changed one of the policies. */
export function droppedThere(rows: RowReader, dropped: Dropped): DroppedThere {
  const { way } = dropped;
  if (way) return { because: way.because, cause: rows.changedAt('paths', way.key) };
  const seqs = dropped.policies.map(
    (policy) => rows.changedAt('nodePolicies', policyKey(dropped.node, policy)) ?? 0,
  );
  return { because: dropText(dropped), cause: Math.max(...seqs) };
}
