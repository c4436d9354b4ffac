import type { KubeObject } from '../../../objects/kube-object.ts';
import type { Invocation } from '../invocation.ts';
import { type Info, subjectOf } from '../resources/info.ts';
import type { DryRun } from './dry-run.ts';
import { readOutputFormat } from './output-format.ts';
import { shownObject } from './shown-object.ts';

export interface Report {
  readonly info: Pick<Info, 'resource' | 'name'>;
  /** As it is now. */
  readonly object: KubeObject;
  /** `created`, `configured`, … */
  readonly operation: string;
  readonly dryRun?: DryRun;
}

/** Prints what became of an object: `pod/web created`, or the object itself as -o asks for. */
export function reportObject(
  invocation: Invocation,
  { info, object, operation, dryRun = 'none' }: Report,
): void {
  const format = readOutputFormat(invocation);
  switch (format.type) {
    case 'human': {
      const suffix = dryRun === 'none' ? '' : dryRun === 'client' ? ' (dry run)' : ' (server dry run)';
      invocation.out(`${subjectOf(info)} ${operation}${suffix}\n`);
      return;
    }
    case 'name':
      invocation.out(`${subjectOf(info)}\n`);
      return;
    case 'object':
      invocation.out(format.print(shownObject(object, invocation.flags.bool('show-managed-fields'))));
      return;
    case 'columns':
      invocation.out(format.print([shownObject(object)], false));
  }
}
