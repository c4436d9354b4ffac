import type { KubeObject } from '../../../../objects/kube-object.ts';
import { resourceForKind } from '../../../../objects/schema/resources.ts';
import { bool, type Flag } from '../../../flags/flag.ts';
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
  bool('local'),
];

const LOCAL_NEEDS_FILES = `you must specify resources by --filename when --local is set.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'`;

export interface TemplateChange {
  readonly resources: readonly string[];
  readonly flags: readonly Flag[];
  /** `image updated` */
  readonly operation: string;
  /** `failed to patch image update to pod template: ` */
  readonly failure: string;
  /** Refuses a call that names enough and asks for nothing; objects are looked for before. */
  check?(objects: readonly KubeObject[]): void;
  /** A patch without anything in it is sent and told of too. */
  readonly isSentUnchanged?: true;
  /**
   * The object as it should be; undefined where that cannot be said, because of what is added to `problems`.
   */
  change(object: KubeObject, problems: string[]): KubeObject | undefined;
}

/** Changes pod templates with one patch an object; what stays as it is, is passed over in silence. */
export function* changeTemplates(invocation: Invocation, wanted: TemplateChange): Steps {
  const { flags } = invocation;
  if (flags.bool('all') && flags.has('selector') && flags.text('selector') !== '')
    fail('cannot set --all and --selector at the same time');
  const dryRun = readDryRun(invocation);
  const isLocal = flags.bool('local');
  if (isLocal && dryRun === 'server')
    fail('cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
  if (isLocal && wanted.resources.length > 0) fail(LOCAL_NEEDS_FILES);
  const selection = yield* selectObjects(invocation, {
    args: wanted.resources,
    isTypeEnough: flags.bool('all'),
    isLatest: !isLocal,
  });
  const { infos, failures: missing } = partVisited(selection.visited);
  failWith(missing);
  wanted.check?.(infos.flatMap(({ object }) => object ?? []));
  const problems: string[] = [];
  const changes = infos.flatMap((info) => changeOf(invocation, info, { ...wanted, problems }));
  const failures: Failure[] = problems.map((message) => ({ message }));
  for (const { info, changed, before } of changes) {
    const patch = patchBetween(before, changed, 'strategic');
    if (Object.keys(patch).length === 0 && wanted.isSentUnchanged !== true) continue;
    let object = changed;
    if (dryRun !== 'client' && !isLocal) {
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

/** `deployments/web`: how a complaint about an object begins (cli-runtime: Info.ObjectName). */
export function subjectOfProblem({ apiVersion, kind, metadata }: KubeObject): string {
  return `${resourceForKind(apiVersion, kind)?.plural ?? kind}/${metadata.name}`;
}

export function noPodTemplate(object: KubeObject): string {
  const what = 'the object is not a pod or does not have a pod template';
  return `error: ${subjectOfProblem(object)} ${what}: *v1.${object.kind}\n`;
}
