import type { Node } from '../../../objects/kubernetes.ts';
import { patchBetween, sendPatch } from '../change-object.ts';
import { failUsage, failWith, messageOf } from '../failure.ts';
import { DRY_RUN_FLAG, SELECTOR_FLAG } from '../flags/common-flags.ts';
import type { Invocation, Steps } from '../invocation.ts';
import { type DryRun, readDryRun } from '../output/dry-run.ts';
import { type Info, subjectOf } from '../resources/info.ts';
import { partVisited } from '../resources/read-files.ts';
import { selectObjects } from '../resources/select-objects.ts';
import type { Verb } from '../verb.ts';
import { visitEach } from '../visit.ts';

const FLAGS = [SELECTOR_FLAG, DRY_RUN_FLAG];

export const cordon: Verb = {
  name: 'cordon',
  flags: FLAGS,
  run: (invocation) => markNodes(invocation, true),
};
export const uncordon: Verb = {
  name: 'uncordon',
  flags: FLAGS,
  run: (invocation) => markNodes(invocation, false),
};

/** Marks nodes as unschedulable or takes the mark away (kubectl: drain.go RunCordonOrUncordon). */
function* markNodes(invocation: Invocation, unschedulable: boolean): Steps {
  const { args, flags, path } = invocation;
  const verb = unschedulable ? 'cordon' : 'uncordon';
  if (args.length === 0 && flags.text('selector') === '') failUsage(path, `USAGE: ${verb} NODE [flags]`);
  if (args.length > 0 && flags.text('selector') !== '') {
    failUsage(path, 'cannot specify both a node name and a --selector option');
  }
  const dryRun = readDryRun(invocation);
  const names = args.map((arg) => arg.replace(/^nodes?\//, ''));
  const { visited } = yield* selectObjects(invocation, { args: ['nodes', ...names] });
  failWith(partVisited(visited).failures);
  return yield* visitEach(visited, (info) => markOne(invocation, info, { unschedulable, dryRun }));
}

interface Marking {
  readonly unschedulable: boolean;
  readonly dryRun: DryRun;
}

export function* markOne(
  invocation: Invocation,
  info: Info,
  { unschedulable, dryRun }: Marking,
): Steps<undefined> {
  const node = info.object as Node | undefined;
  if (node === undefined) throw new Error('a node that is marked has been read');
  const operation = unschedulable ? 'cordoned' : 'uncordoned';
  const suffix = dryRun === 'none' ? '' : dryRun === 'client' ? ' (dry run)' : ' (server dry run)';
  const say = (what: string) => invocation.out(`${subjectOf(info)} ${what}${suffix}\n`);
  if ((node.spec?.unschedulable ?? false) === unschedulable) {
    say(`already ${operation}`);
    return undefined;
  }
  if (dryRun !== 'client') {
    const { unschedulable: _before, ...spec } = node.spec ?? {};
    const changed: Node = { ...node, spec: unschedulable ? { ...spec, unschedulable } : spec };
    const patch = patchBetween(node, changed, 'strategic');
    const sent = yield* sendPatch(invocation, { info, patch, kind: 'strategic', dryRun });
    if (!('object' in sent)) {
      const verb = unschedulable ? 'cordon' : 'uncordon';
      // The exit code does not tell.
      invocation.err(`error: unable to ${verb} node "${info.name}": ${messageOf(sent)}\n`);
      return undefined;
    }
  }
  say(operation);
  return undefined;
}
