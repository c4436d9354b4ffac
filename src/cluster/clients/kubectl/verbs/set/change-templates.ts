import type { KubeObject } from '../../../../objects/kube-object.ts';
import { patchBetween, sendPatch } from '../../change-object.ts';
import { type Failure, fail, failWith, messageOf } from '../../failure.ts';
import {
  DRY_RUN_FLAG,
  FIELD_MANAGER_FLAG,
  FILE_FLAGS,
  PRINT_FLAGS,
  RECORD_FLAG,
  SELECTOR_FLAG,
} from '../../flags/common-flags.ts';
import { bool, type Flag, refused } from '../../flags/flag.ts';
import { DONE, type Invocation, type Steps } from '../../invocation.ts';
import { readDryRun } from '../../output/dry-run.ts';
import { reportObject } from '../../output/report-object.ts';
import { recorded } from '../../record.ts';
import type { Info } from '../../resources/info.ts';
import { partVisited } from '../../resources/read-files.ts';
import { selectObjects } from '../../resources/select-objects.ts';

export const SET_FLAGS: readonly Flag[] = [
  ...PRINT_FLAGS,
  ...FILE_FLAGS,
  SELECTOR_FLAG,
  DRY_RUN_FLAG,
  FIELD_MANAGER_FLAG,
  RECORD_FLAG,
  bool('all'),
  ...refused(bool('local')),
];

export interface TemplateChange {
  readonly resources: readonly string[];
  readonly flags: readonly Flag[];
  /** `image updated` */
  readonly operation: string;
  /** `failed to patch image update to pod template: ` */
  readonly failure: string;
  /** Refuses a call that names enough and asks for nothing; objects are looked for before. */
  check?(): void;
  /**
   * The object as it should be; undefined where that cannot be said, because of what is added to `problems`.
   */
  change(object: KubeObject, problems: string[]): KubeObject | undefined;
}

/** Changes pod templates with one patch an object; what stays as it is, is passed over in silence. */
export function* changeTemplates(invocation: Invocation, wanted: TemplateChange): Steps {
  const { flags } = invocation;
  if (flags.bool('all') && flags.text('selector') !== '')
    fail('cannot set --all and --selector at the same time');
  const dryRun = readDryRun(invocation);
  const selection = yield* selectObjects(invocation, {
    args: wanted.resources,
    isTypeEnough: flags.bool('all'),
    isLatest: true,
  });
  const { infos, failures: missing } = partVisited(selection.visited);
  failWith(missing);
  wanted.check?.();
  const problems: string[] = [];
  const changes = infos.flatMap((info) => changeOf(invocation, info, { ...wanted, problems }));
  const failures: Failure[] = problems.map((message) => ({ message }));
  for (const { info, changed, before } of changes) {
    const patch = patchBetween(before, changed, 'strategic');
    if (Object.keys(patch).length === 0) continue;
    let object = changed;
    if (dryRun !== 'client') {
      const outcome = yield* sendPatch(invocation, { info, patch, kind: 'strategic', dryRun });
      if (!('object' in outcome)) {
        failures.push({
          message: wanted.failure + messageOf(outcome),
        });
        continue;
      }
      object = outcome.object;
    }
    reportObject(invocation, { name: info.name, object, operation: wanted.operation, dryRun });
  }
  failWith(failures);
  return DONE;
}

interface Changed {
  readonly info: Info;
  readonly before: KubeObject;
  readonly changed: KubeObject;
}

function changeOf(
  invocation: Invocation,
  info: Info,
  { change, flags, problems }: TemplateChange & { readonly problems: string[] },
): readonly Changed[] {
  const before = info.object;
  const changed = before && change(before, problems);
  if (before === undefined || changed === undefined) return [];
  return [{ info, before, changed: recorded(invocation, changed, flags) }];
}
