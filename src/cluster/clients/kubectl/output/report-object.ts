import type { KubeObject } from '../../../objects/kube-object.ts';
import { splitApiVersion } from '../../../objects/schema/resources.ts';
import type { Invocation } from '../invocation.ts';
import { kindWithGroup } from '../print/kind-text.ts';
import type { DryRun } from './dry-run.ts';
import { readOutputFormat } from './output-format.ts';
import { shownObject } from './shown-object.ts';

export interface Report {
  readonly name: string;
  /** As it is now; its own kind is the one that is named. */
  readonly object: KubeObject;
  /** `created`, `configured`, … */
  readonly operation: string;
  readonly dryRun?: DryRun;
}

/** Prints what became of an object: `pod/web created`, or the object itself as -o asks for. */
export function reportObject(
  invocation: Invocation,
  { name, object, operation, dryRun = 'none' }: Report,
): void {
  const format = readOutputFormat(invocation);
  const { group } = splitApiVersion(object.apiVersion);
  const subject = `${kindWithGroup({ kind: object.kind, group })}/${name}`;
  switch (format.type) {
    case 'human': {
      const suffix = dryRun === 'none' ? '' : dryRun === 'client' ? ' (dry run)' : ' (server dry run)';
      invocation.out(`${subject} ${operation}${suffix}\n`);
      return;
    }
    case 'name':
      invocation.out(`${subject}\n`);
      return;
    case 'object':
      invocation.out(format.print(shownObject(object, invocation.flags.bool('show-managed-fields'))));
      return;
    case 'columns':
      invocation.out(format.print([shownObject(object)], false));
  }
}
