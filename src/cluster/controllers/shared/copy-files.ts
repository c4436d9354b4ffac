import type { Millis } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';

interface Copying {
  readonly from: string;
  readonly to: string;
  readonly now: Millis;
}

/** Whoever has disks fills one with what another holds: that happens on no machine of the cluster. */
export function* copyFiles({ rows }: View, { from, to, now }: Copying): Doing<void> {
  for (const file of rows.rowsBy('files', 'fileSystem', from)) {
    if (file.kind !== 'removed')
      yield { type: 'FileWritten', ...file, node: '', fileSystem: to, modifiedAt: now };
  }
}
