import { bool, int } from '../../flags/flag.ts';
import { type Failure, fail, failListed, failWith, isNotFound } from '../failure.ts';
import { ALL_NAMESPACES_FLAG, FILE_FLAGS, SELECTOR_FLAG } from '../flags/common-flags.ts';
import { DONE, type Invocation, type Steps } from '../invocation.ts';
import { describeObject, describesEvents, joinDescriptions } from '../print/describe/describe-object.ts';
import type { Info } from '../resources/info.ts';
import { partVisited } from '../resources/read-files.ts';
import { readable } from '../resources/readable.ts';
import { requireResource } from '../resources/resource-args.ts';
import { listObjects, selectObjects } from '../resources/select-objects.ts';
import type { Verb } from '../verb.ts';
import { surroundingsOf } from './surroundings-of.ts';

export const describe: Verb = {
  name: 'describe',
  flags: [
    ...FILE_FLAGS,
    SELECTOR_FLAG,
    ALL_NAMESPACES_FLAG,
    bool('show-events', 'true'),
    int('chunk-size', '500'),
  ],
  run: describeObjects,
};

function* describeObjects(invocation: Invocation): Steps {
  const { args, flags, out, err, namespace } = invocation;
  if (args.length === 0 && flags.list('filename').length === 0) {
    const suggestion = 'Use "kubectl api-resources" for a complete list of supported resources.';
    fail(`You must specify the type of resource to describe. ${suggestion}`);
  }
  const { visited } = yield* selectObjects(invocation, { args, isTypeEnough: true, isLatest: true });
  const { infos, failures } = partVisited(visited);
  if (failures.length > 0 && args.length === 2 && failures.every(isNotFound)) {
    return yield* describeByPrefix(invocation, failures);
  }
  out(joinDescriptions(yield* descriptionsOf(invocation, infos, failures.length)));
  if (infos.length === 0 && failures.length === 0) {
    err(
      flags.bool('all-namespaces')
        ? 'No resources found\n'
        : `No resources found in ${namespace} namespace.\n`,
    );
  }
  failListed(failures);
  return DONE;
}

function* descriptionsOf(
  invocation: Invocation,
  infos: readonly Info[],
  failed: number,
): Steps<readonly string[]> {
  const objects = yield* readable(invocation);
  const { flags, epochNow: now, version } = invocation;
  const speaksOfEvents = flags.isSet('show-events')
    ? flags.bool('show-events')
    : describesEvents(infos.length + failed, invocation);
  return infos.flatMap(({ object }) =>
    object === undefined
      ? []
      : [
          describeObject(object, surroundingsOf(objects, object, speaksOfEvents), {
            now,
            version,
          }),
        ],
  );
}

/**
 * A name that is not there may be the beginning of others' (kubectl: describe.go DescribeMatchingResources).
 */
function* describeByPrefix(invocation: Invocation, failures: readonly Failure[]): Steps {
  const [type = '', prefix = ''] = invocation.args;
  const { infos } = partVisited(yield* listObjects(invocation, requireResource(type, invocation.resources)));
  const matching = infos.filter(({ name }) => name.startsWith(prefix));
  if (matching.length === 0) failWith(failures);
  for (const description of yield* descriptionsOf(invocation, matching, failures.length))
    invocation.out(`${description}\n`);
  return DONE;
}
