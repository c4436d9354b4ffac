import type { KubeObject } from '../../../objects/kube-object.ts';
import { patchBetween, sendPatch } from '../change-object.ts';
import { type Failure, fail } from '../failure.ts';
import type { Invocation, Steps } from '../invocation.ts';
import { type DryRun, readDryRun } from '../output/dry-run.ts';
import { reportObject } from '../output/report-object.ts';
import { type PairChanges, partPairs, readPairs } from '../pair-args.ts';
import { recorded } from '../record.ts';
import type { Info } from '../resources/info.ts';
import { selectObjects } from '../resources/select-objects.ts';
import type { Verb } from '../verb.ts';
import { visitEach } from '../visit.ts';
import { checkMetadataCall, listMetadata, METADATA_FLAGS, takenAnnotations } from './label.ts';

export const annotate: Verb = { name: 'annotate', flags: METADATA_FLAGS, run: annotateObjects };

function* annotateObjects(invocation: Invocation): Steps {
  const { args, flags } = invocation;
  const dryRun = readDryRun(invocation);
  const { resources, pairs } = partPairs(args, 'annotation');
  const changes = readPairs(pairs, 'annotation', true);
  checkMetadataCall(invocation, { resources, changes, what: 'annotation' });
  const both = changes.removed.filter((key) => changes.set.has(key));
  if (both.length > 0) {
    fail(
      `can not both modify and remove the following annotation(s) in the same command: ${both.join(', ')}`,
    );
  }
  const { visited, isSingle } = yield* selectObjects(invocation, { args: resources, isLatest: true });
  return yield* visitEach(visited, (info) =>
    flags.bool('list')
      ? listMetadata(invocation, info, { isSingle, what: 'annotations', changes })
      : annotateOne(invocation, info, { changes, dryRun }),
  );
}

/** kubectl 1.27 alone forgot the ending (kubectl: annotate.go). */
function annotated({ version }: Invocation): string {
  return version.minor === 27 ? 'annotate' : 'annotated';
}

interface Annotating {
  readonly changes: PairChanges;
  readonly dryRun: DryRun;
}

function* annotateOne(
  invocation: Invocation,
  info: Info,
  { changes, dryRun }: Annotating,
): Steps<Failure | undefined> {
  const { object } = info;
  if (object === undefined) throw new Error('what is annotated has been read');
  const base = recorded(invocation, object, METADATA_FLAGS);
  const annotations = { ...base.metadata.annotations };
  const taken = takenAnnotations(invocation, annotations, changes);
  if (taken) return taken;
  for (const [key, value] of changes.set) annotations[key] = value;
  for (const key of changes.removed) delete annotations[key];
  let changed: KubeObject = { ...base, metadata: { ...base.metadata, annotations } };
  if (dryRun !== 'client') {
    const patch = patchBetween(object, changed, 'merge');
    const outcome = yield* sendPatch(invocation, { info, patch, kind: 'merge', dryRun });
    if (!('object' in outcome)) return outcome;
    changed = outcome.object;
  }
  reportObject(invocation, { name: info.name, object: changed, operation: annotated(invocation), dryRun });
  return undefined;
}
