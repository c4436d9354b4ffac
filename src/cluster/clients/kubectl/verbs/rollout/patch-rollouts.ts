import { formatRfc3339 } from '../../../../../kernel/time/rfc3339.ts';
import type { KubeObject } from '../../../../objects/kube-object.ts';
import type { Deployment, PodTemplateSpec } from '../../../../objects/kubernetes.ts';
import { patchBetween, sendPatch } from '../../change-object.ts';
import { type Failure, fail, failWith, messageOf } from '../../failure.ts';
import { FIELD_MANAGER_FLAG, FILE_FLAGS, PRINT_FLAGS, SELECTOR_FLAG } from '../../flags/common-flags.ts';
import { DONE, type Invocation, type Steps } from '../../invocation.ts';
import { reportObject } from '../../output/report-object.ts';
import type { Info } from '../../resources/info.ts';
import { partVisited } from '../../resources/read-files.ts';
import { selectObjects } from '../../resources/select-objects.ts';
import type { Verb } from '../../verb.ts';

const FLAGS = [...PRINT_FLAGS, ...FILE_FLAGS, SELECTOR_FLAG, FIELD_MANAGER_FLAG];

/** What is done to a rollout: the object as it should be, or why it cannot be. */
interface RolloutChange {
  /** `paused` */
  readonly operation: string;
  change(object: KubeObject, invocation: Invocation): KubeObject | { readonly problem: string };
}

function rolloutVerb(name: string, change: RolloutChange): Verb {
  return { name, flags: FLAGS, run: (invocation) => changeRollouts(invocation, change) };
}

export const rolloutPause = rolloutVerb('pause', {
  operation: 'paused',
  change(object) {
    if (object.kind !== 'Deployment') return { problem: 'pausing is not supported' };
    const deployment = object as Deployment;
    if (deployment.spec?.paused) return { problem: 'is already paused' };
    return { ...deployment, spec: { ...deployment.spec, paused: true } } as KubeObject;
  },
});

export const rolloutResume = rolloutVerb('resume', {
  operation: 'resumed',
  change(object) {
    if (object.kind !== 'Deployment') return { problem: 'resuming is not supported' };
    const { spec, ...deployment } = object as Deployment;
    if (!spec?.paused) return { problem: 'is not paused' };
    const { paused: _paused, ...resumed } = spec;
    return { ...deployment, spec: resumed } as KubeObject;
  },
});

const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt';

interface Templated extends KubeObject {
  readonly spec: { readonly paused?: boolean; readonly template: PodTemplateSpec };
}

export const rolloutRestart = rolloutVerb('restart', {
  operation: 'restarted',
  change(object, { epochNow }) {
    if (!['Deployment', 'DaemonSet', 'StatefulSet'].includes(object.kind)) {
      return { problem: 'restarting is not supported' };
    }
    const { spec, ...rest } = object as Templated;
    if (spec.paused) return { problem: "can't restart paused deployment (run rollout resume first)" };
    const { metadata = {} } = spec.template;
    const annotations = { ...metadata.annotations, [RESTARTED_AT]: formatRfc3339(epochNow) };
    const template = { ...spec.template, metadata: { ...metadata, annotations } };
    return { ...rest, spec: { ...spec, template } } as KubeObject;
  },
});

function* changeRollouts(invocation: Invocation, wanted: RolloutChange): Steps {
  const { args, flags, namespace } = invocation;
  if (args.length === 0 && flags.list('filename').length === 0) fail('required resource not specified');
  const { visited } = yield* selectObjects(invocation, { args, isTypeEnough: true, isLatest: true });
  const { infos, failures } = partVisited(visited);
  if (infos.length === 0 && failures.length === 0) {
    invocation.err(`No resources found in ${namespace} namespace.\n`);
    return DONE;
  }
  const refusals: Failure[] = [...failures];
  for (const info of infos) {
    const failure = yield* changeRollout(invocation, info, wanted);
    if (failure !== undefined) refusals.push(failure);
  }
  failWith(refusals);
  return DONE;
}

function* changeRollout(
  invocation: Invocation,
  info: Info,
  { change, operation }: RolloutChange,
): Steps<Failure | undefined> {
  const { object: before, resource, name } = info;
  if (before === undefined) throw new Error('what is rolled out has been read');
  const after = change(before, invocation);
  if ('problem' in after) return { message: `error: ${resource.name} "${name}" ${after.problem}` };
  const patch = patchBetween(before, after, 'strategic');
  if (Object.keys(patch).length === 0) {
    const advice =
      'if restart has already been triggered within the past second, please wait before attempting to trigger another';
    return { message: `failed to create patch for ${name}: ${advice}` };
  }
  const sent = yield* sendPatch(invocation, { info, patch, kind: 'strategic', dryRun: 'none' });
  if (!('object' in sent)) {
    return { message: `failed to patch: ${messageOf(sent)}` };
  }
  reportObject(invocation, { name: info.name, object: sent.object, operation });
  return undefined;
}
